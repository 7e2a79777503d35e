// Paints a contour picture point by point. This is fast enough for every frame of a drag; Plotly is not.

import { power } from "../math/softmax.js";

/** @typedef {import("./quantities.js").State} State */

/** @typedef {[number, number, number, number]} Colour Red, green and blue up to 255, opacity up to 1. */

/** @typedef {[number, string][]} Scale Colours by their place from 0 to 1, in Plotly's format. */

/**
 * How a contour trace looks; all values are given for T = 1.
 *
 * @typedef {object} Look
 * @property {number} reach The end of both axes.
 * @property {Scale} scale
 * @property {number} low The value that has the scale's first colour.
 * @property {number} high The value that has its last one.
 * @property {number} start The value of the first line.
 * @property {number} size How far apart the values of two lines are.
 * @property {number} lines How many there are.
 */

/**
 * The memory of a canvas, kept from one frame to the next.
 *
 * @typedef {object} Sheet
 * @property {CanvasRenderingContext2D} ink
 * @property {ImageData} image
 * @property {Uint32Array} points The image's points, each as one number.
 * @property {Float32Array} values What is shown at each point.
 */

const SHADES = 512;
const COVERS = 9; // steps of coverage of a point by a line: none, an eighth, ... all of it
/** @type {Colour} */
const LINE = [128, 128, 128, 0.32]; // looks like Plotly's lines: 0.6 pixels wide in `NEUTRAL` of ui/theme.py
const WIDTH = 0.8; // of a line, in points to each side
const LARGEST_EXPONENT = 700; // where an exponent x exceeds it, e^-x is too small for a number

/**
 * Fill in the values of a picture: p_i, dp_i/dz_a or d log p_i/dz_a at every point of two raw outputs,
 * without the factor 1 / T.
 *
 * This repeats formulas of math/softmax.js because a frame has 100,000 points or more. `entry` takes one
 * exponential for each class at each point; this takes one for each row and each column. A colour does not
 * need the last digits, so 1 - p may be a difference here.
 *
 * @param {Float32Array} values
 * @param {State} state
 * @param {import("../math/softmax.js").Over} over
 * @param {number} reach
 * @param {number} width
 * @param {number} height
 */
export function field(values, { z, temperature }, { i, a, b, quantity }, reach, width, height) {
  const rest = z.filter((_, k) => k !== a && k !== b);
  const top = Math.max(reach, ...rest);
  // At a low temperature, most exponentials would be 0 relative to the largest one of the whole picture.
  const each = (top + reach) / temperature > LARGEST_EXPONENT;
  /** @type {(n: number, k: number) => number} The raw output in the middle of the k-th of n points. */
  const along = (n, k) => reach * ((2 * (k + 0.5)) / n - 1);
  const columns = Float64Array.from({ length: width }, (_, k) => power(along(width, k), top, temperature));
  const others = rest.reduce((sum, value) => sum + power(value, top, temperature), 0);
  const highest = Math.max(...rest);
  const beside = rest.reduce((sum, value) => sum + power(value, highest, temperature), 0);
  const fixed = i === a || i === b ? 0 : power(z[i], top, temperature);
  const isProbability = quantity === "probability";
  const isLog = quantity === "log-derivative";
  for (let row = 0, at = 0; row < height; row += 1) {
    const second = -along(height, row);
    let down = power(second, top, temperature);
    let total = 0;
    for (let column = 0; column < width; column += 1, at += 1) {
      let across = columns[column];
      let own = i === a ? across : i === b ? down : fixed;
      if (each) {
        const first = along(width, column);
        const largest = Math.max(first, second, highest);
        across = power(first, largest, temperature);
        down = power(second, largest, temperature);
        own = i === a ? across : i === b ? down : power(z[i], largest, temperature);
        total = across + down + (rest.length ? beside * power(highest, largest, temperature) : 0);
      } else {
        total = others + down + across;
      }
      // The derivative of log p has no factor p.
      const p = isLog ? 1 : own / total;
      if (isProbability) values[at] = p;
      else if (i === a) values[at] = (p * (total - across)) / total;
      else values[at] = -p * (across / total);
    }
  }
}

/**
 * A colour from #rrggbb or rgba(...).
 *
 * @param {string} text
 * @returns {Colour}
 */
function colourOf(text) {
  const [red, green, blue, alpha = 1] = text.startsWith("#")
    ? [1, 3, 5].map((k) => parseInt(text.slice(k, k + 2), 16))
    : (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, alpha];
}

/** A colour in the canvas's format: one number of four bytes, opacity first. @param {Colour} colour */
const packed = ([red, green, blue, alpha]) =>
  ((Math.round(alpha * 255) << 24) |
    (Math.round(blue) << 16) |
    (Math.round(green) << 8) |
    Math.round(red)) >>>
  0;

/**
 * The colour of a point with one colour, part of which is covered by another.
 *
 * @param {Colour} above
 * @param {Colour} below
 * @param {number} part
 * @returns {Colour}
 */
function over(above, below, part) {
  const alpha = above[3] * part;
  const sum = alpha + below[3] * (1 - alpha);
  /** @param {number} c */
  const mixed = (c) => (sum ? (above[c] * alpha + below[c] * below[3] * (1 - alpha)) / sum : 0);
  return [mixed(0), mixed(1), mixed(2), sum];
}

/**
 * A colour between two others.
 *
 * @param {Colour} one
 * @param {Colour} other
 * @param {number} share The share of the other colour.
 * @returns {Colour}
 */
function between(one, other, share) {
  /** @param {number} c */
  const mixed = (c) => one[c] + (other[c] - one[c]) * share;
  return [mixed(0), mixed(1), mixed(2), mixed(3)];
}

/**
 * The colour scale as a table from its low to its high end, once for each part that a line may cover.
 *
 * @param {Scale} scale
 */
function shadesOf(scale) {
  const plain = Array.from({ length: SHADES }, (_, k) => {
    const share = k / (SHADES - 1);
    const next = Math.max(
      1,
      scale.findIndex(([stop]) => stop >= share),
    );
    const [from, before] = scale[next - 1];
    const [to, after] = scale[next];
    const part = to > from ? (share - from) / (to - from) : 0;
    return between(colourOf(before), colourOf(after), part);
  });
  const table = new Uint32Array(SHADES * COVERS);
  for (let cover = 0; cover < COVERS; cover += 1) {
    plain.forEach((colour, k) => {
      table[cover * SHADES + k] = packed(over(LINE, colour, cover / (COVERS - 1)));
    });
  }
  return table;
}

/** @type {Map<string, Uint32Array>} */
const tables = new Map();

/** @param {Scale} scale */
function tableOf(scale) {
  const name = JSON.stringify(scale);
  let table = tables.get(name);
  if (!table) {
    table = shadesOf(scale);
    tables.set(name, table);
  }
  return table;
}

/** @type {WeakMap<HTMLCanvasElement, Sheet>} */
const sheets = new WeakMap();

/** @param {HTMLCanvasElement} canvas */
function sheetOf(canvas) {
  let sheet = sheets.get(canvas);
  if (!sheet) {
    const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const image = ink.createImageData(canvas.width, canvas.height);
    sheet = {
      ink,
      image,
      points: new Uint32Array(image.data.buffer),
      values: new Float32Array(canvas.width * canvas.height),
    };
    sheets.set(canvas, sheet);
  }
  return sheet;
}

/**
 * Paint on a canvas what a contour trace shows: shades with thin lines of equal value.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {State} state
 * @param {import("../math/softmax.js").Over} meta
 * @param {Look} look
 */
export function paint(canvas, state, meta, look) {
  const { width, height } = canvas;
  const { start, size, lines } = look;
  const { ink, image, points, values } = sheetOf(canvas);
  field(values, state, meta, look.reach, width, height);
  const table = tableOf(look.scale);
  const last = SHADES - 1;
  const perLevel = (size / (look.high - look.low)) * last;
  const first = ((start - look.low) / (look.high - look.low)) * last;
  const perSize = 1 / size;
  for (let row = 0, at = 0; row < height; row += 1) {
    const below = row < height - 1 ? width : -width;
    for (let column = 0; column < width; column += 1, at += 1) {
      const level = (values[at] - start) * perSize;
      let shade = (first + level * perLevel + 0.5) | 0;
      if (shade < 0) shade = 0;
      else if (shade > last) shade = last;
      const edge = Math.round(level);
      // How much of this point the nearest line covers follows from its distance and the slope of the field
      // here.
      const beside = values[at + (column < width - 1 ? 1 : -1)];
      const steep =
        (Math.abs(beside - values[at]) + Math.abs(values[at + below] - values[at])) * perSize * WIDTH;
      const off = Math.abs(level - edge);
      if (off < steep && edge >= 0 && edge < lines)
        shade += SHADES * (((1 - off / steep) * (COVERS - 1) + 0.5) | 0);
      points[at] = table[shade];
    }
  }
  ink.putImageData(image, 0, 0);
}
