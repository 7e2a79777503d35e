// Moves a flat Plotly chart by hand: its lines, points and contours, without a redraw (which takes 15-30 ms).

import { paint } from "./paint.js";
import { quantities } from "./quantities.js";

// What Plotly has drawn and the painted picture stands for.
const DRAWN = ".heatmaplayer, .contourlayer";

const axisOf = (chart, name) => chart._fullLayout[`${name[0]}axis${name.slice(1)}`];

/** Everything that a picture over z_a and z_b depends on. */
export const offAxes = ({ z, temperature }, { a, b }) =>
  JSON.stringify([z.map((value, k) => (k === a || k === b ? 0 : value)), temperature]);

const TURNS = 0.15; // of the axis: so near to an end a number stands on the inner side (ui/theme.py)

function sideOf(trace, [low, high]) {
  const share = (trace.x[0] - low) / (high - low);
  if (share > 1 - TURNS) return "left";
  return share < TURNS ? "right" : trace.meta.side;
}

/** Put a number on one side of its point; `at` is where Plotly wrote it, left or right of `middle`. */
function turn(text, at, middle, side) {
  const anchor = side === "left" ? "end" : "start";
  if (text.getAttribute("text-anchor") === anchor) return;
  text.setAttribute("text-anchor", anchor);
  text.setAttribute("x", at < middle === (side === "left") ? at : 2 * middle - at);
}

export class DirectChart {
  constructor(chart) {
    this.chart = chart;
    this.canvas = null;
    this.anchor();
    chart.on("plotly_afterplot", () => this.anchor());
  }

  /** Plotly has drawn: everything stands where its own data says. */
  anchor() {
    const { chart } = this;
    this.canvas?.remove();
    this.canvas = null;
    this.fixed = new Map();
    this.parts = chart._fullData.map((full) => {
      const group = chart.querySelector(`.trace${full.uid}`);
      const parts = { x: axisOf(chart, full.xaxis ?? "x"), y: axisOf(chart, full.yaxis ?? "y"), group };
      if (full.type !== "scatter" || !group) return parts;
      parts.line = group.querySelector(".js-line");
      parts.dots = full.mode === "lines+markers" ? [...group.querySelectorAll(".points path")] : [];
      parts.moving = [...group.querySelectorAll(".points, .text")];
      parts.text = group.querySelector(".text text");
      parts.textAt = Number(parts.text?.getAttribute("x"));
      for (const node of parts.moving) node.removeAttribute("transform");
      parts.from = [parts.x.l2p(full.x[0]), parts.y.l2p(full.y[0])];
      return parts;
    });
    for (const group of chart.querySelectorAll(DRAWN)) group.style.visibility = "";
  }

  /** Show a situation. The chart's data is kept in step, for whoever reads or redraws it. */
  show(state) {
    this.chart.data.forEach((trace, index) => {
      const quantity = quantities[trace.meta?.live];
      if (!quantity || !this.parts[index]) return;
      if (trace.meta.live === "surface") this.#surface(trace, state, quantity);
      else this.#scatter(trace, this.parts[index], quantity(state, trace.meta, trace));
    });
  }

  #scatter(trace, { x, y, line, dots, moving, text, textAt, from }, values) {
    Object.assign(trace, values);
    if (line && trace.mode?.startsWith("lines")) {
      let path = "";
      for (let k = 0; k < trace.x.length; k += 1) {
        path += `${k ? "L" : "M"}${x.l2p(trace.x[k]).toFixed(2)},${y.l2p(trace.y[k]).toFixed(2)}`;
      }
      line.setAttribute("d", path);
      dots.forEach((dot, k) => {
        dot.style.display = k < trace.x.length ? "" : "none";
        if (k < trace.x.length) dot.setAttribute("transform", `translate(${x.l2p(trace.x[k])},${y.l2p(trace.y[k])})`);
      });
    } else if (moving) {
      const move = `translate(${x.l2p(trace.x[0]) - from[0]},${y.l2p(trace.y[0]) - from[1]})`;
      for (const node of moving) node.setAttribute("transform", move);
      if (text && text.textContent !== values.text[0]) text.textContent = values.text[0];
      if (text && trace.meta.side) turn(text, textAt, from[0], sideOf(trace, x.range));
    }
  }

  /** A picture changes only when something moves that is not on its axes. */
  #surface(trace, state, quantity) {
    const fixed = offAxes(state, trace.meta);
    if (fixed === this.fixed.get(trace)) return;
    this.fixed.set(trace, fixed);
    trace.z = quantity(state, trace.meta, trace).z;
    if (trace.type !== "heatmap") return;
    const look = { ...trace.meta.look, scale: trace.colorscale, reach: this.chart._fullLayout.xaxis.range[1] };
    paint(this.#paper(), state, trace.meta, look);
  }

  // A canvas behind the chart's own drawing, over the plot's area; the contours it stands for are hidden.
  #paper() {
    if (this.canvas) return this.canvas;
    const { chart } = this;
    const { _size: size } = chart._fullLayout;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(size.w);
    canvas.height = Math.round(size.h);
    Object.assign(canvas.style, {
      position: "absolute", left: `${size.l}px`, top: `${size.t}px`, width: `${size.w}px`, height: `${size.h}px`,
    });
    chart.querySelector(".svg-container").prepend(canvas);
    for (const group of chart.querySelectorAll(DRAWN)) group.style.visibility = "hidden";
    this.canvas = canvas;
    return canvas;
  }
}
