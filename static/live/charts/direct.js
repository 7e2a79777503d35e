// Moves the lines, points and contours of a flat Plotly chart without a redraw, which would take 15-30 ms.

import { write } from "../dom.js";
import { paint } from "./paint.js";
import { container, drawnTraces, plotArea, showContours } from "./plotly.js";
import { quantities } from "./quantities.js";

/** @typedef {import("./plotly.js").Axis} Axis */
/** @typedef {import("./plotly.js").Chart} Chart */
/** @typedef {import("./plotly.js").Trace} Trace */
/** @typedef {import("./plotly.js").Drawn & { from?: number[] }} Parts */
/** @typedef {import("./quantities.js").State} State */

/**
 * Everything that a picture over z_a and z_b depends on, as text.
 *
 * @param {State} state
 * @param {{ a: number, b: number }} meta
 */
export const surfaceCacheKey = ({ z, temperature }, { a, b }) =>
  JSON.stringify([z.map((value, k) => (k === a || k === b ? 0 : value)), temperature]);

// A number stands beside its point by the rule of `label_place` in ui/theme.py.
const NEEDS = { left: 0.1, right: 0.25 }; // of the horizontal axis
const HEIGHT = 25; // pixels
/** @type {Record<string, string>} */
const OPPOSITE = { top: "bottom", bottom: "top", left: "right", right: "left" };

/**
 * @param {Trace} trace
 * @param {Axis} x
 * @param {Axis} y
 */
function placeOf(trace, x, y) {
  let [level, side] = trace.meta.place.split(" ");
  const above = y.l2p(trace.y[0]);
  if (HEIGHT > (level === "top" ? above : y._length - above))
    [level, side] = [OPPOSITE[level], OPPOSITE[side]];
  const share = (trace.x[0] - x.range[0]) / (x.range[1] - x.range[0]);
  if (share > 1 - NEEDS.right) side = "left";
  else if (share < NEEDS.left) side = "right";
  return `${level} ${side}`;
}

/**
 * Place a number beside its point, as Plotly does.
 *
 * @param {Element} text
 * @param {string} place
 * @param {number} reach Pixels from the point.
 * @param {number} size The size of its letters, in pixels.
 */
function put(text, place, reach, size) {
  const [level, side] = place.split(" ");
  text.setAttribute("text-anchor", side === "left" ? "end" : "start");
  const down = level === "top" ? -0.25 * size - reach : 0.75 * size + reach;
  text.parentElement?.setAttribute("transform", `translate(${side === "left" ? -reach : reach},${down})`);
}

export class DirectChart {
  /** The error, if the drawing was not as expected; Plotly must then draw the chart. */
  /** @type {unknown} */
  broken = null;
  /** @type {Parts[]} */
  #parts = [];
  /** @type {HTMLCanvasElement | null} */
  #canvas = null;
  /** For each trace, the state that its picture was painted for. @type {Map<Trace, string>} */
  #painted = new Map();

  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
    this.#anchor();
    chart.on("plotly_afterplot", () => this.#anchor());
  }

  /** Start anew after Plotly has drawn: everything is where the chart's data says. */
  #anchor() {
    this.#canvas?.remove();
    this.#canvas = null;
    this.#painted.clear();
    if (this.broken) return;
    try {
      showContours(this.chart, true);
      this.#parts = drawnTraces(this.chart);
      for (const parts of this.#parts) this.#takeHold(parts);
    } catch (error) {
      this.broken = error;
    }
  }

  /** @param {Parts} parts */
  #takeHold(parts) {
    const { full, x, y, moving } = parts;
    if (!moving) return;
    for (const node of moving) node.removeAttribute("transform");
    parts.from = [x.l2p(full.x[0]), y.l2p(full.y[0])];
    // If Plotly has redrawn the chart with other axes, the number may need another place than Python's.
    this.#place(full, parts);
  }

  /**
   * Show a situation, unless the drawing turns out to be `broken`. The chart's data is updated too, so that
   * later readers and redraws find current values.
   *
   * @param {State} state
   */
  show(state) {
    if (this.broken) return;
    try {
      this.#move(state);
    } catch (error) {
      this.broken = error;
      this.#canvas?.remove();
      showContours(this.chart, true);
    }
  }

  /** @param {State} state */
  #move(state) {
    this.chart.data.forEach((trace, index) => {
      const quantity = quantities[trace.meta?.live];
      const parts = this.#parts[index];
      if (!quantity || !parts) return;
      if (trace.meta.live === "surface") return this.#surface(trace, state, parts);
      Object.assign(trace, quantity(state, trace.meta, trace));
      if (parts.line && trace.mode.startsWith("lines")) drawLine(trace, parts);
      else if (parts.moving) this.#movePoint(trace, parts);
    });
  }

  /**
   * @param {Trace} trace
   * @param {Parts} parts
   */
  #movePoint(trace, parts) {
    const { x, y, moving = [], text, from = [0, 0] } = parts;
    const move = `translate(${x.l2p(trace.x[0]) - from[0]},${y.l2p(trace.y[0]) - from[1]})`;
    for (const node of moving) node.setAttribute("transform", move);
    if (text) write(text, trace.text[0]);
    this.#place(trace, parts);
  }

  /**
   * @param {Trace} trace
   * @param {Parts} parts
   */
  #place(trace, { full, x, y, text, reach = 0 }) {
    if (text && trace.meta?.place) put(text, placeOf(trace, x, y), reach, full.textfont.size);
  }

  /**
   * Repaint a picture if anything other than the raw outputs on its axes has changed.
   *
   * @param {Trace} trace
   * @param {State} state
   * @param {Parts} parts
   */
  #surface(trace, state, { x }) {
    const now = surfaceCacheKey(state, trace.meta);
    if (now === this.#painted.get(trace)) return;
    this.#painted.set(trace, now);
    trace.z = quantities.surface(state, trace.meta, trace).z;
    const look = { ...trace.meta.look, scale: trace.colorscale, reach: x.range[1] };
    paint(this.#paper(), state, trace.meta, look);
  }

  // Return a canvas behind the chart's drawing that covers the plot area; it replaces the contours, which are
  // hidden.
  #paper() {
    if (this.#canvas) return this.#canvas;
    const { l, t, w, h } = plotArea(this.chart);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(w);
    canvas.height = Math.round(h);
    const place = { left: `${l}px`, top: `${t}px`, width: `${w}px`, height: `${h}px` };
    Object.assign(canvas.style, { position: "absolute", ...place });
    showContours(this.chart, false);
    container(this.chart).prepend(canvas);
    this.#canvas = canvas;
    return canvas;
  }
}

/**
 * @param {Trace} trace
 * @param {Parts} parts
 */
function drawLine(trace, { x, y, line, dots = [] }) {
  let path = "";
  for (let k = 0; k < trace.x.length; k += 1) {
    path += `${k ? "L" : "M"}${x.l2p(trace.x[k]).toFixed(2)},${y.l2p(trace.y[k]).toFixed(2)}`;
  }
  line?.setAttribute("d", path);
  dots.forEach((dot, k) => {
    dot.style.display = k < trace.x.length ? "" : "none";
    if (k < trace.x.length)
      dot.setAttribute("transform", `translate(${x.l2p(trace.x[k])},${y.l2p(trace.y[k])})`);
  });
}
