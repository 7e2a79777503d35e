// What a live chart can show: each entry recomputes one kind of trace from what the chart follows. In Python
// (ui/figures/) a trace names its entry by meta = {live: "<name>", ...}; the entry returns what to restyle.

import { curve, entry, surface, heightOf } from "../math/softmax.js";
import { decimal, signed } from "../text/format.js";
import { lossQuantities } from "./quantities_loss.js";
import { peakQuantities } from "./quantities_peak.js";

/**
 * What a chart follows: the situation, or the current step of a training that is playing.
 *
 * @typedef {{ z: readonly number[], temperature: number, step: number, source: string }} State
 */

/** @typedef {import("./plotly.js").Trace} Trace */

/**
 * Computes what to restyle from the state, the `meta` that Python gave the trace, and the trace as it is.
 *
 * @typedef {(state: State, meta: any, trace: Trace) => Record<string, any[] | undefined>} Quantity
 */

/** @type {Record<string, Quantity>} */
export const quantities = {
  ...lossQuantities,
  ...peakQuantities,

  "curve-probability": ({ z, temperature }, { i, j }, trace) => ({
    y: curve(z, i, j, trace.x, temperature).probability,
  }),

  "curve-derivative": ({ z, temperature }, { i, j }, trace) => ({
    y: curve(z, i, j, trace.x, temperature).derivative,
  }),

  // The tangent to p_i: its slope is the derivative.
  "curve-tangent": ({ z, temperature }, { i, j, reach }) => {
    const { p, derivative } = entry(z, i, j, temperature);
    return { x: [z[j] - reach, z[j] + reach], y: [p - reach * derivative, p + reach * derivative] };
  },

  "curve-point": ({ z, temperature }, { i, j, quantity }) => {
    const found = entry(z, i, j, temperature);
    const y = quantity === "probability" ? found.p : found.derivative;
    return { x: [z[j]], y: [y], text: [quantity === "probability" ? decimal(y) : signed(y)] };
  },

  surface: ({ z, temperature }, meta, trace) => ({ z: surface(z, meta, trace.x, trace.y, temperature) }),

  // A point on contours; in 3D a pin with its foot on the surface.
  "surface-point": ({ z, temperature }, { i, j, a, b, quantity, head }, trace) => {
    const isProbability = quantity === "probability";
    const height = heightOf(entry(z, i, j, temperature), quantity);
    const text = isProbability ? decimal(height) : signed(height);
    if (trace.type !== "scatter3d") return { x: [z[a]], y: [z[b]], text: [text] };
    const top = isProbability ? head : head / temperature;
    return { x: [z[a], z[a]], y: [z[b], z[b]], z: [height, top], text: ["", `height ${text}`] };
  },
};
