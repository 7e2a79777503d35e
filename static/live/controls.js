// What a hand can press, and how a part hears that a hand goes for something outside of it.

/** What a hand can press, Streamlit's or ours. */
export const CONTROLS = "a[href], button, input, select, [role=slider], [role=combobox], [role=option]";

/**
 * Call `listener` when a hand goes for a control outside `root`: what it does there reaches Python.
 *
 * @param {Element} root
 * @param {() => void} listener
 * @returns {() => void} how to stop
 */
export function onControlElsewhere(root, listener) {
  /** @param {Event} event */
  const hear = (event) => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    const path = event.composedPath();
    if (path.includes(root)) return;
    if (path.some((node) => node instanceof Element && node.matches(CONTROLS))) listener();
  };
  // Before the control itself hears of it.
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, hear, true);
  return () => {
    for (const kind of ["pointerdown", "keydown"]) document.removeEventListener(kind, hear, true);
  };
}
