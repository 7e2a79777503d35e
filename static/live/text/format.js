// Writes numbers as the board shows them; ui/theme.py writes them the same way.

/** @typedef {{ sign: number, log: number }} Scaled A number as sign times e^log, however large or small. */

const MINUS = "\u2212";

const LEAST = 0.0005; // three decimals would hide a number below this: it is written with a power of ten
const LARGE = 5; // in a formula a number of 10 to this power or more is written with a power of ten, too
export const LEAST_SIZE = Math.log10(LEAST);

/** @param {string} text */
const proper = (text) => text.replace("e+", "e").replaceAll("-", MINUS);

/**
 * Write a number with three decimals; one too small for them is written like 4e−18.
 *
 * @param {number} value
 */
export function decimal(value) {
  if (value !== 0 && Math.abs(value) < LEAST) return proper(value.toExponential(0));
  return proper((value === 0 ? 0 : value).toFixed(3));
}

/**
 * Write a number as `decimal` does, but always with its sign.
 *
 * @param {number} value
 */
export function signed(value) {
  return value > 0 ? `+${decimal(value)}` : decimal(value);
}

/** Add the plus sign to a number that was written without it. @param {string} text */
export const plus = (text) => (text.startsWith(MINUS) || Number(text) === 0 ? text : `+${text}`);

/** Whether a number is written without a power of ten. @param {number} size Its common logarithm. */
const isPlain = (size) => size === -Infinity || (size >= LEAST_SIZE && size < LARGE);

/**
 * The exponent of the last digit that `decimal` shows.
 *
 * @param {number} size The common logarithm of the number's size; -Infinity for 0.
 */
export const decimalDigit = (size) => (size === -Infinity || size >= LEAST_SIZE ? -3 : Math.floor(size));

/**
 * e^log as digits and a power of ten.
 *
 * @param {number} log
 * @param {number} power The common logarithm of the number, rounded down.
 * @param {number} places Decimals of the digits.
 * @returns {[string, number]}
 */
function digitsAndPower(log, power, places) {
  const digits = Math.exp(log - power * Math.LN10).toFixed(places);
  return digits.startsWith("10") ? [(1).toFixed(places), power + 1] : [digits, power];
}

/**
 * As `decimal`, down to the digit with the exponent `unit`; a large number as 1.97e434.
 *
 * @param {Scaled} number
 * @param {number} unit
 */
export function decimalOf({ sign, log }, unit) {
  const size = log / Math.LN10;
  const minus = sign < 0 ? MINUS : "";
  if (isPlain(size)) return minus + Math.exp(log).toFixed(Math.max(0, -unit));
  const power = Math.floor(size);
  const [digits, raised] = digitsAndPower(log, power, Math.max(0, power - unit));
  return `${minus}${digits}e${proper(String(raised))}`;
}

/**
 * A positive number without zeros at its end.
 *
 * @param {number} value
 * @param {number} [unit] The exponent of its last digit; four digits if it is not given.
 */
export const plain = (value, unit = Math.floor(Math.log10(value)) - 3) =>
  String(Number(value.toFixed(Math.max(0, -unit))));

/** Whether two decimals write a raw output exactly. @param {number} value */
export const hundredths = (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9;

/**
 * Write a raw output with two decimals, or with three if it was set that precisely.
 *
 * @param {number} value
 * @param {number} places The fewest decimals.
 */
export function raw(value, places = 2) {
  return proper(
    (value === 0 ? 0 : value)
      .toFixed(Math.max(places, hundredths(value) ? 2 : 3))
      .replace(/^-(0\.0+)$/, "$1"),
  );
}

/**
 * A sum that is 0 up to rounding: shown to three decimals, without a sign where these are zeros.
 *
 * @param {number} value
 */
export function sum(value) {
  return proper(value.toFixed(3).replace(/^-(0\.000)$/, "$1"));
}

/**
 * A text with ASCII characters for full-width ones, such as １２．５ from a keyboard for Chinese or Japanese.
 * Each of them stands 0xFEE0 after its ASCII twin.
 *
 * @param {string} text
 */
const narrow = (text) => text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/**
 * Read what the user typed as a number; NaN if it is not one. A true minus sign, a decimal comma and
 * full-width digits are understood.
 *
 * @param {string} text
 */
export function parse(text) {
  const plain = narrow(text)
    .trim()
    .replace(MINUS, "-")
    .replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @param {string} digits @param {number} power */
export const withPower = (digits, power) =>
  proper(`${digits} × 10`) +
  String(power)
    .replace("-", "⁻")
    .replace(/\d/g, (c) => SUPERSCRIPTS[Number(c)]);

/**
 * The exponent of the last digit of a number in a formula.
 *
 * @param {number} size The common logarithm of the number's size; -Infinity for 0.
 * @param {number} places Decimals of a number that needs no power of ten.
 */
export function lastDigit(size, places = 3) {
  return isPlain(size) ? -places : Math.floor(size) - 2;
}

/**
 * A number in a formula, as core/derivation/typeset.py writes it: three decimals, or three digits and a power
 * of ten.
 *
 * @param {number} value
 * @param {number} places Decimals of a number that needs no power of ten.
 * @param {number} [unit] The exponent of the last digit, if that needs more digits.
 */
export function typeset(value, places = 3, unit = undefined) {
  if (value === 0) return "0";
  if (Math.abs(value) >= LEAST && Math.abs(value) < 10 ** LARGE)
    return proper(value.toFixed(Math.max(places, -(unit ?? -places))));
  const more = unit === undefined ? 2 : Math.max(2, Math.floor(Math.log10(Math.abs(value))) - unit);
  const [digits, power] = value.toExponential(more).split("e");
  return withPower(digits, Number(power));
}

/**
 * Write e^logarithm with a sign as `typeset` does, even if it is too large or too small for a number.
 *
 * @param {number} logarithm
 * @param {{ sign?: number, places?: number, unit?: number }} [how]
 */
export function magnitude(logarithm, { sign = 1, places = 3, unit = undefined } = {}) {
  if (logarithm === -Infinity) return "0";
  if (Math.abs(logarithm) < 500) return typeset(sign * Math.exp(logarithm), places, unit);
  const power = Math.floor(logarithm / Math.LN10);
  const more = unit === undefined ? 2 : Math.max(2, power - unit);
  const text = withPower(...digitsAndPower(logarithm, power, more));
  return sign < 0 ? MINUS + text : text;
}
