// Keeps what the user has revealed, answered and played in this tab over a reload or a restart of the server.
//
// With every link, Python sends what its session knows about the user. If a new session starts while this tab
// still has the data of an earlier one, the tab sends it that data. Over a reload, the tab's `sessionStorage`
// keeps the data together with the address, and the data is used only under the same address. So a user who
// opens another link, or this one in another tab, is asked everything anew.

/** @typedef {import("../messages.js").KeptMessage} KeptMessage */
/** @typedef {KeptMessage["memory"]} Memory */

/**
 * @typedef {object} Stored
 * @property {string} [href]
 * @property {Memory | null} [memory]
 * @property {Record<string, number | null>} [places]
 */

const KEY = "softmax-kept";
/** The current place of everything that can play, by name. @type {Map<string, () => number | null>} */
const places = new Map();
const stored = read();
let memory = stored.memory ?? null;
/** The session that `memory` belongs to. @type {string | null} */
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
    // If the browser stores nothing, the user is asked again after a reload.
  }
}

// A phone may end a page that is in the background without another event.
window.addEventListener("pagehide", store);
document.addEventListener("visibilitychange", () => document.hidden && store());

/**
 * Take what Python's session knows about the user.
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
 * What this tab knows but the session has not received yet; null if nothing.
 *
 * @param {KeptMessage} told What Python sent about the session.
 */
export const notArrived = (told) => (told.arrived || told.session === session ? null : memory);

/**
 * Keep the place of something that plays over a reload.
 *
 * @param {string} name
 * @param {() => number | null} place Where it is; null while it does not play.
 */
export function keepPlace(name, place) {
  places.set(name, place);
}

/**
 * Where something was playing when the page was reloaded; undefined if it was not playing or this was asked
 * before.
 *
 * @param {string} name
 */
export function takePlace(name) {
  const place = stored.places?.[name];
  if (place !== undefined) delete stored.places?.[name];
  return place ?? undefined;
}
