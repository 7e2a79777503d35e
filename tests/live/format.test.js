// How numbers are written, and how people type them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { decimal, parse, raw, signed, sum, typeset } from "../../static/live/text/format.js";

test("three decimals, and what they would hide is written with a power of ten", () => {
  assert.deepEqual([0.6841780769, -0.0750895, 4.2e-18, 0].map(decimal), [
    "0.684",
    "−0.075",
    "4e−18",
    "0.000",
  ]);
  assert.deepEqual([0.216, -0.216, 0].map(signed), ["+0.216", "−0.216", "0.000"]);
});

test("a raw output has two decimals, or three where it was set that precisely", () => {
  assert.deepEqual(
    [1.43, -0.4, 1.2345, -0.001, -0].map((value) => raw(value)),
    ["1.43", "−0.40", "1.234", "−0.001", "0.00"],
  );
});

test("a sum that is 0 up to rounding has no sign", () => {
  assert.deepEqual([-1e-17, 1e-17, -0.5].map(sum), ["0.000", "0.000", "−0.500"]);
});

test("a number in a formula keeps three digits", () => {
  assert.deepEqual(
    [0, 2.5, 1234567, 0.0000123].map((value) => typeset(value)),
    ["0", "2.500", "1.23 × 10⁶", "1.23 × 10⁻⁵"],
  );
});

test("what people type is understood, whatever their keyboard", () => {
  assert.deepEqual(
    ["1.43", "−0.4", "2,5", " 7 ", "1e-3", "１２．５"].map(parse),
    [1.43, -0.4, 2.5, 7, 0.001, 12.5],
  );
  for (const text of ["", "many", "1.2.3", "0x10", "Infinity", "1 2", "1,000.5"])
    assert.ok(Number.isNaN(parse(text)), text);
});
