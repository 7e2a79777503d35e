// What this app knows about Streamlit's page: how its elements are named and what it keeps in the browser.
// The names were seen in Streamlit 1.67. If a later version uses other names, change this file and
// streamlit.css.

/** @param {string} name The `data-testid` that Streamlit gives to an element. */
const named = (name) => `[data-testid="${name}"]`;

/** @param {string[]} names */
const anyOf = (...names) => `:is(${names.map(named).join(", ")})`;

/** The element that React puts the whole page into. */
export const ROOT = "#root";
/** The app; it has the colours and the font of the theme. */
export const APP = named("stApp");
/** Everything except the sidebar: the list of pages, and the page. */
export const MAIN = named("stMain");
/** The column that holds what the Python script of a page draws. */
export const PAGE = named("stMainBlockContainer");

/** The nested boxes that lay out a page. */
export const BOXES = anyOf(
  "stAppViewContainer",
  "stMain",
  "stMainBlockContainer",
  "stLayoutWrapper",
  "stVerticalBlock",
  "stHorizontalBlock",
  "stColumn",
);

/** Elements that are on the screen but are not part of a page's content. */
export const AROUND = anyOf(
  "stSidebar",
  "stHeader",
  "stToolbar",
  "stStatusWidget",
  "stAppIframeResizerAnchor",
  "stExpandSidebarButton",
  "stSkipToContent",
);

/** The box around each single thing that Python draws. */
export const ELEMENT = named("stElementContainer");
/** A component of the second kind: in this app, one of the modules in parts/. */
export const PART = '[data-testid^="stBidiComponent"]';
/** A chart of `st.plotly_chart`. */
export const CHART = named("stPlotlyChart");
/** The box around a chart that can fill the screen. */
export const FRAME = named("stFullScreenFrame");
/** A text of `st.caption`. */
export const CAPTION = named("stCaptionContainer");

/** The element with this key in Python. @param {string} key */
export const keyed = (key) => `.st-key-${CSS.escape(key)}`;

/** Elements whose key in Python begins like this. @param {string} start */
export const keyedLike = (start) => `[class*="st-key-${start}"]`;

/** An element of the last run that is still shown until its successor has been drawn. */
export const RETAINED = "[data-retained]";

/** Present while Python is running or has been asked to run. */
export const RUNNING = '[data-test-script-state="running"], [data-test-script-state="rerunRequested"]';

/** The media query under which the sidebar is a drawer that lies upon the page. */
export const HAS_DRAWER = "(max-width: 768px)";
const OPEN_SIDEBAR = `${named("stSidebar")}[data-collapsed="false"]`;
/** The button that closes the drawer, while the drawer is open. */
export const CLOSES_DRAWER = `${OPEN_SIDEBAR} ${named("stSidebarCollapseButton")} button`;
/** The beginning of the `localStorage` keys that keep the drawer's state between visits. */
export const DRAWER_STATE = "stSidebarCollapsed-";

const CONNECTION = "data-test-connection-state";
/** What Streamlit asks for before it connects again; server/early_links.py names the same. */
const QUESTIONS = ["_stcore/health", "_stcore/host-config"];
const DIALOG = named("stDialog");
/** The heading of the dialog that says that the connection is lost. */
const LOST = "Connection error";

/**
 * Follow whether the server can be reached.
 *
 * @param {(connected: boolean) => void} follow Called when that changes.
 * @returns {() => void} how to stop
 */
export function onConnection(follow) {
  const app = document.querySelector(APP);
  if (!app?.hasAttribute(CONNECTION)) return () => {};
  const now = () => app.getAttribute(CONNECTION) === "CONNECTED";
  let last = now();
  const watching = new MutationObserver(() => {
    if (now() === last) return;
    last = now();
    follow(last);
  });
  watching.observe(app, { attributeFilter: [CONNECTION] });
  return () => watching.disconnect();
}

/**
 * Ask already what Streamlit asks for before it connects again. After a lost connection it waits a quarter to half
 * a second with that; then its `fetch` takes the answer that is already on its way.
 */
export function askAhead() {
  for (const question of QUESTIONS) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous" });
    link.href = new URL(question, document.baseURI).href;
    // Left in the page, it would be asked only once.
    link.onload = link.onerror = () => link.remove();
    document.head.append(link);
  }
}

/**
 * Close Streamlit's dialog about a lost connection as soon as it appears, because nothing behind a dialog can
 * be dragged. Streamlit opens no other before it is connected again.
 *
 * @returns {() => void} how to stop
 */
export function closeConnectionDialog() {
  const watching = new MutationObserver(() => {
    for (const dialog of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(DIALOG))) {
      if (dialog.querySelector("h2")?.textContent !== LOST) continue;
      dialog.style.display = "none";
      /** @type {HTMLElement | null} */ (dialog.querySelector('button[aria-label="Close"]'))?.click();
    }
  });
  watching.observe(document.body, { childList: true });
  return () => watching.disconnect();
}
