// What moves on one part of the page and is felt on another, without a trip to the server.

const temperatures = new Set();
let ahead = null;

/** Be told of every temperature while its slider moves. Returns how to stop. */
export function onTemperature(listener) {
  temperatures.add(listener);
  return () => temperatures.delete(listener);
}

/** The temperature slider moved, ahead of Python. */
export function tellTemperature(value) {
  ahead = value;
  for (const listener of temperatures) listener(value);
}

/** Python has caught up with the temperature slider. */
export function settleTemperature() {
  ahead = null;
}

/** The temperature that the hand has set and Python does not know yet, else null. */
export const temperatureAhead = () => ahead;

const followers = new Set();
let latest = null;

/** Be told of every situation that a board shows, first of the one it shows now. Returns how to stop. */
export function onSituation(listener) {
  followers.add(listener);
  if (latest) listener(latest);
  return () => followers.delete(listener);
}

/** A board shows {z, temperature, i, j}: called on every move of the hand. */
export function tellSituation(state) {
  latest = state;
  for (const listener of followers) listener(state);
}

const played = new Set();

/** Be told of raw outputs that something else than a hand moves: a descent that is played. Returns how to stop. */
export function onPlayed(listener) {
  played.add(listener);
  return () => played.delete(listener);
}

/** Let every board show these raw outputs, ahead of Python. */
export function tellPlayed(z) {
  for (const listener of played) listener(z);
}

const hands = new Set();

/** Be told when a hand takes hold of a raw output. Returns how to stop. */
export function onHand(listener) {
  hands.add(listener);
  return () => hands.delete(listener);
}

/** A hand has taken hold. */
export function tellHand() {
  for (const listener of hands) listener();
}

/** What a hand can press, Streamlit's or ours. */
export const CONTROLS = "a[href], button, input, select, [role=slider], [role=combobox], [role=option]";

/** Be told when a hand goes for a control outside `root`: what it does there reaches Python. Returns how to stop. */
export function onControlElsewhere(root, listener) {
  const hear = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    const path = event.composedPath();
    if (!path.includes(root) && path.some((node) => node.matches?.(CONTROLS))) listener();
  };
  // Before the control itself hears of it.
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, hear, true);
  return () => {
    for (const kind of ["pointerdown", "keydown"]) document.removeEventListener(kind, hear, true);
  };
}

let wholeRun = () => {};

/** Name who can make Python run the whole page: a component outside every fragment. */
export function canAskForWholeRun(ask) {
  wholeRun = ask;
}

export const askForWholeRun = () => wholeRun();
