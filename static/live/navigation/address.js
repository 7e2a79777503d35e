// The address of what is shown. "Copy link" copies it, and a click on another page of the app uses it.
//
// Opening another page makes one entry in the browser's history, whose address holds the situation at once.
// Streamlit's own switch of pages empties the query, and writes path and query in an order that varies, as
// one entry or two. So this file takes over a click on a page: it writes the whole address, and tells
// Streamlit that the user came there by Back or Forward. That relies on what Streamlit 1.67 does: at
// `popstate` it runs the page that the address names, with the address's query, and the query that Python
// then writes replaces the one in that entry.

import { embedding, linkTold } from "./history.js";
import { tellLesson } from "../lesson.js";
import { tellKept } from "./kept.js";
import { runIsOver } from "../commit.js";

/** @typedef {import("../messages.js").LinkMessage} LinkMessage */

const LONGEST_WAIT = 3000; // ms that a page waits to be opened

/** What Python wrote last. @type {Pick<LinkMessage, "page" | "queries" | "at">} */
let link = { page: "", queries: {}, at: 0 };
/** When Python asked for the page that was opened last. */
let opened = 0;
/** The address of the app, below which its pages are. */
export const base = new URL("./", document.baseURI);

/**
 * Take the links to what is shown, which Python writes anew after every commit. Several parts receive them,
 * in any order, so only the newest links count.
 *
 * @param {LinkMessage} written
 */
export function tellLink(written) {
  if (written.at > link.at) {
    link = written;
    tellKept(written.kept);
    tellLesson(written.lesson);
    linkTold(newestLink());
  }
  // Python repeats this in every run until the page is open.
  if (written.open && written.open.at > opened) {
    opened = written.open.at;
    openPage(written.open.page, written.open.query);
  }
}

/** The link to what is shown, as of the last commit. */
export const newestLink = () => address(link.page, link.queries[link.page]);

/** @type {Set<() => void>} */
const openings = new Set();

/** Call `listener` when the user opens a page of the app. @param {() => void} listener */
export const onOpening = (listener) => openings.add(listener);

/**
 * The address of a page of the app.
 *
 * @param {string} page
 * @param {string} query
 */
export function address(page, query) {
  const url = new URL(page, base);
  url.search = query;
  return url.href;
}

/**
 * @param {string} page
 * @param {string} query
 */
function openPage(page, query) {
  const whole = [query, String(new URLSearchParams(embedding(location.href)))].filter(Boolean).join("&");
  history.pushState({}, "", address(page, whole));
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/**
 * The page of the app that an address leads to; undefined if there is none.
 *
 * @param {URL} url
 */
function pageOf(url) {
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined;
  const page = url.pathname.slice(base.pathname.length).replace(/\/$/, "");
  return Object.hasOwn(link.queries, page) ? page : undefined;
}

/**
 * The link that an event targets, if it leads to a page of the app.
 *
 * @param {Event} event
 */
function pageLink(event) {
  const found = event
    .composedPath()
    .find((node) => node instanceof HTMLAnchorElement && node.matches("a[href]:not([disabled])"));
  const anchor = /** @type {HTMLAnchorElement | undefined} */ (found);
  const page = anchor && pageOf(new URL(anchor.href));
  return anchor && page !== undefined ? { anchor, page } : null;
}

let newest = 0;

document.addEventListener(
  "click",
  (event) => {
    const found = pageLink(event);
    if (!found) return;
    // Otherwise Streamlit would open the page here, even if the user asked for a new tab.
    event.stopImmediatePropagation();
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    event.preventDefault();
    newest += 1;
    const mine = newest;
    for (const listener of openings) listener();
    // The link contains a very recent change only after Python has received it.
    const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
    Promise.race([runIsOver(), longest]).then(() => {
      if (mine !== newest || pageOf(new URL(location.href)) === found.page) return;
      openPage(found.page, link.queries[found.page]);
    });
  },
  true,
);

/**
 * Add the situation to a link before it is followed, so that a page opened in a new tab or window has it,
 * too.
 *
 * @param {Event} event
 */
function complete(event) {
  const found = pageLink(event);
  if (found) found.anchor.search = link.queries[found.page];
}
for (const kind of ["pointerdown", "contextmenu", "keydown", "focusin"])
  document.addEventListener(kind, complete, true);
