// A chart in 3D under a hand: it turns and does nothing else, so the surface cannot be lost from sight. The page
// scrolls past it, a button brings the first view back, and each turn is told.

import { el } from "../dom.js";
import { APP } from "../streamlit.js";
import { cameraOf, container, hasPicture, lookFrom, onLostPicture } from "./plotly.js";

/** @typedef {import("./plotly.js").Chart} Chart */

/**
 * What happens to a chart in 3D.
 *
 * @typedef {object} Hand
 * @property {(camera: string) => void} turned With the two angles as the link has them, or nothing at the start.
 * @property {() => void} lost The browser has dropped its picture.
 */

/**
 * How Python has drawn the view: `ui/figures/camera.py`.
 *
 * @typedef {object} View
 * @property {[number, number]} start Two angles in degrees: around, and above.
 * @property {number} steepest
 * @property {number[]} centre
 * @property {number} distance
 */

const DEGREE = Math.PI / 180;
/** @param {number} value */
const tenth = (value) => Math.round(value * 10) / 10;

const AXES = /** @type {const} */ (["x", "y", "z"]);

/** A press of another button, or with a key held, would shift the surface or go through it. @param {Event} event */
const shifts = (event) =>
  event instanceof MouseEvent && (Boolean(event.buttons & ~1) || event.ctrlKey || event.altKey);

export class Scene {
  lost = false;
  #known = true; // whether the scene is as plotly.js knows it
  #pressed = false;
  #forget = new AbortController();
  #button = el("button", { type: "button" }, "Reset view");

  /**
   * @param {Chart} chart
   * @param {Hand} hand
   */
  constructor(chart, hand) {
    this.chart = chart;
    this.hand = hand;
    this.#listen();
    this.#addButton();
    try {
      onLostPicture(chart, () => this.#lose());
    } catch (error) {
      // It is drawn and follows; only its view is Plotly's own affair.
      console.warn("A view in 3D is left to Plotly:", error);
      this.#known = false;
    }
    if (this.#known && !hasPicture(chart)) this.#lose();
    chart.on("plotly_afterplot", () => this.#markTurned());
  }

  /** @returns {View} */
  get #view() {
    return this.chart.layout.meta.view;
  }

  #listen() {
    const { chart } = this;
    const { signal } = this.#forget;
    const early = { capture: true, signal };
    // Plotly keeps every wheel to itself, also when it is told to do nothing with it.
    chart.addEventListener("wheel", (event) => event.stopPropagation(), { ...early, passive: true });
    for (const kind of ["mousedown", "mousemove", "mouseenter", "mouseleave", "mouseover", "mouseout"]) {
      chart.addEventListener(kind, (event) => shifts(event) && event.stopPropagation(), early);
    }
    /** @param {Event} event */
    const press = (event) => {
      this.#pressed ||= !this.#button.contains(/** @type {Node} */ (event.target));
    };
    for (const kind of ["pointerdown", "touchstart"]) {
      chart.addEventListener(kind, press, { ...early, passive: true });
    }
    // Plotly tells only of a mouse that is let go over the picture; and it must have turned it first.
    for (const kind of ["mouseup", "touchend", "touchcancel"]) {
      window.addEventListener(kind, () => this.#pressed && setTimeout(() => this.#letGo()), early);
    }
  }

  #addButton() {
    // As the page writes, not as Plotly does.
    const { color, fontFamily } = getComputedStyle(document.querySelector(APP) ?? document.body);
    Object.assign(this.#button.style, {
      position: "absolute",
      top: "26px",
      right: "0",
      minHeight: "28px",
      padding: "0 10px",
      cursor: "pointer",
      color,
      fontFamily,
      fontSize: "13px",
      background: "transparent",
      border: "1px solid",
      borderRadius: "4px",
    });
    this.#button.onclick = () => {
      this.setCamera("");
      this.hand.turned("");
    };
    container(this.chart).append(this.#button);
    this.#markTurned();
  }

  /** The view as it is: two angles, or nothing at the start. */
  get camera() {
    const { eye, center } = this.chart.layout.scene.camera;
    const { start, steepest } = this.#view;
    const [x, y, z] = AXES.map((axis) => eye[axis] - center[axis]);
    const above = Math.asin(z / Math.hypot(x, y, z)) / DEGREE;
    const angles = [tenth(Math.atan2(y, x) / DEGREE), tenth(Math.min(steepest, Math.max(-steepest, above)))];
    return String(angles) === String(start) ? "" : String(angles);
  }

  // Streamlit takes a chart away while the next one is on its way.
  #isThere() {
    return this.#known && !this.lost && hasPicture(this.chart);
  }

  /**
   * Look from there, unless the hand is just turning it.
   *
   * @param {string} camera
   */
  setCamera(camera) {
    if (!this.#isThere() || this.#pressed || camera === this.camera) return;
    const { start, centre, distance } = this.#view;
    const [around, above] = (camera ? camera.split(",").map(Number) : start).map((angle) => angle * DEGREE);
    const level = distance * Math.cos(above);
    const offset = [level * Math.cos(around), level * Math.sin(around), distance * Math.sin(above)];
    const [x, y, z] = centre.map((middle, k) => middle + offset[k]);
    lookFrom(this.chart, { x, y, z });
  }

  #letGo() {
    this.#pressed = false;
    if (!this.#isThere()) return;
    const before = this.camera;
    // A turn by hand reaches Plotly's own layout alone; the one given to it would undo it at the next redraw.
    this.chart.layout.scene.camera = cameraOf(this.chart);
    this.#markTurned();
    if (this.camera !== before) this.hand.turned(this.camera);
  }

  #markTurned() {
    this.#button.hidden = !this.#isThere() || !this.camera;
  }

  #lose() {
    if (this.lost) return;
    this.lost = true;
    this.#button.hidden = true;
    this.hand.lost();
  }

  stop() {
    this.#forget.abort();
  }
}
