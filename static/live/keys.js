// Which key does what in a lesson, and when it must not: while someone types, drags or uses a control.

/**
 * @typedef {object} Action
 * @property {"present" | "next" | "previous" | "choose" | "hide" | "screen" | "start" | "card" | "leave"} name
 * @property {{ k: number, output: boolean }} [class] The class that is chosen, and whether its raw output is
 *   meant.
 */

/** @type {Record<string, Action["name"] | undefined>} */
const KEYS = {
  p: "present",
  PageDown: "next",
  ArrowRight: "next",
  ArrowDown: "next",
  PageUp: "previous",
  ArrowLeft: "previous",
  ArrowUp: "previous",
  h: "hide",
  f: "screen",
  z: "start",
  "?": "card",
  Escape: "leave",
};

const TYPING =
  "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=combobox], [role=textbox]";
/** Controls that have a use of their own for the keys that move. */
const MOVED =
  "[role=slider], [role=radio], input[type=radio], [role=gridcell], " +
  "[role=option], [role=tab], [role=spinbutton], [role=menuitem]";
const OVERLAY = "[role=dialog], [role=listbox], [role=menu], dialog[open]";

/**
 * The action that a key asks for.
 *
 * @param {KeyboardEvent} event
 * @returns {Action | null}
 */
export function actionOf({ key, code, shiftKey, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey) return null;
  // With Shift, a digit is another sign on most keyboards, so the place of the key counts.
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  if (digit) return { name: "choose", class: { k: Number(digit[1]) - 1, output: shiftKey } };
  const name = KEYS[key.length === 1 ? key.toLowerCase() : key];
  return name && (!shiftKey || key === "?" || key.length === 1) ? { name } : null;
}

/** Whether the element with the focus was reached with the keyboard, so that its own keys count. */
let byKeyboard = false;
globalThis.document?.addEventListener(
  "keydown",
  ({ key }) => {
    if (key === "Tab") byKeyboard = true;
  },
  true,
);

let pressed = 0;
for (const [kind, by] of /** @type {const} */ ([
  ["pointerdown", 1],
  ["pointerup", -1],
  ["pointercancel", -1],
]))
  globalThis.document?.addEventListener(
    kind,
    () => {
      pressed = Math.max(0, pressed + by);
      byKeyboard = false;
    },
    true,
  );

// A release outside the window is never reported.
globalThis.document?.addEventListener(
  "pointermove",
  ({ buttons, pointerType }) => {
    if (pointerType === "mouse" && !buttons) pressed = 0;
  },
  true,
);

/**
 * Whether a key belongs to something else: a field in which the user types, a control that was reached with
 * the keyboard and moves by it, a dialog or list that is open, or a drag. After a click on a control, the keys
 * of a clicker still turn to the next step.
 *
 * @param {KeyboardEvent} event
 * @param {Action} action
 * @param {boolean} clicker Whether the keys may come from a clicker, as in presenter mode.
 */
export function isBusy(event, { name }, clicker) {
  if (event.repeat || pressed > 0) return true;
  const path = event.composedPath().filter((node) => node instanceof Element);
  const onTarget = (/** @type {string} */ what) => path.some((node) => node.matches(what));
  const moves = name === "next" || name === "previous";
  // In a box for a number, a clicker's keys mean nothing else.
  const clicked = clicker && (event.key === "PageDown" || event.key === "PageUp");
  if (onTarget(TYPING) && !clicked) return true;
  if ((moves && (byKeyboard || !clicker) && onTarget(MOVED)) || onTarget(OVERLAY)) return true;
  return [...document.querySelectorAll(OVERLAY)].some((node) => node.checkVisibility?.() ?? true);
}
