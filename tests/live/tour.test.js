// Where the tour offers to go on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeToGoOn } from "../../static/live/navigation/tour.js";

const KEYS = ["outputs", "shares", "meaning"];

test("whoever opens the tour anew can go on where they were", () => {
  assert.equal(placeToGoOn(KEYS, "outputs", "shares"), 1);
  assert.equal(placeToGoOn(KEYS, "outputs", "meaning"), 2);
});

test("nothing is offered to a first visitor, for a scene that is gone, or in a later scene", () => {
  assert.equal(placeToGoOn(KEYS, "outputs", ""), null);
  assert.equal(placeToGoOn(KEYS, "outputs", "outputs"), null);
  assert.equal(placeToGoOn(KEYS, "outputs", "no longer there"), null);
  assert.equal(placeToGoOn(KEYS, "shares", "meaning"), null);
});
