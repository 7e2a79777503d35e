// The sentences about a flower's way say its numbers, and each number knows what hides it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chainRule, forward, network } from "../../static/live/math/network.js";
import { stageOf, stages } from "../../static/live/text/way.js";

const NAMES = ["setosa", "versicolor", "virginica"];
const X = [0.5, 0.25];

/**
 * @param {number} i
 * @param {number} h
 * @param {number | null} species
 * @param {number} [size] The larger, the surer the network is.
 * @returns {import("../../static/live/text/way.js").Facts}
 */
function facts(i, h, species, size = 1) {
  const net = network(
    [1, -2, -1, 0.5, 0.1, -0.2, ...[0.4, -0.3, 1, 0.5, -0.6, 0.2].map((w) => w * size), 0, 0.1, -0.1],
    2,
  );
  const layers = forward(net, X);
  const known =
    species === null ? null : { flower: 59, species, chain: chainRule(net, layers, species, [i, h], 0.5) };
  return {
    names: NAMES,
    flowers: 150,
    petal: 1.4,
    sepal: 2.7,
    x: X,
    layers,
    weight: [i, h],
    rate: 0.5,
    known,
  };
}

/** @param {number} stage @param {ReturnType<typeof facts>} about */
const sentence = (stage, about) =>
  stageOf(stage, about)
    .pieces.map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("")
    .replaceAll("\u00a0", " ");

/** @param {number} stage @param {ReturnType<typeof facts>} about */
const numbers = (stage, about) =>
  Object.fromEntries(
    stageOf(stage, about).pieces.flatMap((piece) =>
      typeof piece === "string" ? [] : [[piece.name, piece.value]],
    ),
  );

test("the eight sentences lead from the measurements to the weight", () => {
  const about = facts(1, 0, 1);
  const { hidden, z, p } = about.layers;
  /** @param {number} value */
  const text = (value) => value.toFixed(3).replace("-", "−");
  assert.equal(stages(true), 8);
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7].map((stage) => sentence(stage, about)),
    [
      "Flower 60 is a versicolor. Its petals are 1.4 cm wide, its sepals 2.7 cm.",
      `The measurements are scaled to 0.500 and 0.250. Each hidden node weighs them, adds a bias and takes tanh: ${text(hidden[0])} and ${text(hidden[1])}.`,
      `Each raw output z is a weighted sum of the hidden values plus a bias: setosa ${text(z[0])}, versicolor ${text(z[1])}, virginica ${text(z[2])}.`,
      `Softmax turns the raw outputs into probabilities: setosa ${text(p[0])}, versicolor ${text(p[1])}, virginica ${text(p[2])}.`,
      `The true species, versicolor, gets the probability ${text(p[1])}. The loss is minus its logarithm: ${text(-Math.log(p[1]))}.`,
      `Now back: the derivative of the loss with respect to z of versicolor is p − y = ${text(p[1])} − 1 = ${text(p[1] - 1)}.`,
      `z of versicolor is w × hidden 1 plus terms without w. So raising w by 1 changes z by hidden 1: dz/dw = +${text(hidden[0])}.`,
    ],
  );
  assert.match(
    sentence(8, about),
    /^dL\/dw = −\d\.\d+ × \+\d\.\d+ = −\d\.\d{3}\. One step on this flower’s gradient alone: w − 0\.5 × dL\/dw = \d\.\d+ − 0\.5 × −\d\.\d+ = \d\.\d{3}\. Training takes the mean gradient of all 150 flowers\.$/,
  );
});

test("what raising a weight does to its raw output, and what a step does to the loss, is as the sentences say", () => {
  for (const [i, h, species] of [
    [0, 0, 1],
    [1, 1, 1],
    [2, 0, 0],
  ]) {
    const about = facts(i, h, species);
    const { "dz-dw": slope } = numbers(7, about);
    assert.equal(slope, about.layers.hidden[h]);
    const { w, dw, "w-next": next } = numbers(8, about);
    assert.equal(next, w - 0.5 * dw);
    // The derivative of the loss, measured.
    /** @param {number} change */
    const loss = (change) => {
      const z = about.layers.z.map((value, k) => value + (k === i ? change * about.layers.hidden[h] : 0));
      return Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[species];
    };
    assert.ok(Math.abs((loss(1e-5) - loss(-1e-5)) / 2e-5 - dw) < 1e-9);
  }
});

test("p − 1 of a class that is almost certain can still be worked out", () => {
  const about = facts(0, 0, 0, 40);
  const [, p, minus] = sentence(6, about).match(/= ([\d.]+) − 1 = −([\d.e−]+)\.$/) ?? [];
  const [shown, result] = [Number(p) - 1, -Number(minus.replaceAll("−", "-"))];
  assert.ok(result < 0 && result > -0.0005);
  assert.ok(Math.abs(shown - result) <= 10 ** Math.floor(Math.log10(-result)), `${p} - 1 = ${minus}`);
});

test("the way of a point without a species ends at its probabilities", () => {
  const about = facts(1, 0, null);
  assert.equal(stages(false), 4);
  assert.equal(
    sentence(1, about),
    "A point of your own stands for petals 1.4 cm wide and sepals 2.7 cm wide.",
  );
  assert.match(sentence(4, about), /A point of your own has no species, so its way ends here\.$/);
});

test("every number is hidden with what it belongs to, and those that give two things away with both", () => {
  /** @type {Record<string, string>} */
  const hidden = {};
  for (let stage = 1; stage <= 8; stage += 1)
    for (const piece of stageOf(stage, facts(1, 0, 1)).pieces)
      if (typeof piece !== "string") hidden[`${stage} ${piece.name}`] = piece.covers.flat().join(" ");
  const gradient = "gradient-numbers g1";
  assert.deepEqual(hidden, {
    "2 x-0": "network",
    "2 x-1": "network",
    "2 hidden-0": "network",
    "2 hidden-1": "network",
    "3 z-0": "network",
    "3 z-1": "network",
    "3 z-2": "network",
    "4 p-0": "probability-numbers p1",
    "4 p-1": "probability-numbers p2",
    "4 p-2": "probability-numbers p3",
    "5 p": "probability-numbers p2",
    "5 loss": "loss",
    "6 p": "probability-numbers p2",
    "6 dz": gradient,
    "7 dz-dw": "network",
    "8 dw-error": gradient,
    "8 dw-hidden": "network",
    "8 dw": gradient,
    "8 w": "network",
    "8 w-slope": gradient,
    "8 w-next": `${gradient} network`,
  });
});
