// Where this browser was last in the tour, kept between visits.

const KEY = "softmax-tour";

/** The scene where the reader was last; "" if they were never there. */
export function lastScene() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} scene */
export function rememberScene(scene) {
  try {
    localStorage.setItem(KEY, scene);
  } catch {
    // If the browser stores nothing, the tour begins with its first scene.
  }
}

/**
 * The place, counted from 0, where a reader of the first scene can go on; null if there is none. Other scenes offer
 * nothing, because a link to a later scene was meant as it is.
 *
 * @param {string[]} keys The scenes.
 * @param {string} scene The scene that is shown.
 * @param {string} last The scene where the reader was last.
 */
export function placeToGoOn(keys, scene, last) {
  const place = keys.indexOf(last);
  return scene === keys[0] && place > 0 ? place : null;
}
