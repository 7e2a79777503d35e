// Formulas as MathML from the trees of core/derivation/expression.py, with numbers that follow the pointer.

import { mark, write } from "../dom.js";
import { bracketed, constant, fraction, identifier, make, partial, row, sign } from "./mathml.js";

/** @typedef {import("../messages.js").AboutMessage} AboutMessage */
/** @typedef {import("../messages.js").TreeMessage} Tree */
/** @typedef {import("./numbers.js").Letter} Letter */
/** @typedef {import("./numbers.js").Numbers} Numbers */

export const NOTATIONS = /** @type {const} */ (["symbols", "names", "numbers"]);
/** @typedef {typeof NOTATIONS[number]} Notation What a formula is written in. */

/** @typedef {(now: Numbers, step: string) => string | null} Text A number; null where its letter is shown. */

const MOST_TERMS = 4; // as in core/derivation/typeset.py
const NO_CLASS = -1; // as in core/derivation/expression.py

/**
 * Which terms of a long sum are written; null stands for dots.
 *
 * @param {number} n
 * @param {number[]} always
 * @returns {(number | null)[]}
 */
function termsShown(n, always) {
  const all = Array.from({ length: n }, (_, k) => k);
  if (n <= MOST_TERMS) return all;
  const kept = all.filter((k) => k === 0 || k === n - 1 || always.includes(k));
  return kept.flatMap((k, at) => (at && kept[at - 1] !== k - 1 ? [null, k] : [k]));
}

/**
 * Put the same sign between all terms.
 *
 * @param {Node[]} terms
 * @param {string} text
 */
const joined = (terms, text) => row(...terms.flatMap((term, at) => (at ? [sign(text), term] : [term])));

/** One formula in one notation: it builds its elements and remembers which of them follow the situation. */
export class Formula {
  #about;
  #notation;
  #step;
  /** @type {((now: Numbers) => void)[]} */
  #live = [];

  /**
   * @param {Tree} tree
   * @param {AboutMessage} about
   * @param {Notation} notation
   * @param {string} step The key of the step that it stands in.
   */
  constructor(tree, about, notation, step) {
    this.#about = about;
    this.#notation = notation;
    this.#step = step;
    this.node = make("math", { displaystyle: "true" }, this.#build(tree));
  }

  /**
   * Write the numbers of a situation.
   *
   * @param {Numbers} now
   */
  show(now) {
    for (const follow of this.#live) follow(now);
  }

  /** A number that follows the situation. @param {Text} text */
  #number(text) {
    const node = make("mn", {});
    this.#live.push((now) => write(node, text(now, this.#step) ?? ""));
    return node;
  }

  /**
   * A number, or a formula in its place if `text` returns null.
   *
   * @param {Text} text
   * @param {MathMLElement} formula
   */
  #numberOr(text, formula) {
    return this.#either(this.#number(text), formula, (now, step) => text(now, step) !== null);
  }

  /**
   * Two formulas, only one of which is visible.
   *
   * @param {MathMLElement} first
   * @param {MathMLElement} second
   * @param {(now: Numbers, step: string) => boolean} isFirst
   */
  #either(first, second, isFirst) {
    this.#live.push((now) => {
      const shows = isFirst(now, this.#step);
      first.style.display = shows ? "" : "none";
      second.style.display = shows ? "none" : "";
    });
    return row(first, second);
  }

  /** @param {Tree} tree */
  #build(tree) {
    const node = this.#kind(tree);
    if (tree.part) node.classList.add(tree.part);
    if (tree.new) node.classList.add("new");
    return node;
  }

  /** @param {Tree} tree @returns {MathMLElement} */
  #kind({ kind, parts = [], index = NO_CLASS }) {
    const numbers = this.#notation === "numbers";
    /** @param {Tree} part */
    const build = (part) => this.#build(part);
    switch (kind) {
      case "integer":
        return constant(index);
      case "rest": {
        const difference = row(constant(1), sign("−"), this.#letter("p", index));
        return numbers ? this.#numberOr((now, step) => now.rest(step), difference) : difference;
      }
      case "exp":
        return this.#power(index);
      case "total":
        return this.#total();
      case "survivor":
        return this.#survivor(parts[0], index);
      case "slope":
        // What is differentiated stays in letters, because the derivative of a number would be 0.
        return this.#inLetters(() => {
          const inner = build(parts[0]);
          const bracket = parts[0].kind === "total";
          const slope = partial([], [this.#name("z", index)]);
          return bracket ? row(slope, sign("("), inner, sign(")")) : row(slope, inner);
        });
      case "secant":
        return this.#secant(parts[0], index);
      case "frac":
        return fraction(build(parts[0]), build(parts[1]));
      case "times":
        return joined(parts.map(build), numbers ? "×" : "·");
      case "minus":
        return row(build(parts[0]), sign("−"), build(parts[1]));
      case "negative":
        return row(make("mo", { form: "prefix" }, "−"), build(parts[0]));
      case "group":
        return bracketed(build(parts[0]));
      case "square": {
        const inner = build(parts[0]);
        return make("msup", {}, numbers ? bracketed(inner) : inner, constant(2));
      }
      default:
        return this.#letter(/** @type {Letter} */ (kind), index);
    }
  }

  /**
   * @param {Letter} kind
   * @param {number} [k]
   * @returns {MathMLElement}
   */
  #letter(kind, k = NO_CLASS) {
    if (this.#notation === "numbers") {
      /** @type {Text} */
      const text = (now, step) => now[kind](step, k);
      if (kind === "z" || kind === "T") return this.#number(text);
      return this.#numberOr(
        text,
        this.#inLetters(() => this.#letter(kind, k)),
      );
    }
    if (kind === "z" || kind === "p") return this.#name(kind, k);
    if (kind === "dp") return partial([this.#name("p", this.#about.i)], [this.#name("z", this.#about.j)]);
    if (kind === "df" || kind === "dg") return row(identifier(kind[1]), sign("′"));
    return identifier(kind);
  }

  /**
   * Build something in letters, whatever the notation of the rest.
   *
   * @param {() => MathMLElement} build
   */
  #inLetters(build) {
    const notation = this.#notation;
    if (notation === "numbers") this.#notation = "names";
    const made = build();
    this.#notation = notation;
    return made;
  }

  /**
   * z or p of a class, with its letter as the index, or with its name.
   *
   * @param {"z" | "p"} symbol
   * @param {number} k
   */
  #name(symbol, k) {
    const { names, colours, i, j } = this.#about;
    const index =
      this.#notation === "symbols"
        ? identifier(k === i ? "i" : k === j ? "j" : String(k + 1))
        : make("mtext", { dir: "auto" }, names[k]);
    // The colour is mixed half and half with the text colour. So the name is legible even on the mark of new
    // parts, also in the dark theme.
    index.style.color = `color-mix(in oklab, ${colours[k]} 50%, var(--st-text-color))`;
    return make("msub", {}, identifier(symbol), index);
  }

  /** e^(z / T) of a class. @param {number} k */
  #power(k) {
    const numbers = this.#notation === "numbers";
    const exponent = [numbers ? this.#letter("z", k) : this.#name("z", k)];
    if (this.#about.tempered) exponent.push(sign("/"), this.#letter("T"));
    return make("msup", {}, identifier("e"), row(...exponent));
  }

  /** The sum of e^(z / T) over all classes. */
  #total() {
    const { names, i, j, tempered } = this.#about;
    if (this.#notation === "symbols") {
      const exponent = [make("msub", {}, identifier("z"), identifier("k"))];
      if (tempered) exponent.push(sign("/"), identifier("T"));
      const power = make("msup", {}, identifier("e"), row(...exponent));
      return row(make("munder", {}, sign("∑"), identifier("k")), power);
    }
    const terms = termsShown(names.length, [i, j]);
    return joined(
      terms.map((k) => (k === null ? sign("⋯") : this.#power(k))),
      "+",
    );
  }

  /**
   * A sum of which one term is left among zeros.
   *
   * @param {Tree} part
   * @param {number} index
   */
  #survivor(part, index) {
    const n = this.#about.names.length;
    const term = this.#build(part);
    if (this.#notation === "symbols" || n > MOST_TERMS)
      return joined([constant(0), sign("⋯"), term, sign("⋯"), constant(0)], "+");
    const terms = Array.from({ length: n }, (_, k) => (k === index ? term : constant(0)));
    return joined(terms, "+");
  }

  /**
   * The change of p of a class between a little below z_k and a little above it, divided by the distance.
   *
   * @param {Tree} of
   * @param {number} k
   */
  #secant({ index: i = NO_CLASS }, k) {
    /** @param {"+" | "−"} way */
    const side = (way) => [
      this.#name("p", i),
      sign("("),
      this.#name("z", k),
      sign(way),
      identifier("h"),
      sign(")"),
    ];
    const letters = this.#inLetters(() =>
      fraction(row(...side("+"), sign("−"), ...side("−")), row(constant(2), identifier("h"))),
    );
    if (this.#notation !== "numbers") return letters;
    const numbers = fraction(
      row(
        this.#number((now, step) => now.secant(step, 1)),
        sign("−"),
        this.#number((now, step) => now.secant(step, -1)),
      ),
      this.#number((now, step) => now.distance(step)),
    );
    return this.#either(numbers, letters, (now, step) => now.secant(step, 1) !== null);
  }
}

/**
 * Keep the full value in `data-value`, for tests and curious readers.
 *
 * @param {Element} node
 * @param {number} value
 */
export const keepValue = (node, value) => mark(node, "data-value", String(value));
