// Writes the numerators and the denominator of softmax, with as many digits as their ratio needs.

import { hundredths, lastDigit, plain, raw, typeset, withPower } from "./format.js";

/** @typedef {import("../math/powers.js").Scientific} Scientific */

const BEYOND = 300; // the exponent of ten from which a number may be beyond float64

/** The common logarithm of a number. @param {Scientific} number */
const sizeOf = ({ mantissa, exponent }) => Math.log10(mantissa) + exponent;

/**
 * Write a number as `typeset` does, also if it is beyond float64.
 *
 * @param {Scientific} number
 * @param {number} unit The exponent of its last digit, if it needs more digits than usual.
 */
export function scientific({ mantissa, exponent }, unit) {
  if (Math.abs(exponent) < BEYOND) return typeset(Number(`${mantissa}e${exponent}`), 3, unit);
  const places = Math.max(2, exponent - unit);
  const digits = mantissa.toFixed(places);
  return digits.startsWith("10") ? withPower((1).toFixed(places), exponent + 1) : withPower(digits, exponent);
}

/** One number divided by another. @param {Scientific} one @param {Scientific} other @returns {Scientific} */
function over(one, other) {
  const mantissa = one.mantissa / other.mantissa;
  const exponent = one.exponent - other.exponent;
  return mantissa < 1 ? { mantissa: mantissa * 10, exponent: exponent - 1 } : { mantissa, exponent };
}

/**
 * Write each numerator, the denominator and the probabilities. Whoever divides the written numbers finds the
 * written probability, up to one unit of its last digit.
 *
 * @param {{ each: readonly Scientific[], total: Scientific }} powers
 * @param {readonly number[]} p
 */
export function ratios({ each, total }, p) {
  const size = sizeOf(total);
  // Half of the error may come from each of the two numbers.
  const unit = (/** @type {number} */ last) => Math.floor(size + last + Math.log10(0.5));
  return {
    total: scientific(total, unit(-3)),
    each: each.map((number, k) => {
      const share = sizeOf(number) - size;
      const last = lastDigit(share);
      // A probability may be too small for float64.
      const ratio = share > -BEYOND ? typeset(p[k]) : scientific(over(number, total), last);
      return { value: scientific(number, unit(last)), ratio };
    }),
  };
}

/**
 * The exponent of e as it is written: a raw output, and the temperature unless it is 1.
 *
 * @param {number} z
 * @param {number} temperature
 * @param {string} divided What stands for the division.
 */
export function exponentText(z, temperature, divided = " / ") {
  // The exponent is written about as exactly as its power.
  const places = hundredths(z) ? 2 : hundredths(z * 10) ? 3 : 4;
  const raised = raw(z, places);
  return temperature === 1 ? raised : `${raised}${divided}${plain(temperature)}`;
}

/**
 * The end of an axis from 0 that holds a number: 1, 2 or 5 times a power of ten.
 *
 * @param {Scientific} number
 * @returns {{ end: string, share: number }} the end as it is written, and how far along the axis the number is
 */
export function axisFor({ mantissa, exponent }) {
  const step = mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10;
  const [digit, power] = step === 10 ? [1, exponent + 1] : [step, exponent];
  const end =
    power >= -3 && power < 5 ? String(Number(`${digit}e${power}`)) : withPower(String(digit), power);
  return { end, share: mantissa / step };
}
