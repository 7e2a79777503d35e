// Finds how many digits each number in a formula needs, so that working it out gives the result shown. The
// part for the derivation repeats core/derivation/digits.py; tests/browser/test_digits.py checks that both
// agree.

import { decimalDigit, decimalOf, hundredths, LEAST_SIZE, lastDigit, plain } from "./format.js";

/** @typedef {import("./format.js").Scaled} Scaled */

/**
 * A number from which a result is worked out, as `Leaf` in core/derivation/digits.py.
 *
 * @typedef {object} Leaf
 * @property {string} key Its name in a `Plan`.
 * @property {number} slope The common logarithm of the result's change per change of the number.
 * @property {number} unit The exponent of its last digit if it needs no more digits.
 * @property {number} least The smallest exponent that its last digit can have.
 * @property {boolean} exact Whether it is exact with that digit.
 */

/** @typedef {Record<string, number | null>} Plan The exponent of the last digit by key; null for a letter. */

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

const MOST = 12; // digits of an inexact number; if it needs more, it stays a letter
const MORE = 4; // extra digits in an exponent; if more are needed, g stays a letter
const LN10 = Math.LN10;

/**
 * Find digits for some numbers, so that a result is wrong by at most one unit of its last digit.
 *
 * @param {readonly Leaf[]} leaves
 * @param {number} unit The exponent of the result's last digit.
 * @returns {Plan}
 */
function refined(leaves, unit) {
  /** @type {Plan} */
  const found = Object.fromEntries(leaves.map((leaf) => [leaf.key, leaf.unit]));
  /** The common logarithm of the result's error from this number. @param {Leaf} leaf */
  const cost = ({ key, slope, least, exact }) => {
    const now = found[key];
    return now === null || (exact && now <= least) ? -Infinity : Math.min(slope + now - unit, 300);
  };
  // Each turn adds one digit, and no number can have many, so this ends soon.
  for (;;) {
    const costs = leaves.map(cost);
    if (costs.reduce((sum, each) => sum + 10 ** each, 0) <= 1 + 1e-9) return found;
    const { key, least } = leaves[costs.indexOf(Math.max(...costs))];
    const now = found[key];
    found[key] = now === null || now <= least ? null : now - 1;
  }
}

/**
 * Find digits for numbers that include g; g stays a letter if the exponents would get too long.
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
  // With a letter there is nothing to work out, so the usual digits are enough.
  return { ...Object.fromEntries(exponents.map((leaf) => [leaf.key, leaf.unit])), g: null };
}

/**
 * How many decimals a number needs so that it is read back exactly.
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
 * The usual exponent of a factor's last digit. A large factor has four digits, others have three decimals,
 * and one too small for three decimals has one digit.
 *
 * @param {number} size The common logarithm of its size.
 */
function usualDigit(size) {
  if (!(size >= 1)) return decimalDigit(size);
  return size < 5 ? Math.min(0, Math.floor(size) - 3) : Math.floor(size) - 2;
}

/**
 * Write products so that their sum, worked out from the digits shown and divided by the divisor, gives the
 * result shown.
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
      // A probability too small for a number is 0; more digits would add nothing.
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
 * T, which is exact if all its decimals are written.
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
  // The slope of f / g is used for f (g - f) / g^2, because it is simpler and at least as large.
  const rates = readable(
    own
      ? [z(i, p[i] - 2 * t), tempered(p[i] - t, i), number("g", g, p[i] - t - g)]
      : [z(i, dp - t), z(j, dp - t), tempered(dp, i, j), number("g", g, dp + Math.log10(2) - g)],
    result,
  );
  // If 1 - p is too small for three decimals, it is written as a number, because 1 - 1.000 would say nothing.
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
 * Combine the digits of two lines with the same numbers: take the larger count, or the letter if either has
 * it.
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
