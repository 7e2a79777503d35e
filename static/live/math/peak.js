// Repeats core/peak.py: where the curve of a derivative has its peak, and how high that is.

import { logTotal, probabilities } from "./softmax.js";

/**
 * The peak of dp_i/dz_j as z_j varies; p_j is 1/2 there.
 *
 * @param {readonly number[]} z
 * @param {number} i
 * @param {number} j
 * @param {number} temperature
 */
export function peak(z, i, j, temperature = 1) {
  const others = z.filter((_, k) => k !== j);
  // The share of class i among the classes other than j.
  const share = i === j ? 1 : probabilities(others, temperature).p[i - (i > j ? 1 : 0)];
  return {
    at: temperature * logTotal(others, temperature),
    p: share / 2,
    derivative: ((i === j ? 1 : -1) * share) / 4 / temperature,
  };
}
