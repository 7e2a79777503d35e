// Compares the peak of the curve with the curve itself, and its words, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { peakQuantities } from "../../static/live/charts/quantities_peak.js";
import { peak } from "../../static/live/math/peak.js";
import { curve, read } from "../../static/live/math/softmax.js";

for (const temperature of [0.05, 1, 20]) {
  test(`no point of the curve is beyond its peak at T = ${temperature}`, () => {
    const z = [1.43, -0.4, 0.23];
    for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 3; j += 1) {
        const { at, p, derivative } = peak(z, i, j, temperature);
        const steps = [-5, -0.5, -0.01, 0, 0.01, 0.5, 5].map((step) => at + step * temperature);
        const along = curve(z, i, j, steps, temperature);
        assert.ok(Math.abs(along.derivative[3] - derivative) <= 1e-12 * Math.abs(derivative));
        assert.ok(Math.abs(along.probability[3] - p) <= 1e-12 * p);
        along.derivative.forEach((value, k) => {
          if (k !== 3) assert.ok(Math.abs(value) < Math.abs(derivative));
        });
        const moved = z.map((value, k) => (k === j ? at : value));
        assert.ok(Math.abs(read(moved, temperature).p[j] - 0.5) < 1e-12);
      }
    }
  });
}

test("a peak beyond the axis has no mark on it, and the words say where it is", () => {
  const state = { z: [0, 6, 6], temperature: 1, step: 0, source: "hand" };
  const meta = { i: 0, j: 0, quantity: "derivative", end: 5, edge: 0.3, brief: false };
  const { x = [] } = peakQuantities["curve-peak"](state, meta, {});
  assert.ok(x.every((value) => value > 5));
  assert.deepEqual(peakQuantities["curve-peak-words"](state, meta, {}).text, ["highest at 6.693 →"]);
});
