// A flower's way through the network, the plane of its measurements, and the network's training. Everything
// follows the pointer. Python receives only choices, where the point was dropped, and where training stopped.

import { onControlElsewhere } from "../controls.js";
import { el, write } from "../dom.js";
import { offerDrawing } from "../handout/drawings.js";
import { chainRule, forward, network, winners } from "../math/network.js";
import { lesson, onChoice, onLeave, onTurn } from "../lesson.js";
import { tellLink } from "../navigation/address.js";
import { light } from "../pointing.js";
import { servePage } from "../page.js";
import { chain } from "../views/chain.js";
import { Diagram } from "../views/diagram.js";
import { Outputs } from "../views/outputs.js";
import { legend, Plane } from "../views/plane.js";
import { Training } from "../views/training.js";
import { lightWay, Way } from "../views/way.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../messages.js").IrisCommit, "seq">>} Commits */
/** @typedef {import("../messages.js").IrisMessage} IrisMessage */
/** @typedef {import("../messages.js").IrisCommit} IrisCommit */
/** @typedef {import("../messages.js").Component<IrisMessage>} Component */
/** @typedef {import("../math/network.js").Network} Network */
/** @typedef {import("../views/plane.js").Place} Place */

const STEPS_OF_A_KEY = 10; // steps of training

/** @param {IrisMessage} data @returns {Place} */
const placeOf = ({ petal, sepal, flower }) => ({ petal, sepal, flower });

export class Part {
  #root;
  #component;
  #pending;
  /** The network that is shown: Python's, or one from a training that is playing. @type {Network} */
  #net;
  /** @type {Place} */
  #place;
  #held = false;
  /** The stage of the way that is shown; 0 if nothing is followed. */
  #stage = 0;
  #who = el("p", { class: "who", role: "status" });
  #chain = el("div", { class: "chain" });
  #plane;
  #diagram;
  #outputs;
  #training;
  #way = new Way((stage) => {
    this.#stage = stage;
    this.#show();
    this.#commit({ way: stage });
  });
  #forget;

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   * @param {Component} component
   */
  constructor(root, pending, component) {
    this.#root = root;
    this.#component = component;
    this.#pending = pending;
    const { data } = component;
    this.#net = network(data.weights, data.hidden);
    this.#place = placeOf(data);
    this.#plane = new Plane(data, this.#scaled, {
      choose: (flower) => this.#commit({ flower: flower + 1 }),
      place: () => this.#place,
      input: (place) => {
        this.#place = place;
        this.#show();
      },
      commit: () => this.#pending.send({ at: [this.#place.petal, this.#place.sepal] }),
      grab: () => {
        this.#held = true;
      },
      drop: () => {
        this.#held = false;
        this.#show();
      },
    });
    this.#diagram = new Diagram(data.names, data.colours, data.hidden, (i, h) =>
      this.#commit({ weight: `${i + 1}-${h + 1}` }),
    );
    this.#outputs = new Outputs(data);
    this.#training = new Training(data, {
      show: (net) => {
        this.#net = net;
        this.#paint();
        this.#show();
      },
      commit: (trained) => this.#commit({ trained }),
    });
    const below = legend(data.names, data.colours);
    const side = el("div", { class: "left" }, this.#plane.node, below, this.#training.node);
    const numbers = el(
      "div",
      { class: "numbers" },
      this.#who,
      this.#way.node,
      this.#diagram.node,
      el("p", { class: "hint" }, "Click another line on the right of the network to follow its weight."),
      this.#outputs.node,
    );
    root.replaceChildren(el("div", { class: "sides" }, side, numbers, this.#chain));
    const forgets = [
      onControlElsewhere(root, () => this.#training.end()),
      offerDrawing("plane", () => this.#plane.drawing),
      offerDrawing("network", () => this.#diagram.drawing),
      lesson.effect(() => this.#relight()),
      onTurn((by) => this.#turn(by)),
      onLeave(() => this.#way.end()),
      onChoice(
        (i) => i < data.names.length && this.#commit({ weight: `${i + 1}-${this.#data.weight[1] + 1}` }),
      ),
    ];
    this.#forget = () => {
      for (const forget of forgets) forget();
    };
  }

  get #data() {
    return this.#component.data;
  }

  /** @param {Component} component */
  update(component) {
    const { data, setStateValue } = component;
    tellLink(data.link);
    this.#component = component;
    this.#net = network(data.weights, data.hidden);
    if (!this.#held && !this.#pending.waiting) this.#place = placeOf(data);
    if (!this.#pending.waiting) this.#stage = data.way;
    this.#training.update(data, !this.#pending.waiting);
    this.#paint();
    this.#show();
    this.#root.dataset.only = data.only;
    this.#root.dataset.window = String(data.window);
    this.#root.dataset.ready = "";
    servePage({
      paper: () => ({ title: this.#data.paper[0], lines: this.#data.paper.slice(1) }),
      window: data.window,
      tellBrowser: (found) => setStateValue("browser", found),
    });
  }

  stop() {
    this.#training.stop();
    this.#forget();
  }

  /**
   * Send a choice. If it ends a play, the step that the play reached goes with it: both are one commit.
   *
   * @param {Omit<IrisCommit, "seq">} payload
   */
  #commit(payload) {
    const { played } = this.#training;
    this.#training.halt();
    this.#pending.send(played === null ? payload : { trained: played, ...payload });
  }

  /**
   * Scale measurements in cm to the inputs of the network.
   *
   * @param {number} petal
   * @param {number} sepal
   */
  #scaled = (petal, sepal) => {
    const { low, range } = this.#data;
    return [(petal - low[0]) / range[0], (sepal - low[1]) / range[1]];
  };

  /** Show which class the network gives to each place in the plane and to each flower. */
  #paint() {
    const { flowers } = this.#data;
    const found = winners(this.#net, flowers, this.#scaled);
    const correct = found.filter((winner, k) => winner === flowers[k][2]).length;
    this.#plane.paint(this.#net, found);
    this.#training.tell(correct, flowers.length);
  }

  /** Follow what the teacher hides, reveals and points at. */
  #relight() {
    if (!("ready" in this.#root.dataset)) return;
    this.#show();
    light(this.#root);
  }

  /** Go along the way if it is followed; otherwise train on, or go back. @param {1 | -1} by */
  #turn(by) {
    if (this.#stage) {
      this.#way.move(by);
      return;
    }
    const { trained, total } = this.#data;
    const step = Math.min(total, Math.max(0, trained + by * STEPS_OF_A_KEY));
    if (step !== trained) this.#commit({ trained: step });
  }

  /**
   * What sentences about the point need.
   *
   * @param {number[]} x
   * @param {import("../math/network.js").Layers} layers
   * @returns {import("../text/way.js").Facts}
   */
  #facts(x, layers) {
    const { names, flowers, weight, rate } = this.#data;
    const { petal, sepal, flower } = this.#place;
    const species = flower === null ? 0 : flowers[flower][2];
    const known =
      flower === null
        ? null
        : { flower, species, chain: chainRule(this.#net, layers, species, weight, rate) };
    return { names, flowers: flowers.length, petal, sepal, x, layers, weight, rate, known };
  }

  /** Show the network's values for the place of the point. */
  #show() {
    const { names, flowers, weight } = this.#data;
    const { petal, sepal, flower } = this.#place;
    const x = this.#scaled(petal, sepal);
    const layers = forward(this.#net, x);
    const winner = layers.z.indexOf(Math.max(...layers.z));
    const species = flower === null ? null : flowers[flower][2];
    const verdict =
      species === null
        ? `classified as ${names[winner]}`
        : winner === species
          ? `correctly classified as ${names[winner]}`
          : `misclassified as ${names[winner]}`;
    const who =
      flower === null ? "A point of your own" : `Flower ${flower + 1}, ${names[flowers[flower][2]]}`;
    const where = `petal width ${petal} cm, sepal width ${sepal} cm`;
    write(this.#who, `${who}: ${where}; ${verdict}.`);
    this.#plane.show(this.#place, `${where}, ${verdict}`);
    this.#diagram.show(this.#net, x, layers, weight, species);
    this.#outputs.show(layers);
    const facts = this.#facts(x, layers);
    this.#chain.replaceChildren(...chain(facts));
    this.#way.show(this.#stage, facts, this.#held || this.#training.played !== null);
    lightWay(this.#root, this.#way.stage);
  }
}
