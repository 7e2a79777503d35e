// Helpers for users of screen readers and of the keyboard.

import { el, mark } from "./dom.js";

/**
 * Words that are read aloud but not shown; `mount.css` has the style.
 *
 * @param {string} text
 */
export const screenReaderText = (text) => el("span", { class: "screen-reader-text" }, text);

/**
 * The class that a letter refers to: shown as its index, read aloud as in "p of setosa".
 *
 * @param {string} name
 */
export const index = (name) => [screenReaderText(" of "), el("sub", { dir: "auto" }, name)];

/**
 * A derivative in words, for titles and to be read aloud.
 *
 * @param {string} probability Of which class.
 * @param {string} output Of which class.
 */
export const derivativeInWords = (probability, output) =>
  `derivative of the probability of ${probability} with respect to the raw output of ${output}`;

/**
 * Let the keyboard scroll a place sideways, but stop at it only while there is something to scroll.
 *
 * @param {HTMLElement} place
 * @param {string} label
 */
export function scrolls(place, label) {
  const wide = place.scrollWidth > place.clientWidth + 1;
  if (wide === place.hasAttribute("tabindex")) return;
  for (const [name, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": label })) {
    if (wide) mark(place, name, value);
    else place.removeAttribute(name);
  }
}
