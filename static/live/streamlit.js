// What this app knows about Streamlit's page: how its elements are named and what it keeps in the browser.
// The names were seen in Streamlit 1.67. Should a later version use others, this file and streamlit.css are
// the ones to change.

/** @param {string} name The `data-testid` that Streamlit gives to an element. */
const named = (name) => `[data-testid="${name}"]`;

/** @param {string[]} names */
const anyOf = (...names) => `:is(${names.map(named).join(", ")})`;

/** The element that React puts the whole page into. */
export const ROOT = "#root";
/** The app; it has the colours and the font of the theme. */
export const APP = named("stApp");
/** All that is beside the sidebar: the list of pages, and the page. */
export const MAIN = named("stMain");
/** The column that holds what the Python script of a page draws. */
export const PAGE = named("stMainBlockContainer");

/** The boxes that lay out a page, one inside the other. */
export const BOXES = anyOf(
  "stAppViewContainer",
  "stMain",
  "stMainBlockContainer",
  "stLayoutWrapper",
  "stVerticalBlock",
  "stHorizontalBlock",
  "stColumn",
);

/** What belongs to the app on the screen but not to the content of a page. */
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

/** What was given this key in Python. @param {string} key */
export const keyed = (key) => `.st-key-${CSS.escape(key)}`;

/** What was given a key in Python that begins like this. @param {string} start */
export const keyedLike = (start) => `[class*="st-key-${start}"]`;

/** An element of the last run that is still shown until its successor has been drawn. */
export const RETAINED = "[data-retained]";

/** Present while Python runs, or has been asked to. */
export const RUNNING = '[data-test-script-state="running"], [data-test-script-state="rerunRequested"]';

/** The media query under which the sidebar is a drawer that lies upon the page. */
export const HAS_DRAWER = "(max-width: 768px)";
const OPEN_SIDEBAR = `${named("stSidebar")}[data-collapsed="false"]`;
/** The button that closes the drawer, while the drawer is open. */
export const CLOSES_DRAWER = `${OPEN_SIDEBAR} ${named("stSidebarCollapseButton")} button`;
/** How the keys in `localStorage` begin under which the drawer's state outlives a visit. */
export const DRAWER_STATE = "stSidebarCollapsed-";
