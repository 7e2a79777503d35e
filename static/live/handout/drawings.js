// Drawings that a part makes itself, such as the network, as SVG files: copies that carry their own style.

import { shape } from "../dom.js";
import { APP } from "../streamlit.js";

/** @typedef {{ svg: SVGSVGElement, canvas?: HTMLCanvasElement }} Drawing A drawing, and a picture behind it. */

/** What the style sheets say about a drawing and a file must say itself. */
const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];

/** @type {Map<string, () => Drawing>} */
const drawings = new Map();

/**
 * Let people take a drawing away.
 *
 * @param {string} name
 * @param {() => Drawing} find
 * @returns {() => void} how to stop
 */
export function offerDrawing(name, find) {
  drawings.set(name, find);
  return () => drawings.delete(name);
}

/**
 * A drawing as it is now, as the text of an SVG file.
 *
 * @param {string} name
 */
export function drawingFile(name) {
  const find = drawings.get(name);
  if (!find) throw new Error(`the drawing ${name} is not on the page`);
  const { svg, canvas } = find();
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const copies = [copy, ...copy.querySelectorAll("*")];
  [svg, ...svg.querySelectorAll("*")].forEach((node, k) => {
    const { style } = /** @type {SVGElement} */ (copies[k]);
    const seen = getComputedStyle(node);
    for (const property of STYLES) style.setProperty(property, seen.getPropertyValue(property));
  });
  const box = svg.getBoundingClientRect();
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute("width", String(Math.round(box.width)));
  copy.setAttribute("height", String(Math.round(box.height)));
  const behind = [];
  if (canvas) {
    const at = canvas.getBoundingClientRect();
    const unit = width / box.width;
    behind.push(
      shape("image", {
        x: (at.left - box.left) * unit,
        y: (at.top - box.top) * unit,
        width: at.width * unit,
        height: at.height * unit,
        href: canvas.toDataURL(),
        preserveAspectRatio: "none",
      }),
    );
  }
  const { backgroundColor } = getComputedStyle(document.querySelector(APP) ?? document.body);
  copy.prepend(shape("rect", { width, height, style: `fill: ${backgroundColor}` }), ...behind);
  return new XMLSerializer().serializeToString(copy);
}
