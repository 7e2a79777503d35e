// Formulas as MathML from the trees of core/derivation/expression.py, with numbers that follow the hand.

import { mark, write } from "../dom.js";
import { plan } from "../text/digits.js";
import { magnitude, plain, raw } from "../text/format.js";
import { logRest, logSoftmax, logTotal } from "../math/softmax.js";

const MATH = "http://www.w3.org/1998/Math/MathML";
const MOST_TERMS = 4; // as in core/derivation/typeset.py

/** What the formulas speak of: everything that a number in one of them can be, by the step that it stands in. */
export function numbersOf({ z, temperature, reading }, { i, j }, secantStep) {
  const own = i === j;
  const logs = logarithms(z, temperature, i, j);
  const digits = plan(logs, { z, temperature }, i, j, secantStep);
  const unit = (step, key) => digits[step]?.[key];
  const written = (log, step, key, sign = 1) =>
    unit(step, key) === null ? null : magnitude(log, { sign, unit: unit(step, key) });
  const step = secantStep * temperature;
  const beside = (way) =>
    logSoftmax(
      z.map((value, k) => (k === j ? value + way * step : value)),
      temperature,
    )[i];
  return {
    z: (at, k) => raw(z[k], -(unit(at, `z${k}`) ?? 0)),
    p: (at, k) => written(logs.p[k], at, `p${k}`),
    T: (at) => plain(temperature, unit(at, "T")),
    f: (at) => written(logs.f, at, "f"),
    g: (at) => written(logs.g, at, "g"),
    df: (at) => written(logs.df, at, "df"),
    dg: (at) => written(logs.dg, at, "dg"),
    dp: (at) => written(logs.dp, at, "dp", own ? 1 : -1),
    rest: (at) => (unit(at, "q") === undefined ? null : written(logs.q, at, "q")),
    secant: (at, way) =>
      unit(at, "side") === null ? null : magnitude(beside(way), { places: 7, unit: unit(at, "side") }),
    distance: (at) => plain(2 * step, unit(at, "distance")),
    value: (kind, k) => ({ p: reading.p[k], dp: reading.jacobian[i][j] })[kind],
  };
}

/** Natural logarithms of everything positive, and of the size of dp: also where a number would be 0 or infinite. */
function logarithms(z, temperature, i, j) {
  const p = logSoftmax(z, temperature);
  const q = logRest(p, i);
  const logT = Math.log(temperature);
  const f = z[i] / temperature;
  return {
    p,
    q,
    f,
    g: logTotal(z, temperature),
    df: i === j ? f - logT : -Infinity,
    dg: z[j] / temperature - logT,
    dp: p[i] + (i === j ? q : p[j]) - logT,
  };
}

/** Which terms of a long sum are written; null stands for dots. */
export function termsShown(n, always) {
  const all = Array.from({ length: n }, (_, k) => k);
  if (n <= MOST_TERMS) return all;
  const kept = all.filter((k) => k === 0 || k === n - 1 || always.includes(k));
  return kept.flatMap((k, at) => (at && kept[at - 1] !== k - 1 ? [null, k] : [k]));
}

/** One reading of a formula: builds its elements and remembers which numbers are live. */
export class Formula {
  /** `about` is {names, colours, i, j, tempered}, `reading` is "symbols", "names" or "numbers", `step` a step's key. */
  constructor(tree, about, reading, step) {
    Object.assign(this, { about, reading, step, live: [] });
    this.node = this.#make("math", { displaystyle: "true" }, this.#build(tree));
  }

  /** Write the numbers of a situation. */
  show(now) {
    for (const follow of this.live) follow(now);
  }

  #make(tag, attributes, ...children) {
    const node = document.createElementNS(MATH, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  #sign = (text) => this.#make("mo", {}, text);

  #word = (text) => this.#make("mi", {}, text);

  #number(text) {
    const node = this.#make("mn", {});
    this.live.push((now) => write(node, text(now, this.step) ?? ""));
    return node;
  }

  /** A number, or the formula that stands in its place where `text` gives none. */
  #numberOr(text, formula) {
    return this.#row(...this.#either(this.#number(text), formula, (now, step) => text(now, step) !== null));
  }

  /** Two formulas of which one is seen. */
  #either(first, second, isFirst) {
    this.live.push((now) => {
      const shows = isFirst(now, this.step);
      first.style.display = shows ? "" : "none";
      second.style.display = shows ? "none" : "";
    });
    return [first, second];
  }

  #row = (...children) => this.#make("mrow", {}, ...children);

  #build(tree) {
    const node = this.#kind(tree);
    if (tree.part) node.classList.add(tree.part);
    if (tree.new) node.classList.add("new");
    return node;
  }

  #kind({ kind, parts = [], index }) {
    const build = (part) => this.#build(part);
    switch (kind) {
      case "integer":
        return this.#make("mn", {}, String(index));
      case "rest": {
        const difference = () =>
          this.#row(this.#make("mn", {}, "1"), this.#sign("−"), this.#letter("p", index));
        return this.reading === "numbers"
          ? this.#numberOr((now, step) => now.rest(step), difference())
          : difference();
      }
      case "exp":
        return this.#power(index);
      case "total":
        return this.#total();
      case "survivor":
        return this.#survivor(parts[0], index);
      case "slope": {
        const bracket = parts[0].kind === "total";
        // What is differentiated stays in letters: the slope of a number would be 0.
        return this.#inLetters(() => {
          const inner = bracket ? [this.#sign("("), build(parts[0]), this.#sign(")")] : [build(parts[0])];
          return this.#row(this.#partial([], [this.#name("z", index)]), ...inner);
        });
      }
      case "secant":
        return this.#secant(parts[0].index, index);
      case "frac":
        return this.#make("mfrac", {}, build(parts[0]), build(parts[1]));
      case "times": {
        const sign = this.reading === "numbers" ? "×" : "·";
        return this.#row(
          ...parts.flatMap((part, k) => (k ? [this.#sign(sign), build(part)] : [build(part)])),
        );
      }
      case "minus":
        return this.#row(build(parts[0]), this.#sign("−"), build(parts[1]));
      case "negative":
        return this.#row(this.#make("mo", { form: "prefix" }, "−"), build(parts[0]));
      case "group":
        return this.#row(this.#sign("("), build(parts[0]), this.#sign(")"));
      case "square": {
        const inner =
          this.reading === "numbers"
            ? this.#row(this.#sign("("), build(parts[0]), this.#sign(")"))
            : build(parts[0]);
        return this.#make("msup", {}, inner, this.#make("mn", {}, "2"));
      }
      default:
        return this.#letter(kind, index);
    }
  }

  #letter(kind, index) {
    if (this.reading === "numbers") {
      const text = (now, step) => now[kind](step, index);
      return kind === "z" || kind === "T"
        ? this.#number(text)
        : this.#numberOr(
            text,
            this.#inLetters(() => this.#letter(kind, index)),
          );
    }
    if (kind === "z" || kind === "p") return this.#name(kind, index);
    if (kind === "dp") return this.#partial([this.#name("p", this.about.i)], [this.#name("z", this.about.j)]);
    if (kind === "df" || kind === "dg") return this.#row(this.#word(kind[1]), this.#sign("′"));
    return this.#word(kind);
  }

  /** Build something in letters whatever the rest is written in. */
  #inLetters(build) {
    const { reading } = this;
    if (reading === "numbers") this.reading = "names";
    const made = build();
    this.reading = reading;
    return made;
  }

  /** z or p of a class: with its letter, or with its name. */
  #name(letter, k) {
    const { names, colours, i, j } = this.about;
    const symbol = k === i ? "i" : k === j ? "j" : String(k + 1);
    const index =
      this.reading === "symbols" ? this.#word(symbol) : this.#make("mtext", { dir: "auto" }, names[k]);
    // Half of the text's own colour: legible also on the mark of what is new, in the dark too.
    index.style.color = `color-mix(in oklab, ${colours[k]} 50%, var(--st-text-color))`;
    return this.#make("msub", {}, this.#word(letter), index);
  }

  #partial(above, below) {
    return this.#make(
      "mfrac",
      {},
      this.#row(this.#word("∂"), ...above),
      this.#row(this.#word("∂"), ...below),
    );
  }

  #power(k) {
    const numbers = this.reading === "numbers";
    const exponent = [numbers ? this.#letter("z", k) : this.#name("z", k)];
    if (this.about.tempered) exponent.push(this.#sign("/"), this.#letter("T"));
    return this.#make("msup", {}, this.#word("e"), this.#row(...exponent));
  }

  #total() {
    const { names, i, j, tempered } = this.about;
    if (this.reading === "symbols") {
      const exponent = [this.#make("msub", {}, this.#word("z"), this.#word("k"))];
      if (tempered) exponent.push(this.#sign("/"), this.#word("T"));
      const power = this.#make("msup", {}, this.#word("e"), this.#row(...exponent));
      return this.#row(this.#make("munder", {}, this.#sign("∑"), this.#word("k")), power);
    }
    const terms = termsShown(names.length, [i, j]);
    const written = terms.map((k) => (k === null ? this.#sign("⋯") : this.#power(k)));
    return this.#row(...written.flatMap((term, at) => (at ? [this.#sign("+"), term] : [term])));
  }

  #survivor(part, index) {
    const n = this.about.names.length;
    const zero = () => this.#make("mn", {}, "0");
    const plus = () => this.#sign("+");
    const dots = () => this.#sign("⋯");
    if (this.reading === "symbols" || n > MOST_TERMS) {
      return this.#row(zero(), plus(), dots(), plus(), this.#build(part), plus(), dots(), plus(), zero());
    }
    const terms = Array.from({ length: n }, (_, k) => (k === index ? this.#build(part) : zero()));
    return this.#row(...terms.flatMap((term, at) => (at ? [plus(), term] : [term])));
  }

  #secant(i, k) {
    const side = (sign) => [
      this.#name("p", i),
      this.#sign("("),
      this.#name("z", k),
      this.#sign(sign),
      this.#word("h"),
      this.#sign(")"),
    ];
    const letters = () =>
      this.#make(
        "mfrac",
        {},
        this.#row(...side("+"), this.#sign("−"), ...side("−")),
        this.#row(this.#make("mn", {}, "2"), this.#word("h")),
      );
    if (this.reading !== "numbers") return letters();
    const above = this.#row(
      this.#number((now, step) => now.secant(step, 1)),
      this.#sign("−"),
      this.#number((now, step) => now.secant(step, -1)),
    );
    const numbers = this.#make(
      "mfrac",
      {},
      above,
      this.#number((now, step) => now.distance(step)),
    );
    return this.#row(
      ...this.#either(numbers, this.#inLetters(letters), (now, step) => now.secant(step, 1) !== null),
    );
  }
}

/** Keep the full value where tests and curious readers find it. */
export const keepValue = (node, value) => mark(node, "data-value", String(value));
