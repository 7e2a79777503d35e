// What a page's first part does for the whole page: the printed heading, and the report about the browser.

import { sendAlone } from "./commit.js";

/** @typedef {import("./messages.js").BrowserCommit} BrowserCommit */

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
  if (browserUnknown)
    import("./browser.js")
      .then(({ browser }) => browser())
      .then((found) => sendAlone(() => tellBrowser(found)));
}
