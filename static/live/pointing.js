// In presenter mode, what the teacher clicks on stands out with all that belongs to it, and the rest steps back.
//
// An element says in `data-belongs` what it belongs to, as keys with spaces between them: "class:2", "row:0",
// "column:1" or "cell:0-1". It stands out if any of its keys is pointed at.

import { hasJustRevealed, isPresented, lesson, point } from "./lesson.js";

const MOVED = 5; // pixels: a press that moves further is a drag

/** What belongs to class k. @param {number} k */
export const ofClass = (k) => `class:${k} row:${k} column:${k}`;

/**
 * The row or the column that is pointed at alone, by its sum.
 *
 * @param {string} lit
 */
export function pointedLine(lit) {
  const [, line, k] = /^(row|column):(\d+)$/.exec(lit) ?? [];
  return line ? { line: /** @type {"row" | "column"} */ (line), k: Number(k) } : null;
}

/**
 * What is pointed at by a click on an element that belongs to something.
 *
 * @param {string} belongs
 */
export function pointedAt(belongs) {
  if (pointedLine(belongs)) return belongs;
  const [cell] = /cell:\d+-\d+/.exec(belongs) ?? [];
  if (cell) return `${cell} ${(cell.match(/\d+/g) ?? []).map((k) => `class:${k}`).join(" ")}`;
  const [k] = /\d+/.exec(belongs) ?? [];
  return ofClass(Number(k));
}

/**
 * Point at the row or the column of a sum, which says why the sum is 0, or stop that. In presenter mode any
 * press points at what was pressed, see below.
 *
 * @param {string} line Such as "row:0".
 */
export function explain(line) {
  if (!isPresented()) point(lesson.now?.lit === line ? "" : line);
}

/** Do not point at the row or the column of a sum any more. */
export function endReason() {
  if (pointedLine(lesson.now?.lit ?? "")) point("");
}

/**
 * Show in a part what the teacher points at.
 *
 * @param {ParentNode} root
 */
export function light(root) {
  const keys = new Set(lesson.now?.lit.split(" ").filter(Boolean));
  // All classes have a part in the sum of a row or a column, so only the other cells step back.
  const line = pointedLine(lesson.now?.lit ?? "");
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-belongs]"))) {
    const belongs = node.dataset.belongs?.split(" ") ?? [];
    node.classList.toggle(
      "steps-back",
      keys.size > 0 && !belongs.some((key) => keys.has(key) || (line && key.startsWith("class:"))),
    );
  }
}

let [x, y] = [0, 0];
globalThis.document?.addEventListener(
  "pointerdown",
  (event) => {
    [x, y] = [event.clientX, event.clientY];
  },
  true,
);

// A second click on the same thing, or a click on nothing, ends it. Clicks on controls that belong to nothing,
// such as Next, do not count.
globalThis.document?.addEventListener("click", (event) => {
  // A click that was held back (commit.js) has no place.
  const dragged = event.isTrusted && Math.hypot(event.clientX - x, event.clientY - y) > MOVED;
  const path = event.composedPath().filter((node) => node instanceof Element);
  if (!isPresented() || dragged || hasJustRevealed() || path.some((node) => node.matches("input"))) return;
  const found = path.find((node) => node.hasAttribute("data-belongs"));
  if (!found && path.some((node) => node.matches("button, a, dialog"))) return;
  const lit = found ? pointedAt(found.getAttribute("data-belongs") ?? "") : "";
  point(lit === lesson.now?.lit ? "" : lit);
});
