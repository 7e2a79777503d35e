// A hand rests once it has not moved for a while, however late the frames are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Rest } from "../../static/live/at_rest.js";

/** @param {import("node:test").TestContext} context */
function hand(context) {
  const hand = { now: 1000, rest: new Rest() };
  context.mock.method(performance, "now", () => hand.now);
  return hand;
}

for (const frame of [16, 90, 400]) {
  test(`a hand that moves before every frame of ${frame} ms does not rest`, (context) => {
    const one = hand(context);
    for (let k = 0; k < 50; k += 1) {
      one.rest.move();
      // What the move shows takes most of the frame.
      one.now += 0.8 * frame;
      assert.equal(one.rest.inFrame(one.now), false);
      one.now += 0.2 * frame;
    }
  });
}

test("a hand that stops rests after 60 ms, at the next frame", (context) => {
  const one = hand(context);
  one.rest.move();
  const frames = [];
  for (; one.now < 1100; one.now += 16) if (one.rest.inFrame(one.now)) frames.push(one.now - 1000);
  assert.equal(frames[0], 64);
  assert.equal(frames.length, 3);
});

test("it says how long to wait, and that is all it takes", (context) => {
  const one = hand(context);
  one.rest.move();
  one.rest.inFrame(one.now);
  one.now += 20;
  assert.equal(one.rest.wait(one.now), 40);
  one.now += one.rest.wait(one.now);
  assert.equal(one.rest.inFrame(one.now), true);
  one.now += 500;
  assert.equal(one.rest.wait(one.now), 0);
});
