// What an entry of the gradient asks for, in words: how much too large or too small a probability is, and which
// way descent pushes its raw output.

import { decimal, signed } from "../text/format.js";

/** Three decimals show a number below this as 0. */
const NOTHING = 0.0005;

/**
 * For cross-entropy, p − y is the push itself. For squared error, the Jacobian turns it into another one.
 *
 * @param {number} error p − y.
 * @param {number} gradient
 * @param {boolean} squared Whether the loss is squared error.
 */
export function meaning(error, gradient, squared) {
  const right = Math.abs(error) < NOTHING;
  const excess = right ? "just right" : `${decimal(Math.abs(error))} too ${error > 0 ? "much" : "little"}`;
  if (!squared) return right ? excess : `${excess}: ${push(error)}`;
  if (Math.abs(gradient) < NOTHING)
    return right ? excess : `${excess}; the Jacobian leaves ${signed(gradient)}: hardly a push`;
  const verb = right ? "makes it" : error > 0 === gradient > 0 ? "leaves" : "turns it into";
  return `${excess}; the Jacobian ${verb} ${signed(gradient)}: ${push(gradient)}`;
}

/** Descent subtracts the gradient. @param {number} gradient */
const push = (gradient) => (gradient > 0 ? "push down" : "push up");
