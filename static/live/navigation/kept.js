// What the reader of this tab has revealed, answered and played outlives a reload and a new start of the server.
//
// Python tells with every link what a session knows of its reader. A session that has begun after this tab had heard
// of another one is given what was heard then. Between two documents the tab's own storage holds it, together with
// the address: who opens another link, and who opens this one elsewhere, is asked anew.

const KEY = "softmax-kept";
const places = new Map();
const stored = read();
let memory = stored.memory ?? null;
let session = null;

function read() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    return found?.href === location.href ? found : {};
  } catch {
    return {};
  }
}

function store() {
  const played = Object.fromEntries([...places].map(([name, place]) => [name, place()]));
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ href: location.href, memory, places: played }));
  } catch {
    // A browser that stores nothing asks again after a reload.
  }
}

// A phone may end a page that is in the background without another word.
window.addEventListener("pagehide", store);
document.addEventListener("visibilitychange", () => document.hidden && store());

/** Python tells what its session knows of the reader. */
export function tellKept(told) {
  if (told.arrived || told.session === session || memory === null) {
    session = told.session;
    memory = told.memory;
  }
}

/** What a session that Python told of has not heard yet; null if nothing. */
export const notArrived = (told) => (told.arrived || told.session === session ? null : memory);

/** Keep the place of what plays: `place()` is where it is, or null while nothing plays. */
export function keepPlace(name, place) {
  places.set(name, place);
}

/** Where something played when this page was reloaded, once; undefined if it did not. */
export function takePlace(name) {
  const place = stored.places?.[name];
  if (place !== undefined) delete stored.places[name];
  return place ?? undefined;
}
