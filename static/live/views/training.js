// The training's buttons, its progress, and playing it through weights that Python has computed ahead.

import { LiveCharts } from "../charts/charts.js";
import { el, mark, write } from "../dom.js";
import { keepPlace, takePlace } from "../navigation/kept.js";
import { network } from "../math/network.js";
import { sendAlone } from "../commit.js";
import { Store } from "../store.js";

const FRAME = 60; // ms that a stage is shown

export class Training {
  /** `owner` is show(network, step), commit(step). */
  constructor(owner) {
    this.owner = owner;
    this.timer = 0;
    this.at = -1;
    this.progress = new Store(["step"]);
    this.charts = new LiveCharts(this.progress);
    const button = (text, action) => {
      const node = el("button", { type: "button", class: "move" }, text);
      node.onclick = action;
      return node;
    };
    this.again = button("Back to the start", () => this.#commit(0));
    this.one = button("1 step", () => this.#onward(1));
    this.ten = button("10 steps", () => this.#onward(10));
    this.play = button("Play", () => (this.playing ? this.#pause() : this.#start()));
    this.bar = el("progress", { max: "1", value: "0", "aria-label": "Training" });
    this.said = el("span", { class: "said", role: "status" });
    this.node = el(
      "div",
      { class: "training" },
      el("div", { class: "moves" }, this.again, this.one, this.ten, this.play),
      el("div", { class: "progress" }, this.bar, this.said),
    );
  }

  get playing() {
    return this.timer !== 0;
  }

  /** Take what Python sent; `settled` tells that it knows of every step that was asked for. */
  update(data, settled) {
    if (settled) this.asked = null;
    if (this.data?.trained !== data.trained || this.data?.seed !== data.seed) this.halt();
    const first = !this.data;
    this.data = data;
    this.step = data.trained;
    this.charts.connect([data.chart]);
    this.progress.take({ step: data.trained });
    this.#controls();
    if (!first) return;
    keepPlace("training", () => (this.playing && this.step !== this.data.trained ? this.step : null));
    const kept = takePlace("training");
    // No hand has asked for it: other parts of a page that has just been loaded tell something, too.
    if (kept !== undefined) sendAlone(() => this.node.isConnected && this.#commit(kept));
  }

  /** Say how many flowers are classified correctly. */
  tell(count, all) {
    this.right = `${count} of ${all} correct`;
    this.#controls();
  }

  follow(step) {
    this.step = step;
    this.progress.move({ step }, "play");
    this.#controls();
  }

  #start() {
    this.at = -1;
    const turn = () => {
      this.at += 1;
      const stage = this.data.stages[this.at];
      if (!stage) return this.#pause();
      this.owner.show(network(stage.weights, this.data.hidden), stage.step);
      this.timer = setTimeout(turn, FRAME);
      this.#controls();
    };
    this.timer = 1;
    turn();
  }

  #pause() {
    const { step } = this;
    this.halt();
    if (step !== this.data.trained) this.#commit(step);
  }

  // Steps add up, also when they are asked for faster than Python answers.
  #onward(steps) {
    this.#commit(Math.min((this.asked ?? this.data.trained) + steps, this.data.total));
  }

  #commit(step) {
    this.asked = step;
    this.owner.commit(step);
  }

  /** If it plays: stop, and let Python know where. */
  end() {
    if (this.playing) this.#pause();
  }

  /** Stop playing; what comes next is somebody else's. */
  halt() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.data) this.#controls();
  }

  #controls() {
    const { playing } = this;
    const done = this.step >= this.data.total;
    write(this.play, playing ? "Stop" : "Play");
    this.one.disabled = this.ten.disabled = playing || done;
    this.again.disabled = playing || this.step === 0;
    this.bar.value = this.step / this.data.total;
    mark(this.said, "aria-busy", String(playing));
    write(this.said, `${this.step} of ${this.data.total} steps, ${this.right ?? ""}`);
  }
}
