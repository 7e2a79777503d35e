// The training's buttons, its progress, and playing it through weights that Python has computed ahead.

import { LiveCharts } from "../charts/charts.js";
import { el, mark, write } from "../dom.js";
import { network } from "../math/network.js";
import { Store } from "../store.js";
import { moveButton, Player } from "./player.js";

/** @typedef {import("../messages.js").IrisMessage} IrisMessage */

const FRAME = 60; // ms for which a stage is shown

/**
 * What the training needs from its page.
 *
 * @typedef {object} Owner
 * @property {(net: import("../math/network.js").Network) => void} show Show another network.
 * @property {(step: number) => void} commit Let Python train up to this step.
 */

/** Read float32 numbers, written in base 64. @param {string} text */
const float32 = (text) => new Float32Array(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)).buffer);

export class Training {
  #owner;
  #data;
  /** The step that is shown, which is ahead of Python's while it plays. */
  #step;
  /** The step that Python was last asked for, until it has answered. @type {number | null} */
  #asked = null;
  #correct = "";
  /** @type {Store<{ step: number }>} */
  #progress = new Store(["step"]);
  #charts = new LiveCharts(this.#progress);
  #player = new Player({
    name: "training",
    time: FRAME,
    show: (turn) => this.#show(turn),
    place: () => (this.#step === this.#data.trained ? null : this.#step),
    commit: (step) => this.#commit(step),
    changed: () => this.#controls(),
  });
  #again = moveButton("Back to the start", () => this.#commit(0));
  #one = moveButton("1 step", () => this.#onward(1));
  #ten = moveButton("10 steps", () => this.#onward(10));
  #bar = el("progress", { max: "1", value: "0", "aria-label": "Training" });
  #said = el("span", { class: "said", role: "status" });
  node = el(
    "div",
    { class: "training" },
    el("div", { class: "moves" }, this.#again, this.#one, this.#ten, this.#player.button),
    el("div", { class: "progress" }, this.#bar, this.#said),
  );

  /**
   * @param {IrisMessage} data What Python sent first.
   * @param {Owner} owner
   */
  constructor(data, owner) {
    this.#data = data;
    this.#step = data.trained;
    this.#owner = owner;
    this.#player.outliveReload(this.node);
  }

  /**
   * Take what Python sent.
   *
   * @param {IrisMessage} data
   * @param {boolean} settled Whether Python knows of every step that was asked for.
   */
  update(data, settled) {
    if (settled) this.#asked = null;
    if (this.#data.trained !== data.trained || this.#data.seed !== data.seed) this.halt();
    this.#data = data;
    this.#step = data.trained;
    this.#charts.setTheme(this.node);
    this.#charts.connect([data.chart]);
    this.#progress.take({ step: data.trained });
    this.#controls();
  }

  /**
   * Say how many flowers are classified correctly.
   *
   * @param {number} count
   * @param {number} all
   */
  tell(count, all) {
    this.#correct = `${count} of ${all} correct`;
    this.#controls();
  }

  /** The step that a play has reached; null while nothing is played. */
  get played() {
    return this.#player.playing ? this.#step : null;
  }

  /** If it is playing, stop, and tell Python the step. */
  end() {
    this.#player.stop();
  }

  /** Stop playing and tell Python nothing; the caller decides what follows. */
  halt() {
    this.#player.halt();
  }

  /** Stop playing and stop updating charts, because the user has left the page. */
  stop() {
    this.halt();
    this.#charts.stop();
  }

  /** @param {number} turn */
  #show(turn) {
    const { stages, weights, hidden } = this.#data;
    const row = float32(stages.weights).subarray(turn * weights.length, (turn + 1) * weights.length);
    if (!row.length) return false;
    this.#owner.show(network([...row], hidden));
    this.#step = stages.first + turn * stages.every;
    this.#progress.move({ step: this.#step }, "play");
    return true;
  }

  /**
   * Train further. Steps add up, even if the user asks for them faster than Python answers.
   *
   * @param {number} steps
   */
  #onward(steps) {
    this.#commit(Math.min((this.#asked ?? this.#data.trained) + steps, this.#data.total));
  }

  /** @param {number} step */
  #commit(step) {
    this.#asked = step;
    this.#owner.commit(step);
  }

  #controls() {
    const { playing } = this.#player;
    const { total } = this.#data;
    this.#one.disabled = this.#ten.disabled = playing || this.#step >= total;
    this.#again.disabled = playing || this.#step === 0;
    this.#bar.value = this.#step / total;
    mark(this.#said, "aria-busy", String(playing));
    write(this.#said, `${this.#step} of ${total} steps, ${this.#correct}`);
  }
}
