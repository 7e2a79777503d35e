// A small drawing of the network with its current values: two inputs, the hidden layer, three raw outputs.

import { el, mark, shape } from "../dom.js";
import { decimal } from "../text/format.js";
import { writeOrHide } from "./cover.js";
import { nearest } from "./near.js";

/** @typedef {import("../math/network.js").Network} Network */
/** @typedef {import("../math/network.js").Layers} Layers */

const WIDTH = 460;
const HEIGHT = 250;
const X = [56, 196, 330]; // the middle of each layer
const P = WIDTH - 38; // the middle of the probabilities
const BOX = { width: 66, height: 26 };
const [FROM, TO] = [X[1] + BOX.width / 2, X[2] - BOX.width / 2]; // ends of the lines that can be chosen

/** How far down each node of a layer is. @param {number} count */
const spread = (count) => Array.from({ length: count }, (_, k) => 30 + ((k + 0.5) * (HEIGHT - 30)) / count);

// To which stages of a flower's way (way.js) the layers belong, and what else belongs to the chosen weight.
const STAGES = ["2", "2 3", "3 4", "4"];
const TO_WEIGHT = [" 7", " 6 7", " 6"]; // its hidden value, its raw output and the probability of that
const OF_SPECIES = " 5"; // the probability of the true species

/**
 * A text whose middle is at x.
 *
 * @param {number} x
 * @param {number} y
 * @param {string} [name] The CSS class.
 * @param {string} [text]
 * @param {string} [way] The stages to which it belongs.
 */
const label = (x, y, name, text = "", way = undefined) =>
  shape("text", { x, y, "text-anchor": "middle", class: name, "data-way": way }, text);

export class Diagram {
  #names;
  /** How far down the nodes of each layer are. */
  #places;
  /** The lines from the inputs: by the node they lead to, then by the one they come from. */
  #first;
  /** The lines from the hidden layer, in the same order. */
  #second;
  /** The numbers in the nodes, layer by layer. */
  #values;
  /** The nodes themselves. */
  #boxes;
  #probabilities;
  #svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  node = el("div", { class: "diagram" }, this.#svg);

  /** What is drawn, to be taken away. */
  get drawing() {
    return { svg: this.#svg };
  }

  /**
   * @param {string[]} names
   * @param {string[]} colours
   * @param {number} hidden How many nodes the hidden layer has.
   * @param {(i: number, h: number) => void} choose The line from hidden node h to output i was clicked.
   */
  constructor(names, colours, hidden, choose) {
    this.#names = names;
    const [inputs, middles, outputs] = [spread(2), spread(hidden), spread(3)];
    this.#places = [inputs, middles, outputs];
    this.#first = middles.map((_, h) => inputs.map((__, k) => this.#line(0, k, h)));
    this.#second = names.map((name, i) => middles.map((_, h) => this.#choosableLine(name, i, h)));
    this.#values = this.#places.map((column, layer) => column.map((y) => label(X[layer], y + 5)));
    this.#boxes = this.#places.map((column, layer) =>
      column.map((y, k) => this.#box(layer, y, layer === 2 ? colours[k] : null)),
    );
    this.#probabilities = outputs.map((y) => label(P, y + 5, "p"));
    this.#svg.onclick = (event) => {
      const met = nearest(event, this.#svg, WIDTH, (x, y) => this.#distances(x, y));
      if (met >= 0) choose(Math.floor(met / hidden), met % hidden);
    };
    this.#svg.append(
      shape("g", { class: "edges" }, ...this.#first.flat(), ...this.#second.flat()),
      ...["petal", "sepal"].map((text, k) =>
        label(X[0], inputs[k] - BOX.height / 2 - 6, "head", text, STAGES[0]),
      ),
      label(X[0], 14, "head", "scaled inputs", STAGES[0]),
      label(X[1], 14, "head", "hidden: tanh", STAGES[1]),
      label(X[2], 14, "head", "raw outputs", STAGES[2]),
      label(P, 14, "head", "softmax", STAGES[3]),
      ...this.#boxes.flatMap((column, layer) => column.flatMap((box, k) => [box, this.#values[layer][k]])),
      ...outputs.map((y) => label(X[2] + BOX.width / 2 + 12, y + 5, "head", "→", STAGES[3])),
      ...this.#probabilities,
    );
  }

  /**
   * A line from node a of a layer to node b of the next.
   *
   * @param {number} layer
   * @param {number} a
   * @param {number} b
   */
  #line(layer, a, b) {
    return shape("line", {
      x1: X[layer] + BOX.width / 2,
      y1: this.#places[layer][a],
      x2: X[layer + 1] - BOX.width / 2,
      y2: this.#places[layer + 1][b],
    });
  }

  /**
   * @param {string} name Of the class that raw output i belongs to.
   * @param {number} i
   * @param {number} h
   */
  #choosableLine(name, i, h) {
    const line = this.#line(1, h, i);
    line.append(shape("title", {}, `Weight from hidden ${h + 1} to ${name}: click to follow its derivative`));
    return line;
  }

  /**
   * @param {number} layer
   * @param {number} y
   * @param {string | null} colour
   */
  #box(layer, y, colour) {
    return shape("rect", {
      x: X[layer] - BOX.width / 2,
      y: y - BOX.height / 2,
      ...BOX,
      rx: 5,
      style: colour && `stroke: ${colour}`,
    });
  }

  /**
   * How far a place is from each of the lines that can be chosen, in their order.
   *
   * @param {number} x
   * @param {number} y
   */
  #distances(x, y) {
    const wide = TO - FROM;
    return this.#places[2].flatMap((end) =>
      this.#places[1].map((start) => {
        const along = ((x - FROM) * wide + (y - start) * (end - start)) / (wide ** 2 + (end - start) ** 2);
        const at = Math.min(1, Math.max(0, along));
        return Math.hypot(x - FROM - at * wide, y - start - at * (end - start));
      }),
    );
  }

  /**
   * Say to which stages of the way each element belongs.
   *
   * @param {number} i
   * @param {number} h
   * @param {number | null} species
   */
  #belong(i, h, species) {
    for (const line of this.#first.flat()) mark(line, "data-way", STAGES[0]);
    this.#second.forEach((row, b) =>
      row.forEach((line, a) => mark(line, "data-way", b === i && a === h ? "3 7 8" : "3")),
    );
    [this.#boxes, this.#values].forEach((layers) =>
      layers.forEach((column, layer) =>
        column.forEach((node, k) => {
          const chosen = layer > 0 && k === [h, i][layer - 1];
          mark(node, "data-way", STAGES[layer] + (chosen ? TO_WEIGHT[layer - 1] : ""));
        }),
      ),
    );
    this.#probabilities.forEach((node, k) =>
      mark(node, "data-way", STAGES[3] + (k === species ? OF_SPECIES : "") + (k === i ? TO_WEIGHT[2] : "")),
    );
  }

  /**
   * Show a network with its values for one flower.
   *
   * @param {Network} net
   * @param {number[]} x The two scaled inputs.
   * @param {Layers} layers
   * @param {number[]} weight Raw output and hidden node of the chosen weight, whose line is heavy.
   * @param {number | null} species The true species; null for a point that is not a flower.
   */
  show(net, x, { hidden, z, p }, [i, h], species) {
    this.#belong(i, h, species);
    net.hiddenWeights.forEach((row, b) => row.forEach((w, a) => strengthen(this.#first[b][a], w, "", false)));
    net.outputWeights.forEach((row, b) =>
      row.forEach((w, a) => strengthen(this.#second[b][a], w, "choosable ", b === i && a === h)),
    );
    [x, hidden, z].forEach((column, layer) =>
      column.forEach((value, k) => writeOrHide(this.#values[layer][k], decimal(value), "network")),
    );
    p.forEach((value, k) =>
      writeOrHide(this.#probabilities[k], decimal(value), "probability-numbers", `p${k + 1}`),
    );
    // A screen reader hears what is seen.
    const [inputs, , outputs] = this.#values.map((column) => column.map((node) => node.textContent));
    const said = this.#names
      .map((name, k) => `${name} ${outputs[k]}, probability ${this.#probabilities[k].textContent}`)
      .join("; ");
    mark(this.#svg, "aria-label", `The network: inputs ${inputs.join(" and ")}; raw outputs ${said}`);
  }
}

/**
 * Draw a line as strong as its weight is large.
 *
 * @param {SVGLineElement} line
 * @param {number} weight
 * @param {string} kind
 * @param {boolean} chosen
 */
function strengthen(line, weight, kind, chosen) {
  line.setAttribute("class", `${kind}${weight < 0 ? "minus" : "plus"}${chosen ? " chosen" : ""}`);
  line.setAttribute("stroke-width", String(chosen ? 5 : Math.min(4, 0.4 + Math.abs(weight) * 0.6)));
}
