// The line below the board: what the chosen cell says, in words and as a formula with the numbers in place.

import { index } from "../access.js";
import { products, scaled } from "../text/digits.js";
import { el, hide, mark, write } from "../dom.js";
import { isHidden } from "../lesson.js";
import { decimal, signed } from "../text/format.js";
import { cover, writeOrHide } from "./cover.js";

/** @typedef {import("../math/softmax.js").Reading} Reading */

const SAID = 4000; // ms for which a sentence stays, as a screen reader may not have read it yet

/** p of class k. @param {string} name @param {number} k */
const probability = (name, k) =>
  el("span", { class: "term", "data-belongs": `class:${k}` }, "p", ...index(name));

const live = () => el("span", { class: "live" });

export class Line {
  words = el("p", { class: "words" });
  formula = el("p", { class: "formula" });
  /** The places of the sentence and of the formula, which other views may take for a moment. */
  says = el("div", { class: "says" }, this.words);
  below = el("div", { class: "below" }, this.formula);
  node = el("div", { class: "line", "data-testid": "formula-line" }, this.says, this.below);
  spoken = el("p", { class: "screen-reader-text", role: "status" });
  /** What follows the first equals sign, and the "?" in its place while it is hidden. */
  #rest = el("span");
  #cover = el("b", { class: "live" });
  #i = 0;
  #j = 0;
  #verb = el("span");
  #rate = el("b", { class: "live" });
  #first = live();
  #second = live();
  #divisor = live();
  #result = el("b", { class: "live result" });
  #spokenOf = ""; // the sentence that was shown when something was spoken
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * Lay out the sentence and the formula of one cell; `show` writes the numbers.
   *
   * @param {string[]} names
   * @param {number} i
   * @param {number} j
   * @param {string[]} colours
   * @param {number} temperature
   */
  build(names, i, j, colours, temperature) {
    this.#i = i;
    this.#j = j;
    /** @param {number} k */
    const name = (k) =>
      el("b", { style: `--colour: ${colours[k]}`, dir: "auto", "data-belongs": `class:${k}` }, names[k]);
    this.words.replaceChildren(
      "Raise ",
      name(j),
      " a little: the probability of ",
      name(i),
      " ",
      this.#verb,
      " by ",
      this.#rate,
      " times that amount.",
    );
    /** @param {Node | string} divisor */
    const over = (divisor) => (temperature === 1 ? [] : [" / ", divisor]);
    const cell = { class: "term", "data-belongs": `cell:${i}-${j}` };
    const derivative = el("span", cell, "∂p", ...index(names[i]), " / ∂z", ...index(names[j]));
    const symbols =
      i === j
        ? [probability(names[i], i), " (1 − ", probability(names[i], i), ")"]
        : ["−", probability(names[i], i), " · ", probability(names[j], j)];
    const values = i === j ? [this.#first, " × ", this.#second] : ["−", this.#first, " × ", this.#second];
    this.#rest.replaceChildren(
      ...symbols,
      ...over("T"),
      " = ",
      ...values,
      ...over(this.#divisor),
      " = ",
      this.#result,
    );
    this.formula.replaceChildren(derivative, " = ", this.#rest, this.#cover);
  }

  /**
   * Write the numbers of a situation; called on every move.
   *
   * @param {Reading} reading
   * @param {number} temperature
   * @param {boolean} seen Whether anything else than the full-precision value is needed now.
   */
  show({ p, q, jacobian }, temperature, seen) {
    const value = jacobian[this.#i][this.#j];
    mark(this.#result, "data-value", isHidden("formula") ? "" : String(value));
    if (!seen) return;
    const factors = [p[this.#i], this.#i === this.#j ? q[this.#i] : p[this.#j]].map(scaled);
    const {
      texts: [[first, second]],
      divisor,
    } = products([factors], value, temperature);
    const hidden = writeOrHide(this.#rate, decimal(Math.abs(value)), "formula");
    hide(this.#rest, hidden);
    hide(this.#cover, !hidden);
    write(this.#cover, hidden ? "?" : "");
    cover(this.#cover, hidden, "formula");
    write(this.#first, hidden ? "" : first);
    write(this.#second, hidden ? "" : second);
    write(this.#result, hidden ? "" : signed(value));
    write(this.#verb, hidden ? "changes" : value < 0 ? "falls" : "rises");
    write(this.#divisor, divisor);
  }

  /**
   * Remove the sentence for screen readers, because something other than the user has changed what is shown.
   */
  hush() {
    if (this.#spokenOf !== this.words.textContent) write(this.spoken, "");
  }

  /**
   * Give a screen reader the sentence once, when the user has released the pointer or paused.
   *
   * @param {string} [change] What has just changed; it is read first.
   */
  speak(change = "") {
    this.#spokenOf = this.words.textContent;
    write(this.spoken, change ? `${change} ${this.#spokenOf}` : this.#spokenOf);
    clearTimeout(this.#timer);
    // Otherwise a user who reads on later would hear the sentence twice.
    this.#timer = setTimeout(() => write(this.spoken, ""), SAID);
  }
}
