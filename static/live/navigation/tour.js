// Where this browser has been in the tour, kept between visits: to offer the tour once, and to go on with it.

const KEY = "softmax-tour";

/**
 * @typedef {object} Been
 * @property {string} scene The scene where the reader was last; "" if they were never there.
 * @property {boolean} declined Whether the reader has closed the offer.
 */

/** @returns {Been} */
export function been() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") ?? {};
    return { scene: typeof found.scene === "string" ? found.scene : "", declined: found.declined === true };
  } catch {
    return { scene: "", declined: false };
  }
}

/** @param {Partial<Been>} change */
export function remember(change) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...been(), ...change }));
  } catch {
    // If the browser stores nothing, the tour is offered again, and begins with its first scene.
  }
}

/**
 * What is offered on a page: a place in the tour, counted from 0, or nothing.
 *
 * @param {string[]} keys The scenes.
 * @param {string | null} scene The scene that is shown; null outside the tour.
 * @param {Been} visited
 */
export function offered(keys, scene, { scene: last, declined }) {
  const place = keys.indexOf(last);
  // A link to a later scene was meant as it is.
  if (scene !== null) return scene === keys[0] && place > 0 ? place : null;
  if (declined || place === keys.length - 1) return null;
  return Math.max(place, 0);
}
