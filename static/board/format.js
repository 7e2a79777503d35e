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

/** A raw output: two decimals, or three when it was set that precisely. */
export function raw(value) {
  const hundredths = Math.abs(value * 100 - Math.round(value * 100)) < 1e-9;
  return proper((value === 0 ? 0 : value).toFixed(hundredths ? 2 : 3).replace(/^-(0\.0+)$/, "$1"));
}

/** A sum that is 0 up to rounding: shown to three decimals, without a sign. */
export function sum(value) {
  return proper(value.toFixed(3).replace(/^-(0\.000)$/, "$1"));
}

// A keyboard for Chinese or Japanese writes １２．５; each of these stands 0xFEE0 after its ASCII twin.
const narrow = (text) => text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** What a person typed, as a number; NaN when it is none. Accepts a true minus, a decimal comma, full-width digits. */
export function parse(text) {
  const plain = narrow(text).trim().replace(MINUS, "-").replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

const withPower = (digits, power) => proper(`${digits} × 10`) + [...String(power)].map((c) => SUPERSCRIPTS[c]).join("");

/** A number in a formula, as core/typeset.py writes it: three decimals, or three digits and a power of ten. */
export function typeset(value, places = 3) {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.0005 && Math.abs(value) < 100_000) return proper(value.toFixed(places));
  const [digits, power] = value.toExponential(2).split("e");
  return withPower(digits, Number(power));
}

/** As typeset, of e^logarithm: also where that is beyond what a number can hold. */
export function magnitude(logarithm) {
  if (Math.abs(logarithm) < 500) return typeset(Math.exp(logarithm));
  const power = Math.floor(logarithm / Math.LN10);
  const digits = Math.exp(logarithm - power * Math.LN10).toFixed(2);
  return digits === "10.00" ? withPower("1.00", power + 1) : withPower(digits, power);
}
