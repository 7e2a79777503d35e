// After Back and Forward, the address and what is shown agree.
//
// Two things go wrong otherwise. Streamlit ignores Back until it knows the app's pages, as after a reload: the address
// has changed, the page has not. And a commit that was under way when Back was pressed writes its address afterwards.
// So once a hand has gone back or forward and everything is at rest, the address is compared with the link that Python
// told last. Where they differ, Streamlit is told of Back once more; after that, what is shown gives the address.

import { runIsOver } from "./pending.js";

let went = null; // the address that a hand went to last
let told = null; // the link to what is shown, since then
let again = false; // whether Streamlit has been told twice
let checks = 0;

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
}

/** Python told the link to what is shown. */
export function linkTold(href) {
  if (went === null) return;
  told = href;
  check();
}

async function check() {
  const mine = (checks += 1);
  await runIsOver();
  if (mine !== checks || told === null || same(told, location.href)) return;
  if (location.href === went && !again) {
    again = true;
    window.dispatchEvent(Object.assign(new PopStateEvent("popstate", { state: history.state }), { repeated: true }));
  } else if (page(told) === page(location.href)) {
    const address = new URL(told);
    for (const [name, value] of embedding(location.href)) address.searchParams.append(name, value);
    history.replaceState(history.state, "", address);
  }
}

/** What an address says of how the app is embedded: of what is shown it says nothing. */
export const embedding = (href) => [...new URL(href).searchParams].filter(([name]) => name.startsWith("embed"));

const page = (href) => new URL(href).pathname.replace(/\/$/, "");

function same(first, second) {
  const parts = (href) => {
    const shown = [...new URL(href).searchParams].filter(([name]) => !name.startsWith("embed"));
    return [page(href), ...shown.map(String).sort()];
  };
  return JSON.stringify(parts(first)) === JSON.stringify(parts(second));
}
