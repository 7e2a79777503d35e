// Products are written with the digits that give the result; tests/browser/test_digits.py tries many of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { products, scaled } from "../../static/live/text/digits.js";

test("a factor that is exactly zero has three decimals and asks for no more of the others", () => {
  const { texts, divisor } = products([[1, 0].map(scaled)], 0, 0.05);
  assert.deepEqual(texts, [["1.000", "0.000"]]);
  assert.equal(divisor, "0.05");
});

test("a factor is as long as the result needs it", () => {
  const { texts } = products([[0.896, 0.10432].map(scaled)], (0.896 * 0.10432) / 0.5, 0.5);
  const [first, second] = texts[0].map(Number);
  assert.ok(Math.abs((first * second) / 0.5 - (0.896 * 0.10432) / 0.5) <= 0.001);
});
