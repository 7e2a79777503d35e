// Loads the modules and style sheets of a part one by one, on a host that does not have the packs (packs.js).

/** @type {(file: string) => string} */
const at = (file) => new URL(file, import.meta.url).href;

/**
 * What is needed to mount a part: the module that mounts it, its own module, and its style sheets.
 *
 * @param {string} name
 * @param {string[]} sheets
 */
export async function part(name, sheets) {
  const texts = Promise.all(sheets.map((sheet) => fetch(at(sheet)).then((got) => got.text())));
  const modules = ["./mount.js", `./parts/${name}.js`].map((file) => import(at(file)));
  const [{ mount }, module] = await Promise.all(modules);
  return { mount, module, styles: await texts };
}
