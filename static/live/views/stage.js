// The stage between raw outputs and probabilities: e^(z / T) of each class and their sum, as numbers and as
// bars on one scale, and each probability as the ratio of the two.

import { screenReaderText } from "../access.js";
import { el, inShort, mark, setStyle, write } from "../dom.js";
import { isHidden, revealIn } from "../lesson.js";
import { powers } from "../math/powers.js";
import { axisFor, exponentText, ratios } from "../text/powers.js";

/** The place of an exponent. */
const raised = () => el("sup");

/** A number that the lesson may hide. @param {string} className @param {number} k */
const number = (className, k) => el("span", { class: className, "data-place": `p${k + 1}` });

/**
 * Make the row of one class.
 *
 * @param {string} name
 * @param {number} k
 * @param {string} colour
 */
function makeRow(name, k, colour) {
  const power = raised();
  const value = number("stage-value", k);
  const whole = el("span", { class: "stage-whole" });
  const part = el("span", { class: "stage-part" });
  const track = el("span", { class: "stage-track" }, whole, part);
  const above = number("stage-above", k);
  const below = el("span", { class: "stage-below" });
  const ratio = number("stage-p", k);
  const said = screenReaderText("");
  const node = el(
    "div",
    { class: "stage-row", role: "listitem", style: `--colour: ${colour}`, "data-belongs": `class:${k}` },
    said,
    // A screen reader reads the sentence instead.
    el("span", { class: "name", "aria-hidden": "true", title: name }, el("bdi", {}, name)),
    el("span", { class: "stage-power", "aria-hidden": "true" }, "e", power, " ="),
    value,
    track,
    el("span", { class: "stage-ratio", "aria-hidden": "true" }, above, " / ", below, " = ", ratio),
  );
  mark(value, "aria-hidden", "true");
  return { name, node, said, power, value, track, whole, part, above, below, ratio };
}

export class Stage {
  node = el("div", { class: "stage" });
  #verb = el("span");
  /** Where the letters of an exponent stand: in the button, and twice in the head. */
  #letters = [raised(), raised(), raised()];
  /** Shows the stage, or hides it again. */
  button = el(
    "button",
    { type: "button", class: "stage-button" },
    this.#verb,
    "e",
    screenReaderText(" to the "),
    this.#letters[0],
    el("span", { class: "in-full" }, " and the sum"),
  );
  /** @type {ReturnType<typeof makeRow>[]} */
  #rows = [];
  /** The parts of the bar of the sum. @type {HTMLElement[]} */
  #segments = [];
  #stack = el("span", { class: "stage-track stack" });
  #sum = el("span", { class: "stage-value" });
  #all = el("span", { class: "stage-ratio" });
  #end = el("b");
  #said = screenReaderText("");
  #withRatios = true;

  /** @param {() => void} press */
  constructor(press) {
    this.node.hidden = true;
    this.button.onclick = press;
    // A key reveals these at the number of the probability, which hides the same.
    this.node.onclick = ({ target }) => {
      const place = target instanceof HTMLElement && target.matches(".covered") && target.dataset.place;
      if (place) revealIn(place, target);
    };
  }

  /**
   * Build the rows anew, because the classes have changed.
   *
   * @param {string[]} names
   * @param {string[]} colours
   */
  build(names, colours) {
    this.#rows = names.map((name, k) => makeRow(name, k, colours[k]));
    this.#segments = colours.map((colour) =>
      el("span", { class: "stage-segment", style: `--colour: ${colour}` }),
    );
    this.#stack.replaceChildren(...this.#segments);
    const [, left, right] = this.#letters;
    const head = el(
      "div",
      { class: "stage-row stage-head", "aria-hidden": "true" },
      el("span", { class: "stage-title" }, "Numerator e", left),
      el("span", { class: "stage-ticks" }, el("b", {}, "0"), this.#end),
      el("span", { class: "stage-ratio" }, "e", right, " / sum = ", ...inShort("probability", "p")),
    );
    const sum = el(
      "div",
      { class: "stage-row stage-sum", role: "listitem" },
      this.#said,
      el("span", { class: "stage-title" }, ...inShort("Denominator: the sum", "Sum")),
      this.#sum,
      this.#stack,
      this.#all,
    );
    for (const child of [...sum.children].slice(1)) mark(child, "aria-hidden", "true");
    const list = el(
      "div",
      { class: "stage-list", role: "list", "aria-label": "From raw outputs to probabilities" },
      ...this.#rows.map((row) => row.node),
      sum,
    );
    this.node.replaceChildren(head, list);
  }

  /**
   * Show the stage or hide it, and whether the reader can do the same.
   *
   * @param {boolean} shown
   * @param {boolean} offered
   */
  open(shown, offered) {
    this.node.hidden = !shown;
    this.button.hidden = !offered;
    write(this.#verb, shown ? "Hide " : "Show ");
  }

  /** Show the sum and the ratios, or the exponentials alone. @param {boolean} shown */
  showRatios(shown) {
    this.#withRatios = shown;
    this.node.classList.toggle("powers-only", !shown);
  }

  /**
   * Show a situation; called on every move, so it writes only what changed.
   *
   * @param {readonly number[]} z
   * @param {number} temperature
   * @param {readonly number[]} p
   * @param {number} scale The value at the end of the axis of raw outputs.
   */
  show(z, temperature, p, scale) {
    const letters = temperature === 1 ? "z" : "z / T";
    for (const place of this.#letters) write(place, letters);
    if (this.node.hidden) return;
    this.node.classList.toggle("tempered", temperature !== 1);
    const found = powers(z, temperature);
    const { end, share } = axisFor(found.total);
    const written = ratios(found, p);
    const places = z.map((_, k) => `p${k + 1}`);
    const anyNumber = places.some((place) => isHidden("probability-numbers", place));
    const anyBar = places.some((place) => isHidden("probability-bars", place));
    const total = anyNumber ? "?" : written.total;
    // Columns keep their widths during a drag: powers of ten need more room, and scale / T tells if there are any.
    this.node.classList.toggle("long", scale / temperature > 5);
    write(this.#end, anyNumber ? "" : end);
    let before = 0;
    this.#rows.forEach((row, k) => {
      const covered = isHidden("probability-numbers", places[k]);
      const { value, ratio } = written.each[k];
      for (const [node, text] of /** @type {const} */ ([
        [row.value, value],
        [row.above, value],
        [row.ratio, ratio],
      ])) {
        write(node, covered ? "?" : text);
        node.classList.toggle("covered", covered);
      }
      write(row.power, exponentText(z[k], temperature));
      write(row.below, total);
      const barCovered = isHidden("probability-bars", places[k]);
      setStyle(row.whole, "transform", `scaleX(${barCovered ? 0 : share})`);
      setStyle(row.part, "transform", `scaleX(${barCovered ? 0 : share * p[k]})`);
      setStyle(this.#segments[k], "left", `${before * share * 100}%`);
      setStyle(this.#segments[k], "width", anyBar ? "0" : `${p[k] * share * 100}%`);
      before += p[k];
      const said = `${row.name}: e to the power of ${exponentText(z[k], temperature, " over ")}`;
      const of = this.#withRatios ? `, ${ratio} of the sum ${total}` : "";
      const told = covered ? `${said} is hidden.` : `${said} is ${value}${of}.`;
      write(row.said, told.replace("sum ?", "sum"));
    });
    write(this.#sum, total);
    write(this.#all, `${total} / ${total} = 1`);
    write(this.#said, anyNumber ? "The sum is hidden." : `The sum is ${total}.`);
  }
}
