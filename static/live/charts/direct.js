// Moves a flat Plotly chart by hand: its lines, points and contours, without a redraw (which takes 15-30 ms).

import { paint } from "./paint.js";
import { quantities } from "./quantities.js";

// What Plotly has drawn and the painted picture stands for.
const DRAWN = ".contourlayer";

const axisOf = (chart, name) => chart._fullLayout[`${name[0]}axis${name.slice(1)}`];

/** Everything that a picture over z_a and z_b depends on. */
export const surfaceCacheKey = ({ z, temperature }, { a, b }) =>
  JSON.stringify([z.map((value, k) => (k === a || k === b ? 0 : value)), temperature]);

// Where a number stands beside its point, by the rule of `label_place` in ui/theme.py.
const NEEDS = { left: 0.1, right: 0.25 }; // of the horizontal axis
const HEIGHT = 25; // pixels
const OPPOSITE = { top: "bottom", bottom: "top", left: "right", right: "left" };

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

/** Put a number beside its point, as Plotly does: `reach` from it, its letters of `size` above or below it. */
function put(text, place, reach, size) {
  const [level, side] = place.split(" ");
  text.setAttribute("text-anchor", side === "left" ? "end" : "start");
  const down = level === "top" ? -0.25 * size - reach : 0.75 * size + reach;
  text.parentNode.setAttribute("transform", `translate(${side === "left" ? -reach : reach},${down})`);
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
      // How far Plotly moved it from its point.
      parts.reach = Math.abs(
        Number(/translate\(([^,]*)/.exec(parts.text?.parentNode.getAttribute("transform"))?.[1]),
      );
      parts.size = full.textfont?.size;
      for (const node of parts.moving) node.removeAttribute("transform");
      parts.from = [parts.x.l2p(full.x[0]), parts.y.l2p(full.y[0])];
      // Drawn again with other axes it may need another place than the one Python gave.
      this.#place(full, parts);
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

  #scatter(trace, parts, values) {
    const { x, y, line, dots, moving, text, from } = parts;
    Object.assign(trace, values);
    if (line && trace.mode?.startsWith("lines")) {
      let path = "";
      for (let k = 0; k < trace.x.length; k += 1) {
        path += `${k ? "L" : "M"}${x.l2p(trace.x[k]).toFixed(2)},${y.l2p(trace.y[k]).toFixed(2)}`;
      }
      line.setAttribute("d", path);
      dots.forEach((dot, k) => {
        dot.style.display = k < trace.x.length ? "" : "none";
        if (k < trace.x.length)
          dot.setAttribute("transform", `translate(${x.l2p(trace.x[k])},${y.l2p(trace.y[k])})`);
      });
    } else if (moving) {
      const move = `translate(${x.l2p(trace.x[0]) - from[0]},${y.l2p(trace.y[0]) - from[1]})`;
      for (const node of moving) node.setAttribute("transform", move);
      if (text && text.textContent !== values.text[0]) text.textContent = values.text[0];
      this.#place(trace, parts);
    }
  }

  #place(trace, { x, y, text, reach, size }) {
    if (text && trace.meta?.place) put(text, placeOf(trace, x, y), reach, size);
  }

  /** A picture changes only when something moves that is not on its axes. */
  #surface(trace, state, quantity) {
    const fixed = surfaceCacheKey(state, trace.meta);
    if (fixed === this.fixed.get(trace)) return;
    this.fixed.set(trace, fixed);
    trace.z = quantity(state, trace.meta, trace).z;
    const look = {
      ...trace.meta.look,
      scale: trace.colorscale,
      reach: this.chart._fullLayout.xaxis.range[1],
    };
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
      position: "absolute",
      left: `${size.l}px`,
      top: `${size.t}px`,
      width: `${size.w}px`,
      height: `${size.h}px`,
    });
    chart.querySelector(".svg-container").prepend(canvas);
    for (const group of chart.querySelectorAll(DRAWN)) group.style.visibility = "hidden";
    this.canvas = canvas;
    return canvas;
  }
}
