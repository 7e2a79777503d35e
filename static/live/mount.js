// Mounts a part of the page. Each place has one instance, which stays while its data changes and stops when
// it leaves.

import { Pending } from "./commit.js";

/** @typedef {import("./messages.js").Component<{ ack?: number }>} Component */

/**
 * One part of a page. It is updated with every message from Python, and stopped when it has left the page.
 *
 * @typedef {object} Part
 * @property {(component: Component) => void} update
 * @property {() => void} stop
 */

/**
 * A module in parts/.
 *
 * @typedef {object} PartModule
 * @property {new (root: HTMLElement, pending: Pending, component: Component) => Part} Part Made once for each
 *   place, from the element that it may fill, the sender of its commits, and the first message.
 */

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();
/** @type {WeakMap<ShadowRoot, { part: Part, pending: Pending }>} */
const parts = new WeakMap();

/** @type {(group: HTMLElement, component: Component, module: PartModule) => { part: Part, pending: Pending }} */
function made(group, component, module) {
  const pending = new Pending(group);
  return { part: new module.Part(group, pending, component), pending };
}

/**
 * A style sheet, the same one for all parts with this text.
 *
 * @param {string} style
 */
function sheetOf(style) {
  const known = sheets.get(style);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  sheets.set(style, sheet);
  return sheet;
}

/**
 * Show what Python sent in a part of the page.
 *
 * The style comes before the part, so that nothing ever appears unstyled.
 *
 * @param {Omit<Component, "data"> & { data: [Component["data"]] }} arrived Its data is the message, in a list
 *   (ui/component.py).
 * @param {PartModule} module
 * @param {string[]} styles The texts of the style sheets, in the order of the cascade.
 * @returns {() => void} what Streamlit calls when it is done with this message
 */
export function mount(arrived, module, styles) {
  const component = { ...arrived, data: arrived.data[0] };
  const root = /** @type {ShadowRoot} */ (component.parentElement);
  // While the module was loading, newer data may have arrived, or the user may have left the page.
  if (!root.isConnected) return () => {};
  for (const sheet of styles.map(sheetOf))
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  const group = /** @type {HTMLElement} */ (root.querySelector("[role=group]"));
  const found = parts.get(root) ?? made(group, component, module);
  parts.set(root, found);
  const { part, pending } = found;
  // This comes before the part's update, which asks `pending` whether the part is still ahead of Python.
  pending.follow(component);
  part.update(component);
  // Streamlit also calls this after a message that a newer one overtook, while the component stays. So a part
  // is stopped only if it has left the page; otherwise a user would lose the bar that they are dragging.
  return () => {
    if (root.isConnected || !parts.delete(root)) return;
    pending.clear();
    part.stop();
  };
}
