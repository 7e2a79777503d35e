// A chart in 3D under a hand: it turns and does nothing else, so the surface cannot be lost from sight. The page
// scrolls past it, a button brings the first view back, and each turn is told. Knows Plotly's insides.

import { el } from "../dom.js";

const DEGREE = Math.PI / 180;
const tenth = (value) => Math.round(value * 10) / 10;

// A press of another button, or with a key held, would shift the surface or go through it.
const shifts = (event) => Boolean(event.buttons & ~1) || event.ctrlKey || event.altKey;

/** Whether a chart shows something in 3D. */
export const isScene = (chart) => Boolean(chart._fullLayout.scene);

export class Scene {
  /** `hand` is turned(camera), with the two angles as the link has them, and lost(). */
  constructor(chart, hand) {
    this.chart = chart;
    this.hand = hand;
    this.lost = false;
    this.pressed = false;
    this.forget = new AbortController();
    this.#listen();
    this.#addButton();
    const scene = chart._fullLayout.scene._scene;
    // Plotly would wait for the lost picture, also once its place has gone, and fail then.
    if (scene) scene.recoverContext = () => {};
    chart.on("plotly_webglcontextlost", () => this.#lose());
    if (!scene?.glplot) this.#lose();
    chart.on("plotly_afterplot", () => this.#markTurned());
  }

  #listen() {
    const { chart } = this;
    const { signal } = this.forget;
    const early = { capture: true, signal };
    // Plotly keeps every wheel to itself, also when it is told to do nothing with it.
    chart.addEventListener("wheel", (event) => event.stopPropagation(), { ...early, passive: true });
    for (const kind of ["mousedown", "mousemove", "mouseenter", "mouseleave", "mouseover", "mouseout"]) {
      chart.addEventListener(kind, (event) => shifts(event) && event.stopPropagation(), early);
    }
    for (const kind of ["pointerdown", "touchstart"]) {
      chart.addEventListener(
        kind,
        (event) => {
          this.pressed ||= this.#isOnPicture(event);
        },
        { ...early, passive: true },
      );
    }
    // Plotly tells only of a mouse that is let go over the picture; and it must have turned it first.
    for (const kind of ["mouseup", "touchend", "touchcancel"]) {
      window.addEventListener(kind, () => this.pressed && setTimeout(() => this.#letGo()), early);
    }
  }

  #isOnPicture(event) {
    return !this.button.contains(event.target);
  }

  #addButton() {
    this.button = el("button", { type: "button" }, "Reset view");
    // As the page writes, not as Plotly does.
    const { color, fontFamily } = getComputedStyle(document.querySelector(".stApp") ?? document.body);
    Object.assign(this.button.style, {
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
    this.button.onclick = () => {
      this.setCamera("");
      this.hand.turned("");
    };
    this.chart.querySelector(".svg-container").append(this.button);
    this.#markTurned();
  }

  /** The view as it is: two angles, or nothing at the start. */
  get camera() {
    const { eye, center } = this.chart.layout.scene.camera;
    const { start, steepest } = this.chart.layout.meta.view;
    const [x, y, z] = ["x", "y", "z"].map((axis) => eye[axis] - center[axis]);
    const above = Math.asin(z / Math.hypot(x, y, z)) / DEGREE;
    const angles = [tenth(Math.atan2(y, x) / DEGREE), tenth(Math.min(steepest, Math.max(-steepest, above)))];
    return String(angles) === String(start) ? "" : String(angles);
  }

  // Streamlit takes a chart away while the next one is on its way.
  #isThere() {
    return !this.lost && Boolean(this.chart._fullLayout?.scene?._scene?.glplot);
  }

  /** Look from there, unless the hand is just turning it. */
  setCamera(camera) {
    if (!this.#isThere() || this.pressed || camera === this.camera) return;
    const { start, centre, distance } = this.chart.layout.meta.view;
    const [around, above] = (camera ? camera.split(",").map(Number) : start).map((angle) => angle * DEGREE);
    const level = distance * Math.cos(above);
    const offset = [level * Math.cos(around), level * Math.sin(around), distance * Math.sin(above)];
    const eye = Object.fromEntries(["x", "y", "z"].map((axis, k) => [axis, centre[k] + offset[k]]));
    window.Plotly.relayout(this.chart, { "scene.camera.eye": eye });
  }

  #letGo() {
    this.pressed = false;
    if (!this.#isThere()) return;
    const { layout, _fullLayout } = this.chart;
    const before = this.camera;
    // A turn by hand reaches Plotly's own layout alone; the one given to it would undo it at the next redraw.
    const { eye, center, up } = _fullLayout.scene._scene.getCamera();
    layout.scene.camera = { eye, center, up };
    this.#markTurned();
    if (this.camera !== before) this.hand.turned(this.camera);
  }

  #markTurned() {
    this.button.hidden = !this.#isThere() || !this.camera;
  }

  #lose() {
    if (this.lost) return;
    this.lost = true;
    this.button.hidden = true;
    this.hand.lost();
  }

  stop() {
    this.forget.abort();
  }
}
