// A contour picture painted point by point: fast enough for every frame of a drag, which Plotly's own is not.

const SHADES = 512;
const COVERS = 9; // parts of a point that a line may cover: none, an eighth, ... all of it
const LINE = [128, 128, 128, 0.32]; // as heavy as the 0.6 pixels of a line of Plotly
const WIDTH = 0.8; // of a line, in points to each side

/** Fill in what a picture shows: p_i or dp_i/dz_a at every point of two raw outputs, up to a factor of 1 / T. */
function field(values, { z, temperature }, { i, a, b, quantity }, reach, width, height) {
  const rest = z.filter((_, k) => k !== a && k !== b);
  const top = Math.max(reach, ...rest);
  const power = (value) => Math.exp((value - top) / temperature);
  const along = (n, k) => reach * ((2 * (k + 0.5)) / n - 1);
  const columns = Float64Array.from({ length: width }, (_, k) => power(along(width, k)));
  const others = rest.reduce((sum, value) => sum + power(value), 0);
  const own = i === a || i === b ? 0 : power(z[i]);
  // Where everything underflows, the largest of the three decides; a colour does not need more.
  const tiny = Number.MIN_VALUE * 1e16;
  const isProbability = quantity === "probability";
  for (let row = 0, at = 0; row < height; row += 1) {
    const down = power(-along(height, row));
    for (let column = 0; column < width; column += 1, at += 1) {
      const across = columns[column];
      const total = others + down + across + tiny;
      const p = (i === a ? across : i === b ? down : own) / total;
      if (isProbability) values[at] = p;
      else if (i === a) values[at] = (p * (total - across)) / total;
      else values[at] = -p * (across / total);
    }
  }
}

const channels = (colour) => {
  if (colour.startsWith("#")) return [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16)).concat(1);
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return [red, green, blue, alpha];
};

/** A colour as the canvas keeps it: one number of four bytes, alpha first. */
const packed = ([red, green, blue, alpha]) =>
  ((Math.round(alpha * 255) << 24) |
    (Math.round(blue) << 16) |
    (Math.round(green) << 8) |
    Math.round(red)) >>>
  0;

const over = (above, below, part) => {
  const alpha = above[3] * part;
  const sum = alpha + below[3] * (1 - alpha);
  const mixed = [0, 1, 2].map((c) =>
    sum ? (above[c] * alpha + below[c] * below[3] * (1 - alpha)) / sum : 0,
  );
  return [...mixed, sum];
};

/** The colour scale as a table from its low to its high end, once for each part that a line may cover. */
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
    const [a, b] = [channels(before), channels(after)];
    return a.map((value, c) => value + (b[c] - value) * part);
  });
  const table = new Uint32Array(SHADES * COVERS);
  for (let cover = 0; cover < COVERS; cover += 1) {
    plain.forEach((colour, k) => {
      table[cover * SHADES + k] = packed(over(LINE, colour, cover / (COVERS - 1)));
    });
  }
  return table;
}

const tables = new Map();

function tableOf(scale) {
  const name = JSON.stringify(scale);
  if (!tables.has(name)) tables.set(name, shadesOf(scale));
  return tables.get(name);
}

const sheets = new WeakMap();

/** The memory of a canvas, kept from one frame to the next. */
function sheetOf(canvas) {
  let sheet = sheets.get(canvas);
  if (!sheet) {
    const image = canvas.getContext("2d").createImageData(canvas.width, canvas.height);
    sheet = {
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
 * `look` is {reach, scale, low, high, start, size, lines}: the axes' end, the colour scale and its ends, the
 * first line, how far apart the lines are and how many; all as at T = 1.
 */
export function paint(canvas, state, meta, look) {
  const { width, height } = canvas;
  const { start, size, lines } = look;
  const { image, points, values } = sheetOf(canvas);
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
      // How much of this point the nearest line covers: its distance against the slope of the field here.
      const beside = values[at + (column < width - 1 ? 1 : -1)];
      const steep =
        (Math.abs(beside - values[at]) + Math.abs(values[at + below] - values[at])) * perSize * WIDTH;
      const off = Math.abs(level - edge);
      if (off < steep && edge >= 0 && edge < lines)
        shade += SHADES * (((1 - off / steep) * (COVERS - 1) + 0.5) | 0);
      points[at] = table[shade];
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}
