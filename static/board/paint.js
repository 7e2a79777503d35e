// A contour picture painted point by point: fast enough for every frame of a drag, which Plotly's own is not.

const SHADES = 512;
const LINE = [128, 128, 128, 0.32]; // as heavy as the 0.6 pixels of a line of Plotly
const WIDTH = 0.8; // of a line, in points to each side

/** What a picture shows: p_i or dp_i/dz_a at every point of two raw outputs, up to a factor of 1 / T. */
function field({ z, temperature }, { i, a, b, quantity }, reach, width, height) {
  const rest = z.filter((_, k) => k !== a && k !== b);
  const top = Math.max(reach, ...rest);
  const power = (value) => Math.exp((value - top) / temperature);
  const along = (n, k) => reach * ((2 * (k + 0.5)) / n - 1);
  const columns = Float64Array.from({ length: width }, (_, k) => power(along(width, k)));
  const others = rest.reduce((sum, value) => sum + power(value), 0);
  const own = i === a || i === b ? 0 : power(z[i]);
  // Where everything underflows, the largest of the three decides; a colour does not need more.
  const tiny = Number.MIN_VALUE * 1e16;
  const values = new Float32Array(width * height);
  for (let row = 0, at = 0; row < height; row += 1) {
    const down = power(-along(height, row));
    for (let column = 0; column < width; column += 1, at += 1) {
      const across = columns[column];
      const total = others + down + across + tiny;
      const p = (i === a ? across : i === b ? down : own) / total;
      if (quantity === "probability") values[at] = p;
      else if (i === a) values[at] = (p * (total - across)) / total;
      else values[at] = -p * (across / total);
    }
  }
  return values;
}

const channels = (colour) => {
  if (colour.startsWith("#")) return [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16)).concat(1);
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return [red, green, blue, alpha];
};

/** The colour scale as a table from its low to its high end. */
function shadesOf(scale) {
  return Array.from({ length: SHADES + 1 }, (_, k) => {
    const share = k / SHADES;
    const next = Math.max(1, scale.findIndex(([stop]) => stop >= share));
    const [from, before] = scale[next - 1];
    const [to, after] = scale[next];
    const part = to > from ? (share - from) / (to - from) : 0;
    const [a, b] = [channels(before), channels(after)];
    return a.map((value, c) => value + (b[c] - value) * part);
  });
}

/**
 * Paint on a canvas what a contour trace shows: shades with thin lines of equal value.
 * `look` is {reach, scale, low, high, start, size, lines}: the axes' end, the colour scale and its ends, the
 * first line, how far apart the lines are and how many; all as at T = 1.
 */
export function paint(canvas, state, meta, look) {
  const { width, height } = canvas;
  const { start, size, lines } = look;
  const values = field(state, meta, look.reach, width, height);
  const shades = shadesOf(look.scale);
  const perShade = (look.size / (look.high - look.low)) * SHADES;
  const first = ((start - look.low) / (look.high - look.low)) * SHADES;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const { data } = image;
  for (let k = 0; k < values.length; k += 1) values[k] = (values[k] - start) / size;
  for (let row = 0, at = 0; row < height; row += 1) {
    const lastRow = row === height - 1;
    for (let column = 0; column < width; column += 1, at += 1) {
      const level = values[at];
      const colour = shades[Math.min(SHADES, Math.max(0, Math.round(first + level * perShade)))];
      const place = at * 4;
      data[place] = colour[0];
      data[place + 1] = colour[1];
      data[place + 2] = colour[2];
      data[place + 3] = colour[3] * 255;
      // How much of this point the nearest line covers: its distance against the slope of the field here.
      const steep =
        Math.abs(column < width - 1 ? values[at + 1] - level : level - values[at - 1]) +
        Math.abs(lastRow ? level - values[at - width] : values[at + width] - level);
      const edge = Math.round(level);
      const off = Math.abs(level - edge);
      if (off >= steep * WIDTH || edge < 0 || edge >= lines) continue;
      const over = LINE[3] * (1 - off / (steep * WIDTH));
      const alpha = colour[3] * (1 - over);
      const sum = over + alpha;
      for (let c = 0; c < 3; c += 1) data[place + c] = (LINE[c] * over + colour[c] * alpha) / sum;
      data[place + 3] = sum * 255;
    }
  }
  context.putImageData(image, 0, 0);
}
