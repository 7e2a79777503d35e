// The sidebar of a narrow window is a drawer. It closes when the user chooses a page in it, and is closed
// when the app is opened.

import { onOpening } from "./address.js";
import { CLOSES_DRAWER, DRAWER_STATE, HAS_DRAWER } from "../streamlit.js";

const isDrawer = () => window.matchMedia(HAS_DRAWER).matches;

/** Make Streamlit forget that the drawer was open, so that the next visit starts with it closed. */
function forget() {
  if (!isDrawer()) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(DRAWER_STATE)) localStorage.removeItem(key);
}

function close() {
  if (!isDrawer()) return;
  /** @type {HTMLElement | null} */ (document.querySelector(CLOSES_DRAWER))?.click();
}

let watching = false;

/** Watch the drawer. Every call after the first one does nothing. */
export function watchDrawer() {
  if (watching) return;
  watching = true;
  // A phone may end a page that is in the background without another event.
  window.addEventListener("pagehide", forget);
  document.addEventListener("visibilitychange", () => document.hidden && forget());
  onOpening(close);
}
