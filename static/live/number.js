// A box for a number: a click selects it all, Enter takes what was typed, Escape restores the old number.

import { selectAll } from "./dom.js";
import { parse } from "./text/format.js";

const LONGEST_QUOTE = 30; // characters of a refused text that the complaint repeats

/**
 * What a box shows, and what it calls when the user types.
 *
 * @typedef {object} NumberBox
 * @property {() => number} value The number as it is now.
 * @property {(value: number) => string} shown How a number is written while nobody types.
 * @property {() => import("./drag.js").Limits} range The smallest and the largest number that is accepted.
 * @property {string} name The name of the number.
 * @property {(value: number) => void} take Called with a number that differs from the one before.
 * @property {(complaint: string) => void} say What is wrong with the text; "" once that is over.
 */

/**
 * Make a text field a box for a number.
 *
 * @param {HTMLInputElement} box
 * @param {NumberBox} about
 */
export function makeNumberBox(box, { value, shown, range, name, take, say }) {
  const show = () => {
    box.value = shown(value());
  };
  box.onfocus = () => {
    box.value = String(value());
    selectAll(box);
  };
  // The press that gives the box its focus also selects everything. WebKit would drop the selection when the
  // button is released.
  let gaveFocus = false;
  box.onmousedown = () => {
    gaveFocus = !box.matches(":focus");
  };
  box.onmouseup = (event) => {
    const selected = (box.selectionEnd ?? 0) - (box.selectionStart ?? 0);
    const aPart = selected > 0 && selected < box.value.length;
    if (!gaveFocus || aPart) return;
    event.preventDefault();
    box.select();
  };
  box.oninput = () => say("");
  box.onblur = show;
  box.onchange = () => {
    const typed = box.value.trim();
    const number = parse(typed);
    const [low, high] = range();
    if (number >= low && number <= high) {
      // A typed -0 is 0.
      if (number !== value()) take(number === 0 ? 0 : number);
    } else if (typed) {
      const quote = typed.slice(0, LONGEST_QUOTE);
      const accepted = `${low} to ${high}`.replaceAll("-", "−");
      say(`“${quote}” is not a number from ${accepted}. ${name} stays at ${shown(value())}.`);
    }
    show();
  };
  box.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") show();
    if (event.key === "Escape" || event.key === "Enter") box.blur();
  };
}
