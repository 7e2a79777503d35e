// What is hidden and revealed, and what stands out.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  canChangeLesson,
  changeLesson,
  hidesAnything,
  isHidden,
  lesson,
  reveal,
  tellLesson,
} from "../../static/live/lesson.js";
import { ofClass, pointedAt, pointedLine } from "../../static/live/pointing.js";

/** @type {object[]} */
let sent = [];

beforeEach(() => {
  sent = [];
  lesson.settle("present", "hide", "shown");
  canChangeLesson((change) => sent.push(change));
  tellLesson({ present: false, hide: ["probability-numbers", "curve"], shown: ["p2"] });
});

test("what is hidden stays hidden until its own place is revealed", () => {
  assert.equal(isHidden("probability-numbers", "p1"), true);
  assert.equal(isHidden("probability-numbers", "p2"), false);
  assert.equal(isHidden("probability-bars", "p1"), false);
  assert.equal(isHidden("curve"), true);
});

test("one place is revealed at once, told once, and the rest stays hidden", () => {
  reveal("p1");
  reveal("p1");
  assert.deepEqual(sent, [{ shown: "p2,p1" }]);
  assert.equal(isHidden("probability-numbers", "p1"), false);
  assert.equal(isHidden("probability-numbers", "p3"), true);
});

test("everything can be revealed and hidden again", () => {
  assert.equal(hidesAnything(), true);
  changeLesson({ shown: "all" });
  assert.equal(hidesAnything(), false);
  assert.equal(isHidden("curve"), false);
  changeLesson({ shown: "" });
  assert.equal(isHidden("probability-numbers", "p2"), true);
});

test("nothing is hidden once all that is hidden as a whole has been revealed", () => {
  tellLesson({ present: false, hide: ["curve", "surface"], shown: ["curve"] });
  assert.equal(hidesAnything(), true);
  tellLesson({ present: false, hide: ["curve", "surface"], shown: ["curve", "surface"] });
  assert.equal(hidesAnything(), false);
  tellLesson({ present: false, hide: ["probability-numbers", "curve"], shown: ["p2"] });
  assert.equal(hidesAnything(), true);
});

test("an older message from Python does not undo what the teacher has just revealed", () => {
  changeLesson({ shown: "all" });
  tellLesson({ present: false, hide: ["probability-numbers", "curve"], shown: [] });
  assert.equal(isHidden("curve"), false);
  lesson.settle("present", "hide", "shown");
  tellLesson({ present: false, hide: ["curve"], shown: [] });
  assert.equal(isHidden("curve"), true);
});

test("a cell stands out with its two classes, and a class with its row and its column", () => {
  assert.equal(pointedAt("cell:0-2 row:0 column:2"), "cell:0-2 class:0 class:2");
  assert.equal(pointedAt("class:1"), ofClass(1));
  assert.equal(pointedAt("class:4 column:4"), ofClass(4));
});

test("a sum stands out with its row or its column alone", () => {
  assert.equal(pointedAt("row:4"), "row:4");
  assert.equal(pointedAt("column:0"), "column:0");
  assert.deepEqual(pointedLine("column:12"), { line: "column", k: 12 });
  for (const lit of ["", "class:1 row:1 column:1", "cell:0-1 class:0 class:1"])
    assert.equal(pointedLine(lit), null);
});
