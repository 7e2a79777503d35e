// Dragging a handle by pointer and by keys; the handle here is not an element of a page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { clamp, makeDraggable, sliderKeys } from "../../static/live/drag.js";
import { stopped } from "./clock.js";

/** A handle for a number from -10 to 10, ten pixels for each 1, and a list of what the handle reported. */
function held() {
  /** @type {string[]} */
  const told = [];
  let value = 2;
  const handle = {
    classList: new Set(),
    setPointerCapture: () => {},
    releasePointerCapture: () => {},
    hasPointerCapture: () => true,
    focus: () => {},
    getBoundingClientRect: () => ({ width: 200, height: 20 }),
  };
  Object.assign(handle.classList, { remove: (/** @type {string} */ name) => handle.classList.delete(name) });
  makeDraggable(/** @type {any} */ (handle), {
    value: () => value,
    at: (start, right) => clamp(start + right * 20, [-10, 10]),
    next: sliderKeys({ step: (from, by) => from + by / 10, limits: () => [-10, 10], ends: () => [-5, 5] }),
    initial: () => 0,
    input: (next) => {
      value = next;
    },
    commit: () => told.push(`commit ${value}`),
    grab: () => told.push("grab"),
    drop: () => told.push("drop"),
  });
  /** @param {string} kind @param {object} [event] */
  const does = (kind, event = {}) => {
    const listen = /** @type {Record<string, (event: object) => void>} */ (/** @type {unknown} */ (handle));
    const nothing = { preventDefault: () => {}, stopPropagation: () => {} };
    listen[`on${kind}`]({ pointerId: 1, button: 0, clientX: 100, clientY: 50, ...nothing, ...event });
  };
  return { told, does, handle, now: () => value };
}

test("a drag is shown at every move and kept once, where it is let go", () => {
  const { told, does, now, handle } = held();
  does("pointerdown");
  assert.ok(handle.classList.has("held"));
  does("pointermove", { clientX: 110 });
  assert.equal(now(), 3);
  does("pointermove", { clientX: 900 });
  assert.equal(now(), 10);
  // The value at the place of the release counts, not that of the last move.
  does("pointerup", { clientX: 95 });
  assert.equal(now(), 1.5);
  assert.deepEqual(told, ["grab", "drop", "commit 1.5"]);
  assert.ok(!handle.classList.has("held"));
});

test("Escape, and a gesture that the browser takes over, put back what was there", () => {
  for (const end of ["keydown", "pointercancel"]) {
    const { told, does, now } = held();
    does("pointerdown");
    does("pointermove", { clientX: 140 });
    does(end, { key: "Escape" });
    assert.equal(now(), 2);
    assert.deepEqual(told, ["grab", "drop"]);
  }
});

test("a press that moves nothing commits nothing, and another finger moves nothing", () => {
  const { told, does, now } = held();
  does("pointerdown");
  does("pointermove", { pointerId: 2, clientX: 140 });
  does("pointerup", { pointerId: 2, clientX: 140 });
  assert.equal(now(), 2);
  does("pointerup");
  assert.deepEqual(told, ["grab", "drop"]);
});

test("keys are kept once their user pauses or leaves", async (context) => {
  const wait = stopped(context);
  const { told, does, now } = held();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight"]) {
    does("keydown", { key });
    does("keyup", { key });
  }
  assert.equal(now(), 2.3);
  assert.deepEqual(told, ["grab"]);
  await wait(1000);
  assert.deepEqual(told, ["grab", "drop", "commit 2.3"]);
  does("keydown", { key: "End" });
  does("blur");
  assert.deepEqual(told.slice(3), ["grab", "drop", "commit 5"]);
});

test("keys of the browser and unknown keys are left to it", () => {
  const { told, does, now } = held();
  does("keydown", { key: "ArrowRight", ctrlKey: true });
  does("keydown", { key: "a" });
  assert.equal(now(), 2);
  assert.deepEqual(told, []);
});

test("a double-click returns to the start, once", () => {
  const { told, does, now } = held();
  does("dblclick");
  does("dblclick");
  assert.equal(now(), 0);
  assert.deepEqual(told, ["commit 0"]);
});

test("steps of keys add no noise of binary fractions", () => {
  const next = sliderKeys({ step: (from, by) => from + by / 10, limits: () => [-1, 1], ends: () => [-1, 1] });
  const press = (/** @type {string} */ key, /** @type {number} */ from, shiftKey = false) =>
    next(/** @type {KeyboardEvent} */ ({ key, shiftKey }), from);
  assert.equal(press("ArrowUp", 0.2), 0.3);
  assert.equal(press("ArrowLeft", 0.2, true), -0.8);
  assert.equal(press("PageUp", 0.2), 1);
  assert.equal(press("Home", 0.2), -1);
});
