// Turning pointer and keyboard into values of one slider; it knows nothing of what the value means.

/** Round to 10 decimals: 0.1 + 0.2 is 0.3 to the person who pressed the key. */
const tidy = (value) => Number(value.toFixed(10));

// A key may repeat, and people press it several times: one commit once they pause.
const PAUSE = 400;

/**
 * Make `handle` (role="slider") move by hand.
 *
 * `value()` reads it, `at(start, pixels)` gives the value `pixels` to the right of `start`, `step(value, by)`
 * moves by keyboard steps, `ends()` are the smallest and largest value, `home()` is where it started,
 * `input(value)` shows a value, `commit()` keeps it; between `grab()` and `drop()` the hand is ahead of Python.
 */
export function makeDraggable(handle, { value, at, step, ends, home, input, commit, grab, drop }) {
  let drag = null;
  let pause = 0;

  const finish = (keep) => {
    if (!drag) return;
    const { pointer, start } = drag;
    drag = null;
    if (handle.hasPointerCapture(pointer)) handle.releasePointerCapture(pointer);
    handle.classList.remove("held");
    if (!keep) input(start);
    drop?.();
    if (keep && value() !== start) commit();
  };

  const save = () => {
    clearTimeout(pause);
    pause = 0;
    if (!("unsaved" in handle.dataset)) return;
    delete handle.dataset.unsaved;
    drop?.();
    commit();
  };

  // Without this a press selects text on its way, and the next one drags that text instead of the bar.
  handle.onmousedown = (event) => event.preventDefault();

  handle.onpointerdown = (event) => {
    if (event.button !== 0 || !event.isPrimary || drag) return;
    save();
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    drag = { pointer: event.pointerId, x: event.clientX, start: value() };
    handle.classList.add("held");
    grab?.();
  };
  const move = (event) => {
    if (drag?.pointer !== event.pointerId) return false;
    const moved = event.clientX - drag.x;
    input(moved === 0 ? drag.start : clamp(at(drag.start, moved), ends()));
    return true;
  };
  handle.onpointermove = move;
  // Where it is let go counts, also when a busy browser has told of no move on the way.
  handle.onpointerup = (event) => move(event) && finish(true);
  // The browser took the gesture over (a scroll, a palm): nothing was meant.
  handle.onpointercancel = (event) => drag?.pointer === event.pointerId && finish(false);
  handle.onlostpointercapture = () => finish(true);

  handle.ondblclick = () => {
    if (value() === home()) return;
    input(home());
    commit();
  };

  handle.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && drag) {
      finish(false);
    } else {
      const next = nextValue(event, value(), step, ends());
      if (next === null || drag) return;
      clearTimeout(pause);
      pause = 0;
      if (!("unsaved" in handle.dataset)) grab?.();
      handle.dataset.unsaved = "";
      input(clamp(tidy(next), ends()));
    }
    event.preventDefault();
    event.stopPropagation();
  };
  handle.onkeyup = () => {
    if (!("unsaved" in handle.dataset)) return;
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
  };
  handle.onblur = save;
}

const clamp = (number, [low, high]) => Math.min(high, Math.max(low, number));

function nextValue(event, now, step, [low, high]) {
  switch (event.key) {
    case "ArrowRight":
    case "ArrowUp":
      return step(now, event.shiftKey ? 10 : 1);
    case "ArrowLeft":
    case "ArrowDown":
      return step(now, event.shiftKey ? -10 : -1);
    case "PageUp":
      return step(now, 10);
    case "PageDown":
      return step(now, -10);
    case "Home":
      return low;
    case "End":
      return high;
    default:
      return null;
  }
}
