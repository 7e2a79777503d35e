// What the curve shows of its peak: a mark on both halves, and words beside the title of the lower half.

import { peak } from "../math/peak.js";
import { decimal, raw } from "../text/format.js";

/** @typedef {import("./quantities.js").Quantity} Quantity */

/**
 * Say how high the peak is, or where it is if that is beyond the axis, as `peak_words` of ui/figures/peak.py
 * does.
 *
 * @param {ReturnType<typeof peak>} found
 * @param {number} temperature
 * @param {{ i: number, j: number, end: number, brief: boolean }} meta
 */
export function peakWords({ at, derivative }, temperature, { i, j, end, brief }) {
  const own = i === j;
  const name = own ? "highest" : "lowest";
  if (at > end) return `${name} at ${raw(at)} →`;
  if (!own) return `${name}: ${decimal(derivative)}`;
  const where = brief ? "" : " at p = 1/2";
  if (temperature === 1) return `${name}: 1/4${where}`;
  return `${brief ? "" : `${name}: `}1/(4T) = ${decimal(derivative)}${where}`;
}

/** @type {Record<string, Quantity>} */
export const peakQuantities = {
  // Two dotted lines with the peak at their corner: one to the vertical axis, the other to the other half.
  "curve-peak": ({ z, temperature }, { i, j, quantity, end, edge }) => {
    const { at, p, derivative } = peak(z, i, j, temperature);
    const isProbability = quantity === "probability";
    const y = isProbability ? p : derivative;
    const start = at > end ? at : -end;
    return { x: [start, at, at], y: [y, y, isProbability ? edge : edge / temperature] };
  },

  "curve-peak-words": ({ z, temperature }, meta) => ({
    y: [meta.edge / temperature],
    text: [peakWords(peak(z, meta.i, meta.j, temperature), temperature, meta)],
  }),
};
