// Repeats the formulas of core/, so that pictures can move while the pointer is down.
// tests/browser/test_formulas.py checks that both agree to 1e-12 relative.

/** @typedef {{ p: number[], q: number[] }} Probabilities The probabilities p, and 1 - p to its last digit. */

/** @typedef {Probabilities & { jacobian: number[][] }} Reading */

/**
 * A picture over two raw outputs: p_i, dp_i/dz_j or d log p_i/dz_j as z_a and z_b vary.
 *
 * @typedef {object} Over
 * @property {number} i
 * @property {number} j
 * @property {number} a
 * @property {number} b
 * @property {"probability" | "derivative" | "log-derivative"} quantity
 */

/** The largest of some numbers. @param {readonly number[]} values */
export function largest(values) {
  let top = -Infinity;
  for (const value of values) if (value > top) top = value;
  return top;
}

/**
 * e^((z - top) / T). With the largest raw output as `top` it is at most 1, so nothing overflows.
 *
 * @param {number} z
 * @param {number} top
 * @param {number} temperature
 */
export const power = (z, top, temperature) => Math.exp((z - top) / temperature);

/**
 * dp_i/dz_j: p_i (1 - p_i) / T if j is i, otherwise -p_i p_j / T.
 *
 * @param {boolean} own Whether j is i.
 * @param {number} p The probability p_i.
 * @param {number} other 1 - p_i if j is i, otherwise p_j.
 * @param {number} temperature
 */
const slope = (own, p, other, temperature) => (own ? p * other : -(p * other)) / temperature;

/**
 * For each k the sum of all values but the k-th, without a subtraction that would cancel.
 *
 * @param {readonly number[]} values
 * @returns {number[]}
 */
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

/**
 * The probabilities of all classes.
 *
 * @param {readonly number[]} z
 * @param {number} temperature
 * @returns {Probabilities}
 */
export function probabilities(z, temperature) {
  const top = largest(z);
  const powers = z.map((value) => power(value, top, temperature));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return { p: powers.map((value) => value / total), q: sumsOfOthers(powers).map((rest) => rest / total) };
}

/**
 * Everything that the board shows of one situation: the probabilities and the Jacobian.
 *
 * @param {readonly number[]} z
 * @param {number} temperature
 * @returns {Reading}
 */
export function read(z, temperature = 1) {
  const { p, q } = probabilities(z, temperature);
  const jacobian = p.map((pi, i) => p.map((pj, j) => slope(i === j, pi, i === j ? q[i] : pj, temperature)));
  return { p, q, jacobian };
}

/**
 * By how much the logarithm of the sum of e^(z / T) exceeds that of its largest term. This is minus the
 * logarithm of the largest probability; log1p keeps its digits when that probability is close to 1.
 *
 * @param {readonly number[]} z
 * @param {number} top The largest of them.
 * @param {number} temperature
 */
function excess(z, top, temperature) {
  const front = z.indexOf(top);
  let others = 0;
  for (let k = 0; k < z.length; k += 1) if (k !== front) others += power(z[k], top, temperature);
  return Math.log1p(others);
}

/**
 * The logarithms of all probabilities.
 *
 * @param {readonly number[]} z
 * @param {number} temperature
 */
export function logSoftmax(z, temperature = 1) {
  const top = largest(z);
  const tail = excess(z, top, temperature);
  return z.map((value) => (value - top) / temperature - tail);
}

/**
 * The logarithm of the sum of e^(z / T).
 *
 * @param {readonly number[]} z
 * @param {number} temperature
 */
export function logTotal(z, temperature = 1) {
  const top = largest(z);
  return top / temperature + excess(z, top, temperature);
}

/**
 * The logarithm of 1 - p of class k from the logarithms of all p. 1 - p is taken as the sum of the others, so
 * that nothing cancels.
 *
 * @param {readonly number[]} logP
 * @param {number} k
 */
export const logRest = (logP, k) => logTotal(logP.filter((_, at) => at !== k));

/**
 * p_i, dp_i/dz_j and d log p_i/dz_j at one point. A surface needs thousands of points in a frame, so this
 * computes no other class and makes no arrays.
 *
 * @param {readonly number[]} z
 * @param {number} i
 * @param {number} j
 * @param {number} temperature
 */
export function entry(z, i, j, temperature = 1) {
  const top = largest(z);
  let others = 0;
  let own = 0;
  let moved = 0;
  for (let k = 0; k < z.length; k += 1) {
    const e = power(z[k], top, temperature);
    if (k === i) own = e;
    else others += e;
    if (k === j) moved = e;
  }
  const total = own + others;
  const p = own / total;
  const other = (i === j ? others : moved) / total;
  return {
    p,
    derivative: slope(i === j, p, other, temperature),
    logDerivative: slope(i === j, 1, other, temperature),
  };
}

/**
 * p_i and dp_i/dz_j as z_j runs over a grid.
 *
 * @param {readonly number[]} z
 * @param {number} i
 * @param {number} j
 * @param {Iterable<number>} grid
 * @param {number} temperature
 */
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

/**
 * What a picture shows at one point: its height in 3D.
 *
 * @param {ReturnType<typeof entry>} found
 * @param {Over["quantity"]} quantity
 */
export function heightOf({ p, derivative, logDerivative }, quantity) {
  return quantity === "probability" ? p : quantity === "derivative" ? derivative : logDerivative;
}

/**
 * What a picture shows at each point of two grids: one row per value of grid b.
 *
 * @param {readonly number[]} z
 * @param {Over} over
 * @param {Iterable<number>} gridA
 * @param {Iterable<number>} gridB
 * @param {number} temperature
 */
export function surface(z, { i, j, a, b, quantity }, gridA, gridB, temperature = 1) {
  const at = z.slice();
  return Array.from(gridB, (valueB) => {
    at[b] = valueB;
    return Array.from(gridA, (valueA) => {
      at[a] = valueA;
      return heightOf(entry(at, i, j, temperature), quantity);
    });
  });
}
