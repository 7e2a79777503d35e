// The plane of the two measurements: regions of the network, 150 flowers, and a point that can be dragged.

import { el, mark } from "../dom.js";
import { clamp, makeDraggable } from "../drag.js";
import { paintRegions } from "../math/network.js";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 400; // units of the drawing, which scales with its place
const PICTURE = 100;
const REACH = 12; // pixels around a click in which it meets a flower: 24 across, also where a flower is drawn smaller
const ROOM = { left: 44, bottom: 40 };
export const BOUNDS = { petal: [0, 2.6], sepal: [1.8, 4.6] }; // cm, as in pages/iris.py

const hundredth = (value) => Math.round(value * 100) / 100;
const rgb = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// A species by its form as well as its colour.
const FORMS = [
  (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
  (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  (x, y, r) => `M${x},${y - 1.25 * r}l${1.25 * r},${2.2 * r}h${-2.5 * r}Z`,
];

const inner = SIZE - ROOM.left;
const tall = SIZE - ROOM.bottom;
const across = (petal) =>
  ROOM.left + ((petal - BOUNDS.petal[0]) / (BOUNDS.petal[1] - BOUNDS.petal[0])) * inner;
const down = (sepal) => tall - ((sepal - BOUNDS.sepal[0]) / (BOUNDS.sepal[1] - BOUNDS.sepal[0])) * tall;

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Plane {
  /** `hand` is choose(flower) and what the point may do: place(), input(place), commit(), grab(), drop(). */
  constructor(hand) {
    this.hand = hand;
    this.canvas = el("canvas", { width: PICTURE, height: PICTURE, "aria-hidden": "true" });
    this.svg = shape("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "flowers" });
    this.node = el("div", { class: "plane" }, this.canvas, this.svg);
  }

  /** Draw axes, flowers and the point anew. */
  build(flowers, names, colours, scale) {
    this.flowers = flowers;
    this.colours = colours.map(rgb);
    this.from = scale(BOUNDS.petal[0], BOUNDS.sepal[0]);
    this.to = scale(BOUNDS.petal[1], BOUNDS.sepal[1]);
    const marks = flowers.map(([petal, sepal, species], k) =>
      shape(
        "path",
        { d: FORMS[species](across(petal), down(sepal), 5), fill: colours[species], class: "flower" },
        shape(
          "title",
          {},
          `Flower ${k + 1}, ${names[species]}: petal width ${petal} cm, sepal width ${sepal} cm`,
        ),
      ),
    );
    // Who listens, or has no mouse, chooses from the list of flowers below.
    this.marks = shape("g", { "aria-hidden": "true" }, ...marks);
    // The ring lies on the chosen flower: a click on it goes on to what is there, too.
    let from = null;
    this.svg.onpointerdown = ({ clientX, clientY }) => {
      from = { clientX, clientY };
    };
    this.svg.onclick = (event) => {
      // The end of a drag that was given up is a click for the browser.
      const still = from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < REACH;
      if (still && (this.chosen !== null || !this.point.contains(event.target))) this.#chooseNearest(event);
    };
    this.wrong = shape("g", { class: "wrong", "aria-hidden": "true" });
    this.point = shape(
      "g",
      {
        class: "point",
        tabindex: "0",
        role: "slider",
        "aria-label": "Point in the plane of the two measurements",
        "aria-orientation": "horizontal",
        "aria-valuemin": BOUNDS.petal[0],
        "aria-valuemax": BOUNDS.petal[1],
      },
      shape("circle", { class: "reach" }),
      shape("circle", { r: 10, class: "ring" }),
      shape("circle", { r: 2.5, class: "dot" }),
    );
    this.#makeMovable();
    this.svg.replaceChildren(this.#axes(), this.marks, this.wrong, this.point);
  }

  #axes() {
    const group = shape("g", { class: "axes", "aria-hidden": "true" });
    for (const petal of [0, 0.5, 1, 1.5, 2, 2.5])
      group.append(shape("text", { x: across(petal), y: tall + 16, "text-anchor": "middle" }, String(petal)));
    for (const sepal of [2, 2.5, 3, 3.5, 4, 4.5])
      group.append(
        shape("text", { x: ROOM.left - 6, y: down(sepal) + 4, "text-anchor": "end" }, String(sepal)),
      );
    group.append(
      shape("text", { x: ROOM.left + inner / 2, y: SIZE - 5, "text-anchor": "middle" }, "petal width, cm"),
      shape(
        "text",
        { x: -tall / 2, y: 12, transform: "rotate(-90)", "text-anchor": "middle" },
        "sepal width, cm",
      ),
      shape("rect", { x: ROOM.left, y: 0, width: inner, height: tall, class: "frame" }),
    );
    return group;
  }

  /** Choose the flower next to a click. */
  #chooseNearest({ clientX, clientY }) {
    const place = this.svg.getBoundingClientRect();
    const unit = SIZE / place.width;
    const [x, y] = [(clientX - place.left) * unit, (clientY - place.top) * unit];
    const far = this.flowers.map(([petal, sepal]) => Math.hypot(across(petal) - x, down(sepal) - y));
    const nearest = far.indexOf(Math.min(...far));
    if (far[nearest] <= REACH * unit) this.#choose(nearest);
  }

  // Several flowers have the same two measurements: each further click is the next of them.
  #choose(k) {
    const same = this.flowers.flatMap(([petal, sepal], other) =>
      petal === this.flowers[k][0] && sepal === this.flowers[k][1] ? [other] : [],
    );
    const next = same[(same.indexOf(this.chosen) + 1) % same.length];
    if (next !== this.chosen) this.hand.choose(next);
  }

  #makeMovable() {
    // No flower stands where the point was moved to, even if one of the same measurements does.
    const by = ({ petal, sepal }, right, up) => ({
      petal: hundredth(clamp(petal + right, BOUNDS.petal)),
      sepal: hundredth(clamp(sepal + up, BOUNDS.sepal)),
      flower: null,
    });
    // A finger here drags the point, beside it the page scrolls. Browsers do not heed touch-action inside a drawing.
    this.point.ontouchstart = (event) => event.preventDefault();
    makeDraggable(this.point, {
      value: () => this.hand.place(),
      at: (start, right, down) => {
        const { width, height } = this.svg.getBoundingClientRect();
        const [wide, high] = [BOUNDS.petal, BOUNDS.sepal].map(([low, end]) => end - low);
        return by(start, ((right / width) * SIZE * wide) / inner, ((-down / height) * SIZE * high) / tall);
      },
      next: ({ key, shiftKey }, now) => {
        if (key === "Home" || key === "End")
          return by({ ...now, petal: BOUNDS.petal[key === "Home" ? 0 : 1] }, 0, 0);
        const [right, up] = ARROWS[key] ?? [0, 0];
        const step = shiftKey ? 0.5 : 0.1;
        return right || up ? by(now, right * step, up * step) : null;
      },
      input: (place) => this.hand.input(place),
      commit: () => this.hand.commit(),
      grab: () => this.hand.grab(),
      drop: () => this.hand.drop(),
    });
  }

  /** Show the point, and which flower it stands on. */
  show(petal, sepal, chosen, text) {
    this.chosen = chosen;
    this.point.setAttribute("transform", `translate(${across(petal)},${down(sepal)})`);
    mark(this.point, "aria-valuenow", petal);
    mark(this.point, "aria-valuetext", text);
  }

  /** Show what a network makes of the plane. */
  paint(net, winners) {
    this.canvas
      .getContext("2d")
      .putImageData(paintRegions(net, PICTURE, this.colours, this.from, this.to), 0, 0);
    const crosses = this.flowers.flatMap(([petal, sepal, species], k) =>
      winners[k] === species ? [] : [`M${across(petal) - 7},${down(sepal) - 7}l14,14m0,-14l-14,14`],
    );
    this.wrong.replaceChildren(shape("path", { d: crosses.join("") }));
  }
}
