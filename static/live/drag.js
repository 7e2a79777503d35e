// Turns pointers and keys into values: a number along a bar, or a place in a plane. What a value means is up
// to the caller. Each handle follows one pointer, so two fingers can hold two handles.

/** @typedef {readonly [lowest: number, highest: number]} Limits */

/**
 * How a handle turns gestures into values, and what it calls with them.
 *
 * @template V A number along a bar, or a place in a plane.
 * @typedef {object} Draggable
 * @property {() => V} value The value as it is now.
 * @property {(start: V, right: number, down: number) => V} at The value away from `start` by so many widths and
 *   heights of the field.
 * @property {() => Element} [field] What the handle moves over, if that is not the handle itself.
 * @property {(event: KeyboardEvent, value: V) => V | null} next The value that a key leads to, if any.
 * @property {() => V} [initial] What a double-click returns to.
 * @property {(value: V) => void} input Show a value.
 * @property {() => void} commit Keep the value that is shown.
 * @property {() => void} grab From here on, the user is ahead of Python.
 * @property {() => void} drop The user is no longer ahead.
 * @property {() => boolean} [locked] Whether the value cannot be changed now.
 */

// A key may repeat, and people press it several times in a row: the value is committed once they pause.
const PAUSE = 400; // ms

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Make a handle (role="slider") move by pointer and by keyboard.
 *
 * @template V
 * @param {HTMLElement | SVGElement} handle
 * @param {Draggable<V>} draggable
 */
export function makeDraggable(
  handle,
  { value, at, field = () => handle, next, initial, input, commit, grab, drop, locked },
) {
  /** @type {{ pointer: number, x: number, y: number, start: V, width: number, height: number } | null} */
  let drag = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  let unsaved = false;

  /** @param {boolean} keep Whether the value stays; otherwise the drag is undone. */
  const finish = (keep) => {
    if (!drag) return;
    const { pointer, start } = drag;
    drag = null;
    if (handle.hasPointerCapture(pointer)) handle.releasePointerCapture(pointer);
    handle.classList.remove("held");
    if (!keep) input(start);
    drop();
    if (keep && !same(value(), start)) commit();
  };

  const save = () => {
    clearTimeout(pause);
    if (!unsaved) return;
    unsaved = false;
    drop();
    commit();
  };

  // Otherwise a drag selects the text that it passes, and the next drag moves that text, not the handle.
  handle.onmousedown = (event) => event.preventDefault();

  handle.onpointerdown = (event) => {
    if (event.button !== 0 || drag || locked?.()) return;
    save();
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    // Measured once: at each move, the browser would have to lay out the page first. The size on the screen
    // differs from that in the layout where the page is scaled.
    const { width, height } = field().getBoundingClientRect();
    drag = { pointer: event.pointerId, x: event.clientX, y: event.clientY, start: value(), width, height };
    handle.classList.add("held");
    grab();
  };
  /** @param {PointerEvent} event */
  const isHolder = (event) => drag?.pointer === event.pointerId;
  /** @param {PointerEvent} event @returns {boolean} whether it is the pointer that holds the handle */
  const move = (event) => {
    if (drag?.pointer !== event.pointerId) return false;
    const right = (event.clientX - drag.x) / drag.width;
    const down = (event.clientY - drag.y) / drag.height;
    input(right || down ? at(drag.start, right, down) : drag.start);
    return true;
  };
  handle.onpointermove = move;
  // The place of the release counts: a busy browser may have reported no move on the way there.
  handle.onpointerup = (event) => move(event) && finish(true);
  // The browser has taken the gesture over, for a scroll or because it was a palm. The drag was not intended.
  handle.onpointercancel = (event) => isHolder(event) && finish(false);
  handle.onlostpointercapture = (event) => isHolder(event) && finish(true);

  handle.ondblclick = () => {
    if (!initial || locked?.() || same(value(), initial())) return;
    input(initial());
    commit();
  };

  handle.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || locked?.()) return;
    if (event.key === "Escape" && drag) {
      finish(false);
    } else {
      const found = next(event, value());
      if (found === null || drag) return;
      clearTimeout(pause);
      if (!unsaved) grab();
      unsaved = true;
      input(found);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  handle.onkeyup = () => {
    if (!unsaved) return;
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
  };
  handle.onblur = save;
}

/** @param {number} number @param {Limits} limits */
export const clamp = (number, [low, high]) => Math.min(high, Math.max(low, number));

/**
 * Round to 10 decimals, so that 0.1 + 0.2 is the 0.3 that the user expects.
 *
 * @param {number} value
 */
const tidy = (value) => Number(value.toFixed(10));

/**
 * @typedef {object} SliderSteps
 * @property {(value: number, by: number) => number} step The value so many steps on.
 * @property {() => Limits} limits The range of values that steps can reach.
 * @property {() => Limits} ends Where Home and End lead: the ends of what is shown.
 */

/**
 * What the keys of a slider do, as the `next` of a `Draggable`.
 *
 * @param {SliderSteps} steps
 * @returns {(event: KeyboardEvent, value: number) => number | null}
 */
export const sliderKeys =
  ({ step, limits, ends }) =>
  (event, value) => {
    /** @param {number} steps */
    const by = (steps) => clamp(tidy(step(value, steps)), limits());
    switch (event.key) {
      case "ArrowRight":
      case "ArrowUp":
        return by(event.shiftKey ? 10 : 1);
      case "ArrowLeft":
      case "ArrowDown":
        return by(event.shiftKey ? -10 : -1);
      case "PageUp":
        return by(10);
      case "PageDown":
        return by(-10);
      case "Home":
        return ends()[0];
      case "End":
        return ends()[1];
      default:
        return null;
    }
  };
