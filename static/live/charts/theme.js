// Gives charts the text colour of the theme again when the theme changes between light and dark. Streamlit
// (seen in 1.67) puts its colours into a chart once; afterwards they look to it like colours of the chart's own.

import { repaint } from "./plotly.js";

/** @typedef {import("./plotly.js").Chart} Chart */

/** @typedef {{ text: string, background: string }} Theme The two colours, as CSS writes them. */

/**
 * The theme around an element.
 *
 * @param {Element} node
 * @returns {Theme}
 */
export function themeOf(node) {
  const style = getComputedStyle(node);
  return {
    text: style.getPropertyValue("--st-text-color").trim(),
    background: style.getPropertyValue("--st-background-color").trim(),
  };
}

/**
 * How light a colour is, from 0 to 1; undefined if it is written in another way.
 *
 * @param {string} colour Written as #rrggbb or rgb(r, g, b).
 */
export function lightness(colour) {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  const parts = hex
    ? hex.slice(1).map((part) => Number.parseInt(part, 16))
    : /^rgb/.test(colour) && colour.match(/[\d.]+/g)?.map(Number);
  return parts ? (parts[0] + parts[1] + parts[2]) / 765 : undefined;
}

/**
 * Give a chart the text colour of the theme if its own cannot be read on the theme's background.
 *
 * @param {Chart} chart
 * @param {Theme} theme
 */
export function followTheme(chart, { text, background }) {
  const axis = chart.layout.xaxis ?? chart.layout.scene?.xaxis;
  const own = axis?.tickfont?.color;
  const [letters, page] = [lightness(own ?? ""), lightness(background)];
  if (letters === undefined || page === undefined || !text || letters > 0.5 !== page > 0.5) return;
  /** @param {any} value @returns {any} */
  const recoloured = (value) => {
    if (value === own) return text;
    if (Array.isArray(value)) return value;
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, recoloured(part)]));
  };
  const { annotations, ...rest } = chart.layout;
  Object.assign(chart.layout, recoloured(rest), annotations && { annotations: annotations.map(recoloured) });
  for (const trace of chart.data) {
    for (const name of ["textfont", "marker", "line"]) {
      if (trace[name]) trace[name] = recoloured(trace[name]);
    }
  }
  repaint(chart);
}
