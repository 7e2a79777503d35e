// Where the tour is offered, and from which scene on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { offered } from "../../static/live/navigation/tour.js";

const KEYS = ["outputs", "shares", "meaning"];

test("a first visitor is offered the first scene, and a returning one the scene where they were", () => {
  assert.equal(offered(KEYS, null, { scene: "", declined: false }), 0);
  assert.equal(offered(KEYS, null, { scene: "shares", declined: false }), 1);
  assert.equal(offered(KEYS, null, { scene: "no longer there", declined: false }), 0);
});

test("nothing is offered to whoever has declined or has seen the last scene", () => {
  assert.equal(offered(KEYS, null, { scene: "", declined: true }), null);
  assert.equal(offered(KEYS, null, { scene: "meaning", declined: false }), null);
});

test("in the tour, only the first scene offers to go on", () => {
  assert.equal(offered(KEYS, "outputs", { scene: "shares", declined: true }), 1);
  assert.equal(offered(KEYS, "outputs", { scene: "outputs", declined: false }), null);
  assert.equal(offered(KEYS, "shares", { scene: "meaning", declined: false }), null);
});
