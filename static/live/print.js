// Every page on paper: a heading with the situation, then the parts and charts as they are, black on white.
// Controls stay behind. The look of each of our own parts on paper is in its own style sheet.

import {
  container,
  drawingOf,
  heatmapPictures,
  isDrawn,
  isScene,
  pictureOf,
  plotArea,
  sizeOf,
} from "./charts/plotly.js";

// Streamlit's names for what is on a page. No other file of ours knows them for printing.
const NAMES = {
  app: '[data-testid="stApp"]',
  page: '[data-testid="stMainBlockContainer"]',
  boxes:
    ':is([data-testid="stAppViewContainer"], [data-testid="stMain"], [data-testid="stMainBlockContainer"], [data-testid="stLayoutWrapper"], [data-testid="stVerticalBlock"], [data-testid="stHorizontalBlock"], [data-testid="stColumn"])',
  beside:
    ':is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"], [data-testid="stAppIframeResizerAnchor"], [data-testid="stExpandSidebarButton"], [data-testid="stSkipToContent"])',
  element: '[data-testid="stElementContainer"]',
  ours: '[data-testid^="stBidiComponent"]',
  chart: '[data-testid="stPlotlyChart"]',
  frame: '[data-testid="stFullScreenFrame"]',
  caption: '[data-testid="stCaptionContainer"]',
  // A container with a key like this holds what is only of use on a screen.
  screenOnly: '[class*="st-key-screen_only"]',
};

const KEPT = `${NAMES.ours}, ${NAMES.chart}, ${NAMES.caption}`;

const PAPER = 690; // CSS pixels that A4 and Letter have between margins of 12 mm
const GAP = 8; // CSS pixels between two charts in a row
const LEAST = 0.6; // charts stand side by side as long as they keep so much of their size: smaller, nobody can read them
const TALL = 320; // so high that two charts and a board have room on one sheet
const FINER = 3; // pictures have so many pixels for one of the screen's
const INK = "#14171c";
const LINES = "#c9ccd1";

const SHEET = `
@page { margin: 12mm; }
.paper-heading, .paper-picture, .paper-smooth { display: none; }
.paper-workshop { position: fixed; left: -10000px; top: 0; }
@media print {
  html { -webkit-print-color-adjust: exact; print-color-adjust: exact; color-scheme: light !important; font-size: 13px !important; }
  html, body, #root, #root > *, ${NAMES.app}, ${NAMES.app} > *, ${NAMES.app} > * > *, ${NAMES.boxes} { position: static !important; display: block !important;
    overflow: visible !important; inset: auto !important; width: auto !important; max-width: none !important; min-width: 0 !important;
    height: auto !important; max-height: none !important; min-height: 0 !important; margin: 0 !important; padding: 0 !important;
    border: 0 !important; background: white !important; color: ${INK} !important; }
  body > :not(#root, .paper-workshop), ${NAMES.beside}, ${NAMES.screenOnly}, ${NAMES.boxes} > :not(.paper-heading, :has(${KEPT})) { display: none !important; }
  ${NAMES.element} { height: auto !important; width: auto !important; margin: 0 0 10px !important; opacity: 1 !important; }
  ${NAMES.ours}, ${NAMES.ours} * { --st-text-color: ${INK} !important; --st-background-color: white !important; --st-secondary-background-color: #f1f2f4 !important;
    --st-border-color: ${LINES} !important; --st-primary-color: #334155 !important; }
  ${NAMES.caption}, ${NAMES.caption} * { color: ${INK} !important; opacity: 1 !important; font-size: 11px !important; break-inside: avoid; }
  .paper-heading { display: block; margin: 0 0 10px; font-family: "Source Sans", sans-serif; line-height: 1.35; }
  .paper-heading h1 { margin: 0 0 2px; padding: 0; font-size: 20px; font-weight: 650; color: ${INK}; }
  .paper-heading p { margin: 0; font-size: 13px; color: ${INK}; overflow-wrap: anywhere; }
  ${NAMES.element}:has(${NAMES.chart}) { display: inline-block !important; vertical-align: top; break-inside: avoid; overflow: hidden !important;
    width: var(--paper-width, 100%) !important; height: var(--paper-height, auto) !important; margin-right: ${GAP}px !important; }
  /* What has not been drawn yet would be an empty place. */
  ${NAMES.element}:has(${NAMES.chart}):not(:has(.main-svg)) { display: none !important; }
  ${NAMES.boxes}:has(${NAMES.chart}):not(:has(${NAMES.ours})) { display: inline !important; }
  ${NAMES.frame}:has(${NAMES.chart}) { width: var(--paper-own-width, auto) !important; height: var(--paper-own-height, auto) !important;
    transform: scale(var(--paper-scale, 1)); transform-origin: 0 0; }
  ${NAMES.chart} .main-svg { background: none !important; }
  ${NAMES.chart}:has(.paper-smooth) .heatmaplayer { visibility: hidden !important; }
  ${NAMES.chart} text { fill: ${INK} !important; text-shadow: 0 0 2px white, 0 0 2px white !important; }
  ${NAMES.chart} :is(.gridlayer path, .zerolinelayer path) { stroke: ${LINES} !important; }
  ${NAMES.chart} .modebar-container { display: none !important; }
  .paper-smooth { display: block; position: absolute; }
  .paper-picture { display: block; position: absolute; inset: 0; width: 100%; height: 100%; }
  .paper-pictured > :not(.paper-picture) { visibility: hidden !important; }
}`;

let describe = () => ({ title: document.title, lines: [] });
let undo = null;

/** Say what the heading of the printed page is: a function that returns {title, lines}. The page's newest counts. */
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

/** All of it happens at once: a browser does not wait before it prints. */
function prepare() {
  if (undo) return;
  undo = [];
  const page = document.querySelector(NAMES.page);
  if (!page) return;
  page.prepend(heading());
  undo.push(() => page.querySelector(".paper-heading")?.remove());
  const plots = [...page.querySelectorAll(`${NAMES.chart} .js-plotly-plot`)].filter(isDrawn);
  for (const plot of plots) {
    fit(plot, plots.length);
    try {
      for (const image of heatmapPictures(plot)) smooth(plot, image);
      if (isScene(plot)) picture(plot);
    } catch (error) {
      console.warn("A chart is printed as it is on the screen:", error);
    }
  }
}

function restore() {
  const steps = undo ?? [];
  undo = null;
  for (const step of steps) step();
}

function heading() {
  const { title, lines } = describe();
  const text = (tag, said) => Object.assign(document.createElement(tag), { textContent: said });
  const node = document.createElement("header");
  node.className = "paper-heading";
  node.append(text("h1", title), ...lines.map((line) => text("p", line)));
  return node;
}

/** Scale one of so many charts to the paper as a picture is scaled: drawn again, it would lose what a hand has done to it. */
function fit(plot, charts) {
  const place = plot.closest(NAMES.element);
  const { width, height } = sizeOf(plot);
  const inRow = Math.max(1, Math.min(charts, Math.floor(PAPER / (LEAST * width + GAP))));
  const scale = Math.min(1, (PAPER / inRow - GAP) / width, TALL / height);
  const values = { width: width * scale, height: height * scale, "own-width": width, "own-height": height };
  for (const [name, value] of Object.entries(values))
    place.style.setProperty(`--paper-${name}`, `${Math.floor(value)}px`);
  place.style.setProperty("--paper-scale", scale);
  undo.push(() => {
    for (const name of [...Object.keys(values), "scale"]) place.style.removeProperty(`--paper-${name}`);
  });
}

/** A screen smooths a heat map's few points as it stretches them, paper does not: it gets a picture with more of them. */
function smooth(plot, image) {
  const { l, t, w, h } = plotArea(plot);
  const [from, outer] = [image.getBoundingClientRect(), drawingOf(plot)];
  const canvas = document.createElement("canvas");
  canvas.className = "paper-smooth";
  canvas.width = w * FINER;
  canvas.height = h * FINER;
  canvas.style.cssText = `left: ${l}px; top: ${t}px; width: ${w}px; height: ${h}px`;
  const ink = canvas.getContext("2d");
  ink.scale(FINER, FINER);
  ink.imageSmoothingQuality = "high";
  ink.drawImage(image, from.left - outer.left - l, from.top - outer.top - t, from.width, from.height);
  // As points: printing repeats what was drawn, and that is the picture with few of them.
  ink.putImageData(ink.getImageData(0, 0, canvas.width, canvas.height), 0, 0);
  container(plot).prepend(canvas);
  undo.push(() => canvas.remove());
}

/**
 * Put a picture in the place of a 3D scene. What WebGL has drawn is gone once it was shown, and its letters have the
 * colour of the theme: so a copy is drawn in ink, and copied while it is there.
 */
function picture(plot) {
  const { width, height } = sizeOf(plot);
  const workshop = document.createElement("div");
  workshop.className = "paper-workshop";
  document.body.append(workshop);
  const data = plot.data.map((trace) =>
    trace.textfont ? { ...trace, textfont: { ...trace.textfont, color: INK } } : trace,
  );
  const axis = (given) => ({
    ...given,
    color: INK,
    gridcolor: LINES,
    zerolinecolor: LINES,
    linecolor: LINES,
    tickfont: { ...given.tickfont, color: INK },
    title: { ...given.title, font: { ...given.title?.font, color: INK } },
  });
  const { xaxis, yaxis, zaxis, ...rest } = plot.layout.scene;
  const axes = { xaxis: axis(xaxis), yaxis: axis(yaxis), zaxis: axis(zaxis) };
  const scene = { ...rest, ...axes, bgcolor: "white" };
  const layout = { ...plot.layout, width, height, autosize: false, paper_bgcolor: "white", scene };
  const { canvas, over } = pictureOf(plot, workshop, data, layout, FINER);
  canvas.className = "paper-picture";
  over.classList.add("paper-pictured");
  over.append(canvas);
  undo.push(() => {
    canvas.remove();
    over.classList.remove("paper-pictured");
  });
}
