// Makes the modules that came together in a pack (ui/packs.py), each when it is first needed.

/** @typedef {any} Made What a module exports. */
/** @typedef {(live: (name: string) => Made, later: (name: string) => Promise<Made>) => Made} Source */
/** @typedef {{ sources: Record<string, Source>, styles: Record<string, string> }} Pack */

/** @type {Pack} */
const arrived = { sources: {}, styles: {} };
/** @type {Map<string, Made>} */
const made = new Map();
/** What else to request with a module, by its name. @type {Map<string, string[]>} */
const along = new Map();
/** The arrival of the other pack. @type {Promise<void> | undefined} */
let others;
/** The moment after the first part of the page was painted. @type {Promise<void> | undefined} */
let painted;

/**
 * Take in the modules and style sheets of a pack.
 *
 * @param {Pack} pack
 */
export function unpack({ sources, styles }) {
  Object.assign(arrived.sources, sources);
  Object.assign(arrived.styles, styles);
}

/**
 * Have addresses requested as soon as a module is asked for that is loaded later.
 *
 * @param {Record<string, string[]>} addresses Relative to the page, by the module's name.
 */
export function requestAlong(addresses) {
  for (const [name, list] of Object.entries(addresses)) along.set(name, list);
}

/** @param {string} name */
function live(name) {
  if (!made.has(name)) made.set(name, arrived.sources[name](live, later));
  return made.get(name);
}

/**
 * A module that may be in the other pack.
 *
 * @param {string} name
 * @returns {Promise<Made>}
 */
export async function later(name) {
  // What else is loaded would take the time and the network that the first part needs to be seen.
  if (!name.startsWith("parts/")) {
    painted ??= paint();
    await painted;
  }
  for (const address of along.get(name) ?? []) {
    const href = new URL(address, document.baseURI).href;
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
  along.delete(name);
  if (!(name in arrived.sources)) {
    others ??= fetched();
    await others;
  }
  return live(name);
}

/** Wait for the next picture; a page that nobody sees has none. @returns {Promise<void>} */
function paint() {
  return new Promise((done) => {
    if (document.hidden) setTimeout(done);
    else requestAnimationFrame(() => setTimeout(done));
  });
}

async function fetched() {
  try {
    // Firefox and WebKit remember a module that could not be loaded, so the second address differs.
    const rest = ["./rest.js", "./rest.js?again"];
    unpack(await import(rest[0]).catch(() => import(rest[1])));
  } catch (error) {
    others = undefined;
    throw error;
  }
}

/**
 * What is needed to mount a part: the module that mounts it, its own module, and its style sheets.
 *
 * @param {string} name
 * @param {string[]} sheets
 */
export async function part(name, sheets) {
  const module = await later(`parts/${name}.js`);
  return { mount: live("mount.js").mount, module, styles: sheets.map((sheet) => arrived.styles[sheet]) };
}
