// The exponentials between raw outputs and probabilities: their values and how they are written.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { powers } from "../../static/live/math/powers.js";
import { read } from "../../static/live/math/softmax.js";
import { axisFor, exponentText, ratios, scientific } from "../../static/live/text/powers.js";

/** @type {{ cases: { z: number[], temperature: number, p: number[] }[] }} */
const { cases } = JSON.parse(readFileSync(new URL("../softmax.json", import.meta.url), "utf-8"));

/** @param {number[]} z @param {number} temperature */
const written = (z, temperature = 1) => ratios(powers(z, temperature), read(z, temperature).p);

/** What a reader takes a written number for. @param {string} text */
function asNumber(text) {
  const [digits, power] = text.split(" × 10");
  const plain = (power ?? "")
    .replace("⁻", "-")
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (c) => String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)));
  return Number(digits) * 10 ** Number(plain);
}

test("each exponential is right to twelve digits, however large or small", () => {
  // Computed with 60 digits.
  for (const [x, mantissa, exponent] of [
    [1.43, 4.178699191923246, 0],
    [-0.4, 6.703200460356393, -1],
    [1000, 1.970071114017047, 434],
    [-1000, 5.075958897549457, -435],
  ]) {
    const [found] = powers([x]).each;
    assert.equal(found.exponent, exponent);
    assert.ok(Math.abs(found.mantissa / mantissa - 1) < 1e-12, `${found.mantissa} for e^${x}`);
  }
});

test("the numerator over the denominator is the probability of the reference", () => {
  for (const { z, temperature, p } of cases) {
    if (Math.max(...z.map(Math.abs)) / temperature > 1e4) continue;
    const { each, total } = powers(z, temperature);
    each.forEach(({ mantissa, exponent }, k) => {
      const ratio = (mantissa / total.mantissa) * 10 ** (exponent - total.exponent);
      assert.ok(Math.abs(ratio - p[k]) <= 1e-11 * p[k] + 1e-307, `${ratio} instead of ${p[k]}`);
      assert.ok(mantissa >= 1 && mantissa < 10);
    });
    assert.ok(total.mantissa >= 1 && total.mantissa < 10);
  }
});

test("the worked example is written as one would write it by hand", () => {
  assert.deepEqual(written([1.43, -0.4, 0.23]), {
    total: "6.108",
    each: [
      { value: "4.179", ratio: "0.684" },
      { value: "0.670", ratio: "0.110" },
      { value: "1.259", ratio: "0.206" },
    ],
  });
});

test("large and small numbers are written with a power of ten, and never as infinity", () => {
  const { total, each } = written([50, 50, -50], 0.05);
  assert.equal(total, "3.940 × 10⁴³⁴");
  assert.deepEqual(each[0], { value: "1.970 × 10⁴³⁴", ratio: "0.500" });
  assert.deepEqual(each[2], { value: "5.08 × 10⁻⁴³⁵", ratio: "1.29 × 10⁻⁸⁶⁹" });
  assert.equal(scientific({ mantissa: 9.9999, exponent: 400 }, 397), "1.000 × 10⁴⁰¹");
});

test("whoever divides the written numbers finds the written probability, up to its last digit", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let turn = 0; turn < 500; turn += 1) {
    const z = Array.from({ length: 2 + Math.floor(random() * 9) }, () => (random() - 0.5) * 20 * random());
    const temperature = Math.exp(4 * (random() - 0.5));
    const { total, each } = written(z, temperature);
    for (const { value, ratio } of each) {
      const unit = ratio.includes("×") ? 0.01 * 10 ** Math.floor(Math.log10(asNumber(ratio))) : 0.001;
      const found = asNumber(value) / asNumber(total);
      assert.ok(Math.abs(found - asNumber(ratio)) <= 1.001 * unit, `${value} / ${total} is not ${ratio}`);
    }
  }
});

test("an exponent names the temperature unless it is 1, and is as exact as its power", () => {
  assert.equal(exponentText(1.43, 1), "1.43");
  assert.equal(exponentText(-0.4, 0.5), "−0.40 / 0.5");
  assert.equal(exponentText(0.93718, 2, " over "), "0.9372 over 2");
});

test("the axis ends at 1, 2 or 5 times a power of ten that the sum still fits below", () => {
  assert.deepEqual(axisFor({ mantissa: 6, exponent: 0 }), { end: "10", share: 0.6 });
  assert.deepEqual(axisFor({ mantissa: 2, exponent: -2 }), { end: "0.02", share: 1 });
  assert.deepEqual(axisFor({ mantissa: 3, exponent: 434 }), { end: "5 × 10⁴³⁴", share: 0.6 });
  assert.deepEqual(axisFor({ mantissa: 9, exponent: 434 }), { end: "1 × 10⁴³⁵", share: 0.9 });
});
