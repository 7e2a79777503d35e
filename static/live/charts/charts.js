// Plotly charts that follow a store. They share a time budget, so the store and the board never wait for
// them.

import { DirectChart, surfaceCacheKey } from "./direct.js";
import { findChart, isDrawn, isScene, redraw, unpack } from "./plotly.js";
import { quantities } from "./quantities.js";
import { Rest } from "../at_rest.js";
import { Scene } from "./scene.js";
import { followTheme, themeOf } from "./theme.js";

/** @typedef {import("./plotly.js").Chart} Chart */
/** @typedef {import("./plotly.js").Trace} Trace */
/** @typedef {import("./quantities.js").State} State */

const BUDGET = 8; // ms per frame for all charts together
const LOOK_EVERY = 100; // ms between looks for charts that have come
const RESTS = 6; // times as long as its drawing took, a chart rests, so that it takes a seventh of the time at most
const LONGEST_REST = 50; // ms

/**
 * Scale values that are proportional to 1 / T and given for T = 1.
 *
 * @param {Record<string, any> | undefined} values
 * @param {number} temperature
 */
function overTemperature(values, temperature) {
  /** @type {(value: any) => any} */
  const scale = (value) => (Array.isArray(value) ? value.map(scale) : value / temperature);
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, scale(value)]));
}

/** @type {(one: unknown, other: unknown) => boolean} */
const same = (one, other) =>
  Array.isArray(one) && Array.isArray(other)
    ? one.length === other.length && one.every((value, k) => value === other[k])
    : one === other;

/**
 * Whether Python drew a chart for exactly this state; `of` holds the values that the chart depends on.
 *
 * @param {Record<string, unknown>} of
 * @param {Record<string, any>} now
 */
const isOf = (of, now) => Object.entries(of).every(([name, value]) => same(value, now[name]));

export class LiveCharts {
  /** @type {string[]} */
  #keys = [];
  /** @type {Set<string>} */
  #behind = new Set();
  #frame = 0;
  #camera = "";
  /** @type {import("./theme.js").Theme | null} */
  #theme = null;
  /** @type {Map<string, Scene>} */
  #scenes = new Map();
  /**
   * Charts that this app moves itself; null for charts that Plotly redraws.
   *
   * @type {WeakMap<Chart, DirectChart | null>}
   */
  #direct = new WeakMap();
  /** For each trace, the state that its surface was drawn for. @type {WeakMap<object, string>} */
  #surfaces = new WeakMap();
  /** The keys of charts that are out of sight, as those below the board on a phone. @type {Map<string, Element>} */
  #unseen = new Map();
  /** @type {WeakMap<Element, string>} */
  #keyOf = new WeakMap();
  #sight = new IntersectionObserver((found) => {
    for (const { target, isIntersecting } of found) {
      const key = this.#keyOf.get(target) ?? "";
      if (!isIntersecting) this.#unseen.set(key, target);
      else if (this.#unseen.get(key) === target) this.#unseen.delete(key);
    }
  });
  /** Looks again at charts out of sight. @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #handRest = new Rest();
  /** Until when a chart rests, in ms. @type {Map<string, number>} */
  #resting = new Map();
  /** The data of charts that have followed the store. @type {WeakSet<Trace[]>} */
  #moved = new WeakSet();
  /** The temperature that the axes were drawn for. @type {WeakMap<object, number>} */
  #scaled = new WeakMap();
  /** The state that the charts follow; null while Python's charts are up to date. @type {State | null} */
  #state = null;

  /**
   * @param {{ effect: (follow: (now: any) => void) => () => void }} store What the charts follow.
   * @param {import("./scene.js").Hand} [hand] What happens to a chart in 3D.
   */
  constructor(store, hand = { turned: () => {}, lost: () => {} }) {
    this.hand = hand;
    this.watching = setInterval(() => this.#watch(), LOOK_EVERY);
    this.forget = store.effect((now) => (now.source === "python" ? this.#settle() : this.#follow(now)));
  }

  /**
   * Set which charts follow, by the keys given to st.plotly_chart.
   *
   * @param {string[]} keys
   */
  connect(keys) {
    this.#keys = keys;
  }

  /**
   * Show charts in 3D from a viewpoint.
   *
   * @param {string} camera Two angles as in the link; empty for the initial viewpoint.
   */
  setCamera(camera) {
    this.#camera = camera;
    for (const scene of this.#scenes.values()) scene.setCamera(camera);
  }

  /** Take the theme around an element; charts of another theme are given its colours. @param {Element} node */
  setTheme(node) {
    this.#theme = themeOf(node);
  }

  /** Take a new state; each chart catches up with it in turn. @param {State} state */
  #follow(state) {
    this.#state = state;
    this.#handRest.move();
    for (const key of this.#keys) this.#behind.add(key);
    this.#wake();
  }

  /** Python's values are shown again, so charts that arrive from now on need no correction. */
  #settle() {
    this.#state = null;
    this.#behind.clear();
  }

  #wake() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#turn();
    });
  }

  #turn() {
    clearTimeout(this.#timer);
    const started = performance.now();
    const handRests = this.#handRest.inFrame(started);
    let inSight = false; // whether a chart waits only for its turn
    for (const key of [...this.#behind]) {
      if (!handRests && this.#unseen.get(key)?.isConnected) continue;
      inSight = true;
      if ((this.#resting.get(key) ?? 0) > started) continue;
      this.#behind.delete(key);
      this.#safely(key, () => this.#draw(key));
      if (performance.now() - started > BUDGET) break;
    }
    if (!this.#behind.size) return;
    if (inSight) this.#wake();
    // Charts out of sight take no time from the frames of the board.
    else this.#timer = setTimeout(() => this.#wake(), this.#handRest.wait(started));
  }

  /** @param {string} key */
  #draw(key) {
    const chart = findChart(key);
    const state = this.#state;
    if (!isDrawn(chart) || !state) return; // not there yet: #watch sees it come
    this.#attach(key, chart);
    if (this.#scenes.get(key)?.lost) return; // Python's contours take over
    const { meta } = chart.layout;
    // When a class is added or removed, store and chart learn of it at different times. Until both have, the
    // chart cannot follow.
    if (meta.of.z && meta.of.z.length !== state.z.length) return;
    // Python's chart may arrive before the message that Python has caught up. It then keeps its own last
    // digits.
    if (!this.#moved.has(chart.data) && isOf(meta.of, state)) return;
    this.#moved.add(chart.data);
    const rescale = state.temperature !== (this.#scaled.get(meta) ?? meta.of.temperature);
    const layout = rescale ? overTemperature(meta.perTemperature, state.temperature) : {};
    const direct = this.#direct.get(chart);
    if (direct && !Object.keys(layout).length) {
      const started = performance.now();
      direct.show(state);
      const now = performance.now();
      this.#resting.set(key, now + Math.min(LONGEST_REST, RESTS * (now - started)));
      if (!direct.broken) return;
      this.#leaveToPlotly(key, chart, direct.broken);
    }
    this.#redraw(key, chart, state, rescale ? layout : null);
  }

  /**
   * Do something with a chart. If that fails, this chart alone stops following and waits for Python.
   *
   * @param {string} key
   * @param {() => void} act
   */
  #safely(key, act) {
    try {
      act();
    } catch (error) {
      console.warn(`The chart “${key}” cannot follow:`, error);
      this.#keys = this.#keys.filter((other) => other !== key);
    }
  }

  /**
   * Let Plotly redraw a chart whose structure this app does not recognise. The chart still follows, but
   * slower.
   *
   * @param {string} key
   * @param {Chart} chart
   * @param {unknown} error
   */
  #leaveToPlotly(key, chart, error) {
    console.warn(`The chart “${key}” is left to Plotly:`, error);
    this.#direct.set(chart, null);
  }

  /**
   * Let Plotly redraw a scene, or axes that change. That is slow, so the chart then rests for as long as it
   * took.
   *
   * @param {string} key
   * @param {Chart} chart
   * @param {State} state
   * @param {Record<string, unknown> | null} layout Layout values that change with the temperature, if it has
   * changed.
   */
  #redraw(key, chart, state, layout) {
    const started = performance.now();
    if (layout) this.#scaled.set(chart.layout.meta, state.temperature);
    /** @type {Record<string, unknown[]>} */
    const update = {};
    /** @type {number[]} */
    const traces = [];
    chart.data.forEach((trace, index) => {
      const quantity = quantities[trace.meta?.live];
      if (!quantity || this.#isDrawnSurface(trace, state)) return;
      const position = traces.push(index) - 1;
      const values = quantity(state, trace.meta, trace);
      if (layout) Object.assign(values, overTemperature(trace.meta.perTemperature, state.temperature));
      for (const [name, value] of Object.entries(values)) {
        update[name] ??= [];
        update[name][position] = value;
      }
    });
    if (!traces.length) return;
    for (const values of Object.values(update)) values.length = traces.length;
    redraw(chart, update, layout, traces);
    const now = performance.now();
    this.#resting.set(key, now + (now - started));
  }

  /**
   * Whether a surface need not be redrawn, because only the two raw outputs on its axes have changed.
   *
   * @param {Trace} trace
   * @param {State} state
   */
  #isDrawnSurface(trace, state) {
    if (trace.type !== "surface") return false;
    const now = surfaceCacheKey(state, trace.meta);
    if (this.#surfaces.get(trace.meta) === now) return true;
    this.#surfaces.set(trace.meta, now);
    return false;
  }

  /**
   * @param {string} key
   * @param {Chart} chart
   */
  #attach(key, chart) {
    if (this.#direct.has(chart)) {
      // When Streamlit keeps a chart, it gives it new data.
      unpack(chart);
      return;
    }
    this.#scenes.get(key)?.stop();
    this.#scenes.delete(key);
    this.#direct.set(chart, null);
    this.#keyOf.set(chart, key);
    this.#sight.observe(chart);
    unpack(chart);
    if (!isScene(chart)) {
      const direct = new DirectChart(chart);
      if (direct.broken) this.#leaveToPlotly(key, chart, direct.broken);
      else this.#direct.set(chart, direct);
      return;
    }
    const scene = new Scene(chart, this.hand);
    this.#scenes.set(key, scene);
    // Python draws the last viewpoint that it knows. The user may have turned the scene since.
    scene.setCamera(this.#camera);
  }

  // Charts arrive long after the board, and again after each commit. By then, the user may have dragged on.
  #watch() {
    for (const key of this.#keys) {
      const chart = findChart(key);
      if (!isDrawn(chart)) continue;
      const theme = this.#theme;
      if (theme) this.#safely(key, () => followTheme(chart, theme));
      if (this.#direct.has(chart)) continue;
      this.#safely(key, () => this.#attach(key, chart));
      if (!this.#state) continue;
      this.#behind.add(key);
      this.#wake();
    }
  }

  stop() {
    this.forget();
    for (const scene of this.#scenes.values()) scene.stop();
    clearInterval(this.watching);
    clearTimeout(this.#timer);
    this.#sight.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#behind.clear();
  }
}
