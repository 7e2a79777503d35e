// How light a colour is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lightness } from "../../static/live/charts/theme.js";

test("a colour is light or dark however it is written", () => {
  assert.equal(lightness("#ffffff"), 1);
  assert.equal(lightness("rgb(0, 0, 0)"), 0);
  assert.ok(Number(lightness("#262730")) < 0.5);
  assert.ok(Number(lightness("rgb(230, 232, 235)")) > 0.5);
});

test("what is written in another way has no known lightness", () => {
  for (const text of ["", "white", "#fff", "var(--x)"]) assert.equal(lightness(text), undefined);
});
