// The only file that knows the insides of plotly.js, as seen in the plotly.js of Streamlit 1.67. It checks
// what it finds. If that differs, the caller gets an `Unfamiliar` error and falls back on Plotly's own
// drawing.

import { keyed, RETAINED } from "../streamlit.js";

/** A trace as Python sent it, or as Plotly completed it. @typedef {Record<string, any>} Trace */

/**
 * @typedef {object} Axis
 * @property {(value: number) => number} l2p From a value to pixels.
 * @property {number} _length In pixels.
 * @property {[number, number]} range
 */

/**
 * @typedef {HTMLElement & {
 *   data: Trace[],
 *   layout: Record<string, any>,
 *   on: (event: string, listener: () => void) => void,
 *   _fullData: Trace[],
 *   _fullLayout: Record<string, any>,
 * }} Chart
 */

/**
 * The elements that Plotly has drawn for one flat trace; those that it has not drawn are missing.
 *
 * @typedef {object} Drawn
 * @property {Trace} full
 * @property {Axis} x
 * @property {Axis} y
 * @property {Element} [line]
 * @property {SVGElement[]} [dots] The markers of a line.
 * @property {Element[]} [moving] The groups that hold a point and its number.
 * @property {Element} [text] The number at a point.
 * @property {number} [reach] Pixels from a point to its number.
 */

/** Plotly's public functions. @returns {any} */
const plotly = () => /** @type {any} */ (window).Plotly;

/** Something in a chart differs from what this file expects. */
export class Unfamiliar extends Error {}

/**
 * @param {unknown} there
 * @param {string} what
 */
function expect(there, what) {
  if (!there) throw new Unfamiliar(`plotly.js has no ${what} where it is expected`);
}

/** Selectors of elements that Plotly draws, for style sheets. */
export const LAYERS = /** @type {const} */ ({
  chart: ".js-plotly-plot",
  drawing: ".main-svg",
  heatmap: ".heatmaplayer",
  grid: ".gridlayer",
  zero: ".zerolinelayer",
  buttons: ".modebar-container",
});

/** The layer that holds contour lines and areas. */
const CONTOURS = ".contourlayer";

/**
 * The chart that was given this key in Python, if it is on the page.
 *
 * After a commit Streamlit mounts a new chart and retains the old one until the new one has been drawn.
 *
 * @param {string} key
 * @returns {Chart | null}
 */
export function findChart(key) {
  const place = keyed(key);
  return (
    document.querySelector(`${place}:not(${RETAINED}) .js-plotly-plot`) ??
    document.querySelector(`${place} .js-plotly-plot`)
  );
}

/**
 * Whether Plotly has drawn a chart. Plotly marks the element earlier; the full layout appears with the first
 * drawing.
 *
 * @param {Chart | null} chart
 * @returns {chart is Chart}
 */
export const isDrawn = (chart) => Boolean(plotly() && chart?._fullLayout);

/** Whether a chart shows something in 3D. @param {Chart} chart */
export const isScene = (chart) => Boolean(chart._fullLayout.scene);

/**
 * Replace the packed numbers ({dtype, bdata}) in a chart's data by those that Plotly has unpacked from them.
 *
 * @param {Chart} chart
 */
export function unpack(chart) {
  chart.data.forEach((trace, index) => {
    for (const name of ["x", "y", "z"])
      if (trace[name]?.bdata) trace[name] = plainRows(chart._fullData[index][name]);
  });
}

/**
 * A row of numbers as it is, a grid as rows of plain arrays. When the theme changes, Streamlit 1.67 copies the
 * figure through JSON. A typed array inside another array does not survive that.
 *
 * @param {ArrayLike<number> | ArrayLike<number>[]} values
 */
const plainRows = (values) =>
  Array.isArray(values) && ArrayBuffer.isView(values[0]) ? values.map((row) => Array.from(row)) : values;

/**
 * Let Plotly redraw traces, and axes if a layout is given, with other values.
 *
 * @param {Chart} chart
 * @param {Record<string, unknown[]>} update
 * @param {Record<string, unknown> | null} layout
 * @param {number[]} traces
 */
export function redraw(chart, update, layout, traces) {
  if (layout) plotly().update(chart, update, layout, traces);
  else plotly().restyle(chart, update, traces);
}

/** Let Plotly draw a chart again from its own data and layout. @param {Chart} chart */
export function repaint(chart) {
  plotly().redraw(chart);
}

/**
 * The elements that Plotly has drawn for each trace of a flat chart.
 *
 * @param {Chart} chart
 * @returns {Drawn[]}
 */
export function drawnTraces(chart) {
  expect(Array.isArray(chart._fullData), "_fullData");
  return chart._fullData.map((full) => {
    const [x, y] = [axisOf(chart, full.xaxis ?? "x"), axisOf(chart, full.yaxis ?? "y")];
    const group = chart.querySelector(`.trace${full.uid}`);
    // Plotly draws no elements for these traces.
    if (full.type !== "scatter" || !full.visible || !full.x.length) return { full, x, y };
    expect(group, `.trace${full.uid}`);
    return { full, x, y, ...drawnScatter(/** @type {Element} */ (group), full) };
  });
}

/**
 * @param {Element} group
 * @param {Trace} full
 */
function drawnScatter(group, full) {
  const line = group.querySelector(".js-line") ?? undefined;
  const points = /** @type {NodeListOf<SVGElement>} */ (group.querySelectorAll(".points path"));
  const dots = full.mode === "lines+markers" ? [...points] : [];
  // Plotly hides dots beyond the axes, and a drag may bring them back. Until then they are clipped.
  for (const dot of dots) dot.removeAttribute("display");
  const text = group.querySelector(".text text") ?? undefined;
  const moving = [...group.querySelectorAll(".points, .text")];
  if (full.mode.startsWith("lines")) expect(line, ".js-line");
  else expect(points.length, ".points path");
  if (!full.mode.includes("text") || ![full.text].flat().some(Boolean)) return { line, dots, moving };
  expect(text, ".text text");
  // How far Plotly moved the number from its point.
  const moved = /translate\((-?[\d.]+)/.exec(text?.parentElement?.getAttribute("transform") ?? "");
  expect(moved, "translate() at .text text");
  return { line, dots, moving, text, reach: Math.abs(Number(moved?.[1])) };
}

/**
 * @param {Chart} chart
 * @param {string} name "x", "y2", …
 * @returns {Axis}
 */
function axisOf(chart, name) {
  const axis = chart._fullLayout[`${name[0]}axis${name.slice(1)}`];
  expect(
    typeof axis?.l2p === "function" && axis._length > 0 && axis.range?.length === 2,
    `axis ${name} with l2p`,
  );
  return axis;
}

/**
 * Show or hide the contours that Plotly has drawn.
 *
 * @param {Chart} chart
 * @param {boolean} shown
 */
export function showContours(chart, shown) {
  const layers = /** @type {NodeListOf<SVGElement>} */ (chart.querySelectorAll(CONTOURS));
  expect(shown || layers.length, CONTOURS);
  for (const layer of layers) layer.style.visibility = shown ? "" : "hidden";
}

/** The size of a chart in pixels. @param {Chart} chart @returns {{ width: number, height: number }} */
export const sizeOf = ({ _fullLayout: { width, height } }) => ({ width, height });

/**
 * The area of a chart inside its axes, in pixels.
 *
 * @param {Chart} chart
 * @returns {{ l: number, t: number, w: number, h: number }}
 */
export function plotArea(chart) {
  const size = chart._fullLayout._size;
  expect(size?.w > 0 && size.h > 0 && "l" in size && "t" in size, "_fullLayout._size");
  return size;
}

/** The element for what lies over or under a whole chart. @param {Chart} chart @returns {HTMLElement} */
export function container(chart) {
  const found = /** @type {HTMLElement | null} */ (chart.querySelector(".svg-container"));
  if (!found) throw new Unfamiliar("plotly.js has no .svg-container where it is expected");
  return found;
}

/** The pictures of heat maps in a chart. @param {Chart} chart @returns {SVGImageElement[]} */
export const heatmapPictures = (chart) =>
  /** @type {SVGImageElement[]} */ ([...chart.querySelectorAll(".heatmaplayer image")]);

/** The place of a chart's drawing on the screen. @param {Chart} chart */
export const drawingOf = (chart) => (chart.querySelector(".main-svg") ?? chart).getBoundingClientRect();

/** @typedef {{ x: number, y: number, z: number }} Point */
/** @typedef {{ eye: Point, center: Point, up: Point }} Camera */

/**
 * A chart's scene in 3D.
 *
 * @param {Chart} chart
 */
function scene(chart) {
  const found = chart._fullLayout?.scene?._scene;
  expect(typeof found?.getCamera === "function" && "glplot" in found, "scene._scene with getCamera");
  return found;
}

/** Whether a chart's scene has a picture; not while Streamlit removes the chart. @param {Chart} chart */
export const hasPicture = (chart) => Boolean(chart._fullLayout?.scene?._scene?.glplot);

/** The viewpoint of a scene, including turns by the user. @param {Chart} chart @returns {Camera} */
export function cameraOf(chart) {
  const { eye, center, up } = scene(chart).getCamera();
  return { eye, center, up };
}

/** Set the viewpoint of a scene. @param {Chart} chart @param {Point} eye */
export const lookFrom = (chart, eye) => plotly().relayout(chart, { "scene.camera.eye": eye });

/**
 * Call `lost` when the browser drops the picture of a scene. Plotly's own handler would wait for the picture
 * even after its element is gone, and then fail.
 *
 * @param {Chart} chart
 * @param {() => void} lost
 */
export function onLostPicture(chart, lost) {
  scene(chart).recoverContext = () => {};
  chart.on("plotly_webglcontextlost", lost);
}

/**
 * Draw a copy of a scene synchronously, `finer` times as fine, with other traces and another layout, and copy
 * its pixels.
 *
 * @param {Chart} chart
 * @param {HTMLElement} workshop An empty element in the page that takes the copy.
 * @param {Trace[]} data
 * @param {Record<string, any>} layout
 * @param {number} finer
 * @returns {{ canvas: HTMLCanvasElement, over: HTMLElement }} the picture, and the element that holds the
 * scene's own
 */
export function pictureOf(chart, workshop, data, layout, finer) {
  const over = /** @type {HTMLElement | null} */ (chart.querySelector(".gl-container > div"));
  if (!over) throw new Unfamiliar("plotly.js has no .gl-container where it is expected");
  const camera = structuredClone(chart._fullLayout.scene.camera);
  /** @type {Promise<unknown>} */
  let drawn = Promise.resolve();
  try {
    const whole = { ...layout, scene: { ...layout.scene, camera } };
    drawn = plotly().newPlot(workshop, data, whole, { plotGlPixelRatio: finer });
    const { glplot } = scene(/** @type {Chart} */ (workshop));
    glplot.redraw();
    const canvas = document.createElement("canvas");
    canvas.width = glplot.canvas.width;
    canvas.height = glplot.canvas.height;
    canvas.getContext("2d")?.drawImage(glplot.canvas, 0, 0);
    return { canvas, over };
  } finally {
    // Plotly continues to work on the copy after its pixels were taken.
    drawn.finally(() => {
      plotly().purge(workshop);
      workshop.remove();
    });
  }
}

/**
 * Draw a copy of a chart as a picture file, in the size and from the viewpoint that it is shown.
 *
 * @param {Chart} chart
 * @param {"png" | "svg"} format
 * @param {string} background A colour; on the page the chart's own background may be transparent.
 * @param {number} finer How many pixels of a PNG there are for each pixel of the chart.
 * @returns {Promise<string>} SVG as text, PNG in base 64
 */
export function pictureFile(chart, format, background, finer) {
  const { width, height } = sizeOf(chart);
  // A picture file does not contain the page's font. Plotly must measure texts in the one they will have.
  const font = { ...chart.layout.font, family: "sans-serif" };
  /** @type {Record<string, any>} */
  const layout = { ...chart.layout, font, width, height, autosize: false, paper_bgcolor: background };
  if (isScene(chart)) layout.scene = { ...layout.scene, camera: cameraOf(chart), bgcolor: background };
  return plotly().toImage(
    { data: chart.data, layout, config: {} },
    { format, width, height, scale: finer, imageDataOnly: true },
  );
}
