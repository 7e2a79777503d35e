// How many digits each number in a formula needs, so that what is worked out from them is what is shown.
// The derivation's part is core/derivation/digits.py once more; tests/browser/test_digits.py holds the two
// together.

import { decimalDigit, decimalOf, hundredths, LEAST_SIZE, lastDigit, plain } from "./format.js";

/** @typedef {import("./format.js").Scaled} Scaled */

/**
 * A number that a result is worked out from, as `Leaf` in core/derivation/digits.py.
 *
 * @typedef {object} Leaf
 * @property {string} key What it is called in a `Plan`.
 * @property {number} slope The common logarithm of by how much the result moves when it does.
 * @property {number} unit The exponent of its last digit if nothing asks for more.
 * @property {number} least The exponent of the last digit that it can have.
 * @property {boolean} exact Whether with that digit it is exact.
 */

/** @typedef {Record<string, number | null>} Plan By key the exponent of the last digit; null for a letter. */

/**
 * Natural logarithms of the sizes of all letters; q is 1 - p of the class that is derived.
 *
 * @typedef {object} Logs
 * @property {number[]} p
 * @property {number} q
 * @property {number} f
 * @property {number} g
 * @property {number} df
 * @property {number} dg
 * @property {number} dp
 */

const MOST = 12; // digits of a number that is not exact; where they are not enough it stays a letter
const MORE = 4; // digits more than usual in an exponent; where they are not enough g stays a letter
const LN10 = Math.LN10;

/**
 * Digits for some numbers, so that a result has an error of at most one of its last digit.
 *
 * @param {readonly Leaf[]} leaves
 * @param {number} unit The exponent of the result's last digit.
 * @returns {Plan}
 */
function refined(leaves, unit) {
  /** @type {Plan} */
  const found = Object.fromEntries(leaves.map((leaf) => [leaf.key, leaf.unit]));
  /** By how many digits what is not shown of a number can move the result. @param {Leaf} leaf */
  const cost = ({ key, slope, least, exact }) => {
    const now = found[key];
    return now === null || (exact && now <= least) ? -Infinity : Math.min(slope + now - unit, 300);
  };
  // Each turn takes one digit more, and no number has more than a few: this ends soon.
  for (;;) {
    const costs = leaves.map(cost);
    if (costs.reduce((sum, each) => sum + 10 ** each, 0) <= 1 + 1e-9) return found;
    const { key, least } = leaves[costs.indexOf(Math.max(...costs))];
    const now = found[key];
    found[key] = now === null || now <= least ? null : now - 1;
  }
}

/**
 * Digits for numbers among which is g; it stays a letter where the exponents would get too long.
 *
 * @param {readonly Leaf[]} leaves
 * @param {number} unit The exponent of the result's last digit.
 * @returns {Plan}
 */
function readable(leaves, unit) {
  const found = refined(leaves, unit);
  const exponents = leaves.filter(({ exact }) => exact);
  const long = exponents.some((leaf) => (found[leaf.key] ?? 0) < leaf.unit - MORE);
  if (found.g !== null && !long) return found;
  // Beside a letter there is nothing to work out, and the usual digits do.
  return { ...Object.fromEntries(exponents.map((leaf) => [leaf.key, leaf.unit])), g: null };
}

/**
 * How many decimals write a number exactly, as it is read back.
 *
 * @param {number} value
 */
function decimals(value) {
  const [digits, power = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(power));
}

/**
 * A number's sign and the logarithm of its size. `products` takes numbers like this, because some of its
 * factors are larger or smaller than a float can be.
 *
 * @param {number} value
 * @returns {Scaled}
 */
export const scaled = (value) => ({ sign: value < 0 ? -1 : 1, log: Math.log(Math.abs(value)) });

/**
 * The exponent of the last digit that a factor usually has: four digits of a large one, three decimals of
 * others, and one digit of what three decimals would hide.
 *
 * @param {number} size The common logarithm of its size.
 */
function usualDigit(size) {
  if (!(size >= 1)) return decimalDigit(size);
  return size < 5 ? Math.min(0, Math.floor(size) - 3) : Math.floor(size) - 2;
}

/**
 * Write products so that, worked out from the digits shown, their sum over the divisor gives the result as it
 * is shown.
 *
 * @param {readonly (readonly Scaled[])[]} terms The factors of each product.
 * @param {number} result
 * @param {number} divisor
 * @returns {{ texts: string[][], divisor: string }} The factors, without a plus sign, and the divisor.
 */
export function products(terms, result, divisor = 1) {
  const t = Math.log10(divisor);
  const leaves = terms.flatMap((factors, a) =>
    factors.map(({ log }, b) => {
      const size = log / LN10;
      // A probability that is too small for a number is 0; further digits would not tell more.
      const zero = size === -Infinity;
      const slope = factors.reduce((sum, other, c) => (c === b ? sum : sum + other.log / LN10), -t);
      return {
        key: `${a} ${b}`,
        slope,
        unit: usualDigit(size),
        least: zero ? usualDigit(size) : Math.floor(size) - MOST + 1,
        exact: zero,
      };
    }),
  );
  const size = Math.log10(Math.abs(result));
  if (divisor !== 1) leaves.push(divisorLeaf(divisor, size - t));
  const units = refined(leaves, decimalDigit(size));
  const texts = terms.map((factors, a) =>
    factors.map((factor, b) => decimalOf(factor, units[`${a} ${b}`] ?? -MOST)),
  );
  return { texts, divisor: plain(divisor, units.T ?? undefined) };
}

/**
 * T, which is exact with as many decimals as it has.
 *
 * @param {number} temperature
 * @param {number} slope
 * @returns {Leaf}
 */
const divisorLeaf = (temperature, slope) => ({
  key: "T",
  slope,
  unit: Math.floor(Math.log10(temperature)) - 3,
  least: -decimals(temperature),
  exact: true,
});

/**
 * The digits of the numbers in each step of the derivation.
 *
 * @param {Logs} logs
 * @param {{ z: readonly number[], temperature: number }} situation
 * @param {number} i
 * @param {number} j
 * @param {number} secantStep
 * @returns {Record<string, Plan>} By the key of a step; a number that is not named has its usual digits.
 */
export function plan(logs, { z: outputs, temperature }, i, j, secantStep) {
  const [f, g, df, dg, dp, q] = [logs.f, logs.g, logs.df, logs.dg, logs.dp, logs.q].map((log) => log / LN10);
  const p = logs.p.map((log) => log / LN10);
  const own = i === j;
  const t = Math.log10(temperature);
  const result = lastDigit(dp);
  /** A raw output. @type {(k: number, slope: number) => Leaf} */
  const z = (k, slope) => ({
    key: `z${k}`,
    slope,
    unit: hundredths(outputs[k]) ? -2 : -3,
    least: -decimals(outputs[k]),
    exact: true,
  });
  /**
   * T as a factor 1 / T and in the exponents of some classes.
   *
   * @type {(slope: number, ...raised: number[]) => Leaf}
   */
  const tempered = (slope, ...raised) => {
    const reach = raised.reduce((sum, k) => sum + Math.abs(outputs[k]), 0) / temperature;
    return divisorLeaf(temperature, slope - t + Math.log10(1 + reach));
  };
  /**
   * A number that is not exact.
   *
   * @type {(key: string, size: number, slope: number, places?: number) => Leaf}
   */
  const number = (key, size, slope, places = 3) => ({
    key,
    slope,
    unit: lastDigit(size, places),
    least: Math.floor(size) - MOST + 1,
    exact: false,
  });
  /** The exponential of a class divided by g. @type {(k: number, unit: number) => Plan} */
  const overG = (k, unit) => readable([z(k, p[k] - t), tempered(p[k], k), number("g", g, p[k] - g)], unit);

  const softmax = refined(
    [...outputs.map((_, k) => z(k, p[i] + (k === i ? q : p[k]) - t)), tempered(p[i] + q, ...outputs.keys())],
    lastDigit(p[i]),
  );
  // The slope of f (g - f) / g^2 is at most that of f / g, which is simpler.
  const rates = readable(
    own
      ? [z(i, p[i] - 2 * t), tempered(p[i] - t, i), number("g", g, p[i] - t - g)]
      : [z(i, dp - t), z(j, dp - t), tempered(dp, i, j), number("g", g, dp + Math.log10(2) - g)],
    result,
  );
  // 1 - p that three decimals would hide is written as a number of its own: 1 - 1.000 would tell nothing.
  const restIsWritten = own && q < LEAST_SIZE;
  const unit = own ? (restIsWritten ? lastDigit(q) : -3) : lastDigit(p[j]);
  const recognise = finer(overG(i, lastDigit(p[i])), overG(j, unit));
  if (restIsWritten) recognise.q = unit;
  const lean = Math.log10(Math.abs(10 ** p[i] - 10 ** q));
  const factors = !own
    ? [number(`p${i}`, p[i], p[j] - t), number(`p${j}`, p[j], p[i] - t), tempered(dp)]
    : restIsWritten
      ? [number(`p${i}`, p[i], q - t), number("q", q, p[i] - t), tempered(dp)]
      : [number(`p${i}`, p[i], lean - t), tempered(dp)];
  const product = refined(factors, result);
  const width = Math.log10(2 * secantStep) + t;
  const distance = {
    key: "distance",
    slope: dp - width,
    unit: Math.floor(width) - 3,
    least: -decimals(2 * secantStep * temperature),
    exact: true,
  };
  return {
    softmax,
    parts: { ...softmax, ...refined([number("f", f, -g), number("g", g, p[i] - g)], lastDigit(p[i])) },
    numerator: own ? refined([z(i, df - t), tempered(df, i)], lastDigit(df)) : {},
    denominator: refined([z(j, dg - t), tempered(dg, j)], lastDigit(dg)),
    substitute: rates,
    factor: rates,
    recognise,
    result: product,
    number: product,
    check: refined([number("side", p[i], Math.log10(2) - width, 7), distance], result),
  };
}

/**
 * Digits for two lines that speak of the same numbers: the more of both, and a letter where either has one.
 *
 * @param {Plan} one
 * @param {Plan} other
 * @returns {Plan}
 */
function finer(one, other) {
  const both = { ...one, ...other };
  for (const [key, unit] of Object.entries(one)) {
    const too = other[key];
    if (too !== undefined) both[key] = unit === null || too === null ? null : Math.min(unit, too);
  }
  return both;
}
