// Repeats the forward pass and the chain rule of core/network.py, so that numbers and regions follow the
// pointer and the training. tests/browser/test_iris.py checks that both agree.

import { largest, logRest, logSoftmax, power, read } from "./softmax.js";

/**
 * @typedef {object} Network
 * @property {number[][]} hiddenWeights From the two inputs, a row for each hidden value.
 * @property {number[]} hiddenBias
 * @property {number[][]} outputWeights From the hidden values, a row for each raw output.
 * @property {number[]} outputBias
 */

/** @typedef {import("./softmax.js").Reading & { hidden: number[], z: number[] }} Layers */

/** @param {Network} network @param {number} x @param {number} y */
const hiddenOf = ({ hiddenWeights, hiddenBias }, x, y) =>
  hiddenWeights.map((row, h) => Math.tanh(row[0] * x + row[1] * y + hiddenBias[h]));

/** @param {Network} network @param {readonly number[]} hidden */
const outputsOf = ({ outputWeights, outputBias }, hidden) =>
  outputWeights.map((row, k) => row.reduce((sum, w, h) => sum + w * hidden[h], outputBias[k]));

/**
 * The layers of one flower.
 *
 * @param {Network} network
 * @param {readonly number[]} x The two scaled inputs.
 * @returns {Layers}
 */
export function forward(network, x) {
  const hidden = hiddenOf(network, x[0], x[1]);
  const z = outputsOf(network, hidden);
  return { hidden, z, ...read(z) };
}

/**
 * The chain rule from a flower's loss L to the weight w from a hidden value to a raw output z.
 *
 * @typedef {object} Chain
 * @property {number} loss
 * @property {import("../text/format.js").Scaled} byProbability dL/dp of the true species.
 * @property {import("../text/format.js").Scaled} byOutput How that probability changes with z.
 * @property {number} error dL/dz, which is p - y.
 * @property {number} hidden dz/dw, which is the hidden value.
 * @property {number} gradient dL/dw
 * @property {number} weight w
 * @property {number} next w after one step of descent on this flower's loss alone.
 */

/**
 * @param {Network} net
 * @param {Layers} layers Those of the flower.
 * @param {number} species The true species.
 * @param {readonly number[]} weight The numbers of its raw output and of its hidden value.
 * @param {number} rate The learning rate.
 * @returns {Chain}
 */
export function chainRule(net, { z, p, q, hidden }, species, [i, h], rate) {
  const log = logSoftmax(z, 1);
  const own = i === species;
  const error = own ? -q[i] : p[i];
  const gradient = error * hidden[h];
  const weight = net.outputWeights[i][h];
  return {
    loss: -log[species],
    byProbability: { sign: -1, log: -log[species] },
    byOutput: { sign: own ? 1 : -1, log: log[i] + (own ? logRest(log, i) : log[species]) },
    error,
    hidden: hidden[h],
    gradient,
    weight,
    next: weight - rate * gradient,
  };
}

/**
 * Build a network from one row of weights, in the order of `parameters` in core/network.py.
 *
 * @param {readonly number[]} row
 * @param {number} H How many hidden values it has.
 * @returns {Network}
 */
export function network(row, H) {
  /** @type {(from: number, count: number) => number[]} */
  const take = (from, count) => row.slice(from, from + count);
  return {
    hiddenWeights: Array.from({ length: H }, (_, h) => take(2 * h, 2)),
    hiddenBias: take(2 * H, H),
    outputWeights: Array.from({ length: 3 }, (_, k) => take(3 * H + k * H, H)),
    outputBias: take(6 * H, 3),
  };
}

/**
 * The most probable class of each flower.
 *
 * @param {Network} net
 * @param {readonly number[][]} flowers Petal width, sepal width and species of each.
 * @param {(petal: number, sepal: number) => number[]} scale
 */
export function winners(net, flowers, scale) {
  return flowers.map(([petal, sepal]) => {
    const [x, y] = scale(petal, sepal);
    const z = outputsOf(net, hiddenOf(net, x, y));
    return z.indexOf(largest(z));
  });
}

/**
 * Paint each place in the colour of its most probable class: the higher the probability, the stronger.
 *
 * @param {Network} net
 * @param {number} size Points of the picture in each direction.
 * @param {readonly number[][]} colours Red, green and blue of each class.
 * @param {readonly number[]} from The scaled inputs at the lower left corner.
 * @param {readonly number[]} to The scaled inputs at the upper right corner.
 */
export function paintRegions(net, size, colours, from, to) {
  const pixels = new Uint8ClampedArray(4 * size * size);
  for (let row = 0; row < size; row += 1) {
    const y = to[1] + ((from[1] - to[1]) * (row + 0.5)) / size;
    for (let column = 0; column < size; column += 1) {
      const x = from[0] + ((to[0] - from[0]) * (column + 0.5)) / size;
      const z = outputsOf(net, hiddenOf(net, x, y));
      // Compute only the winner's probability. `read` would make five more arrays for each of 10,000 points.
      const top = largest(z);
      const p = 1 / z.reduce((sum, value) => sum + power(value, top, 1), 0);
      const at = 4 * (row * size + column);
      pixels.set(colours[z.indexOf(top)], at);
      pixels[at + 3] = 30 + 90 * (1.5 * (p - 1 / 3));
    }
  }
  return new ImageData(pixels, size, size);
}
