// The address of what is shown: what "Copy link" copies, and what a click on another page of the app opens.
//
// A page switch is one entry in the history, and its address carries the situation from the first moment. Streamlit's
// own switch empties the query and writes path and query in an order that varies, in one entry or in two. So a click
// on a page is taken here: the whole address is written, and Streamlit is told as if the reader had come there by
// Back or Forward. Relied on, in Streamlit 1.67: at `popstate` it runs the page that the address names with the query
// that it has, and what Python then writes of the address replaces the entry.

import { embedding, linkTold } from "./history.js";
import { tellKept } from "./kept.js";
import { runIsOver } from "../commit.js";

const LONGEST_WAIT = 3000;

// {page, queries: {page: query}, at, kept, open}: `at` is when Python wrote it, `open` a page that is to be opened.
let link = { page: "", queries: {}, at: 0 };
let opened = 0;
const base = new URL("./", document.baseURI);

/** Python wrote links to what is shown; every commit changes them. The newest counts, whoever hears of it last. */
export function tellLink(written) {
  if (written.at > link.at) {
    link = written;
    tellKept(written.kept);
    linkTold(newestLink());
  }
  // Told in every run until the page is there.
  if (written.open && written.open.at > opened) {
    opened = written.open.at;
    openPage(written.open.page, written.open.query);
  }
}

/** The link to what is shown, as of the last commit. */
export const newestLink = () => address(link.page, link.queries[link.page]);

const openings = new Set();

/** Be told when a hand has opened a page. */
export const onOpening = (listener) => openings.add(listener);

function address(page, query) {
  const url = new URL(page, base);
  url.search = query;
  return url.href;
}

function openPage(page, query) {
  const whole = [query, String(new URLSearchParams(embedding(location.href)))].filter(Boolean).join("&");
  history.pushState({}, "", address(page, whole));
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/** Which of the app's pages an address leads to; undefined if to none. */
function pageOf(url) {
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined;
  const page = url.pathname.slice(base.pathname.length).replace(/\/$/, "");
  return Object.hasOwn(link.queries, page) ? page : undefined;
}

/** The link to a page of the app that an event is about. */
function pageLink(event) {
  const anchor = event.composedPath().find((node) => node.matches?.("a[href]:not([disabled])"));
  return { anchor, page: anchor && pageOf(new URL(anchor.href)) };
}

let newest = 0;

document.addEventListener(
  "click",
  (event) => {
    const { page } = pageLink(event);
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button;
    if (page === undefined) return;
    // Streamlit would open the page here, even where a new tab was asked for.
    event.stopImmediatePropagation();
    if (elsewhere) return;
    event.preventDefault();
    newest += 1;
    const mine = newest;
    for (const listener of openings) listener();
    // What was set up a moment ago is in the link once Python knows of it.
    const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
    Promise.race([runIsOver(), longest]).then(() => {
      if (mine === newest && pageOf(new URL(location.href)) !== page) openPage(page, link.queries[page]);
    });
  },
  true,
);

// In a new tab or window, too, a page opens with the situation.
function complete(event) {
  const { anchor, page } = pageLink(event);
  if (page !== undefined) anchor.search = link.queries[page];
}
for (const kind of ["pointerdown", "contextmenu", "keydown", "focusin"])
  document.addEventListener(kind, complete, true);
