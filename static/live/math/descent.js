// core/loss.py and core/descent.py once more, so that loss, gradient and path follow the pointer.
// tests/browser/test_formulas.py holds the two together to 1e-12 relative.

import { logSoftmax, read, sumsOfOthers } from "./softmax.js";

/** p - y by sums of others: a class that is all but certain keeps its digits. */
export function probabilityError({ p, q }, target) {
  const rest = sumsOfOthers(target);
  return p.map((value, k) => value * rest[k] - target[k] * q[k]);
}

/** A situation's loss and its gradient in the raw outputs; `loss` is "cross-entropy" or "squared error". */
export function measure(z, target, temperature, loss) {
  const now = read(z, temperature);
  const error = probabilityError(now, target);
  if (loss === "cross-entropy") {
    const log = logSoftmax(z, temperature);
    const value = target.reduce((sum, y, k) => (y > 0 ? sum - y * log[k] : sum), 0);
    return { ...now, error, loss: value, gradient: error.map((e) => e / temperature) };
  }
  const value = error.reduce((sum, e) => sum + e * e, 0) / 2;
  // J times p - y, relative to the class in front, as core's vjp.
  const front = now.p.indexOf(Math.max(...now.p));
  const relative = error.map((e) => e - error[front]);
  const mean = relative.reduce((sum, r, k) => sum + now.p[k] * r, 0);
  return {
    ...now,
    error,
    loss: value,
    gradient: now.p.map((p, k) => (p * (relative[k] - mean)) / temperature),
  };
}

/** Where `steps` steps of gradient descent lead: raw outputs and losses, the start first. */
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

/** Where probabilities lie in a triangle with corners (0, 0), (1, 0) and the top; a corner is a group of classes. */
export function inTriangle(p, corners) {
  const share = (group) => group.reduce((sum, k) => sum + p[k], 0);
  const top = share(corners[2]);
  return [share(corners[1]) + top / 2, (top * Math.sqrt(3)) / 2];
}
