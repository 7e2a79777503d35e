// What a page needs from its first part besides what the part shows: a heading on paper, news of the browser.

import { sendAlone } from "./commit.js";

/** @typedef {import("./messages.js").BrowserCommit} BrowserCommit */

/**
 * Give a printed page its heading, and tell Python about this browser if it does not know it yet. The modules
 * for that are loaded when the part is already there.
 *
 * @param {object} page
 * @param {() => import("./print.js").Heading} page.paper Called when the page is printed.
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
