// Building elements without markup: names come from strangers' links, so all text goes through textContent.

/** @typedef {Record<string, string | number | null | undefined>} Attributes */

/**
 * An element with attributes and children; strings become text nodes.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes] Those that are null or undefined are left out.
 * @param {...(Node | string)} children
 */
export function el(tag, attributes = {}, ...children) {
  return furnished(document.createElement(tag), attributes, children);
}

/**
 * The same for a drawing.
 *
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 */
export function shape(tag, attributes = {}, ...children) {
  return furnished(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
function furnished(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * A text, and a shorter one that presenter mode shows in its place (mount.css).
 *
 * @param {string} text
 * @param {string} short
 */
export const inShort = (text, short) => [
  el("span", { class: "in-full" }, text),
  el("span", { class: "in-short" }, short),
];

/**
 * Hide an element or show it, only if that changes: each assignment makes the browser look for other styles.
 *
 * @param {HTMLElement} node
 * @param {boolean} hidden
 */
export function hide(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/** What `setStyle` has written. @type {WeakMap<HTMLElement, Record<string, string>>} */
const styles = new WeakMap();

/**
 * Set a style only if it has changed. To compare with what the element says would cost as much as to write it.
 * Nothing else may write the same property of the same element.
 *
 * @param {HTMLElement} node
 * @param {string} property As in CSS.
 * @param {string} value
 */
export function setStyle(node, property, value) {
  let written = styles.get(node);
  if (!written) {
    written = {};
    styles.set(node, written);
  }
  if (written[property] === value) return;
  written[property] = value;
  node.style.setProperty(property, value);
}

/**
 * The box of a number that may change at every move, inside an element that gives it its width (mount.css).
 * Its size does not depend on the number, so a new number lays out this box alone and not the page.
 *
 * @param {"span" | "output"} [tag]
 * @param {Attributes} [attributes]
 */
export const figureBox = (tag = "span", { class: name = "", ...attributes } = {}) =>
  el(tag, { class: `${name} figure-box`.trim(), ...attributes });

/**
 * A number that may change at every move inside a sentence. It takes the room of its text with 0 for each digit,
 * as digits are equally wide, so the sentence is laid out anew only when the number of digits changes.
 *
 * @param {string} name The class of the element.
 */
export const figureInText = (name) => el("b", { class: `${name} figure-in-text` }, figureBox());

/**
 * Write such a number, or a sign; "≈" takes the room of "=".
 *
 * @param {Element} figure
 * @param {string} text
 */
export function writeInText(figure, text) {
  mark(figure, "data-room", text.replace(/\d/g, "0").replace("≈", "="));
  write(/** @type {Element} */ (figure.firstElementChild), text);
}

/**
 * Write text only if it has changed. Most moves change only a few of the numbers.
 *
 * @param {Element} node
 * @param {string} text
 */
export function write(node, text) {
  const { firstChild } = node;
  // `childNodes` would be a list that the browser makes for each number at each move.
  if (firstChild instanceof Text && !firstChild.nextSibling) {
    if (firstChild.data !== text) firstChild.data = text;
  } else {
    node.textContent = text;
  }
}

/**
 * Select the whole text of a box when it gets the focus. WebKit places the caret afterwards, so this selects
 * twice.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} box
 */
export function selectAll(box) {
  const { value } = box;
  box.select();
  requestAnimationFrame(() => {
    if (box.matches(":focus") && box.value === value) box.select();
  });
}

/**
 * Set an attribute only if it has changed.
 *
 * @param {Element} node
 * @param {string} name
 * @param {string} value
 */
export function mark(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
