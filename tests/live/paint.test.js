// Compares what is painted during a drag with the formulas of math/, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { field } from "../../static/live/charts/paint.js";
import { read } from "../../static/live/math/softmax.js";

const [WIDTH, HEIGHT] = [24, 20];

/** The raw output in the middle of one of n points. @param {number} reach @param {number} n @param {number} k */
const along = (reach, n, k) => reach * ((2 * (k + 0.5)) / n - 1);

for (const [z, reach, temperature] of /** @type {[number[], number, number][]} */ ([
  [[1.43, -0.4, 0.23], 5, 1],
  [[1.43, -0.4, 0.23], 50, 0.05],
  [[50, -50, 0], 50, 0.05],
  [[2, -1], 50, 0.05],
  [[0, 1, 2, 3], 10, 20],
])) {
  for (const quantity of /** @type {const} */ (["probability", "derivative", "log-derivative"])) {
    test(`each point shows the ${quantity} at z = ${z}, T = ${temperature}, up to \u00b1${reach}`, () => {
      const values = new Float32Array(WIDTH * HEIGHT);
      for (let i = 0; i < z.length; i += 1) {
        const state = { z, temperature, step: 0, source: "hand" };
        field(values, state, { i, j: 0, a: 0, b: 1, quantity }, reach, WIDTH, HEIGHT);
        values.forEach((value, at) => {
          const [row, column] = [Math.floor(at / WIDTH), at % WIDTH];
          const point = [along(reach, WIDTH, column), -along(reach, HEIGHT, row), ...z.slice(2)];
          const { p, q, jacobian } = read(point, temperature);
          const expected = {
            probability: p[i],
            derivative: jacobian[i][0] * temperature,
            "log-derivative": i === 0 ? q[0] : -p[0],
          }[quantity];
          assert.ok(Math.abs(value - expected) < 1e-6, `${value} instead of ${expected} at ${point}`);
        });
      }
    });
  }
}
