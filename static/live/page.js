// What a page's first part does for the whole page: the printed heading, and the report about the browser.

import { sendAlone } from "./commit.js";
import { isPresented } from "./lesson.js";

/** @typedef {import("./messages.js").BrowserCommit} BrowserCommit */

const SETTLED = 250; // ms after the last change of the window's size

/** How the report reaches Python. @type {((found: BrowserCommit) => void) | undefined} */
let tell;
/** The size of the window as Python knows it. */
let told = "";
/** What was found out about the browser. @type {Promise<BrowserCommit> | undefined} */
let known;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let changing;

const size = () => `${window.innerWidth} ${window.innerHeight}`;

function report() {
  told = size();
  known ??= import("./browser.js").then(({ browser }) => browser());
  known.then((found) =>
    sendAlone(() => tell?.({ ...found, width: window.innerWidth, height: window.innerHeight })),
  );
}

// In presenter mode everything fills the window, so Python must know its size.
globalThis.addEventListener?.("resize", () => {
  clearTimeout(changing);
  changing = setTimeout(() => isPresented() && told !== size() && report(), SETTLED);
});

/**
 * Give the printed page its heading, and tell Python about this browser if it does not know it yet. The
 * modules for both are loaded only after the part is on the page.
 *
 * @param {object} page
 * @param {() => import("./print.js").Heading | null} page.paper Called when the page is printed.
 * @param {boolean} page.browserUnknown Whether Python asks about the browser.
 * @param {(found: BrowserCommit) => void} page.tellBrowser
 */
export function servePage({ paper, browserUnknown, tellBrowser }) {
  import("./print.js").then(({ onPaper }) => onPaper(paper));
  tell = tellBrowser;
  if (browserUnknown || (isPresented() && told !== size())) report();
}
