// The style sheet for printing: Streamlit's boxes grow to their full height, and the content is black on
// white.

import { LAYERS } from "./charts/plotly.js";
import { APP, AROUND, BOXES, CAPTION, CHART, ELEMENT, FRAME, keyedLike, PART, ROOT } from "./streamlit.js";

/** The colour of text on paper. */
export const INK = "#14171c";
/** The colour of grid lines on paper. */
export const LINES = "#c9ccd1";
/** CSS pixels between two charts in a row. */
export const GAP = 8;

/** The content of a printed page; boxes without any of it are left out. */
const PRINTED = `${PART}, ${CHART}, ${CAPTION}`;
/** A container whose key in Python begins like this is only useful on a screen. */
const SCREEN_ONLY = keyedLike("screen_only");

export const SHEET = `
@page { margin: 12mm; }
.paper-heading, .paper-picture, .paper-smooth { display: none; }
.paper-workshop { position: fixed; left: -10000px; top: 0; }
@media print {
  html {
    -webkit-print-color-adjust: exact; print-color-adjust: exact;
    color-scheme: light !important; font-size: 13px !important;
  }
  html, body, ${ROOT}, ${ROOT} > *, ${APP}, ${APP} > *, ${APP} > * > *, ${BOXES} {
    position: static !important; display: block !important; overflow: visible !important;
    inset: auto !important; width: auto !important; max-width: none !important; min-width: 0 !important;
    height: auto !important; max-height: none !important; min-height: 0 !important;
    margin: 0 !important; padding: 0 !important; border: 0 !important;
    background: white !important; color: ${INK} !important;
  }
  body > :not(${ROOT}, .paper-workshop), ${AROUND}, ${SCREEN_ONLY},
  ${BOXES} > :not(.paper-heading, :has(${PRINTED})) { display: none !important; }
  ${ELEMENT} {
    height: auto !important; width: auto !important; margin: 0 0 10px !important; opacity: 1 !important;
  }
  ${PART}, ${PART} * {
    --st-text-color: ${INK} !important; --st-background-color: white !important;
    --st-secondary-background-color: #f1f2f4 !important; --st-border-color: ${LINES} !important;
    --st-primary-color: #334155 !important;
  }
  ${CAPTION}, ${CAPTION} * {
    color: ${INK} !important; opacity: 1 !important; font-size: 11px !important; break-inside: avoid;
  }
  .paper-heading {
    display: block; margin: 0 0 10px; font-family: "Source Sans", sans-serif; line-height: 1.35;
  }
  .paper-heading h1 { margin: 0 0 2px; padding: 0; font-size: 20px; font-weight: 650; color: ${INK}; }
  .paper-heading p { margin: 0; font-size: 13px; color: ${INK}; overflow-wrap: anywhere; }
  ${ELEMENT}:has(${CHART}) {
    display: inline-block !important; vertical-align: top; break-inside: avoid; overflow: hidden !important;
    width: var(--paper-width, 100%) !important; height: var(--paper-height, auto) !important;
    margin-right: ${GAP}px !important;
  }
  /* What has not been drawn yet would be an empty place. */
  ${ELEMENT}:has(${CHART}):not(:has(${LAYERS.drawing})) { display: none !important; }
  ${BOXES}:has(${CHART}):not(:has(${PART})) { display: inline !important; }
  ${FRAME}:has(${CHART}) {
    width: var(--paper-own-width, auto) !important; height: var(--paper-own-height, auto) !important;
  }
  /* Streamlit measures what is around this, and would draw the chart anew in the size that it has on paper. */
  ${CHART} ${LAYERS.chart} { transform: scale(var(--paper-scale, 1)); transform-origin: 0 0; }
  ${CHART} ${LAYERS.drawing} { background: none !important; }
  ${CHART}:has(.paper-smooth) ${LAYERS.heatmap} { visibility: hidden !important; }
  ${CHART} text { fill: ${INK} !important; text-shadow: 0 0 2px white, 0 0 2px white !important; }
  ${CHART} :is(${LAYERS.grid} path, ${LAYERS.zero} path) { stroke: ${LINES} !important; }
  ${CHART} ${LAYERS.buttons} { display: none !important; }
  .paper-smooth { display: block; position: absolute; }
  .paper-picture { display: block; position: absolute; inset: 0; width: 100%; height: 100%; }
  .paper-pictured > :not(.paper-picture) { visibility: hidden !important; }
}`;
