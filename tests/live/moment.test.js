// Where everything was when the hand took hold, and for how long that is remembered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Moment } from "../../static/live/moment.js";
import { stopped } from "./clock.js";

test("what was before is remembered while a bar is held, and a moment longer", async (context) => {
  const pass = stopped(context);
  let over = 0;
  const moment = new Moment(() => {
    over += 1;
  });
  moment.grab(1, [1, 2]);
  await pass(60_000);
  assert.deepEqual(moment.reference, [1, 2]);
  moment.release(1, [1, 3]);
  await pass(4900);
  assert.deepEqual(moment.reference, [1, 2]);
  assert.equal(over, 0);
  await pass(200);
  assert.equal(moment.reference, null);
  assert.equal(moment.taken, null);
  assert.equal(over, 1);
});

test("of two hands, the first decides what is compared and the last is spoken of", () => {
  const moment = new Moment(() => {});
  moment.grab(0, [1, 2]);
  moment.grab(1, [5, 2]);
  assert.deepEqual(moment.reference, [1, 2]);
  assert.deepEqual(moment.taken, { k: 1, z: [5, 2] });
  moment.release(0, [5, 4]);
  assert.deepEqual(moment.reference, [1, 2]);
});

test("a bar that was only touched leaves nothing behind", () => {
  const moment = new Moment(() => {});
  moment.grab(0, [1, 2]);
  moment.release(0, [1, 2]);
  assert.equal(moment.reference, null);
});

test("a typed number shows its change for a moment, but not while a bar is held", async (context) => {
  const pass = stopped(context);
  const moment = new Moment(() => {});
  moment.jump(0, [1, 2]);
  assert.deepEqual(moment.taken, { k: 0, z: [1, 2] });
  moment.grab(1, [7, 2]);
  moment.jump(0, [7, 2]);
  await pass(60_000);
  assert.deepEqual(moment.reference, [7, 2]);
});

test("a pin keeps what was before the last move, or now if nothing is compared", async (context) => {
  const pass = stopped(context);
  const moment = new Moment(() => {});
  moment.grab(0, [1, 2]);
  moment.release(0, [3, 2]);
  moment.togglePin([3, 2]);
  await pass(60_000);
  assert.deepEqual(moment.reference, [1, 2]);
  moment.grab(0, [3, 2]);
  moment.end();
  assert.deepEqual(moment.reference, [1, 2]);
  moment.togglePin([4, 2]);
  assert.equal(moment.reference, null);
  moment.togglePin([4, 2]);
  assert.deepEqual(moment.reference, [4, 2]);
});
