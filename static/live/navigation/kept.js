// What the user has revealed, answered and played in this tab outlives a reload, and a restart of the server.
//
// With every link, Python tells what its session knows of the user. A session that begins after this tab has
// heard of another one is told what the tab had heard by then. From one load of the page to the next, the
// tab's `sessionStorage` keeps it together with the address: it is used only under the same address. So
// whoever opens another link, or this one elsewhere, is asked everything anew.

/** @typedef {import("../messages.js").KeptMessage} KeptMessage */
/** @typedef {KeptMessage["memory"]} Memory */

/**
 * @typedef {object} Stored
 * @property {string} [href]
 * @property {Memory | null} [memory]
 * @property {Record<string, number | null>} [places]
 */

const KEY = "softmax-kept";
/** Where each thing that can play is now, by name. @type {Map<string, () => number | null>} */
const places = new Map();
const stored = read();
let memory = stored.memory ?? null;
/** The session that `memory` is of. @type {string | null} */
let session = null;

/** @returns {Stored} */
function read() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
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

// A phone may end a page that is in the background without another event.
window.addEventListener("pagehide", store);
document.addEventListener("visibilitychange", () => document.hidden && store());

/**
 * Take what Python's session knows of the user.
 *
 * @param {KeptMessage} told
 */
export function tellKept(told) {
  if (told.arrived || told.session === session || memory === null) {
    session = told.session;
    memory = told.memory;
  }
}

/**
 * What this tab knows and a session has not been told yet; null if nothing.
 *
 * @param {KeptMessage} told What Python said of the session.
 */
export const notArrived = (told) => (told.arrived || told.session === session ? null : memory);

/**
 * Keep, over a reload, the place of something that plays.
 *
 * @param {string} name
 * @param {() => number | null} place Where it is; null while it does not play.
 */
export function keepPlace(name, place) {
  places.set(name, place);
}

/**
 * Where something was when the page was reloaded while it played; undefined if it did not play, or if this
 * was asked before.
 *
 * @param {string} name
 */
export function takePlace(name) {
  const place = stored.places?.[name];
  if (place !== undefined) delete stored.places?.[name];
  return place ?? undefined;
}
