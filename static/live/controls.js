// The controls that a user can press, and how a part learns that one outside it is pressed.

/** Everything a user can press: Streamlit's controls and this app's. */
export const CONTROLS = "a[href], button, input, select, [role=slider], [role=combobox], [role=option]";

/**
 * Call `listener` when a control outside `root` is pressed, by pointer or key, because that press will reach
 * Python.
 *
 * @param {Element} root
 * @param {() => void} listener
 * @returns {() => void} how to stop
 */
export function onControlElsewhere(root, listener) {
  /** @param {Event} event */
  const listen = (event) => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    const path = event.composedPath();
    if (path.includes(root)) return;
    if (path.some((node) => node instanceof Element && node.matches(CONTROLS))) listener();
  };
  // Before the control itself receives the event.
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, listen, true);
  return () => {
    for (const kind of ["pointerdown", "keydown"]) document.removeEventListener(kind, listen, true);
  };
}
