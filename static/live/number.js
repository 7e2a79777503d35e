// A box for a number: a click selects what it holds, Enter takes what was typed, Escape puts the old number back.

import { selectAll } from "./dom.js";
import { parse } from "./text/format.js";

const LONGEST_QUOTE = 30;

/**
 * Make a text field such a box. `value()` is the number it stands for, `shown(number)` how that is written,
 * `range()` the smallest and largest number accepted, `name` whose it is. `take(number)` is called with another
 * number, `say(text)` with what was wrong with the text, or with nothing once that is over.
 */
export function makeNumberBox(box, { value, shown, range, name, take, say }) {
  const show = () => {
    box.value = shown(value());
  };
  box.onfocus = () => {
    box.value = String(value());
    selectAll(box);
  };
  // A press that only gave the focus selects all. WebKit would end that selection as the button goes up.
  let gaveFocus = false;
  box.onmousedown = () => {
    gaveFocus = !box.matches(":focus");
  };
  box.onmouseup = (event) => {
    const { selectionStart: start, selectionEnd: end } = box;
    const aPart = start !== end && end - start < box.value.length;
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
