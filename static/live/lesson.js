// What a teacher has set for the class: presenter mode, what is hidden, what of it is revealed, and what
// stands out. Python tells it with every link; the part in parts/lesson.js tells Python of changes.

import { Store } from "./store.js";

/** @typedef {import("./messages.js").LessonMessage} LessonMessage */

/**
 * The lists are texts with commas, as in the link.
 *
 * @typedef {object} Lesson
 * @property {boolean} present
 * @property {string} hide What is hidden, by the names of `TITLES` in ui/lesson.py.
 * @property {string} shown What of it is revealed: "all", or single places such as p1, j1-2 and g3.
 * @property {string} lit What stands out, as keys with spaces between them (pointing.js).
 */

/** @type {Store<Lesson>} */
export const lesson = new Store(["present", "hide", "shown", "lit"]);
lesson.take({ lit: "" });

/** Take what Python told. @param {LessonMessage} told */
export function tellLesson({ present, hide, shown }) {
  const told = { present, hide: hide.join(), shown: shown.join() };
  const { now } = lesson;
  // Every message repeats it. The parts must not draw themselves again for nothing.
  if (now?.present === told.present && now.hide === told.hide && now.shown === told.shown) return;
  lesson.take(told);
}

/** @param {string} list */
const members = (list) => (list ? list.split(",") : []);

/** The lists of one state of the lesson, as sets. @type {{ of: unknown, hide: Set<string>, shown: Set<string> }} */
let sets = { of: null, hide: new Set(), shown: new Set() };

/** Every number on the page asks whether it is hidden, at every move. */
function listed() {
  const { now } = lesson;
  if (sets.of !== now)
    sets = { of: now, hide: new Set(members(now?.hide ?? "")), shown: new Set(members(now?.shown ?? "")) };
  return sets;
}

/**
 * Whether something is hidden, at one place or as a whole.
 *
 * @param {string} item A name of `TITLES` in ui/lesson.py.
 * @param {string} [place] Such as p1 or j1-2; what has only one place is named by the item.
 */
export function isHidden(item, place = item) {
  const { hide, shown } = listed();
  return hide.has(item) && !shown.has("all") && !shown.has(place);
}

/** Whether anything is hidden now. What was revealed place by place may still have others. */
export function hidesAnything() {
  const { hide, shown } = listed();
  return !shown.has("all") && [...hide].some((item) => !shown.has(item));
}

/** Whether the page is shown in presenter mode. */
export const isPresented = () => lesson.now?.present === true;

/** @type {(change: Partial<Lesson>) => void} */
let commit = () => {};

/** Register how Python learns of a change. @param {(change: Partial<Lesson>) => void} tell */
export function canChangeLesson(tell) {
  commit = tell;
}

/** Change the lesson at once, and tell Python. @param {Partial<Lesson>} change */
export function changeLesson(change) {
  lesson.claim("present", "hide", "shown");
  lesson.move(change, "hand");
  commit(change);
}

/** @type {(text: string) => void} */
let speak = () => {};

/** Register how a screen reader hears what was revealed. @param {(text: string) => void} say */
export function canSpeak(say) {
  speak = say;
}

/** Whether the event that is being handled has revealed something; it then does nothing else. */
let revealedNow = false;
export const hasJustRevealed = () => revealedNow;

/**
 * Reveal one place, and let a screen reader read what stands there now.
 *
 * @param {string} place
 * @param {Element} node
 */
export function revealIn(place, node) {
  reveal(place);
  revealedNow = true;
  setTimeout(() => {
    revealedNow = false;
  });
  speak(`Revealed: ${node.textContent}`);
}

/** Reveal one place. @param {string} place */
export function reveal(place) {
  const before = members(lesson.now?.shown ?? "");
  if (!before.includes(place)) changeLesson({ shown: [...before, place].join() });
}

/** Let something stand out, or nothing. @param {string} lit */
export const point = (lit) => lesson.move({ lit }, "hand");

/** What turns to another step or scene. @type {Set<(by: 1 | -1) => void>} */
const turning = new Set();

/**
 * Let keys turn to the next or the previous step of a part.
 *
 * @param {(by: 1 | -1) => void} turn
 * @returns {() => void} how to stop
 */
export function onTurn(turn) {
  turning.add(turn);
  return () => turning.delete(turn);
}

/**
 * Turn to the next or the previous step.
 *
 * @param {1 | -1} by
 * @returns {boolean} whether a part has steps
 */
export function turn(by) {
  for (const each of turning) each(by);
  return turning.size > 0;
}

/** What a part ends before presenter mode ends. @type {Set<() => boolean>} */
const leaving = new Set();

/**
 * Let the key that leaves presenter mode first end what a part shows now.
 *
 * @param {() => boolean} end Ends it; false if there is nothing to end.
 * @returns {() => void} how to stop
 */
export function onLeave(end) {
  leaving.add(end);
  return () => leaving.delete(end);
}

/** End what a part shows now; false if there is nothing to end. */
export const endShown = () => [...leaving].some((end) => end());

/** What can be revealed before all else. @type {Set<() => boolean>} */
const revealing = new Set();

/**
 * Let the key that reveals begin with what a part shows now.
 *
 * @param {() => boolean} revealOne Reveals one thing; false if there is none.
 * @returns {() => void} how to stop
 */
export function onReveal(revealOne) {
  revealing.add(revealOne);
  return () => revealing.delete(revealOne);
}

/** Reveal what a part shows now; false if nothing of it is hidden. */
export const revealNext = () => [...revealing].some((revealOne) => revealOne());

/** What chooses a class. @type {Set<(k: number, output: boolean) => void>} */
const choosing = new Set();

/**
 * Let keys choose a class.
 *
 * @param {(k: number, output: boolean) => void} choose Called with a class, and whether its raw output is
 *   meant rather than its probability.
 * @returns {() => void} how to stop
 */
export function onChoice(choose) {
  choosing.add(choose);
  return () => choosing.delete(choose);
}

/**
 * @param {number} k
 * @param {boolean} output
 */
export function choose(k, output) {
  // What stood out belongs to the cell that was chosen before.
  point("");
  for (const each of choosing) each(k, output);
}
