// Native Plotly charts that follow the board: they share a time budget, and the board never waits for them.

import { quantities } from "./quantities.js";

const BUDGET = 8; // ms per frame for all charts together

const find = (key) => document.querySelector(`.st-key-${CSS.escape(key)} .js-plotly-plot`);

export class LiveCharts {
  constructor() {
    this.keys = [];
    this.behind = new Set();
    this.frame = 0;
    this.cameras = new Map();
    this.kept = new WeakSet();
  }

  /** Which charts follow, by the key given to st.plotly_chart. */
  connect(keys) {
    this.keys = keys;
  }

  /** A new state: every chart is behind it until its turn. */
  follow(state) {
    this.state = { z: state.z.slice(), temperature: state.temperature };
    for (const key of this.keys) this.behind.add(key);
    if (!this.frame) this.frame = requestAnimationFrame(() => this.#turn());
  }

  #turn() {
    this.frame = 0;
    const started = performance.now();
    for (const key of this.behind) {
      this.behind.delete(key);
      this.#draw(key);
      if (performance.now() - started > BUDGET) break;
    }
    if (this.behind.size) this.frame = requestAnimationFrame(() => this.#turn());
  }

  #draw(key) {
    const chart = find(key);
    if (!chart?.data || !window.Plotly) return; // not there yet: Python draws it at the commit
    this.#keepCamera(key, chart);
    const update = {};
    const traces = [];
    chart.data.forEach((trace, index) => {
      const quantity = quantities[trace.meta?.live];
      if (!quantity) return;
      const position = traces.push(index) - 1;
      for (const [name, value] of Object.entries(quantity(this.state, trace.meta, trace))) {
        update[name] ??= [];
        update[name][position] = value;
      }
    });
    if (!traces.length) return;
    for (const values of Object.values(update)) values.length = traces.length;
    window.Plotly.restyle(chart, update, traces);
  }

  // st.plotly_chart forgets the camera when its data changes (streamlit#8882): remember it here.
  #keepCamera(key, chart) {
    if (this.kept.has(chart) || !chart.on) return;
    this.kept.add(chart);
    chart.on("plotly_relayout", () => {
      const camera = chart.layout?.scene?.camera;
      if (camera) this.cameras.set(key, structuredClone(camera));
    });
  }

  /** Watch the charts for as long as the page is there: they arrive late and are redrawn by Python. */
  watch() {
    for (const key of this.keys) {
      const chart = find(key);
      if (!chart?.data) continue;
      this.#keepCamera(key, chart);
    }
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.behind.clear();
  }
}
