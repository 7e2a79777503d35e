// Repeats core/powers.py: the exponentials and their sum, as digits and powers of ten that never overflow.
// tests/browser/test_formulas.py checks that both agree to 1e-12 relative.

import { largest, power } from "./softmax.js";

/**
 * A positive number as mantissa times 10^exponent; the mantissa is from 1 to below 10.
 *
 * @typedef {object} Scientific
 * @property {number} mantissa
 * @property {number} exponent
 */

// The natural logarithm of 10 in two parts, so that a multiple of it loses no digits.
const LN10_HIGH = 2.3025850928388536;
const LN10_LOW = 1.5519208637700024e-10;

/** @param {number} mantissa @param {number} exponent @returns {Scientific} */
function normalised(mantissa, exponent) {
  if (mantissa >= 10) return { mantissa: mantissa / 10, exponent: exponent + 1 };
  if (mantissa < 1) return { mantissa: mantissa * 10, exponent: exponent - 1 };
  return { mantissa, exponent };
}

/** e^x. @param {number} x */
function exponential(x) {
  const tens = Math.floor(x / LN10_HIGH);
  return normalised(Math.exp(x - tens * LN10_HIGH - tens * LN10_LOW), tens);
}

/**
 * e^(z / T) of each class, and their sum: the numerators of all probabilities and their denominator.
 *
 * @param {readonly number[]} z
 * @param {number} temperature
 * @returns {{ each: Scientific[], total: Scientific }}
 */
export function powers(z, temperature = 1) {
  const each = z.map((value) => exponential(value / temperature));
  const top = largest(z);
  // The sum is its largest term times a number from 1 to n.
  const times = z.reduce((sum, value) => sum + power(value, top, temperature), 0);
  const { mantissa, exponent } = each[z.indexOf(top)];
  const found = mantissa * times;
  return { each, total: found < 10 ? normalised(found, exponent) : normalised(found / 10, exponent + 1) };
}
