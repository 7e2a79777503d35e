// Every page on paper: a heading with the situation, then the parts and charts as they are, black on white.
// Controls are left out. How each part in parts/ looks on paper is in its own style sheet, the rest in
// paper.js.

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
 * What stands above a printed page.
 *
 * @typedef {object} Heading
 * @property {string} title
 * @property {string[]} lines
 */

const PAPER = 690; // CSS pixels that A4 and Letter have between margins of 12 mm
const LEAST = 0.6; // of its size, a chart may shrink to share a row: smaller, nobody can read it
const TALL = 320; // CSS pixels: so high that two charts and a board fit on one sheet
const FINER = 3; // pictures have so many pixels for one of the screen's

/** @type {() => Heading} */
let describe = () => ({ title: document.title, lines: [] });

let isOnPaper = false;
/** What makes the page as it was before it was laid out for paper. @type {(() => void)[]} */
let undo = [];

/**
 * Say what the heading of the printed page is; what was said last counts.
 *
 * @param {() => Heading} tell Called when the page is printed.
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

/** Lay the page out for paper, all at once: a browser does not wait before it prints. */
function prepare() {
  if (isOnPaper) return;
  isOnPaper = true;
  const page = document.querySelector(PAGE);
  if (!page) return;
  const { title, lines } = describe();
  const paragraphs = lines.map((line) => el("p", {}, line));
  const heading = el("header", { class: "paper-heading" }, el("h1", {}, title), ...paragraphs);
  page.prepend(heading);
  undo.push(() => heading.remove());
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
 * Scale a chart to the paper as a picture is scaled: drawn again, it would lose what the user has done to it.
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
 * Put a picture with more points upon a heat map: a screen smooths its few points as it stretches them, paper
 * does not.
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
  // Written back point by point: printing would repeat the drawing itself, with the few points that it came
  // from.
  ink.putImageData(ink.getImageData(0, 0, canvas.width, canvas.height), 0, 0);
  container(chart).prepend(canvas);
  undo.push(() => canvas.remove());
}

/**
 * Put a picture in the place of a 3D scene: what WebGL has drawn is gone once it was shown, and its letters
 * have the colours of the theme. So a copy is drawn in ink, and its pixels are copied while they are there.
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
