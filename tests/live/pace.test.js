// On a slow device most of the board waits a little, but never long, and never after the hand has come to rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace } from "../../static/live/pace.js";

/**
 * A page whose hand moves once before each frame.
 *
 * @param {import("node:test").TestContext} context
 * @param {{ whole: number, light: number }} takes How long a frame takes that shows everything, and one that does not.
 */
function page(context, takes) {
  let now = 1000;
  /** @type {(() => void)[]} */
  let asked = [];
  let shownLate = false;
  context.mock.method(performance, "now", () => now);
  const before = globalThis.requestAnimationFrame;
  context.after(() => Object.assign(globalThis, { requestAnimationFrame: before }));
  Object.assign(globalThis, {
    requestAnimationFrame: (/** @type {() => void} */ call) => asked.push(call),
  });
  const pace = new Pace(() => {
    shownLate = true;
  });
  return {
    pace,
    /** One frame; whether it showed everything. @param {boolean} moves */
    frame: (moves) => {
      shownLate = false;
      const waits = !moves || pace.waits();
      const due = asked;
      asked = [];
      for (const call of due) call();
      const whole = (moves && !waits) || shownLate;
      now += whole ? takes.whole : takes.light;
      return whole;
    },
    get now() {
      return now;
    },
    get idle() {
      return asked.length === 0;
    },
  };
}

test("where every frame is in time, everything follows every move", (context) => {
  const { frame } = page(context, { whole: 16.7, light: 16.7 });
  for (let k = 0; k < 100; k += 1) assert.equal(frame(true), true);
});

test("on a slow device most frames show only what is quick, and the rest never waits for 200 ms", (context) => {
  const shown = page(context, { whole: 50, light: 17 });
  /** @type {number[]} */
  const times = [];
  let whole = 0;
  for (let k = 0; k < 200; k += 1) {
    if (!shown.frame(true)) continue;
    whole += 1;
    times.push(shown.now);
  }
  const longest = Math.max(...times.slice(1).map((time, k) => time - times[k]));
  assert.ok(whole < 200 / 4, `${whole} of 200 frames showed everything`);
  assert.ok(longest <= 200 + 17, `the rest waited for ${longest} ms`);
});

test("when the hand rests, everything is shown soon, and then the page has nothing left to do", (context) => {
  const shown = page(context, { whole: 50, light: 17 });
  for (let k = 0; k < 20 || shown.frame(true); k += 1) if (k < 20) shown.frame(true);
  const rested = shown.now;
  while (!shown.frame(false)) assert.ok(shown.now - rested < 100);
  for (let k = 0; k < 3; k += 1) shown.frame(false);
  assert.ok(shown.idle);
});

test("a device that was slow for a moment shows everything again", (context) => {
  const takes = { whole: 60, light: 17 };
  const shown = page(context, takes);
  for (let k = 0; k < 30; k += 1) shown.frame(true);
  takes.whole = 16.7;
  for (let k = 0; k < 20; k += 1) shown.frame(true);
  for (let k = 0; k < 20; k += 1) assert.equal(shown.frame(true), true);
});
