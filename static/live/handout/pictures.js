// Makes picture files in the browser, without a server: of a chart, or of an SVG file that Python has drawn.

import { findChart, isDrawn, pictureFile } from "../charts/plotly.js";
import { el } from "../dom.js";
import { APP } from "../streamlit.js";

/** @typedef {"png" | "svg"} Format */

const FINER = 2; // pixels of a PNG for each CSS pixel
const SVG = "image/svg+xml";
const PNG = "image/png";
const LATER = 60_000; // ms after which a file that was offered for download is forgotten

/**
 * A chart as a picture file, on the page's own background.
 *
 * @param {string} key The chart's key in Python.
 * @param {Format} format
 * @returns {Promise<Blob>}
 */
export async function chartPicture(key, format) {
  const chart = findChart(key);
  if (!isDrawn(chart)) throw new Error(`the chart ${key} is not drawn yet`);
  const app = document.querySelector(APP) ?? document.body;
  const { backgroundColor } = getComputedStyle(app);
  const made = await pictureFile(chart, format, backgroundColor, FINER);
  if (format === "svg") return new Blob([made], { type: SVG });
  return new Blob([Uint8Array.from(atob(made), (letter) => letter.charCodeAt(0))], { type: PNG });
}

/**
 * An SVG file as a picture file.
 *
 * @param {string} text
 * @param {Format} format
 * @returns {Promise<Blob>}
 */
export async function svgPicture(text, format) {
  const drawing = new Blob([text], { type: SVG });
  if (format === "svg") return drawing;
  const address = URL.createObjectURL(drawing);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = el("canvas");
    canvas.width = image.naturalWidth * FINER;
    canvas.height = image.naturalHeight * FINER;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser makes no PNG"))), PNG);
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Offer a file for download.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  // Some browsers read the file only a moment after the click.
  setTimeout(() => URL.revokeObjectURL(address), LATER);
}
