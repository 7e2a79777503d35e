// What a live chart can show for a loss: its curve, tangent, point, and the path of gradient descent.

import { descend, inTriangle, measure } from "../math/descent.js";
import { decimal } from "../text/format.js";

/** @typedef {import("./quantities.js").Quantity} Quantity */

/** @typedef {import("./quantities.js").State} State */

/**
 * A descent, as described by `ui/figures/losses.py`.
 *
 * @typedef {object} Descent
 * @property {number[]} target
 * @property {number} rate
 * @property {number} steps
 * @property {string} loss
 */

/**
 * Raw outputs with another value for class k.
 *
 * @type {(z: readonly number[], k: number, value: number) => number[]}
 */
const along = (z, k, value) => z.map((own, c) => (c === k ? value : own));

/** @type {(state: State, descent: Descent) => ReturnType<typeof descend>} */
const path = ({ z, temperature }, { target, rate, steps, loss }) =>
  descend(z, target, rate, steps, temperature, loss);

/**
 * Leave a trace as it is while a descent is playing: the point then moves along the path already drawn.
 *
 * @type {(quantity: Quantity) => Quantity}
 */
const unlessPlayed = (quantity) => (state, meta, trace) =>
  state.source === "play" ? { x: trace.x, y: trace.y } : quantity(state, meta, trace);

/** @param {[number, number][]} points */
const columns = (points) => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) });

/** @type {Record<string, Quantity>} */
export const lossQuantities = {
  "loss-curve": ({ z, temperature }, { target, true: k, loss }, trace) => ({
    y: Array.from(trace.x, (value) => measure(along(z, k, value), target, temperature, loss).loss),
  }),

  // Its slope is the gradient's entry of the true class: p - y for cross-entropy.
  "loss-tangent": ({ z, temperature }, { target, true: k, loss, reach }) => {
    const { loss: value, gradient } = measure(z, target, temperature, loss);
    return { x: [z[k] - reach, z[k] + reach], y: [value - reach * gradient[k], value + reach * gradient[k]] };
  },

  "loss-point": ({ z, temperature }, { target, true: k, loss }) => {
    const { loss: value } = measure(z, target, temperature, loss);
    return { x: [z[k]], y: [value], text: [decimal(value)] };
  },

  "loss-path": unlessPlayed((state, meta) =>
    columns(path(state, meta).map(({ z, loss }) => [z[meta.true], loss])),
  ),

  "simplex-path": unlessPlayed((state, meta) =>
    columns(path(state, meta).map(({ p }) => inTriangle(p, meta.corners))),
  ),

  "simplex-point": ({ z, temperature }, { corners, target }) => {
    const { p } = measure(z, target, temperature, "cross-entropy");
    const [x, y] = inTriangle(p, corners);
    return { x: [x], y: [y], text: [""] };
  },

  // The current step of a training that is playing.
  "training-point": ({ step }, { values, percent }) => {
    const y = values[step];
    return { x: [step], y: [y], text: [percent ? `${y.toFixed(0)} %` : decimal(y)] };
  },

  // The path that a descent has taken. It does not lead to values that the user drags, so it is hidden during
  // a drag.
  "past-path": (state, { at }, trace) =>
    state.source === "play" || state.z.every((value, k) => value === at[k])
      ? { x: trace.x, y: trace.y }
      : { x: [], y: [] },
};
