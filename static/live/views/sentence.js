// The line below the board: what the chosen cell says, in words and as a formula with the numbers in place.

import { index } from "../access.js";
import { products, scaled } from "../text/digits.js";
import { el, write } from "../dom.js";
import { decimal, signed } from "../text/format.js";

const SAID = 4000; // ms that a spoken sentence stays where a screen reader may not have come to it yet

const probability = (name) => el("span", { class: "term" }, "p", ...index(name));

export class Line {
  constructor() {
    this.words = el("p", { class: "words" });
    this.formula = el("p", { class: "formula" });
    this.node = el("div", { class: "line", "data-testid": "formula-line" }, this.words, this.formula);
    this.spoken = el("p", { class: "screen-reader-text", role: "status" });
  }

  /** Lay out the sentence and the formula of one cell; the numbers are written by show. */
  build(names, i, j, colours, temperature) {
    this.i = i;
    this.j = j;
    const numbers = () => el("span", { class: "live" });
    const name = (k) => el("b", { style: `--colour: ${colours[k]}`, dir: "auto" }, names[k]);
    this.verb = el("span");
    this.rate = el("b", { class: "live" });
    this.words.replaceChildren(
      "Raise ",
      name(j),
      " a little: the probability of ",
      name(i),
      " ",
      this.verb,
      " by ",
      this.rate,
      " times that amount.",
    );
    this.first = numbers();
    this.second = numbers();
    this.result = el("b", { class: "live result" });
    const scaled = temperature !== 1;
    this.temperature = el("span", { class: "live" });
    const over = (node) => (scaled ? [" / ", node] : []);
    const derivative = el("span", { class: "term" }, "∂p", ...index(names[i]), " / ∂z", ...index(names[j]));
    const symbols =
      i === j
        ? [probability(names[i]), " (1 − ", probability(names[i]), ")"]
        : ["−", probability(names[i]), " · ", probability(names[j])];
    const values = i === j ? [this.first, " × ", this.second] : ["−", this.first, " × ", this.second];
    this.formula.replaceChildren(
      derivative,
      " = ",
      ...symbols,
      ...over("T"),
      " = ",
      ...values,
      ...over(this.temperature),
      " = ",
      this.result,
    );
  }

  show({ p, q, jacobian }, temperature) {
    const value = jacobian[this.i][this.j];
    const factors = [p[this.i], this.i === this.j ? q[this.i] : p[this.j]].map(scaled);
    const {
      texts: [[first, second]],
      divisor,
    } = products([factors], value, temperature);
    write(this.first, first);
    write(this.second, second);
    write(this.result, signed(value));
    write(this.rate, decimal(Math.abs(value)));
    write(this.verb, value < 0 ? "falls" : "rises");
    write(this.temperature, divisor);
    this.result.setAttribute("data-value", value);
  }

  /** Something else than the hand changed what is shown: what was said of it no longer holds. */
  hush() {
    if (this.spoken.textContent !== this.words.textContent) write(this.spoken, "");
  }

  /** Say the sentence to a screen reader, once, when the hand has let go. */
  speak() {
    write(this.spoken, this.words.textContent);
    clearTimeout(this.timer);
    // Who reads on later would else read the sentence twice.
    this.timer = setTimeout(() => write(this.spoken, ""), SAID);
  }
}
