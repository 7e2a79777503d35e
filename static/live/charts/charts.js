// Native Plotly charts that follow the board: they share a time budget, and the board never waits for them.

import { DirectChart, surfaceCacheKey } from "./direct.js";
import { quantities } from "./quantities.js";
import { isScene, Scene } from "./scene.js";

const BUDGET = 8; // ms per frame for all charts together

// After a commit Streamlit mounts a new chart and retains the old one until the new one has been drawn.
const find = (key) => {
  const place = `.st-key-${CSS.escape(key)}`;
  return (
    document.querySelector(`${place}:not([data-retained]) .js-plotly-plot`) ??
    document.querySelector(`${place} .js-plotly-plot`)
  );
};

// Plotly names an element its own before it can be restyled; its full layout comes with the first drawing.
const drawn = (chart) => Boolean(window.Plotly && chart?._fullLayout);

/** Put the numbers that Python sent packed ({dtype, bdata}) into a chart's data as Plotly has unpacked them. */
function unpack(chart) {
  chart.data.forEach((trace, index) => {
    for (const name of ["x", "y", "z"]) if (trace[name]?.bdata) trace[name] = chart._fullData[index][name];
  });
}

/** What is proportional to 1 / T: given as its value at T = 1. */
function overTemperature(values = {}, temperature) {
  const scale = (value) => (Array.isArray(value) ? value.map(scale) : value / temperature);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, scale(value)]));
}

/** Whether Python drew a chart for exactly this situation; a chart of something else than raw outputs never is. */
const isOf = ({ z, temperature }, now) =>
  temperature === now.temperature && z?.length === now.z.length && z.every((value, k) => value === now.z[k]);

export class LiveCharts {
  /** `hand` is what happens to a chart in 3D: turned(camera), lost(). */
  constructor(hand) {
    this.hand = hand;
    this.keys = [];
    this.behind = new Set();
    this.frame = 0;
    this.camera = "";
    this.scenes = new Map();
    this.direct = new WeakMap();
    this.surfaces = new WeakMap();
    this.resting = new Map();
    this.moved = new WeakSet();
    this.scaled = new WeakMap();
    this.state = null;
    this.watching = setInterval(() => this.#watch(), 100);
  }

  /** Which charts follow, by the key given to st.plotly_chart. */
  connect(keys) {
    this.keys = keys;
  }

  /** Show charts in 3D from there: two angles as the link has them, or nothing for the start. */
  setCamera(camera) {
    this.camera = camera;
    for (const scene of this.scenes.values()) scene.setCamera(camera);
  }

  /** A new state: every chart is behind it until its turn. */
  follow(state) {
    this.state = { ...state, z: state.z.slice() };
    for (const key of this.keys) this.behind.add(key);
    this.#wake();
  }

  /** Python's values are shown again: charts that arrive from now on need no correction. */
  settle() {
    this.state = null;
    this.behind.clear();
  }

  #wake() {
    this.frame ||= requestAnimationFrame(() => this.#turn());
  }

  #turn() {
    this.frame = 0;
    const started = performance.now();
    for (const key of [...this.behind]) {
      if ((this.resting.get(key) ?? 0) > started) continue;
      this.behind.delete(key);
      this.#draw(key);
      if (performance.now() - started > BUDGET) break;
    }
    if (this.behind.size) this.#wake();
  }

  #draw(key) {
    const chart = find(key);
    if (!drawn(chart)) return; // not there yet: #watch sees it come
    this.#attach(key, chart);
    if (this.scenes.get(key)?.lost) return; // Python's contours take over
    const { temperature } = this.state;
    const shown = chart.layout.meta;
    // Board and charts hear one after the other that a class has come or gone: until then they cannot follow.
    if (shown.z && shown.z.length !== this.state.z.length) return;
    // Python's chart may come before the word that Python has caught up: its own last digits stay.
    if (!this.moved.has(chart.data) && isOf(shown, this.state)) return;
    this.moved.add(chart.data);
    const rescale = temperature !== (this.scaled.get(shown) ?? shown.temperature);
    const layout = rescale ? overTemperature(shown.perTemperature, temperature) : {};
    if (isScene(chart) || Object.keys(layout).length) this.#redraw(key, chart, rescale, layout);
    else this.direct.get(chart).show(this.state);
  }

  /** Let Plotly draw: a scene, or axes that change. It takes long, so it pauses for as long as it took. */
  #redraw(key, chart, rescale, layout) {
    const started = performance.now();
    const { temperature } = this.state;
    if (rescale) this.scaled.set(chart.layout.meta, temperature);
    const update = {};
    const traces = [];
    chart.data.forEach((trace, index) => {
      const quantity = quantities[trace.meta?.live];
      if (!quantity || this.#same(trace)) return;
      const position = traces.push(index) - 1;
      const values = quantity(this.state, trace.meta, trace);
      if (rescale) Object.assign(values, overTemperature(trace.meta.perTemperature, temperature));
      for (const [name, value] of Object.entries(values)) {
        update[name] ??= [];
        update[name][position] = value;
      }
    });
    if (!traces.length) return;
    for (const values of Object.values(update)) values.length = traces.length;
    if (rescale) window.Plotly.update(chart, update, layout, traces);
    else window.Plotly.restyle(chart, update, traces);
    const now = performance.now();
    this.resting.set(key, now + (now - started));
  }

  /** A surface over two raw outputs stays as it is while only these two move. */
  #same(trace) {
    if (trace.type !== "surface") return false;
    const now = surfaceCacheKey(this.state, trace.meta);
    if (this.surfaces.get(trace.meta) === now) return true;
    this.surfaces.set(trace.meta, now);
    return false;
  }

  #attach(key, chart) {
    // Streamlit gives a chart that it keeps new data.
    unpack(chart);
    if (this.direct.has(chart)) return;
    this.scenes.get(key)?.stop();
    this.scenes.delete(key);
    this.direct.set(chart, isScene(chart) ? null : new DirectChart(chart));
    if (!isScene(chart)) return;
    const scene = new Scene(chart, this.hand);
    this.scenes.set(key, scene);
    // Python draws the view it knows of; the hand may have turned it since.
    scene.setCamera(this.camera);
  }

  // Charts arrive long after the board, and again after each commit: by then the hand may be ahead of them.
  #watch() {
    for (const key of this.keys) {
      const chart = find(key);
      if (!drawn(chart) || this.direct.has(chart)) continue;
      this.#attach(key, chart);
      if (!this.state) continue;
      this.behind.add(key);
      this.#wake();
    }
  }

  stop() {
    for (const scene of this.scenes.values()) scene.stop();
    clearInterval(this.watching);
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.behind.clear();
  }
}
