// Repeats core/loss.py, core/cancellation.py and core/descent.py, so that loss, gradient and path follow the
// pointer.
// tests/browser/test_descend.py checks that both agree, over a path of six steps to 1e-11 relative.

import { largest, logSoftmax, probabilities, sumsOfOthers } from "./softmax.js";

/**
 * p - y, computed as p (1 - y) - y (1 - p), so that an almost certain class keeps the digits of 1 - p.
 *
 * @param {import("./softmax.js").Probabilities} now
 * @param {readonly number[]} target
 */
function probabilityError({ p, q }, target) {
  const rest = sumsOfOthers(target);
  return p.map((value, k) => value * rest[k] - target[k] * q[k]);
}

/**
 * The product of the Jacobian and a vector, as `vjp` in core/derivatives.py. The vector's entry for the most
 * probable class is subtracted first, so that nothing cancels if that class is almost certain.
 *
 * @param {readonly number[]} p
 * @param {readonly number[]} vector
 * @param {number} temperature
 */
function timesJacobian(p, vector, temperature) {
  const front = p.indexOf(largest(p));
  const relative = vector.map((value) => value - vector[front]);
  const mean = relative.reduce((sum, value, k) => sum + p[k] * value, 0);
  return p.map((value, k) => (value * (relative[k] - mean)) / temperature);
}

/**
 * The loss of a situation, p - y, and the loss's gradient in the raw outputs.
 *
 * @param {readonly number[]} z
 * @param {readonly number[]} target
 * @param {number} temperature
 * @param {string} loss "cross-entropy" or "squared error"
 */
export function measure(z, target, temperature, loss) {
  const now = probabilities(z, temperature);
  const error = probabilityError(now, target);
  if (loss === "cross-entropy") {
    const log = logSoftmax(z, temperature);
    const value = target.reduce((sum, y, k) => (y > 0 ? sum - y * log[k] : sum), 0);
    return { ...now, error, loss: value, gradient: error.map((e) => e / temperature) };
  }
  const value = error.reduce((sum, e) => sum + e * e, 0) / 2;
  return { ...now, error, loss: value, gradient: timesJacobian(now.p, error, temperature) };
}

/**
 * The product dL/dp_k times dp_k/dz_j of cross-entropy after p_k has cancelled, as `chain_terms` in
 * core/cancellation.py.
 *
 * @param {import("./softmax.js").Probabilities} now
 * @param {readonly number[]} target
 * @param {number} temperature
 * @param {number} k
 * @param {number} j
 */
export const chainTerm = ({ p, q }, target, temperature, k, j) =>
  (k === j ? -target[k] * q[k] : target[k] * p[j]) / temperature;

/**
 * The raw outputs after each of `steps` steps of gradient descent, beginning with the start.
 *
 * @param {readonly number[]} z
 * @param {readonly number[]} target
 * @param {number} rate
 * @param {number} steps
 * @param {number} temperature
 * @param {string} loss "cross-entropy" or "squared error"
 */
export function descend(z, target, rate, steps, temperature, loss) {
  const path = [];
  let at = z.slice();
  for (let k = 0; k <= steps; k += 1) {
    const found = measure(at, target, temperature, loss);
    path.push({ z: at, p: found.p, loss: found.loss });
    at = at.map((value, c) => value - rate * found.gradient[c]);
  }
  return path;
}

/**
 * Where probabilities lie in the triangle with the corners (0, 0), (1, 0) and the top.
 *
 * @param {readonly number[]} p
 * @param {readonly number[][]} corners Which classes each of the three corners stands for.
 * @returns {[number, number]}
 */
export function inTriangle(p, corners) {
  /** @param {readonly number[]} group */
  const share = (group) => group.reduce((sum, k) => sum + p[k], 0);
  const top = share(corners[2]);
  return [share(corners[1]) + top / 2, (top * Math.sqrt(3)) / 2];
}
