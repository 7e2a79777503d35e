// The numbers in the formulas of the derivation, each with the digits that its step needs.

import { logRest, logSoftmax, logTotal } from "../math/softmax.js";
import { plan } from "../text/digits.js";
import { magnitude, plain, raw } from "../text/format.js";

/** @typedef {import("../messages.js").AboutMessage} AboutMessage */
/** @typedef {import("../messages.js").TreeMessage} TreeMessage */
/** @typedef {import("../store.js").Shown} Shown */

/**
 * The numbers that formulas can show, as text. `step` is the key of the step that a number stands in,
 * `k` a class. A number is null if it would take too many digits; its letter is then shown instead.
 *
 * @typedef {object} Numbers
 * @property {(step: string, k: number) => string} z
 * @property {(step: string, k: number) => string | null} p
 * @property {(step: string) => string} T
 * @property {(step: string) => string | null} f
 * @property {(step: string) => string | null} g
 * @property {(step: string) => string | null} df
 * @property {(step: string) => string | null} dg
 * @property {(step: string) => string | null} dp
 * @property {(step: string) => string | null} rest 1 - p_i; null if it is written as that difference.
 * @property {(step: string, way: 1 | -1) => string | null} secant p_i with z_j a bit larger (1) or smaller.
 * @property {(step: string) => string} distance How far apart the two z_j of the secant are.
 * @property {(of: TreeMessage) => number | undefined} value p or dp to its last digit.
 */

/**
 * The quantities that a formula shows as a letter or as a number.
 *
 * @typedef {"z" | "p" | "T" | "f" | "g" | "df" | "dg" | "dp"} Letter
 */

/**
 * All numbers that formulas can show in one situation.
 *
 * @param {Pick<Shown, "z" | "temperature" | "reading">} situation
 * @param {Pick<AboutMessage, "i" | "j">} cell
 * @param {number} secantStep How far the secant reaches to each side, in units of T.
 * @returns {Numbers}
 */
export function numbersOf({ z, temperature, reading }, { i, j }, secantStep) {
  const logs = logarithms(z, temperature, i, j);
  const digits = plan(logs, { z, temperature }, i, j, secantStep);
  /**
   * The exponent of a number's last digit: undefined if the usual one will do, null if its letter is shown.
   *
   * @param {string} step
   * @param {string} key
   */
  const unit = (step, key) => digits[step]?.[key];
  /**
   * @param {number} log
   * @param {string} step
   * @param {string} key
   * @param {1 | -1} [sign]
   */
  const written = (log, step, key, sign = 1) => {
    const last = unit(step, key);
    return last === null ? null : magnitude(log, { sign, unit: last });
  };
  const reach = secantStep * temperature;
  /** @param {1 | -1} way */
  const beside = (way) =>
    logSoftmax(
      z.map((value, k) => (k === j ? value + way * reach : value)),
      temperature,
    )[i];
  return {
    z: (step, k) => raw(z[k], -(unit(step, `z${k}`) ?? 0)),
    p: (step, k) => written(logs.p[k], step, `p${k}`),
    // An exact number is never shown as its letter.
    T: (step) => plain(temperature, unit(step, "T") ?? undefined),
    f: (step) => written(logs.f, step, "f"),
    g: (step) => written(logs.g, step, "g"),
    df: (step) => written(logs.df, step, "df"),
    dg: (step) => written(logs.dg, step, "dg"),
    dp: (step) => written(logs.dp, step, "dp", i === j ? 1 : -1),
    rest: (step) => (unit(step, "q") === undefined ? null : written(logs.q, step, "q")),
    secant: (step, way) => {
      const last = unit(step, "side");
      return last === null ? null : magnitude(beside(way), { places: 7, unit: last });
    },
    distance: (step) => plain(2 * reach, unit(step, "distance") ?? undefined),
    value: ({ kind, index = -1 }) =>
      kind === "p" ? reading.p[index] : kind === "dp" ? reading.jacobian[i][j] : undefined,
  };
}

/**
 * Natural logarithms of all positive quantities and of the size of dp, even if the number itself would be 0
 * or infinite.
 *
 * @param {readonly number[]} z
 * @param {number} temperature
 * @param {number} i
 * @param {number} j
 */
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
