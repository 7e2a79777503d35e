// A small drawing of the network with the values of now on it: two inputs, the hidden layer, three raw outputs.

import { decimal } from "../text/format.js";
import { el, write } from "../dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 460;
const HEIGHT = 250;
const X = [56, 196, 330];
const BOX = { width: 66, height: 26 };
const REACH = 12; // pixels around a click in which it meets a line: a thin one, too, is a target of 24

function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const spread = (count) => Array.from({ length: count }, (_, k) => 30 + ((k + 0.5) * (HEIGHT - 30)) / count);

export class Diagram {
  constructor(choose) {
    this.choose = choose;
    this.svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    this.node = el("div", { class: "diagram" }, this.svg);
  }

  build(names, colours, H) {
    this.places = [spread(2), spread(H), spread(3)];
    const edges = shape("g", { class: "edges" });
    const line = (layer, a, b) =>
      shape("line", {
        x1: X[layer] + BOX.width / 2,
        y1: this.places[layer][a],
        x2: X[layer + 1] - BOX.width / 2,
        y2: this.places[layer + 1][b],
      });
    this.first = Array.from({ length: H }, (_, h) => [0, 1].map((k) => line(0, k, h)));
    this.second = names.map((_, i) =>
      Array.from({ length: H }, (__, h) => {
        const edge = line(1, h, i);
        edge.classList.add("choosable");
        edge.append(
          shape("title", {}, `Weight from hidden ${h + 1} to ${names[i]}: click to follow its derivative`),
        );
        return edge;
      }),
    );
    edges.append(...this.first.flat(), ...this.second.flat());
    this.svg.onclick = (event) => this.#chooseNearest(event);
    const head = (x, text) => shape("text", { x, y: 14, class: "head", "text-anchor": "middle" }, text);
    this.values = this.places.map((column, layer) =>
      column.map((y, k) => {
        const text = shape("text", { x: X[layer], y: y + 5, "text-anchor": "middle" });
        const box = shape("rect", {
          x: X[layer] - BOX.width / 2,
          y: y - BOX.height / 2,
          width: BOX.width,
          height: BOX.height,
          rx: 5,
          ...(layer === 2 ? { style: `stroke: ${colours[k]}` } : {}),
        });
        return { box, text };
      }),
    );
    this.probabilities = this.places[2].map((y) =>
      shape("text", { x: WIDTH - 38, y: y + 5, "text-anchor": "middle", class: "p" }),
    );
    const inputs = ["petal", "sepal"].map((text, k) =>
      shape(
        "text",
        { x: X[0], y: this.places[0][k] - BOX.height / 2 - 6, "text-anchor": "middle", class: "head" },
        text,
      ),
    );
    const arrows = this.places[2].map((y) =>
      shape("text", { x: X[2] + BOX.width / 2 + 12, y: y + 5, "text-anchor": "middle", class: "head" }, "→"),
    );
    this.svg.replaceChildren(
      edges,
      ...inputs,
      head(X[0], "scaled inputs"),
      head(X[1], "hidden: tanh"),
      head(X[2], "raw outputs"),
      head(WIDTH - 38, "softmax"),
      ...this.values.flat().flatMap(({ box, text }) => [box, text]),
      ...arrows,
      ...this.probabilities,
    );
    this.names = names;
  }

  /** Choose the weight whose line is next to a click. */
  #chooseNearest({ clientX, clientY }) {
    const place = this.svg.getBoundingClientRect();
    const unit = WIDTH / place.width;
    const [x, y] = [(clientX - place.left) * unit, (clientY - place.top) * unit];
    const [from, to] = [X[1] + BOX.width / 2, X[2] - BOX.width / 2];
    const far = this.places[2].flatMap((end, i) =>
      this.places[1].map((start, h) => {
        const along =
          ((x - from) * (to - from) + (y - start) * (end - start)) / ((to - from) ** 2 + (end - start) ** 2);
        const at = Math.min(1, Math.max(0, along));
        return { i, h, distance: Math.hypot(x - from - at * (to - from), y - start - at * (end - start)) };
      }),
    );
    const { i, h, distance } = far.reduce((nearest, other) =>
      other.distance < nearest.distance ? other : nearest,
    );
    if (distance <= REACH * unit) this.choose(i, h);
  }

  /** Show a network and what it makes of one flower; the chosen weight is heavy. */
  show(net, x, { hidden, z, p }, [i, h]) {
    const strength = (edge, weight, chosen) => {
      edge.setAttribute(
        "class",
        `${edge.classList.contains("choosable") ? "choosable " : ""}${weight < 0 ? "minus" : "plus"}${chosen ? " chosen" : ""}`,
      );
      edge.setAttribute("stroke-width", chosen ? 5 : Math.min(4, 0.4 + Math.abs(weight) * 0.6));
    };
    net.hiddenWeights.forEach((row, a) => row.forEach((w, k) => strength(this.first[a][k], w, false)));
    net.outputWeights.forEach((row, k) =>
      row.forEach((w, a) => strength(this.second[k][a], w, k === i && a === h)),
    );
    [x, hidden, z].forEach((column, layer) =>
      column.forEach((value, k) => write(this.values[layer][k].text, decimal(value))),
    );
    p.forEach((value, k) => write(this.probabilities[k], decimal(value)));
    const said = this.names
      .map((name, k) => `${name} ${decimal(z[k])}, probability ${decimal(p[k])}`)
      .join("; ");
    this.svg.setAttribute(
      "aria-label",
      `The network: inputs ${x.map(decimal).join(" and ")}; raw outputs ${said}`,
    );
  }
}
