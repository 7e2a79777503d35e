// Lets a click on a drawing hit what is near it, so that small flowers and thin lines are easy to hit.

export const REACH = 12; // pixels around a click, so every target is at least 24 across

/**
 * The index of the thing in a drawing that a click hits: the nearest one within reach; -1 if there is none.
 *
 * @param {MouseEvent} event
 * @param {SVGSVGElement} svg
 * @param {number} width The drawing's width in its own units.
 * @param {(x: number, y: number) => number[]} distances From a place to each thing, in those units.
 */
export function nearest({ clientX, clientY }, svg, width, distances) {
  const place = svg.getBoundingClientRect();
  const unit = width / place.width;
  const far = distances((clientX - place.left) * unit, (clientY - place.top) * unit);
  const found = far.indexOf(Math.min(...far));
  return far[found] <= REACH * unit ? found : -1;
}
