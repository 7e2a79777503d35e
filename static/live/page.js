// What a page's first part does for the whole page: the printed heading, and the report about the browser.

import { sendAlone } from "./commit.js";
import { isPresented } from "./lesson.js";

/** @typedef {import("./messages.js").BrowserCommit} BrowserCommit */

const SETTLED = 250; // ms after the last change of the window's size
const GONE_BACK = 1000; // ms after Back or Forward, by when Python's run for it has begun
const MOST_REPORTS = 5; // of the same size, in case Python does not believe it
const PATIENCE = 4000; // ms until a report that Python has not answered is made again

/** How the report reaches Python. @type {((found: BrowserCommit) => void) | undefined} */
let tell;
/** What was found out about the browser. @type {Promise<BrowserCommit> | undefined} */
let about;
/** The size that was reported last, and how often. */
let last = { size: "", reports: 0 };
/** The size that Python knows; empty if it knows nothing. */
let toldBack = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let changing;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** The size in the report that is not sent or not answered yet; empty if there is none. */
let underWay = "";
/** Whether the page has been presented, so that Python must know each size. */
let wasPresented = false;

const size = () => String([globalThis.innerWidth, globalThis.innerHeight]);

/**
 * Whether Python knows all that matters of a size. In presenter mode everything fills the window; from then on each
 * size matters, because the page must fit again when presenter mode is left. Otherwise the height of a touch screen
 * does not: it changes whenever the keyboard or the address bar comes and goes.
 *
 * @param {string} now
 */
function isKnown(now) {
  wasPresented ||= isPresented();
  if (toldBack === now) return true;
  const byTouch = globalThis.matchMedia?.("(pointer: coarse)").matches;
  return !wasPresented && byTouch && toldBack.split(",")[0] === now.split(",")[0];
}

/** Whether a report has to wait until the window rests; Python itself waits for the first one. */
const waitsForRest = () => changing !== undefined && toldBack !== "";

/** Report what Python does not know yet. */
function report() {
  if (waitsForRest()) return;
  const now = size();
  if (isKnown(now)) {
    clearTimeout(waiting);
    underWay = "";
    return;
  }
  // A part is drawn more than once while Python answers its first report. A second report would only cost a run.
  if (underWay === now) return;
  underWay = now;
  last = { size: now, reports: last.size === now ? last.reports + 1 : 1 };
  if (last.reports > MOST_REPORTS) return;
  about ??= import("./browser.js").then(({ browser }) => browser());
  about.then((found) =>
    sendAlone(() => {
      if (waitsForRest()) {
        underWay = "";
        last.reports -= 1;
        return;
      }
      tell?.({ ...found, width: globalThis.innerWidth, height: globalThis.innerHeight });
      // If the first report is lost on its way, no other run begins, and the page would stay without its charts.
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        underWay = "";
        report();
      }, PATIENCE);
    }),
  );
}

/** Report later. @param {number} ms */
function reportIn(ms) {
  clearTimeout(changing);
  changing = setTimeout(() => {
    changing = undefined;
    if (tell) report();
  }, ms);
}

globalThis.addEventListener?.("resize", () => reportIn(SETTLED));
// Streamlit sends all widgets along with a report. Right after Back or Forward this page still shows the old ones,
// which Python would take for a choice of the user.
globalThis.addEventListener?.("popstate", () => {
  if (changing || underWay) reportIn(GONE_BACK);
});

/**
 * Give the printed page its heading, and tell Python about this browser if it does not know it yet. The
 * modules for both are loaded only after the part is on the page.
 *
 * @param {object} page
 * @param {() => import("./print.js").Heading | null} page.paper Called when the page is printed.
 * @param {number[] | null} page.window The size of the window as Python knows it; null if it never asks.
 * @param {(found: BrowserCommit) => void} page.tellBrowser
 */
export function servePage({ paper, window, tellBrowser }) {
  import("./print.js").then(({ onPaper }) => onPaper(paper));
  if (!window) return;
  tell = tellBrowser;
  toldBack = String(window);
  report();
}
