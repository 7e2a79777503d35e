// Lets the user turn a chart in 3D, but not shift or zoom it, so the surface always stays in sight. The wheel
// scrolls the page, a button restores the initial view, and each turn is reported.

import { el } from "../dom.js";
import { APP } from "../streamlit.js";
import { cameraOf, container, hasPicture, lookFrom, onLostPicture } from "./plotly.js";

/** @typedef {import("./plotly.js").Chart} Chart */

/**
 * What happens to a chart in 3D.
 *
 * @typedef {object} Hand
 * @property {(camera: string) => void} turned Called with the two angles as in the link; empty for the
 * initial view.
 * @property {() => void} lost The browser has dropped its picture.
 */

/**
 * How Python has set up the view (`ui/figures/camera.py`).
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

/** Whether a press with this button or key would shift or zoom the surface. @param {Event} event */
const shifts = (event) =>
  event instanceof MouseEvent && (Boolean(event.buttons & ~1) || event.ctrlKey || event.altKey);

export class Scene {
  lost = false;
  #known = true; // whether the scene is as charts/plotly.js expects it
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
      // The scene is still drawn and still follows the store. Plotly alone handles its view.
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
    // Plotly consumes every wheel event, even if it is configured to ignore them.
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
    // Plotly reports a release only over the picture, so the window is watched instead. The view is read with
    // a delay, because Plotly must turn the scene first.
    for (const kind of ["mouseup", "touchend", "touchcancel"]) {
      window.addEventListener(kind, () => this.#pressed && setTimeout(() => this.#letGo()), early);
    }
  }

  #addButton() {
    // Use the text style of the page, not Plotly's.
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

  /** The current view: two angles; empty for the initial view. */
  get camera() {
    const { eye, center } = this.chart.layout.scene.camera;
    const { start, steepest } = this.#view;
    const [x, y, z] = AXES.map((axis) => eye[axis] - center[axis]);
    const above = Math.asin(z / Math.hypot(x, y, z)) / DEGREE;
    const angles = [tenth(Math.atan2(y, x) / DEGREE), tenth(Math.min(steepest, Math.max(-steepest, above)))];
    return String(angles) === String(start) ? "" : String(angles);
  }

  // Streamlit may remove a chart while its successor is still on the way.
  #isThere() {
    return this.#known && !this.lost && hasPicture(this.chart);
  }

  /**
   * Set the view, unless the user is turning the scene right now.
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
    // A turn by the user changes only Plotly's internal layout. The public layout would undo it at the next
    // redraw.
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
