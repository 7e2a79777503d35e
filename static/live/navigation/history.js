// Makes the address and what is shown agree after Back and Forward.
//
// Without this file, three things go wrong. Streamlit ignores Back until it knows the app's pages, for
// instance after a reload: the address has changed, the page has not. A commit that was under way when the
// user pressed Back writes its address afterwards. And a message from a part of the old page makes Streamlit
// run that part alone. The new page does not have it, so the page stays or becomes empty.
//
// So after Back or Forward, once nothing moves any more, this file compares the address with the link that
// Python sent last. If they differ, if Python sent no link, or if the page is empty, it reports Back to
// Streamlit again. If they still differ then, it changes the address to that of what is shown.

import { runIsOver } from "../commit.js";
import { keyed, MAIN, PART } from "../streamlit.js";

const SILENCE = 700; // ms after a run, by when the parts of a complete page would have sent their link
const MOST_REPEATS = 3;

// Every page has a part. What leads a lesson does not count: it stays even if the page is empty.
const PART_OF_PAGE = `${MAIN} ${PART}:not(${keyed("lead")} *)`;

/** An event that this file sends to Streamlit; the user has not pressed Back or Forward. */
class Repeated extends PopStateEvent {}

/** The address that the user went to last, by Back or Forward. @type {string | null} */
let went = null;
/** The link to what is shown, if Python has sent it since then. @type {string | null} */
let told = null;
/** Whether Back was reported to Streamlit again because the address differed. */
let again = false;
let checks = 0;
let visits = 0;

// The user may have pressed Back before this module was loaded.
const loaded = performance.getEntriesByType("navigation")[0]?.name;
if (loaded && loaded !== location.href) wentTo();

window.addEventListener("popstate", (event) => {
  if (!(event instanceof Repeated)) wentTo();
});

function wentTo() {
  went = location.href;
  told = null;
  again = false;
  repeatIfNothingComes();
}

async function repeatIfNothingComes() {
  visits += 1;
  const mine = visits;
  for (let repeats = 0; repeats <= MOST_REPEATS; repeats += 1) {
    await runIsOver();
    await new Promise((resolve) => setTimeout(resolve, SILENCE));
    await runIsOver();
    if (mine !== visits || (told !== null && document.querySelector(PART_OF_PAGE))) return;
    if (repeats < MOST_REPEATS) repeat();
  }
}

function repeat() {
  window.dispatchEvent(new Repeated("popstate", { state: history.state }));
}

/**
 * Take the link to what is shown, which Python has just sent.
 *
 * @param {string} href
 */
export function linkTold(href) {
  if (went === null) return;
  told = href;
  check();
}

async function check() {
  checks += 1;
  const mine = checks;
  await runIsOver();
  if (mine !== checks || told === null || same(told, location.href)) return;
  if (location.href === went && !again) {
    again = true;
    repeat();
  } else if (page(told) === page(location.href)) {
    const address = new URL(told);
    for (const [name, value] of embedding(location.href)) address.searchParams.append(name, value);
    history.replaceState(history.state, "", address);
  }
}

/** @param {[name: string, value: string]} parameter */
const embeds = ([name]) => name.startsWith("embed");

/**
 * The parameters of an address that say how the app is embedded in another page. They are not part of the
 * situation.
 *
 * @param {string} href
 */
export const embedding = (href) => [...new URL(href).searchParams].filter(embeds);

/** @param {string} href */
const page = (href) => new URL(href).pathname.replace(/\/$/, "");

/**
 * Whether two addresses lead to the same page with the same situation.
 *
 * @param {string} first
 * @param {string} second
 */
function same(first, second) {
  /** @param {string} href */
  const parts = (href) => {
    const shown = [...new URL(href).searchParams].filter((parameter) => !embeds(parameter));
    return [page(href), ...shown.map(String).sort()];
  };
  return JSON.stringify(parts(first)) === JSON.stringify(parts(second));
}
