// Mounts a part of the page: one instance for each place, kept while data changes, stopped when it leaves the page.

/**
 * What a module in parts/ exports as `Part`: made of its root once, then updated with every call of the component.
 * @typedef {object} Part
 * @property {(component: object) => void} update
 * @property {() => void} stop
 */

const sheets = new Map();
const parts = new WeakMap();

/** A style sheet for all instances that share its text. */
function sheetOf(style) {
  if (!sheets.has(style)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    sheets.set(style, sheet);
  }
  return sheets.get(style);
}

/**
 * Show a component by its module, in its style. Returns what to do when Streamlit is through with this call.
 *
 * The style is there before anything of the part is, so nothing is ever seen without it.
 */
export function mount(component, module, style) {
  const { parentElement } = component;
  // Newer data may have come, or the reader have left, while the module was loaded.
  if (!parentElement.isConnected) return () => {};
  const sheet = sheetOf(style);
  if (!parentElement.adoptedStyleSheets.includes(sheet)) parentElement.adoptedStyleSheets.push(sheet);
  if (!parts.has(parentElement)) {
    parts.set(parentElement, new module.Part(parentElement.querySelector("[role=group]")));
  }
  const part = parts.get(parentElement);
  part.update(component);
  // Streamlit also cleans up after a call that newer data overtook, while the component stays: only what has
  // left the page is stopped, or a hand that is dragging would lose its bar.
  return () => {
    if (parentElement.isConnected || !parts.delete(parentElement)) return;
    part.stop();
  };
}
