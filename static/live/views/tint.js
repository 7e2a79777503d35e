// How strongly a cell takes on the colour of its derivative's sign.

/**
 * The share of the sign's colour in a cell, for CSS. It rises steeply from 0, so that small derivatives are
 * visible. Nobody sees less than one percent, and each change makes the browser paint the cell anew.
 *
 * @param {number} derivative
 * @param {number} temperature
 * @param {number} strongest Percent for 1 / (4 T), the largest that a derivative can be.
 */
export const tint = (derivative, temperature, strongest) =>
  `${(Math.min(1, Math.abs(derivative) * 4 * temperature) ** 0.7 * strongest).toFixed(0)}%`;
