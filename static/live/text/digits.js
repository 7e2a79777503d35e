// How many digits each number in a formula needs, so that what is worked out from them is what is shown.
// The derivation's part is core/derivation/digits.py once more; tests/browser/test_digits.py holds the two together.

import { decimalDigit, decimalOf, hundredths, lastDigit, plain } from "./format.js";

const MOST = 12; // digits of a number that is not exact; where they are not enough it stays a letter
const MORE = 4; // and one in an exponent with so many digits more than usual
const SMALL = Math.log10(0.0005); // below this 1 - p is written as a number of its own
const LN10 = Math.LN10;

/**
 * Digits for some numbers, so that a result has an error of at most one of its last digit. A leaf is
 * {key, slope, unit, least, exact}, as in core/derivation/digits.py; what comes back maps a key to the exponent of the last digit,
 * or to null where the number stays a letter.
 */
export function refined(leaves, unit) {
  const found = Object.fromEntries(leaves.map((leaf) => [leaf.key, leaf.unit]));
  const cost = ({ key, slope, least, exact }) => {
    const now = found[key];
    return now === null || (exact && now <= least) ? -Infinity : Math.min(slope + now - unit, 300);
  };
  for (;;) {
    const costs = leaves.map(cost);
    if (costs.reduce((sum, each) => sum + 10 ** each, 0) <= 1 + 1e-9) return found;
    const { key, least } = leaves[costs.indexOf(Math.max(...costs))];
    found[key] = found[key] <= least ? null : found[key] - 1;
  }
}

/** Digits for numbers among which is g; it stays a letter where the exponents would get too long. */
function readable(leaves, unit) {
  const found = refined(leaves, unit);
  const exponents = leaves.filter(({ exact }) => exact);
  if (found.g !== null && exponents.every((leaf) => found[leaf.key] >= leaf.unit - MORE)) return found;
  // Beside a letter there is nothing to work out, and the usual digits do.
  return { ...Object.fromEntries(exponents.map((leaf) => [leaf.key, leaf.unit])), g: null };
}

/** How many decimals write a number exactly, as it is read back. */
export function decimals(value) {
  const [digits, power = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(power));
}

/** A number as its sign and the logarithm of its size, which products need where it is beyond what a number can hold. */
export const scaled = (value) => ({ sign: value < 0 ? -1 : 1, log: Math.log(Math.abs(value)) });

// Four digits of a large number, three decimals of others, one digit of what they would hide.
function usualDigit(size) {
  if (!(size >= 1)) return decimalDigit(size);
  return size < 5 ? Math.min(0, Math.floor(size) - 3) : Math.floor(size) - 2;
}

/**
 * Write products so that, worked out from the digits shown, their sum over the divisor gives the result as it is shown.
 * `terms` are lists of scaled factors; the texts come back in the same shape, without a plus sign.
 */
export function products(terms, result, divisor = 1) {
  const t = Math.log10(divisor);
  const leaves = terms.flatMap((factors, a) =>
    factors.map(({ log }, b) => {
      const size = log / LN10;
      const slope = factors.reduce((sum, other, c) => (c === b ? sum : sum + other.log / LN10), -t);
      return {
        key: `${a} ${b}`,
        slope,
        unit: usualDigit(size),
        least: size === -Infinity ? -3 : Math.floor(size) - MOST + 1,
        exact: false,
      };
    }),
  );
  if (divisor !== 1) {
    leaves.push({
      key: "T",
      slope: Math.log10(Math.abs(result)) - t,
      unit: Math.floor(t) - 3,
      least: -decimals(divisor),
      exact: true,
    });
  }
  const units = refined(leaves, decimalDigit(Math.log10(Math.abs(result))));
  const texts = terms.map((factors, a) =>
    factors.map((factor, b) => decimalOf(factor, units[`${a} ${b}`] ?? -MOST)),
  );
  return { texts, divisor: plain(divisor, units.T) };
}

/** The digits of the numbers in each step of the derivation; `logs` are the natural logarithms of p, q, f, g, df, dg, dp. */
export function plan(logs, { z: outputs, temperature }, i, j, secantStep) {
  const [f, g, df, dg, dp, q] = [logs.f, logs.g, logs.df, logs.dg, logs.dp, logs.q].map((log) => log / LN10);
  const p = logs.p.map((log) => log / LN10);
  const own = i === j;
  const t = Math.log10(temperature);
  const result = lastDigit(dp);
  const z = (k, slope) => ({
    key: `z${k}`,
    slope,
    unit: hundredths(outputs[k]) ? -2 : -3,
    least: -decimals(outputs[k]),
    exact: true,
  });
  const tempered = (slope, ...raised) => {
    const reach = raised.reduce((sum, k) => sum + Math.abs(outputs[k]), 0) / temperature;
    return {
      key: "T",
      slope: slope - t + Math.log10(1 + reach),
      unit: Math.floor(t) - 3,
      least: -decimals(temperature),
      exact: true,
    };
  };
  const number = (key, size, slope, places = 3) => ({
    key,
    slope,
    unit: lastDigit(size, places),
    least: Math.floor(size) - MOST + 1,
    exact: false,
  });
  const overG = (k, unit) => readable([z(k, p[k] - t), tempered(p[k], k), number("g", g, p[k] - g)], unit);

  const softmax = refined(
    [...outputs.map((_, k) => z(k, p[i] + (k === i ? q : p[k]) - t)), tempered(p[i] + q, ...outputs.keys())],
    lastDigit(p[i]),
  );
  const rates = readable(
    own
      ? [z(i, p[i] - 2 * t), tempered(p[i] - t, i), number("g", g, p[i] - t - g)]
      : [z(i, dp - t), z(j, dp - t), tempered(dp, i, j), number("g", g, dp + Math.log10(2) - g)],
    result,
  );
  const unit = own ? (q < SMALL ? lastDigit(q) : -3) : lastDigit(p[j]);
  const once = overG(i, lastDigit(p[i]));
  const twice = overG(j, unit);
  const recognise = { ...once, ...twice };
  for (const key of Object.keys(once)) {
    if (key in twice)
      recognise[key] = once[key] === null || twice[key] === null ? null : Math.min(once[key], twice[key]);
  }
  if (own && q < SMALL) recognise.q = unit;
  const lean = Math.log10(Math.abs(10 ** p[i] - 10 ** q));
  const factors = !own
    ? [number(`p${i}`, p[i], p[j] - t), number(`p${j}`, p[j], p[i] - t), tempered(dp)]
    : q < SMALL
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
