// The elements of MathML that formulas are built from.

/**
 * Any element of MathML.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function make(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/1998/Math/MathML", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** An operator or a bracket. @param {string} text */
export const sign = (text) => make("mo", {}, text);

/** A letter that stands for something. @param {string} text */
export const identifier = (text) => make("mi", {}, text);

/** A number that is always the same. @param {string | number} value */
export const constant = (value) => make("mn", {}, String(value));

/** Formulas side by side. @param {...Node} children */
export const row = (...children) => make("mrow", {}, ...children);

/** @param {Node} inner */
export const bracketed = (inner) => row(sign("("), inner, sign(")"));

/** @param {Node} above @param {Node} below */
export const fraction = (above, below) => make("mfrac", {}, above, below);

/** A derivative of what stands above, by what stands below. @param {Node[]} above @param {Node[]} below */
export const partial = (above, below) =>
  fraction(row(identifier("∂"), ...above), row(identifier("∂"), ...below));
