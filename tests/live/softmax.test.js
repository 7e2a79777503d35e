// Compares the mirrored formulas with values that were computed with 60 digits, without a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { measure } from "../../static/live/math/descent.js";
import { curve, logRest, logSoftmax, logTotal, read, surface } from "../../static/live/math/softmax.js";

/**
 * A situation of tests/softmax.json with the values computed from it.
 *
 * @typedef {object} Case
 * @property {number[]} z
 * @property {number} temperature
 * @property {number[]} p
 * @property {number[][]} jacobian
 * @property {number[]} log_p
 */

/** @type {{ cases: Case[] }} */
const { cases } = JSON.parse(readFileSync(new URL("../softmax.json", import.meta.url), "utf-8"));
// Smaller numbers are subnormal and have fewer digits.
const SMALLEST_NORMAL = 2.3e-308;

/**
 * @param {readonly (number | number[])[]} found
 * @param {readonly (number | number[])[]} expected
 */
function assertSame(found, expected) {
  const [numbers, wanted] = [found.flat(), expected.flat()];
  assert.equal(numbers.length, wanted.length);
  numbers.forEach((value, k) => {
    const apart = Math.abs(value - wanted[k]);
    assert.ok(apart <= 1e-12 * Math.abs(wanted[k]) + SMALLEST_NORMAL, `${value} instead of ${wanted[k]}`);
  });
}

/** Two logarithms. @param {number} found @param {number} expected */
function assertNear(found, expected) {
  const apart = Math.abs(found - expected);
  assert.ok(apart <= 1e-12 * Math.max(1, Math.abs(expected)), `${found} instead of ${expected}`);
}

test("probabilities, Jacobian and log-probabilities are right to twelve digits", () => {
  assert.ok(cases.length > 10);
  for (const { z, temperature, p, jacobian, log_p } of cases) {
    const found = read(z, temperature);
    assertSame(found.p, p);
    assertSame(found.jacobian, jacobian);
    assertSame(logSoftmax(z, temperature), log_p);
  }
});

test("the logarithms of 1 - p and of the sum of all exponentials are right to twelve digits of these", () => {
  for (const { z, temperature, log_p } of cases) {
    const { q } = read(z, temperature);
    const total = logTotal(z, temperature);
    z.forEach((value, k) => {
      // An error of a logarithm is a relative error of the number.
      if (q[k] > SMALLEST_NORMAL) assertNear(logRest(log_p, k), Math.log(q[k]));
      assertNear(value / temperature - log_p[k], total);
    });
  }
  assertNear(logTotal([4000, 4000, 0]), 4000 + Math.LN2);
});

test("every column of the Jacobian sums to 0", () => {
  for (const { z, temperature } of cases) {
    const { jacobian } = read(z, temperature);
    jacobian.forEach((_, j) => {
      const sum = jacobian.reduce((total, row) => total + row[j], 0);
      assert.ok(Math.abs(sum) <= 1e-15 / temperature, `column ${j} sums to ${sum}`);
    });
  }
});

test("curve and surface hold the entries of the Jacobian", () => {
  const [z, temperature, i, a, b] = [[1.43, -0.4, 0.23], 0.5, 0, 1, 2];
  const grid = [-5, -0.4, 0.23, 5];
  const along = curve(z, i, a, grid, temperature);
  const over = surface(z, { i, j: a, a, b, quantity: "derivative" }, grid, grid, temperature);
  const ofLog = surface(z, { i, j: a, a, b, quantity: "log-derivative" }, grid, grid, temperature);
  grid.forEach((valueA, k) => {
    assertSame([along.derivative[k]], [read([z[0], valueA, z[2]], temperature).jacobian[i][a]]);
    grid.forEach((valueB, row) => {
      const { p, jacobian } = read([z[0], valueA, valueB], temperature);
      assertSame([over[row][k]], [jacobian[i][a]]);
      assertSame([ofLog[row][k]], [-p[a] / temperature]);
    });
  });
});

test("the gradient of cross-entropy is p - y over T, and that of squared error its slope", () => {
  const [z, target, temperature] = [[2, -1, 0.5], [0, 1, 0], 2];
  const { p, gradient } = measure(z, target, temperature, "cross-entropy");
  assertSame(
    gradient,
    p.map((value, k) => (value - target[k]) / temperature),
  );
  const step = 1e-6;
  measure(z, target, temperature, "squared error").gradient.forEach((slope, k) => {
    /** @param {number} move */
    const at = (move) =>
      measure(
        z.map((value, c) => (c === k ? value + move : value)),
        target,
        temperature,
        "squared error",
      ).loss;
    assert.ok(Math.abs((at(step) - at(-step)) / (2 * step) - slope) < 1e-9);
  });
});
