// After Back and Forward, the address and what is shown agree.
//
// Three things go wrong otherwise. Streamlit ignores Back until it knows the app's pages, as after a reload: the
// address has changed, the page has not. A commit that was under way when Back was pressed writes its address
// afterwards. And a message of a part that is being left makes Streamlit run that part alone, which the new page does
// not have: the page stays empty, or is emptied after it was there. So once a hand has gone back or forward and
// everything is at rest, the address is compared with the link that Python told last. Where they differ, where Python
// told nothing or where nothing is left, Streamlit is told of Back once more; after that, what is shown gives the
// address.

import { runIsOver } from "../commit.js";

const SILENCE = 700; // ms after a run in which the parts of a page that is there would have told their link
const MOST_REPEATS = 3;

// Every page has a part of ours. What app.py itself draws, the list of the pages, stays when Streamlit empties a page.
const PART = '[data-testid="stMain"] [data-testid^="stBidiComponent"]';

let went = null; // the address that a hand went to last
let told = null; // the link to what is shown, since then
let again = false; // whether Streamlit has been told twice
let checks = 0;
let visits = 0;

// This module may have been loaded after a hand was quick.
const loaded = performance.getEntriesByType("navigation")[0]?.name;
if (loaded && loaded !== location.href) wentTo();

window.addEventListener("popstate", (event) => {
  if (!event.repeated) wentTo();
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
    if (mine !== visits || (told !== null && document.querySelector(PART))) return;
    if (repeats < MOST_REPEATS) repeat();
  }
}

function repeat() {
  window.dispatchEvent(
    Object.assign(new PopStateEvent("popstate", { state: history.state }), { repeated: true }),
  );
}

/** Python told the link to what is shown. */
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

const embeds = ([name]) => name.startsWith("embed");

/** What an address says of how the app is embedded: of what is shown it says nothing. */
export const embedding = (href) => [...new URL(href).searchParams].filter(embeds);

const page = (href) => new URL(href).pathname.replace(/\/$/, "");

function same(first, second) {
  const parts = (href) => {
    const shown = [...new URL(href).searchParams].filter((parameter) => !embeds(parameter));
    return [page(href), ...shown.map(String).sort()];
  };
  return JSON.stringify(parts(first)) === JSON.stringify(parts(second));
}
