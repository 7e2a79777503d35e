// Which keys lead a lesson.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf } from "../../static/live/keys.js";

/** @param {Partial<KeyboardEvent>} event */
const press = (event) =>
  actionOf(
    /** @type {KeyboardEvent} */ ({
      code: "",
      shiftKey: false,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      ...event,
    }),
  );

test("a clicker and the arrow keys turn to the next and to the previous step", () => {
  for (const key of ["PageDown", "ArrowRight", "ArrowDown"]) assert.equal(press({ key })?.name, "next");
  for (const key of ["PageUp", "ArrowLeft", "ArrowUp"]) assert.equal(press({ key })?.name, "previous");
});

test("a digit chooses a class, with Shift its raw output, on every keyboard", () => {
  assert.deepEqual(press({ key: "3", code: "Digit3" }), {
    name: "choose",
    class: { k: 2, output: false },
  });
  assert.deepEqual(press({ key: "§", code: "Digit3", shiftKey: true })?.class, { k: 2, output: true });
  assert.equal(press({ key: "7", code: "Numpad7" })?.class?.k, 6);
  assert.equal(press({ key: "0", code: "Digit0" }), null);
});

test("letters act in both cases, and no key of Streamlit's own does anything", () => {
  for (const key of ["h", "H"]) assert.equal(press({ key, shiftKey: key === "H" })?.name, "hide");
  assert.equal(press({ key: "?", shiftKey: true })?.name, "card");
  for (const key of ["r", "c", "R", "C", "Enter", " ", "Tab"]) assert.equal(press({ key }), null);
});

test("a key that is pressed with another one is left to the browser", () => {
  for (const other of ["ctrlKey", "metaKey", "altKey"])
    for (const key of ["p", "f", "ArrowLeft"]) assert.equal(press({ key, [other]: true }), null);
});
