// The plane of the two measurements: regions of the network, 150 flowers, and a point that can be dragged.

import { el, mark, shape } from "../dom.js";
import { clamp, makeDraggable } from "../drag.js";
import { paintRegions } from "../math/network.js";
import { nearest, REACH } from "./near.js";

/** @typedef {import("../math/network.js").Network} Network */

/**
 * Where the point is, in cm, and which flower it stands on.
 *
 * @typedef {{ petal: number, sepal: number, flower: number | null }} Place
 */

/**
 * What the user can do in the plane.
 *
 * @typedef {object} Hand
 * @property {(flower: number) => void} choose
 * @property {() => Place} place Where the point is now.
 * @property {(place: Place) => void} input Show the point there.
 * @property {() => void} commit Keep it where it is shown.
 * @property {() => void} grab
 * @property {() => void} drop
 */

const SIZE = 400; // units of the drawing, which scales with its place
const PICTURE = 100; // pixels of the picture of the regions, which the browser enlarges
const ROOM = { left: 44, bottom: 40 };
const PETAL = /** @type {const} */ ([0, 2.6]); // cm, as in ui/iris_part.py
const SEPAL = /** @type {const} */ ([1.8, 4.6]);

/** @param {number} value */
const hundredth = (value) => Math.round(value * 100) / 100;

/** Red, green and blue of a colour written as #rrggbb. @param {string} hex */
const rgb = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** A species by its form as well as its colour. @type {((x: number, y: number, r: number) => string)[]} */
const FORMS = [
  (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
  (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  (x, y, r) => `M${x},${y - 1.25 * r}l${1.25 * r},${2.2 * r}h${-2.5 * r}Z`,
];
const SIGNS = ["●", "■", "▲"];

const inner = SIZE - ROOM.left;
const tall = SIZE - ROOM.bottom;
/** @param {number} petal */
const across = (petal) => ROOM.left + ((petal - PETAL[0]) / (PETAL[1] - PETAL[0])) * inner;
/** @param {number} sepal */
const down = (sepal) => tall - ((sepal - SEPAL[0]) / (SEPAL[1] - SEPAL[0])) * tall;

/** @type {Record<string, [right: number, up: number]>} */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * What the marks in the plane mean.
 *
 * @param {string[]} names
 * @param {string[]} colours
 */
export function legend(names, colours) {
  /** @type {(sign: string, text: string, style?: string) => Node} */
  const entry = (sign, text, style) =>
    el("span", { style }, el("b", { "aria-hidden": "true" }, sign), ` ${text}`);
  return el(
    "p",
    { class: "legend" },
    ...names.map((name, k) => entry(SIGNS[k], name, `--colour: ${colours[k]}`)),
    entry("✕", "misclassified"),
  );
}

/**
 * A place some cm away, but not beyond the plane. It selects no flower, even if one lies there.
 *
 * @param {Place} place
 * @param {number} right
 * @param {number} up
 * @returns {Place}
 */
const moved = ({ petal, sepal }, right, up) => ({
  petal: hundredth(clamp(petal + right, PETAL)),
  sepal: hundredth(clamp(sepal + up, SEPAL)),
  flower: null,
});

export class Plane {
  #hand;
  #flowers;
  #colours;
  #from;
  #to;
  /** The flower that the point stands on. @type {number | null} */
  #chosen = null;
  #canvas = el("canvas", { width: PICTURE, height: PICTURE, "aria-hidden": "true" });
  #svg = shape("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "flowers" });
  #wrong = shape("g", { class: "wrong", "aria-hidden": "true" });
  #point = shape(
    "g",
    {
      class: "point",
      tabindex: "0",
      role: "slider",
      "aria-label": "Point in the plane of the two measurements",
      "aria-orientation": "horizontal",
      "aria-valuemin": PETAL[0],
      "aria-valuemax": PETAL[1],
    },
    shape("circle", { class: "reach" }),
    shape("circle", { r: 10, class: "ring" }),
    shape("circle", { r: 2.5, class: "dot" }),
  );
  node = el("div", { class: "plane", "data-way": "1" }, this.#canvas, this.#svg);

  /** What is drawn, to be taken away. */
  get drawing() {
    return { svg: this.#svg, canvas: this.#canvas };
  }

  /**
   * @param {import("../messages.js").IrisMessage} data
   * @param {(petal: number, sepal: number) => number[]} scale From cm to what the network reads.
   * @param {Hand} hand
   */
  constructor({ flowers, names, colours }, scale, hand) {
    this.#hand = hand;
    this.#flowers = flowers;
    this.#colours = colours.map(rgb);
    this.#from = scale(PETAL[0], SEPAL[0]);
    this.#to = scale(PETAL[1], SEPAL[1]);
    const marks = flowers.map(([petal, sepal, species], k) => {
      const text = `Flower ${k + 1}, ${names[species]}: petal width ${petal} cm, sepal width ${sepal} cm`;
      const d = FORMS[species](across(petal), down(sepal), 5);
      return shape("path", { d, fill: colours[species], class: "flower" }, shape("title", {}, text));
    });
    this.#makeMovable();
    this.#makeChoosable();
    // Users of a screen reader, or without a mouse, choose from the list of flowers below.
    this.#svg.append(axes(), shape("g", { "aria-hidden": "true" }, ...marks), this.#wrong, this.#point);
  }

  /** The ring lies on the chosen flower, so a click on it goes on to the other flowers of that place. */
  #makeChoosable() {
    let [x, y] = [Number.NaN, Number.NaN];
    this.#svg.onpointerdown = ({ clientX, clientY }) => {
      [x, y] = [clientX, clientY];
    };
    this.#svg.onclick = (event) => {
      // The browser also reports a click at the end of a drag that was cancelled.
      const still = Math.hypot(event.clientX - x, event.clientY - y) < REACH;
      const onPoint = this.#point.contains(/** @type {Node} */ (event.target));
      if (!still || (onPoint && this.#chosen === null)) return;
      const met = nearest(event, this.#svg, SIZE, (x, y) =>
        this.#flowers.map(([petal, sepal]) => Math.hypot(across(petal) - x, down(sepal) - y)),
      );
      if (met >= 0) this.#choose(met);
    };
  }

  /**
   * Choose a flower. Several have the same two measurements: each further click chooses the next of them.
   *
   * @param {number} k
   */
  #choose(k) {
    const same = this.#flowers.flatMap(([petal, sepal], other) =>
      petal === this.#flowers[k][0] && sepal === this.#flowers[k][1] ? [other] : [],
    );
    const before = this.#chosen === null ? -1 : same.indexOf(this.#chosen);
    const next = same[(before + 1) % same.length];
    if (next !== this.#chosen) this.#hand.choose(next);
  }

  #makeMovable() {
    const hand = this.#hand;
    // A finger on the point drags it; elsewhere a finger scrolls. Browsers ignore touch-action inside a
    // drawing.
    this.#point.ontouchstart = (event) => event.preventDefault();
    makeDraggable(this.#point, {
      value: () => hand.place(),
      field: () => this.#svg,
      at: (start, right, down) => {
        const wide = (right * SIZE * (PETAL[1] - PETAL[0])) / inner;
        const high = (-down * SIZE * (SEPAL[1] - SEPAL[0])) / tall;
        return moved(start, wide, high);
      },
      next: ({ key, shiftKey }, now) => {
        if (key === "Home" || key === "End")
          return moved({ ...now, petal: PETAL[key === "Home" ? 0 : 1] }, 0, 0);
        const [right, up] = ARROWS[key] ?? [0, 0];
        const step = shiftKey ? 0.5 : 0.1;
        return right || up ? moved(now, right * step, up * step) : null;
      },
      input: (place) => hand.input(place),
      commit: () => hand.commit(),
      grab: () => hand.grab(),
      drop: () => hand.drop(),
    });
  }

  /**
   * Show the point.
   *
   * @param {Place} place
   * @param {string} text What it is called there.
   */
  show({ petal, sepal, flower }, text) {
    this.#chosen = flower;
    this.#point.setAttribute("transform", `translate(${across(petal)},${down(sepal)})`);
    mark(this.#point, "aria-valuenow", String(petal));
    mark(this.#point, "aria-valuetext", text);
  }

  /**
   * Show which class a network gives to each place in the plane and to each flower.
   *
   * @param {Network} net
   * @param {number[]} winners The most probable class of each flower.
   */
  paint(net, winners) {
    const picture = paintRegions(net, PICTURE, this.#colours, this.#from, this.#to);
    this.#canvas.getContext("2d")?.putImageData(picture, 0, 0);
    const crosses = this.#flowers.flatMap(([petal, sepal, species], k) =>
      winners[k] === species ? [] : [`M${across(petal) - 7},${down(sepal) - 7}l14,14m0,-14l-14,14`],
    );
    this.#wrong.replaceChildren(shape("path", { d: crosses.join("") }));
  }
}

function axes() {
  /** @type {(text: string | number, attributes: import("../dom.js").Attributes) => Node} */
  const label = (text, attributes) => shape("text", { "text-anchor": "middle", ...attributes }, String(text));
  return shape(
    "g",
    { class: "axes", "aria-hidden": "true" },
    ...[0, 0.5, 1, 1.5, 2, 2.5].map((petal) =>
      label(petal, { x: across(petal), y: tall + 16, class: "tick" }),
    ),
    ...[2, 2.5, 3, 3.5, 4, 4.5].map((sepal) =>
      label(sepal, { x: ROOM.left - 6, y: down(sepal) + 4, "text-anchor": "end", class: "tick" }),
    ),
    label("petal width, cm", { x: ROOM.left + inner / 2, y: SIZE - 5 }),
    label("sepal width, cm", { x: -tall / 2, y: 12, transform: "rotate(-90)" }),
    shape("rect", { x: ROOM.left, y: 0, width: inner, height: tall, class: "frame" }),
  );
}
