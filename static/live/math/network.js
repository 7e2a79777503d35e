// core/network.py's forward pass once more, so that numbers and regions follow the hand and the training.
// tests/browser/test_iris.py holds the two together.

import { read } from "./softmax.js";

/** The layers of one flower: x are the two scaled inputs. */
export function forward(network, x) {
  const hidden = network.hiddenWeights.map((row, h) =>
    Math.tanh(row[0] * x[0] + row[1] * x[1] + network.hiddenBias[h]),
  );
  const z = outputs(network, hidden);
  return { hidden, z, ...read(z) };
}

const outputs = ({ outputWeights, outputBias }, hidden) =>
  outputWeights.map((row, k) => row.reduce((sum, w, h) => sum + w * hidden[h], outputBias[k]));

/** A network from its weights in one row, in the order of `parameters` in core/network.py. */
export function network(row, H) {
  const take = (from, count) => row.slice(from, from + count);
  return {
    hiddenWeights: Array.from({ length: H }, (_, h) => take(2 * h, 2)),
    hiddenBias: take(2 * H, H),
    outputWeights: Array.from({ length: 3 }, (_, k) => take(3 * H + k * H, H)),
    outputBias: take(6 * H, 3),
  };
}

/** How many flowers are right: their most probable class is their species. */
export function right(net, flowers, scale) {
  return flowers.filter(([petal, sepal, species]) => {
    const { z } = forward(net, scale(petal, sepal));
    return z.indexOf(Math.max(...z)) === species;
  }).length;
}

/** Paint the winning class of each place, the stronger the surer, into a picture of `size` by `size`. */
export function paintRegions(net, size, colours, from, to) {
  const pixels = new Uint8ClampedArray(4 * size * size);
  for (let row = 0; row < size; row += 1) {
    const y = to[1] + ((from[1] - to[1]) * (row + 0.5)) / size;
    for (let column = 0; column < size; column += 1) {
      const x = from[0] + ((to[0] - from[0]) * (column + 0.5)) / size;
      const hidden = net.hiddenWeights.map((w, h) => Math.tanh(w[0] * x + w[1] * y + net.hiddenBias[h]));
      const z = outputs(net, hidden);
      const top = Math.max(...z);
      const p = 1 / z.reduce((sum, value) => sum + Math.exp(value - top), 0);
      const at = 4 * (row * size + column);
      pixels.set(colours[z.indexOf(top)], at);
      pixels[at + 3] = 30 + 90 * (1.5 * (p - 1 / 3));
    }
  }
  return new ImageData(pixels, size, size);
}
