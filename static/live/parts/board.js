// The board: one instance per place on a page, following every pointer event and committing once.

import { tellLink } from "../navigation/address.js";
import { Bars } from "../views/bars.js";
import { el, write } from "../dom.js";
import { plain, raw } from "../text/format.js";
import { Heatmap } from "../views/heatmap.js";
import { Line } from "../views/sentence.js";
import { Pending, sendAlone } from "../commit.js";
import { situation } from "../store.js";

// What the board commits: while a commit is on its way, Python's word on it is old.
const OURS = ["z", "i", "j"];

export class Part {
  constructor(root) {
    this.root = root;
    this.charts = null;
    this.camera = ""; // where charts in 3D are looked at from
    this.lost = false; // whether the browser has dropped a picture in 3D and Python does not know it yet
    this.held = new Map(); // each raw output in a hand, and what it was before
    this.pending = new Pending(root);
    this.bars = new Bars({
      value: (k) => situation.now.z[k],
      home: (k) => this.data.start[k],
      scale: () => this.scale,
      input: (k, value) => this.#input(k, value),
      commit: () => this.#commit(),
      grab: (k) => this.#hold(k),
      drop: (k) => this.#release(k),
      say: (text) => write(this.complaint, text),
    });
    this.heatmap = new Heatmap((i, j) => this.#choose(i, j));
    this.line = new Line();
    this.complaint = el("p", { class: "complaint", role: "alert" });
    const panels = el("div", { class: "panels" }, this.bars.node, this.heatmap.node);
    root.replaceChildren(panels, this.line.node, this.complaint, this.line.spoken);
    this.forget = situation.effect(() => this.data && this.#show());
  }

  /** Take what Python sent: the structure always, the values unless the hand is ahead of them. */
  update({ data, setTriggerValue, setStateValue }) {
    this.send = (payload) => setTriggerValue("commit", payload);
    const before = this.data;
    this.data = data;
    tellLink(data.link);
    const rebuilt =
      JSON.stringify([before?.names, before?.colours]) !== JSON.stringify([data.names, data.colours]);
    if (rebuilt) {
      this.held.clear();
      this.pending.clear();
      this.bars.build(data.names, data.colours.classes);
      this.heatmap.build(data.names, data.colours.classes);
      this.laid = "";
      this.root.style.setProperty("--positive", data.colours.positive);
      this.root.style.setProperty("--negative", data.colours.negative);
      this.root.dataset.size = data.names.length <= 4 ? "roomy" : data.names.length <= 6 ? "close" : "dense";
    }
    // The axis stays as it is under a hand.
    if (!this.held.size) this.scale = data.scale;
    this.line.node.hidden = data.line === false;
    this.heatmap.hideValues(data.hide_values === true);
    const confirms = this.pending.arrived(data.ack);
    if (!this.held.size && !this.pending.waiting) {
      situation.settle(...OURS);
      this.lost = false;
      this.camera = data.camera;
      this.charts?.setCamera(data.camera);
      // A number may have been refused while the move before it was on its way.
      if (!confirms) write(this.complaint, "");
    }
    const { z, temperature, i, j } = data;
    situation.take({ z, temperature, i, j });
    this.line.hush();
    this.#rest();
    this.root.dataset.ready = "";
    this.#connect(data.charts ?? []);
    import("../print.js").then(({ onPaper }) => onPaper(() => this.#paper()));
    if (data.browser_unknown)
      import("../browser.js")
        .then(({ browser }) => browser())
        .then((found) => sendAlone(() => setStateValue("browser", found)));
  }

  /** What stands above the page when it is printed. */
  #paper() {
    const { names, paper } = this.data;
    const { z, temperature } = situation.now;
    const outputs = names.map((name, k) => `${name} = ${raw(z[k])}`).join(", ");
    return {
      title: paper[0],
      lines: [`Raw outputs: ${outputs}. Temperature ${plain(temperature)}.`, ...paper.slice(1)],
    };
  }

  // What only the charts need is loaded once the board can be dragged.
  async #connect(keys) {
    if (!keys.length) return;
    const { LiveCharts } = await import("../charts/charts.js");
    if (this.stopped) return;
    this.charts ??= new LiveCharts(situation, {
      turned: (camera) => this.#turn(camera),
      lost: () => this.#lose(),
    });
    this.charts.setCamera(this.camera);
    this.charts.connect(keys);
  }

  stop() {
    this.stopped = true;
    this.pending.clear();
    this.charts?.stop();
    this.forget();
    situation.settle(...OURS);
  }

  #hold(k) {
    write(this.complaint, "");
    this.held.set(k, situation.now.z[k]);
    this.#markHeld();
    situation.claim("z");
  }

  #release(k) {
    write(this.complaint, "");
    this.held.delete(k);
    this.#markHeld();
    if (!this.held.size && !this.pending.waiting) situation.settle("z");
    if (this.held.size || this.scale === this.data.scale) return;
    this.scale = this.data.scale;
    this.#show();
  }

  #markHeld() {
    this.root.classList.toggle("holding", this.held.size > 0);
    this.bars.rows.forEach((row, k) => row.node.classList.toggle("held-row", this.held.has(k)));
  }

  #input(k, value) {
    const { z } = situation.now;
    if (z[k] !== value) situation.move({ z: z.map((own, at) => (at === k ? value : own)) }, "hand");
  }

  #turn(camera) {
    if (this.camera === camera) return;
    this.camera = camera;
    this.charts.setCamera(camera);
    this.#commit();
  }

  #lose() {
    this.lost = true;
    this.#commit();
  }

  #choose(i, j) {
    const { now } = situation;
    if (now.i === i && now.j === j) return;
    situation.move({ i, j }, "hand");
    this.#commit();
  }

  /** The path of a drag: everything on the board, in the same task as the pointer event. */
  #show() {
    const { z, temperature, i, j, reading } = situation.now;
    const { names, colours } = this.data;
    // Another part may have heard first that a class has come or gone.
    if (z.length !== names.length) return;
    // The formula's parts change with the cell, and the division by T appears when T is not 1.
    const laid = `${i} ${j} ${temperature}`;
    if (this.laid !== laid) {
      this.laid = laid;
      this.line.build(names, i, j, colours.classes, temperature);
      this.bars.choose(i, j);
      this.heatmap.choose(i, j);
    }
    this.bars.show(z, reading, this.scale);
    this.heatmap.show(reading, temperature);
    this.line.show(reading, temperature);
  }

  /** What only matters once the hand has let go. */
  #rest() {
    this.heatmap.describe(situation.now.reading);
  }

  #commit() {
    situation.claim(...OURS);
    const { z, i, j } = situation.now;
    const { lost, camera } = this;
    this.#rest();
    this.line.speak();
    // What another finger still holds may yet be put back: Python is told of it when it is let go.
    const kept = z.map((value, k) => this.held.get(k) ?? value);
    this.pending.send((seq) => this.send({ seq, z: kept, i, j, camera, lost }));
  }
}
