// Prints a page: a heading with the situation, then the parts and charts as they are, black on white.
// Controls are left out. Each part's own style sheet says how the part looks on paper; paper.js has the rest.

import {
  container,
  drawingOf,
  heatmapPictures,
  isDrawn,
  isScene,
  LAYERS,
  pictureOf,
  plotArea,
  sizeOf,
} from "./charts/plotly.js";
import { el } from "./dom.js";
import { GAP, INK, LINES, SHEET } from "./paper.js";
import { CHART, ELEMENT, PAGE } from "./streamlit.js";

/** @typedef {import("./charts/plotly.js").Chart} Chart */

/**
 * The heading of a printed page.
 *
 * @typedef {object} Heading
 * @property {string} title
 * @property {string[]} lines
 */

const PAPER = 690; // CSS pixels that A4 and Letter have between margins of 12 mm
const LEAST = 0.6; // of its size: a chart shrinks no further to share a row, as it would be unreadable
const TALL = 320; // CSS pixels: at this height two charts and a board fit on one sheet
const FINER = 3; // pixels of a picture for each pixel of the screen, in each direction

/** @type {() => Heading | null} */
let describe = () => ({ title: document.title, lines: [] });

let isOnPaper = false;
/** Functions that restore the page after printing. @type {(() => void)[]} */
let undo = [];

/**
 * Set the heading of the printed page; the last call counts.
 *
 * @param {() => Heading | null} tell Called when the page is printed; null for a page without a heading.
 */
export function onPaper(tell) {
  if (!document.getElementById("paper")) setUp();
  describe = tell;
}

function setUp() {
  const sheet = document.createElement("style");
  sheet.id = "paper";
  sheet.textContent = SHEET;
  document.head.append(sheet);
  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? prepare() : restore()));
}

/** Lay the page out for paper, synchronously, because a browser does not wait before it prints. */
function prepare() {
  if (isOnPaper) return;
  isOnPaper = true;
  const page = document.querySelector(PAGE);
  if (!page) return;
  const told = describe();
  if (told) {
    const paragraphs = told.lines.map((line) => el("p", {}, line));
    const heading = el("header", { class: "paper-heading" }, el("h1", {}, told.title), ...paragraphs);
    page.prepend(heading);
    undo.push(() => heading.remove());
  }
  const found = /** @type {NodeListOf<Chart>} */ (page.querySelectorAll(`${CHART} ${LAYERS.chart}`));
  const charts = [...found].filter(isDrawn);
  for (const chart of charts) {
    fit(chart, charts.length);
    try {
      for (const image of heatmapPictures(chart)) smooth(chart, image);
      if (isScene(chart)) picture(chart);
    } catch (error) {
      console.warn("A chart is printed as it is on the screen:", error);
    }
  }
}

function restore() {
  const steps = undo;
  isOnPaper = false;
  undo = [];
  for (const step of steps) step();
}

/**
 * Scale a chart to the paper like a picture. A redraw would lose what the user has done to the chart.
 *
 * @param {Chart} chart
 * @param {number} count How many charts there are on the page.
 */
function fit(chart, count) {
  const place = /** @type {HTMLElement} */ (chart.closest(ELEMENT));
  const { width, height } = sizeOf(chart);
  const inRow = Math.max(1, Math.min(count, Math.floor(PAPER / (LEAST * width + GAP))));
  const scale = Math.min(1, (PAPER / inRow - GAP) / width, TALL / height);
  const sizes = { width: width * scale, height: height * scale, "own-width": width, "own-height": height };
  for (const [name, value] of Object.entries(sizes))
    place.style.setProperty(`--paper-${name}`, `${Math.floor(value)}px`);
  place.style.setProperty("--paper-scale", String(scale));
  undo.push(() => {
    for (const name of [...Object.keys(sizes), "scale"]) place.style.removeProperty(`--paper-${name}`);
  });
}

/**
 * Lay a picture with more points over a heat map. A screen smooths the few points when it enlarges them, but
 * a printer does not.
 *
 * @param {Chart} chart
 * @param {SVGImageElement} image The heat map as Plotly has drawn it.
 */
function smooth(chart, image) {
  const { l, t, w, h } = plotArea(chart);
  const [from, outer] = [image.getBoundingClientRect(), drawingOf(chart)];
  const canvas = el("canvas", { class: "paper-smooth" });
  canvas.width = w * FINER;
  canvas.height = h * FINER;
  canvas.style.cssText = `left: ${l}px; top: ${t}px; width: ${w}px; height: ${h}px`;
  const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ink.scale(FINER, FINER);
  ink.imageSmoothingQuality = "high";
  ink.drawImage(image, from.left - outer.left - l, from.top - outer.top - t, from.width, from.height);
  // Write the picture back point by point. Otherwise printing would repeat the drawing from its few original
  // points.
  ink.putImageData(ink.getImageData(0, 0, canvas.width, canvas.height), 0, 0);
  container(chart).prepend(canvas);
  undo.push(() => canvas.remove());
}

/**
 * Replace a 3D scene by a picture. What WebGL has drawn is lost once it was shown, and its letters have the
 * theme's colours. So a copy is drawn with black letters, and its pixels are saved at once.
 *
 * @param {Chart} chart
 */
function picture(chart) {
  const { width, height } = sizeOf(chart);
  const workshop = el("div", { class: "paper-workshop" });
  document.body.append(workshop);
  const data = chart.data.map((trace) =>
    trace.textfont ? { ...trace, textfont: { ...trace.textfont, color: INK } } : trace,
  );
  /** @param {Record<string, any>} given */
  const inInk = (given) => ({
    ...given,
    color: INK,
    gridcolor: LINES,
    zerolinecolor: LINES,
    linecolor: LINES,
    tickfont: { ...given.tickfont, color: INK },
    title: { ...given.title, font: { ...given.title?.font, color: INK } },
  });
  const { xaxis, yaxis, zaxis, ...rest } = chart.layout.scene;
  const axes = { xaxis: inInk(xaxis), yaxis: inInk(yaxis), zaxis: inInk(zaxis) };
  const scene = { ...rest, ...axes, bgcolor: "white" };
  const layout = { ...chart.layout, width, height, autosize: false, paper_bgcolor: "white", scene };
  const { canvas, over } = pictureOf(chart, workshop, data, layout, FINER);
  canvas.className = "paper-picture";
  over.classList.add("paper-pictured");
  over.append(canvas);
  undo.push(() => {
    canvas.remove();
    over.classList.remove("paper-pictured");
  });
}
