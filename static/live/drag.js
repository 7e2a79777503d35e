// Turns pointers and keys into values: a number along a bar, or a place in a plane. What a value means is up to
// whoever asks; each handle follows one pointer, so two fingers can hold two of them.

// A key may repeat, and people press it several times: one commit once they pause.
const PAUSE = 400;

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Make `handle` (role="slider") move by hand.
 *
 * `value()` reads the value, `at(start, right, down)` gives the one so many pixels of the screen away from
 * `start`, `next(event, value)` the one a key leads to, or null; `home()`, if there is one, is what a double-click
 * returns to. `input(value)` shows a value and `commit()` keeps it; between `grab()` and `drop()` the hand is ahead
 * of Python.
 */
export function makeDraggable(handle, { value, at, next, home, input, commit, grab, drop }) {
  let drag = null;
  let pause = 0;
  let unsaved = false;

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
    pause = 0;
    if (!unsaved) return;
    unsaved = false;
    drop();
    commit();
  };

  // Without this a press selects text on its way, and the next one drags that text instead of the handle.
  handle.onmousedown = (event) => event.preventDefault();

  handle.onpointerdown = (event) => {
    if (event.button !== 0 || drag) return;
    save();
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    drag = { pointer: event.pointerId, x: event.clientX, y: event.clientY, start: value() };
    handle.classList.add("held");
    grab();
  };
  const isHolder = (event) => drag?.pointer === event.pointerId;
  const move = (event) => {
    if (!isHolder(event)) return false;
    const [right, down] = [event.clientX - drag.x, event.clientY - drag.y];
    input(right || down ? at(drag.start, right, down) : drag.start);
    return true;
  };
  handle.onpointermove = move;
  // Where it is let go counts, also when a busy browser has told of no move on the way.
  handle.onpointerup = (event) => move(event) && finish(true);
  // The browser took the gesture over (a scroll, a palm): nothing was meant.
  handle.onpointercancel = (event) => isHolder(event) && finish(false);
  handle.onlostpointercapture = (event) => isHolder(event) && finish(true);

  handle.ondblclick = () => {
    if (!home || same(value(), home())) return;
    input(home());
    commit();
  };

  handle.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && drag) {
      finish(false);
    } else {
      const found = next(event, value());
      if (found === null || drag) return;
      clearTimeout(pause);
      pause = 0;
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

export const clamp = (number, [low, high]) => Math.min(high, Math.max(low, number));

/** Round to 10 decimals: 0.1 + 0.2 is 0.3 to the person who pressed the key. */
const tidy = (value) => Number(value.toFixed(10));

/**
 * What the keys of a slider do: `step(value, by)` goes `by` steps, no further than to `limits()`; Home and End go to
 * the `ends()` of what is shown.
 */
export const sliderKeys =
  ({ step, limits, ends }) =>
  (event, now) => {
    const by = (steps) => clamp(tidy(step(now, steps)), limits());
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
