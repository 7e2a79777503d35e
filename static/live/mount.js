// Mounts a part of the page: one instance for each place, kept while its data changes, stopped when it
// leaves.

/** @typedef {import("./messages.js").Component<unknown>} Component */

/**
 * One part of a page: updated with every message of Python, stopped when it has left the page.
 *
 * @typedef {object} Part
 * @property {(component: Component) => void} update
 * @property {() => void} stop
 */

/**
 * A module in parts/.
 *
 * @typedef {object} PartModule
 * @property {new (root: HTMLElement, component: Component) => Part} Part Made once for each place, of the element
 *   that it may fill and of the first message.
 */

/**
 * The style of all parts, which their own style sheets may change: words that are read aloud but not seen, and
 * the buttons that move a page on.
 */
const BASE = `
.move {
  font: inherit;
  font-weight: 600;
  min-height: 2.5rem;
  color: inherit;
  background: var(--st-background-color);
  border: 1px solid var(--line);
  border-radius: var(--st-button-radius, 4px);
  cursor: pointer;
}
.move:hover:not(:disabled) {
  border-color: var(--st-text-color);
}
.move:focus-visible {
  outline: 2px solid var(--st-text-color);
  outline-offset: 1px;
}
.move:disabled {
  opacity: 0.4;
  cursor: default;
}
.screen-reader-text {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: 0;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: pre;
}`;

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();
/** @type {WeakMap<ShadowRoot, Part>} */
const parts = new WeakMap();

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
 * The style is there before anything of the part is, so nothing is ever seen without it.
 *
 * @param {Component} component
 * @param {PartModule} module
 * @param {string} style The text of the part's own style sheet.
 * @returns {() => void} what Streamlit calls when it is done with this message
 */
export function mount(component, module, style) {
  const root = /** @type {ShadowRoot} */ (component.parentElement);
  // While the module was loaded, newer data may have come, or the user may have left the page.
  if (!root.isConnected) return () => {};
  for (const sheet of [sheetOf(BASE), sheetOf(style)])
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  const group = /** @type {HTMLElement} */ (root.querySelector("[role=group]"));
  const part = parts.get(root) ?? new module.Part(group, component);
  parts.set(root, part);
  part.update(component);
  // Streamlit also calls this after a message that a newer one overtook, while the component stays. So a part
  // is stopped only if it has left the page: else a user who is dragging a bar would lose it.
  return () => {
    if (root.isConnected || !parts.delete(root)) return;
    part.stop();
  };
}
