// The drawer of a narrow window: it closes once a page was chosen in it, and is closed when a link is opened.

import { onOpening } from "./address.js";

const NARROW = "(max-width: 768px)"; // as Streamlit's own drawer
const KEPT = "stSidebarCollapsed-"; // where Streamlit keeps, from one visit to the next, whether it is open

const narrow = () => window.matchMedia(NARROW).matches;

function forget() {
  if (!narrow()) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEPT)) localStorage.removeItem(key);
}

function close() {
  if (narrow())
    document
      .querySelector(
        "[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button",
      )
      ?.click();
}

let watching = false;

/** Watch the drawer, once for each page of the browser. */
export function watchDrawer() {
  if (watching) return;
  watching = true;
  // A phone may end a page that is in the background without another word.
  window.addEventListener("pagehide", forget);
  document.addEventListener("visibilitychange", () => document.hidden && forget());
  onOpening(close);
}
