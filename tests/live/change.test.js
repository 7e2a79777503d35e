// What is said of a move: grammar, numbers and what is left out while it is hidden.

import assert from "node:assert/strict";
import { test } from "node:test";
import { probabilityChange } from "../../static/live/math/change.js";
import { read } from "../../static/live/math/softmax.js";
import {
  balance,
  gain,
  heldSentence,
  plainText,
  reason,
  spokenChange,
} from "../../static/live/text/change.js";

const NAMES = ["setosa", "versicolor", "virginica"];
const Z = [1.43, -0.4, 0.23];

/**
 * The sentence after raw output j was moved, about the probability of i.
 *
 * @param {number} i
 * @param {number} j
 * @param {number} move
 * @param {{ z?: number[], temperature?: number, length?: string, amountHidden?: boolean,
 *   directionHidden?: boolean, slopeHidden?: boolean }} [more]
 */
function said(i, j, move, { z = Z, temperature = 1, length = "full", ...hidden } = {}) {
  const after = z.map((value, k) => (k === j ? value + move : value));
  const before = read(z, temperature);
  const sentence = heldSentence({
    i,
    j,
    move,
    change: probabilityChange(z, after, temperature, before.p, read(after, temperature).p)[i],
    slope: before.jacobian[i][j],
    amountHidden: false,
    directionHidden: false,
    slopeHidden: false,
    ...hidden,
  });
  return plainText(length === "full" ? sentence.full : sentence.short, NAMES);
}

test("the sentence says what the hand does, what that has changed, and how fast it began", () => {
  const end = "for each 1.";
  assert.equal(
    said(0, 2, 1.2),
    `You raise virginica by 1.20: setosa loses 0.221 of probability; at first it lost 0.141 ${end}`,
  );
  assert.equal(
    said(0, 2, -1.2),
    `You lower virginica by 1.20: setosa gains 0.115 of probability; at first it gained 0.141 ${end}`,
  );
  assert.equal(
    said(0, 0, 1.2),
    `You raise setosa by 1.20: it gains 0.194 of probability; at first it gained 0.216 ${end}`,
  );
  assert.equal(
    said(0, 0, -1.2),
    `You lower setosa by 1.20: it loses 0.289 of probability; at first it lost 0.216 ${end}`,
  );
});

test("a higher temperature makes the change and its beginning smaller", () => {
  assert.match(said(0, 2, 1.2, { temperature: 2 }), /loses 0\.096 of probability; at first it lost 0\.072/);
});

test("where nothing can be seen to change, the sentence says that it hardly does", () => {
  assert.equal(
    said(0, 0, 1, { z: [40, 0, 0] }),
    "You raise setosa by 1.00: it hardly gains any probability; at first it gained 8e−18 for each 1.",
  );
  assert.match(said(1, 1, -1, { z: [50, -50, 0], temperature: 0.05 }), /it hardly loses any probability/);
});

test("back where it was taken, it says what a move will do", () => {
  assert.equal(
    said(0, 2, 0),
    "You hold virginica: raise it, and setosa at first loses 0.141 of probability for each 1.",
  );
  assert.equal(
    said(0, 0, 0),
    "You hold setosa: raise it, and at first it gains 0.216 of probability for each 1.",
  );
});

test("what is hidden is not said", () => {
  const amountHidden = true;
  assert.equal(
    said(0, 2, 1.2, { amountHidden, slopeHidden: true }),
    "You raise virginica by 1.20: setosa loses probability.",
  );
  assert.equal(
    said(0, 2, 1.2, { amountHidden, directionHidden: true, slopeHidden: true, length: "short" }),
    "Raised virginica by 1.20: setosa gains or loses probability.",
  );
  for (const length of ["full", "short"])
    for (const move of [0, 1.2]) {
      const text = said(0, 2, move, { amountHidden, directionHidden: true, slopeHidden: true, length });
      assert.doesNotMatch(text, /0\.\d{3}|setosa loses|at first/);
    }
  assert.doesNotMatch(said(0, 2, 1.2, { slopeHidden: true }), /0\.141|at first/);
});

test("the short sentence says the same in fewer words", () => {
  assert.equal(
    said(0, 2, 1.2, { length: "short" }),
    "Raised virginica by 1.20: setosa loses 0.221, at first 0.141 for each 1.",
  );
});

test("gains and losses are balanced, and the sign between them is true of the numbers shown", () => {
  /** @param {number[]} changes @param {"change" | "column" | "row"} [about] */
  const text = (changes, about = "change") => plainText(balance(changes, about).full, NAMES);
  assert.equal(text([-0.122, -0.092, 0.214]), "gained 0.214 = lost 0.122 + 0.092");
  assert.equal(text([-0.1224, -0.0924, 0.2148]), "gained 0.215 ≈ lost 0.122 + 0.092");
  assert.equal(text([0, 0, 0]), "gained 0.000 = lost 0.000");
  assert.equal(text([0.216, -0.075, -0.141], "column"), "gained 0.216 = lost 0.075 + 0.141 for each 1");
  assert.equal(text([0.216, -0.075, -0.141], "row"), "up 0.216 = down 0.075 + 0.141 for each 1");
  const many = [0.5, -0.1, -0.1, -0.1, -0.1, -0.1];
  assert.equal(text(many), "gained 0.500 = lost 0.500");
  assert.equal(
    plainText(balance([-0.1, -0.1, -0.1, 0.3], "change").short, NAMES),
    "gained 0.300 = lost 0.300",
  );
});

test("a change is written with its sign, and one that is nothing without", () => {
  assert.deepEqual([0.1412, -0.031, 0, 4e-18, -0.0004].map(gain), [
    "+0.141",
    "−0.031",
    "0.000",
    "0.000",
    "0.000",
  ]);
});

test("a reason names the class whose column it is", () => {
  assert.match(plainText(reason("column", 1).full, NAMES), /^What versicolor gains, the others lose: /);
  assert.match(plainText(reason("row", 1).full, NAMES), /^Raising all raw outputs by the same amount/);
});

test("a screen reader hears what was moved and what that has changed", () => {
  assert.equal(
    spokenChange(NAMES, 2, 1.2, [-0.221, -0.036, 0.257]),
    "You raised virginica by 1.20. virginica gained 0.257, setosa lost 0.221, versicolor lost 0.036.",
  );
  assert.equal(
    spokenChange(NAMES, 0, -1, [0, 1e-18, 0]),
    "You lowered setosa by 1.00. No probability has changed by 0.001 or more.",
  );
  assert.equal(spokenChange(NAMES, 0, -1, [null, null, null]), "You lowered setosa by 1.00.");
  const names = [..."abcdefghij"];
  const changes = names.map((_, k) => (k ? -0.01 : 0.09));
  assert.match(
    spokenChange(names, 0, 1, changes),
    /b lost 0\.010, c lost 0\.010, d lost 0\.010, the others less\.$/,
  );
});

test("a tiny change is as exact as a large one, and all changes add up to 0", () => {
  const z = [40, 0, 0];
  const after = [40, 1e-9, 0];
  const [before, then] = [read(z), read(after)];
  const found = probabilityChange(z, after, 1, before.p, then.p);
  assert.ok(Math.abs(found[1] / (1e-9 * before.p[1]) - 1) < 1e-8);
  assert.ok(Math.abs(found.reduce((sum, value) => sum + value)) < 1e-40);
});
