// How numbers are written on the board; ui/theme.py writes them the same way.

export const MINUS = "\u2212";

const proper = (text) => text.replace("e+", "e").replaceAll("-", MINUS);

/** Three decimals; what three decimals would hide is written as 4e−18. */
export function decimal(value) {
  if (value !== 0 && Math.abs(value) < 0.0005) return proper(value.toExponential(0));
  return proper((value === 0 ? 0 : value).toFixed(3));
}

/** As decimal, always with its sign. */
export function signed(value) {
  return value > 0 ? `+${decimal(value)}` : decimal(value);
}

/** A number that was written without a plus sign, with it. */
export const plus = (text) => (text.startsWith(MINUS) || Number(text) === 0 ? text : `+${text}`);

/** The exponent of the last digit that `decimal` shows, from the common logarithm of a number's size. */
export const decimalDigit = (size) =>
  size === -Infinity || size >= Math.log10(0.0005) ? -3 : Math.floor(size);

/** As decimal, of sign times e^log, down to the digit with the exponent `unit`; a large number as 1.97e434. */
export function decimalOf({ sign, log }, unit) {
  const size = log / Math.LN10;
  const minus = sign < 0 ? MINUS : "";
  if (size === -Infinity || (size >= Math.log10(0.0005) && size < 5))
    return minus + Math.exp(log).toFixed(Math.max(0, -unit));
  const power = Math.floor(size);
  const places = Math.max(0, power - unit);
  const digits = Math.exp(log - power * Math.LN10).toFixed(places);
  const [shown, raised] = digits.startsWith("10") ? [(1).toFixed(places), power + 1] : [digits, power];
  return `${minus}${shown}e${proper(String(raised))}`;
}

/** A positive number without zeros at its end, down to the digit with the exponent `unit`: usually four digits. */
export const plain = (value, unit = Math.floor(Math.log10(value)) - 3) =>
  String(Number(value.toFixed(Math.max(0, -unit))));

/** Whether two decimals write a raw output exactly. */
export const hundredths = (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9;

/** A raw output: two decimals, or three when it was set that precisely, or as many as are asked for. */
export function raw(value, places = 2) {
  return proper(
    (value === 0 ? 0 : value)
      .toFixed(Math.max(places, hundredths(value) ? 2 : 3))
      .replace(/^-(0\.0+)$/, "$1"),
  );
}

/** A sum that is 0 up to rounding: shown to three decimals, without a sign. */
export function sum(value) {
  return proper(value.toFixed(3).replace(/^-(0\.000)$/, "$1"));
}

// A keyboard for Chinese or Japanese writes １２．５; each of these stands 0xFEE0 after its ASCII twin.
const narrow = (text) => text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** What a person typed, as a number; NaN when it is none. Accepts a true minus, a decimal comma, full-width digits. */
export function parse(text) {
  const plain = narrow(text)
    .trim()
    .replace(MINUS, "-")
    .replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

const SUPERSCRIPTS = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};

const withPower = (digits, power) =>
  proper(`${digits} × 10`) + [...String(power)].map((c) => SUPERSCRIPTS[c]).join("");

/** The exponent of the last digit of a number in a formula, from the common logarithm of its size. */
export function lastDigit(size, places = 3) {
  return size === -Infinity || (size >= Math.log10(0.0005) && size < 5) ? -places : Math.floor(size) - 2;
}

/**
 * A number in a formula, as core/derivation/typeset.py writes it: three decimals, or three digits and a power of ten; more digits
 * if its last one is to have the exponent `unit`.
 */
export function typeset(value, places = 3, unit = undefined) {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.0005 && Math.abs(value) < 100_000)
    return proper(value.toFixed(Math.max(places, -(unit ?? -places))));
  const more = unit === undefined ? 2 : Math.max(2, Math.floor(Math.log10(Math.abs(value))) - unit);
  const [digits, power] = value.toExponential(more).split("e");
  return withPower(digits, Number(power));
}

/** As typeset, of e^logarithm with a sign: also where that is beyond what a number can hold. */
export function magnitude(logarithm, { sign = 1, places = 3, unit = undefined } = {}) {
  if (logarithm === -Infinity) return "0";
  if (Math.abs(logarithm) < 500) return typeset(sign * Math.exp(logarithm), places, unit);
  const power = Math.floor(logarithm / Math.LN10);
  const more = unit === undefined ? 2 : Math.max(2, power - unit);
  const digits = Math.exp(logarithm - power * Math.LN10).toFixed(more);
  const text = digits.startsWith("10") ? withPower((1).toFixed(more), power + 1) : withPower(digits, power);
  return sign < 0 ? MINUS + text : text;
}
