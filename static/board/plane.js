// The plane of the two measurements: regions of the network, 150 flowers, and a point that can be dragged.

import { el, mark } from "./dom.js";
import { paintRegions } from "./network.js";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 400; // units of the drawing, which scales with its place
const PICTURE = 100;
const ROOM = { left: 44, bottom: 40 };
export const BOUNDS = { petal: [0, 2.6], sepal: [1.8, 4.6] }; // cm, as in ui/iris.py

const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));
const tenth = (value) => Math.round(value * 100) / 100;
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
const across = (petal) => ROOM.left + ((petal - BOUNDS.petal[0]) / (BOUNDS.petal[1] - BOUNDS.petal[0])) * inner;
const down = (sepal) => tall - ((sepal - BOUNDS.sepal[0]) / (BOUNDS.sepal[1] - BOUNDS.sepal[0])) * tall;

export class Plane {
  /** `hand` is choose(flower), drag(petal, sepal), drop(). */
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
    this.marks = flowers.map(([petal, sepal, species], k) => {
      const node = shape("path", { d: FORMS[species](across(petal), down(sepal), 5), fill: colours[species], class: "flower" },
        shape("title", {}, `Flower ${k + 1}, ${names[species]}: petal width ${petal} cm, sepal width ${sepal} cm`));
      node.addEventListener("click", () => this.#choose(k));
      return node;
    });
    this.wrong = shape("g", { class: "wrong" });
    this.point = shape("g", { class: "point", tabindex: "0", role: "slider", "aria-label": "Point in the plane of the two measurements",
      "aria-orientation": "horizontal", "aria-valuemin": BOUNDS.petal[0], "aria-valuemax": BOUNDS.petal[1] },
      shape("circle", { r: 22, class: "reach" }), shape("circle", { r: 10, class: "ring" }), shape("circle", { r: 2.5, class: "dot" }));
    this.#hold(this.point);
    this.svg.replaceChildren(this.#axes(), ...this.marks, this.wrong, this.point);
  }

  #axes() {
    const group = shape("g", { class: "axes", "aria-hidden": "true" });
    for (const petal of [0, 0.5, 1, 1.5, 2, 2.5]) group.append(shape("text", { x: across(petal), y: tall + 16, "text-anchor": "middle" }, String(petal)));
    for (const sepal of [2, 2.5, 3, 3.5, 4, 4.5]) group.append(shape("text", { x: ROOM.left - 6, y: down(sepal) + 4, "text-anchor": "end" }, String(sepal)));
    group.append(
      shape("text", { x: ROOM.left + inner / 2, y: SIZE - 5, "text-anchor": "middle" }, "petal width, cm"),
      shape("text", { x: -tall / 2, y: 12, transform: "rotate(-90)", "text-anchor": "middle" }, "sepal width, cm"),
      shape("rect", { x: ROOM.left, y: 0, width: inner, height: tall, class: "frame" }),
    );
    return group;
  }

  // Several flowers have the same two measurements: each further click is the next of them.
  #choose(k) {
    const same = this.flowers.flatMap(([petal, sepal], other) => (petal === this.flowers[k][0] && sepal === this.flowers[k][1] ? [other] : []));
    this.hand.choose(same[(same.indexOf(this.chosen) + 1) % same.length]);
  }

  #hold(point) {
    const at = (event) => {
      const place = this.svg.getBoundingClientRect();
      const x = ((event.clientX - place.left) / place.width) * SIZE;
      const y = ((event.clientY - place.top) / place.height) * SIZE;
      return [
        tenth(clamp(BOUNDS.petal[0] + ((x - ROOM.left) / inner) * (BOUNDS.petal[1] - BOUNDS.petal[0]), BOUNDS.petal)),
        tenth(clamp(BOUNDS.sepal[0] + ((tall - y) / tall) * (BOUNDS.sepal[1] - BOUNDS.sepal[0]), BOUNDS.sepal)),
      ];
    };
    let pointer = null;
    let moved = false;
    point.onpointerdown = (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      pointer = event.pointerId;
      moved = false;
      point.setPointerCapture(pointer);
      point.focus({ preventScroll: true });
    };
    point.onpointermove = (event) => {
      if (event.pointerId !== pointer) return;
      moved = true;
      this.hand.drag(...at(event));
    };
    const end = () => {
      if (pointer === null) return;
      pointer = null;
      if (moved) this.hand.drop();
    };
    point.onpointerup = end;
    point.onlostpointercapture = end;
    const keys = { ArrowRight: [0.1, 0], ArrowLeft: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
    point.onkeydown = (event) => {
      const by = keys[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.hand.drag(tenth(clamp(this.at[0] + by[0], BOUNDS.petal)), tenth(clamp(this.at[1] + by[1], BOUNDS.sepal)));
    };
    point.onkeyup = (event) => event.key in keys && this.hand.drop();
  }

  /** Show the point, and which flower it stands on. */
  show(petal, sepal, chosen, text) {
    this.at = [petal, sepal];
    this.chosen = chosen;
    this.point.setAttribute("transform", `translate(${across(petal)},${down(sepal)})`);
    mark(this.point, "aria-valuenow", petal);
    mark(this.point, "aria-valuetext", text);
  }

  /** Show what a network makes of the plane. */
  paint(net, winners) {
    this.canvas.getContext("2d").putImageData(paintRegions(net, PICTURE, this.colours, this.from, this.to), 0, 0);
    const crosses = this.flowers.flatMap(([petal, sepal, species], k) =>
      winners[k] === species ? [] : [`M${across(petal) - 7},${down(sepal) - 7}l14,14m0,-14l-14,14`]);
    this.wrong.replaceChildren(shape("path", { d: crosses.join("") }));
  }
}
