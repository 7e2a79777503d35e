// Why p − y is left of cross-entropy's chain rule: its products in letters and with the numbers in place; what
// cancels is struck out.

import { index, screenReaderText } from "../access.js";
import { el, inShort, write } from "../dom.js";
import { isHidden } from "../lesson.js";
import { chainTerm } from "../math/descent.js";
import { logRest, logSoftmax } from "../math/softmax.js";
import { products, scaled } from "../text/digits.js";
import { decimalDigit, decimalOf, signed } from "../text/format.js";

/** @typedef {import("../messages.js").LossMessage} LossMessage */
/** @typedef {ReturnType<typeof import("../math/descent.js").measure>} Measured */
/** @typedef {import("../text/format.js").Scaled} Scaled */

/**
 * What the numbers are worked out from: logarithms, because 1 / p may be too large for a number.
 *
 * @typedef {object} Numbers
 * @property {number[]} log Of the probabilities.
 * @property {number} rest Of 1 − p of the true class.
 * @property {Measured} measured
 * @property {readonly number[]} target
 * @property {number} temperature
 */

/**
 * One product, or the sum of them.
 *
 * @typedef {object} Case
 * @property {(Node | string)[]} title
 * @property {number} belongs The class that it is about.
 * @property {number | null} cancels The class whose p cancels.
 * @property {(Node | string)[]} letters
 * @property {string[]} digits Text and, in capitals, the names of numbers: P is one that cancels.
 * @property {[string, string][]} needs Items with their places: none of these may be hidden.
 * @property {(of: Numbers) => { terms: Scaled[][], result: number }} work The factors left, in the order of
 *   their names, and the result.
 */

export class Cancellation {
  /** @type {ReturnType<typeof row>[]} */
  #rows = [];
  #true = 0;
  node = el("div", { class: "cancelled", role: "group", "aria-label": "Why p − y is left" });

  /**
   * @param {LossMessage} data
   * @param {number} other The class that stands for all but the true one.
   */
  build(data, other) {
    const oneHot = data.target[data.true] === 1;
    this.#true = data.true;
    this.#rows = (oneHot ? ofOne : ofAll)(data, other).map((each) => row(each, data));
    this.node.classList.toggle("of-all", !oneHot);
    this.node.replaceChildren(...this.#rows.map(({ node }) => node));
  }

  /**
   * Write the numbers of a situation; called on every move while they are shown.
   *
   * @param {LossMessage} data
   * @param {{ z: readonly number[], temperature: number }} situation
   * @param {Measured} measured
   */
  show({ target }, { z, temperature }, measured) {
    const log = logSoftmax(z, temperature);
    const numbers = { log, rest: logRest(log, this.#true), measured, target, temperature };
    for (const each of this.#rows) each.show(numbers);
  }
}

/** The class that stands for all others: that of the chosen cell, which stays while bars move. */
export const otherThan = (/** @type {number} */ k, /** @type {{ i: number, j: number }} */ { i, j }) =>
  [j, i, 0, 1].find((each) => each !== k) ?? k;

/** A letter, and the class that it is of unless that is the true one. */
const letter = (/** @type {string} */ text, /** @type {string} */ name = "") =>
  el("i", {}, text, ...(name ? index(name) : []));
const gone = (/** @type {Node[]} */ ...children) => el("s", { class: "gone" }, ...children);
const p = (/** @type {string | undefined} */ name = undefined) => letter("p", name);
const y = (/** @type {string | undefined} */ name = undefined) => letter("y", name);
const overT = (/** @type {LossMessage} */ { temperature }) => (temperature === 1 ? "" : " / T");

const probability = (/** @type {number} */ k) =>
  /** @type {[string, string]} */ (["probability-numbers", `p${k + 1}`]);
const derivative = (/** @type {number} */ k, /** @type {number} */ j) =>
  /** @type {[string, string]} */ (["jacobian-numbers", `j${k + 1}-${j + 1}`]);
const gradient = (/** @type {number} */ k) =>
  /** @type {[string, string]} */ (["gradient-numbers", `g${k + 1}`]);

/** @param {number} log @returns {Scaled} */
const factor = (log) => ({ sign: 1, log });

/**
 * A target of 1: the chain has one product. Its two cases are the true class and any other.
 *
 * @param {LossMessage} data
 * @param {number} k
 * @returns {Case[]}
 */
function ofOne(data, k) {
  const { names, true: t } = data;
  const over = overT(data);
  const rest = over ? ["(", p(), " − 1)", over] : [p(), " − 1"];
  return [
    {
      title: [el("bdi", {}, names[t]), ...inShort(", the true class", " (true)")],
      belongs: t,
      cancels: t,
      letters: ["−1/", gone(p()), " × ", gone(p()), " (1 − ", p(), ")", over, " = ", ...rest],
      digits: ["−1/", "P", " × ", "P", " × ", "A", over && " / ", over && "T"],
      needs: [probability(t), derivative(t, t), gradient(t)],
      work: ({ rest: q, measured }) => ({ terms: [[factor(q)]], result: measured.gradient[t] }),
    },
    {
      title: [
        el("bdi", {}, names[k]),
        ...inShort(names.length > 2 ? ", as every other class" : ", the other class", ""),
      ],
      belongs: k,
      cancels: t,
      letters: [
        ...["−1/", gone(p()), " × (−", gone(p()), " ", p(names[k]), ")", over, " = ", p(names[k]), over],
      ],
      digits: ["−1/", "P", " × (−", "P", " × ", "A", ")", over && " / ", over && "T"],
      needs: [probability(t), probability(k), derivative(t, k), gradient(k)],
      work: ({ log, measured }) => ({
        terms: [[factor(log[k])]],
        result: measured.gradient[k],
      }),
    },
  ];
}

/**
 * A target below 1: the chain of the true class has a product for every class. In each, that class's own p
 * cancels; their sum is p − y.
 *
 * @param {LossMessage} data
 * @param {number} k
 * @returns {Case[]}
 */
function ofAll(data, k) {
  const { names, true: t } = data;
  const over = overT(data);
  const [open, close] = over ? ["(", ")"] : ["", ""];
  /** @param {string} name @param {string} short */
  const product = (name, short) => [el("bdi", {}, name), ...inShort("’s product", short)];
  return [
    {
      title: product(names[t], " (true)"),
      belongs: t,
      cancels: t,
      letters: [
        ...["−", y(), "/", gone(p()), " × ", gone(p()), " (1 − ", p(), ")", over],
        ...[" = −", y(), " (1 − ", p(), ")", over],
      ],
      digits: ["−", "A", "/", "P", " × ", "P", " × ", "B", over && " / ", over && "T"],
      needs: [probability(t), derivative(t, t), gradient(t)],
      work: ({ rest, target, temperature, measured }) => ({
        terms: [[scaled(target[t]), factor(rest)]],
        result: chainTerm(measured, target, temperature, t, t),
      }),
    },
    {
      title: product(names[k], ""),
      belongs: k,
      cancels: k,
      letters: [
        ...["−", y(names[k]), "/", gone(p(names[k])), " × (−", gone(p(names[k])), " ", p(), ")", over],
        ...[" = ", y(names[k]), " ", p(), over],
      ],
      digits: ["−", "A", "/", "P", " × (−", "P", " × ", "B", ")", over && " / ", over && "T"],
      needs: [probability(t), probability(k), derivative(k, t), gradient(t)],
      work: ({ log, target, temperature, measured }) => ({
        terms: [[scaled(target[k]), factor(log[t])]],
        result: chainTerm(measured, target, temperature, k, t),
      }),
    },
    {
      title: [...inShort(`All ${names.length} added, as the y add up to 1`, "Sum")],
      belongs: t,
      cancels: null,
      letters: [
        ...[open, "−", y(), " (1 − ", p(), ") + (1 − ", y(), ") ", p(), close, over, " = "],
        ...[open, p(), " − ", y(), close, over],
      ],
      digits: [open, "−", "A", " × ", "B", " + ", "C", " × ", "D", close, over && " / ", over && "T"],
      needs: [probability(t), gradient(t)],
      work: ({ log, rest, target, measured }) => ({
        terms: [
          [scaled(target[t]), factor(rest)],
          [scaled(1 - target[t]), factor(log[t])],
        ],
        result: measured.gradient[t],
      }),
    },
  ];
}

/**
 * The line of a case, and how its numbers are written.
 *
 * @param {Case} one
 * @param {LossMessage} data
 */
function row({ title, belongs, cancels, letters, digits, needs, work }, { colours, names }) {
  /** @type {[string, HTMLElement][]} */
  const places = [];
  const pieces = digits.map((piece) => {
    if (!/^[A-Z]$/.test(piece)) return piece;
    const place = el(piece === "P" ? "s" : "span", { class: piece === "P" ? "gone" : null });
    places.push([piece, place]);
    return place;
  });
  const result = el("b");
  const written = el("span", {}, ...pieces, " = ", result);
  const cover = el("span");
  const struck = cancels === null ? [] : [screenReaderText(`. The p of ${names[cancels]} cancels: `)];
  const node = el(
    "p",
    { class: "case", style: `--colour: ${colours[belongs]}`, "data-belongs": `class:${belongs}` },
    el("span", { class: "name who" }, ...title),
    el("span", { class: "letters" }, ...letters, ...struck),
    el("span", { class: "digits", "data-testid": `cancelled-${belongs}` }, written, cover),
  );
  return {
    node,
    /** @param {Numbers} numbers */
    show(numbers) {
      const hidden = needs.some(([item, place]) => isHidden(item, place));
      written.hidden = hidden;
      write(cover, hidden ? "?" : "");
      const { terms, result: value } = work(numbers);
      result.dataset.value = hidden ? "" : String(value);
      if (hidden) {
        for (const [, place] of places) write(place, "");
        write(result, "");
        return;
      }
      const { texts, divisor } = products(terms, value, numbers.temperature);
      const log = numbers.log[cancels ?? belongs];
      const left = texts.flat();
      for (const [key, place] of places) {
        if (key === "P") write(place, decimalOf(factor(log), decimalDigit(log / Math.LN10)));
        else write(place, key === "T" ? divisor : left[key.charCodeAt(0) - 65]);
      }
      write(result, signed(value));
    },
  };
}
