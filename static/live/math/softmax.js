// The formulas of core/ once more, so that pictures can move while the pointer is down.
// tests/browser/test_formulas.py holds the two together to 1e-12 relative.

/** Exponentials of (z - max) / T: the largest is exactly 1, so nothing overflows. */
export function exponentials(z, temperature = 1) {
  let top = -Infinity;
  for (const value of z) if (value > top) top = value;
  return z.map((value) => Math.exp((value - top) / temperature));
}

/** For each k the sum of all values but the k-th, without a subtraction that would cancel. */
export function sumsOfOthers(values) {
  const n = values.length;
  const sums = new Array(n).fill(0);
  let before = 0;
  for (let k = 0; k < n; k += 1) {
    sums[k] = before;
    before += values[k];
  }
  let after = 0;
  for (let k = n - 1; k >= 0; k -= 1) {
    sums[k] += after;
    after += values[k];
  }
  return sums;
}

/** @typedef {{ p: number[], q: number[], jacobian: number[][] }} Reading */

/**
 * Everything the board shows of one situation: p, 1 - p (to the last digit) and the Jacobian.
 *
 * @param {readonly number[]} z
 * @param {number} temperature
 * @returns {Reading}
 */
export function read(z, temperature = 1) {
  const e = exponentials(z, temperature);
  const rest = sumsOfOthers(e);
  const total = e.reduce((sum, value) => sum + value, 0);
  const p = e.map((value) => value / total);
  const q = rest.map((value) => value / total);
  const jacobian = p.map((pi, i) =>
    p.map((pj, j) => (i === j ? (pi * q[i]) / temperature : -(pi * pj) / temperature)),
  );
  return { p, q, jacobian };
}

/** log p; for the class in front through log1p, so that a probability next to 1 keeps its digits. */
export function logSoftmax(z, temperature = 1) {
  const e = exponentials(z, temperature);
  const top = e.indexOf(1);
  const tail = Math.log1p(sumsOfOthers(e)[top]);
  return z.map((value) => (value - z[top]) / temperature - tail);
}

/** p_i and dp_i/dz_j at one point. */
export function entry(z, i, j, temperature = 1) {
  let top = -Infinity;
  for (const value of z) if (value > top) top = value;
  let others = 0;
  let own = 0;
  let moved = 0;
  for (let k = 0; k < z.length; k += 1) {
    const e = Math.exp((z[k] - top) / temperature);
    if (k === i) own = e;
    else others += e;
    if (k === j) moved = e;
  }
  const total = own + others;
  const p = own / total;
  const derivative = i === j ? (p * (others / total)) / temperature : -(p * (moved / total)) / temperature;
  return { p, derivative };
}

/** p_i and dp_i/dz_j as z_j runs over a grid. */
export function curve(z, i, j, grid, temperature = 1) {
  const at = z.slice();
  const probability = [];
  const derivative = [];
  for (const value of grid) {
    at[j] = value;
    const found = entry(at, i, j, temperature);
    probability.push(found.p);
    derivative.push(found.derivative);
  }
  return { probability, derivative };
}

/** p_i or dp_i/dz_j as z_a and z_b run over two grids: one row per value of grid b. */
export function surface(z, { i, j, a, b, quantity }, gridA, gridB, temperature = 1) {
  const at = z.slice();
  return Array.from(gridB, (valueB) => {
    at[b] = valueB;
    return Array.from(gridA, (valueA) => {
      at[a] = valueA;
      const found = entry(at, i, j, temperature);
      return quantity === "probability" ? found.p : found.derivative;
    });
  });
}

/** The logarithm of the sum of e^(z / T). */
export function logTotal(z, temperature = 1) {
  const top = Math.max(...z);
  return top / temperature + Math.log(exponentials(z, temperature).reduce((sum, value) => sum + value, 0));
}

/** The logarithm of 1 - p of class k from the logarithms of all p: of the sum of the others, so that nothing cancels. */
export function logRest(logP, k) {
  const others = logP.filter((_, at) => at !== k);
  const top = Math.max(...others);
  return top + Math.log(others.reduce((sum, log) => sum + Math.exp(log - top), 0));
}
