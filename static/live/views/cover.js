// Numbers that a teacher can hide: a quiet "?" stands in their place, and a press on it reveals them.

import { mark, write } from "../dom.js";
import { isHidden, revealIn } from "../lesson.js";

/** What each covered element reveals. @type {WeakMap<Element, string>} */
const places = new WeakMap();

/**
 * Write a number, or a "?" while it is hidden.
 *
 * @param {HTMLElement | SVGElement} node
 * @param {string} text
 * @param {string} item What it belongs to, a name of `TITLES` in ui/lesson.py.
 * @param {string} [place] Its own place, such as p1 or j1-2.
 * @returns {boolean} whether it is hidden
 */
export function writeOrHide(node, text, item, place = item) {
  const hidden = isHidden(item, place);
  write(node, hidden ? "?" : text);
  cover(node, hidden, place);
  return hidden;
}

/**
 * Make an element reveal something when it is pressed, or stop that.
 *
 * @param {HTMLElement | SVGElement} node
 * @param {boolean} hidden
 * @param {string} place
 */
export function cover(node, hidden, place) {
  if (hidden === places.has(node)) return;
  node.classList.toggle("covered", hidden);
  // A cell of the grid is a button of its own. A number in a drawing is none: for a screen reader the whole
  // drawing is one picture, and a key reveals everything.
  const button = node instanceof HTMLButtonElement;
  const drawn = node instanceof SVGElement;
  if (!hidden) {
    places.delete(node);
    if (button) return;
    node.onclick = node.onkeydown = null;
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
    return;
  }
  places.set(node, place);
  if (button) return;
  node.onclick = () => revealIn(place, node);
  if (drawn) return;
  node.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    revealIn(place, node);
  };
  mark(node, "role", "button");
  mark(node, "tabindex", "0");
  mark(node, "aria-label", "Hidden. Reveal it.");
}
