// The board: raw outputs as bars, the Jacobian, and a sentence about one of its cells. It follows every
// movement of the pointer by itself, and commits to Python once the pointer is let go.

import { tellLink } from "../navigation/address.js";
import { Bars } from "../views/bars.js";
import { Comparison } from "../views/comparison.js";
import { el, write } from "../dom.js";
import { plain, raw } from "../text/format.js";
import { Heatmap } from "../views/heatmap.js";
import { Line } from "../views/sentence.js";
import { Pace } from "../pace.js";
import { servePage } from "../page.js";
import { Stage } from "../views/stage.js";
import { lesson, onChoice } from "../lesson.js";
import { endReason, explain, light } from "../pointing.js";
import { situation } from "../store.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../messages.js").BoardCommit, "seq">>} Commits */
/** @typedef {import("../messages.js").BoardMessage} BoardMessage */
/** @typedef {import("../store.js").Shown} Shown */

/**
 * The values that the board commits. While a commit is on its way, Python's values for them are out of date.
 */
const OURS = /** @type {const} */ (["z", "i", "j"]);

/** What the sentence and the formula are laid out for. @param {Shown} now */
const layOf = ({ i, j, temperature }) => `${i} ${j} ${temperature}`;

export class Part {
  #root;
  /** @type {BoardMessage | null} */
  #message = null;
  /** @type {import("../charts/charts.js").LiveCharts | null} */
  #charts = null;
  #camera = ""; // the viewpoint of charts in 3D
  #lost = false; // whether the browser has dropped a picture in 3D and Python does not know it yet
  #scale = 0; // the largest raw output on the axis
  #laid = ""; // the cell and temperature that the sentence is laid out for
  #stopped = false;
  /** For each raw output that the user is moving, its value before. @type {Map<number, number>} */
  #held = new Map();
  #pending;
  #pace = new Pace(() => this.#show(this.#now));
  #open = false; // whether the stage between is shown
  #stage = new Stage(() => this.#toggleStage());
  #bars = new Bars({
    value: (k) => this.#now.z[k],
    initial: (k) => this.#data.start[k],
    scale: () => this.#scale,
    input: (k, value) => this.#input(k, value),
    commit: () => this.#commit(true),
    grab: (k) => this.#hold(k),
    drop: (k) => this.#release(k),
    locked: () => this.#data.locked,
    say: (text) => write(this.#complaint, text),
  });
  #heatmap = new Heatmap((i, j) => {
    endReason();
    this.#choose(i, j);
  }, explain);
  #line = new Line();
  #comparison = new Comparison(this.#bars, this.#heatmap, this.#line, {
    over: () => this.#show(this.#now),
    pinned: () => {
      this.#show(this.#now);
      this.#commit();
    },
  });
  #complaint = el("p", { class: "complaint", role: "alert" });
  #forget;

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   */
  constructor(root, pending) {
    this.#root = root;
    this.#pending = pending;
    this.#bars.button = this.#stage.button;
    const panels = el("div", { class: "panels" }, this.#bars.node, this.#stage.node, this.#heatmap.node);
    root.replaceChildren(panels, this.#line.node, this.#complaint, this.#line.spoken);
    const forgets = [
      () => this.#comparison.stop(),
      situation.effect((now) => this.#message && this.#follow(now)),
      lesson.effect(() => this.#relight()),
      onChoice((k, output) => this.#chooseClass(k, output)),
    ];
    this.#forget = () => {
      for (const forget of forgets) forget();
    };
  }

  /** Python's last message; it is not read before the first one has arrived. */
  get #data() {
    return /** @type {BoardMessage} */ (this.#message);
  }

  /** What is shown; known from the first message on. */
  get #now() {
    return /** @type {Shown} */ (situation.now);
  }

  /**
   * Whether the situation has the board's classes; another part may learn first that one was added or
   * removed.
   */
  get #fits() {
    return this.#now.z.length === this.#data.names.length;
  }

  /**
   * Take what Python sent: the structure always, but not the values in which the user is ahead.
   *
   * @param {import("../messages.js").Component<BoardMessage>} component
   */
  update({ data, setStateValue }) {
    const before = this.#message;
    // First, what is hidden must be known. This also shows the last message once more.
    tellLink(data.link);
    this.#message = data;
    const rebuilt =
      JSON.stringify([before?.names, before?.colours]) !== JSON.stringify([data.names, data.colours]);
    if (rebuilt) this.#build(data);
    this.#bars.lock();
    // The axis stays as it is while the user moves a bar along it.
    if (!this.#held.size) this.#scale = data.scale;
    this.#bars.showRows(data.bars);
    this.#heatmap.node.hidden = !data.grid;
    this.#root.classList.toggle("gridless", !data.grid);
    this.#line.node.hidden = data.line === false;
    this.#bars.showProbabilities(data.probabilities);
    this.#stage.showRatios(data.probabilities);
    this.#heatmap.hideValues(data.hide_values === true);
    this.#comparison.place(data.pin === true, data.line !== false, data.probabilities);
    if (!this.#held.size && !this.#pending.waiting) {
      situation.settle(...OURS);
      this.#lost = false;
      this.#comparison.take(data.pinned ?? []);
      this.#camera = data.camera;
      this.#open = data.stage;
      this.#charts?.setCamera(data.camera);
      // A complaint stays if this message only confirms a move that the user made before typing the refused
      // number.
      if (!this.#pending.confirmed) write(this.#complaint, "");
    }
    if (!data.stage_button) this.#open = data.stage;
    this.#stage.open(this.#open, data.stage_button);
    const { z, temperature, i, j } = data;
    situation.take({ z, temperature, i, j });
    this.#line.hush();
    this.#rest();
    this.#root.dataset.window = String(data.window);
    this.#root.dataset.ready = "";
    this.#connect(data.charts ?? []);
    servePage({
      paper: () => this.#paper(),
      window: data.window,
      tellBrowser: (found) => setStateValue("browser", found),
    });
  }

  stop() {
    this.#stopped = true;
    this.#charts?.stop();
    this.#pace.stop();
    this.#forget();
    situation.settle(...OURS);
  }

  /**
   * Build everything anew, because the classes or their colours have changed.
   *
   * @param {BoardMessage} data
   */
  #build({ names, colours }) {
    this.#held.clear();
    this.#pending.clear();
    this.#bars.build(names, colours.classes);
    this.#heatmap.build(names, colours.classes);
    this.#stage.build(names, colours.classes);
    this.#comparison.build(names, colours.classes);
    this.#laid = "";
    light(this.#root);
    this.#root.style.setProperty("--positive", colours.positive);
    this.#root.style.setProperty("--negative", colours.negative);
    this.#root.dataset.size = names.length <= 4 ? "roomy" : names.length <= 6 ? "close" : "dense";
  }

  /** What stands above the page when it is printed. */
  #paper() {
    const { names, paper } = this.#data;
    const { z, temperature } = this.#now;
    const outputs = names.map((name, k) => `${name} = ${raw(z[k])}`).join(", ");
    return {
      title: paper[0],
      lines: [`Raw outputs: ${outputs}. Temperature ${plain(temperature)}.`, ...paper.slice(1)],
    };
  }

  /**
   * Let charts follow. The modules for charts are loaded only once the board can be dragged.
   *
   * @param {string[]} keys
   */
  async #connect(keys) {
    if (!keys.length) return;
    const { LiveCharts } = await import("../charts/charts.js");
    if (this.#stopped) return;
    this.#charts ??= new LiveCharts(situation, {
      turned: (camera) => this.#turn(camera),
      lost: () => this.#lose(),
    });
    this.#charts.setCamera(this.#camera);
    this.#charts.setTheme(this.#root);
    this.#charts.connect(keys);
  }

  /** @param {number} k */
  #hold(k) {
    write(this.#complaint, "");
    this.#comparison.grab(k, this.#now.z);
    this.#held.set(k, this.#now.z[k]);
    this.#markHeld();
    this.#show(this.#now);
    situation.claim("z");
  }

  /** @param {number} k */
  #release(k) {
    write(this.#complaint, "");
    this.#held.delete(k);
    this.#comparison.release(k, this.#now.z);
    this.#markHeld();
    if (!this.#held.size && !this.#pending.waiting) situation.settle("z");
    if (!this.#held.size) this.#scale = this.#data.scale;
    this.#show(this.#now);
  }

  /** Follow what the teacher hides, reveals and points at. */
  #relight() {
    const { now } = situation;
    if (!now || !this.#message) return;
    this.#show(now);
    this.#rest();
    light(this.#root);
    const reason = this.#comparison.newReason(now);
    if (reason) this.#line.speak(reason);
  }

  /**
   * @param {number} k A class.
   * @param {boolean} output Whether its raw output is chosen rather than its probability.
   */
  #chooseClass(k, output) {
    const { i, j, z } = this.#now;
    if (k < z.length) this.#choose(output ? i : k, output ? k : j);
  }

  #markHeld() {
    this.#root.classList.toggle("holding", this.#held.size > 0);
    this.#bars.rows.forEach((row, k) => row.node.classList.toggle("held-row", this.#held.has(k)));
  }

  /**
   * @param {number} k
   * @param {number} value
   */
  #input(k, value) {
    const { z } = this.#now;
    if (z[k] !== value && !this.#held.has(k)) this.#comparison.jump(k, z);
    if (z[k] === value) return;
    situation.move({ z: z.map((own, at) => (at === k ? value : own)) }, "hand");
  }

  /** @param {string} camera */
  #turn(camera) {
    if (this.#camera === camera) return;
    this.#camera = camera;
    this.#charts?.setCamera(camera);
    this.#commit();
  }

  #lose() {
    this.#lost = true;
    this.#commit();
  }

  #toggleStage() {
    this.#open = !this.#open;
    this.#stage.open(this.#open, this.#data.stage_button);
    this.#show(this.#now);
    this.#commit();
  }

  /**
   * @param {number} i
   * @param {number} j
   */
  #choose(i, j) {
    const now = this.#now;
    if (now.i === i && now.j === j) return;
    situation.move({ i, j }, "hand");
    this.#commit();
  }

  /**
   * Show a change. On a slow device the bars follow every move, the numbers and the rest a few times a second.
   *
   * @param {Shown} now
   */
  #follow(now) {
    const moves = this.#held.size > 0 && now.source === "hand" && this.#laid === layOf(now);
    if (moves && this.#fits && this.#pace.waits()) this.#bars.move(now.z, now.reading, this.#scale);
    else this.#show(now);
  }

  /**
   * Show everything on the board; during a drag, in the same task as the pointer event.
   *
   * @param {Shown} now
   */
  #show(now) {
    const { z, temperature, i, j, reading } = now;
    const { names, colours } = this.#data;
    if (!this.#fits) return;
    this.#pace.settle();
    // The formula's parts change with the cell, and the division by T appears when T is not 1.
    const laid = layOf(now);
    if (this.#laid !== laid) {
      this.#laid = laid;
      this.#line.build(names, i, j, colours.classes, temperature);
      this.#bars.choose(i, j);
      this.#heatmap.choose(i, j);
    }
    this.#bars.show(z, reading, this.#scale);
    this.#heatmap.show(reading, temperature);
    this.#stage.show(z, temperature, reading.p, this.#scale);
    this.#comparison.show(this.#now);
    this.#line.show(reading, temperature, !this.#held.size || !this.#comparison.coversLine);
  }

  /** Update what only matters when nothing is being dragged. */
  #rest() {
    if (!this.#fits) return;
    this.#bars.describe();
    this.#heatmap.describe(this.#now.reading);
  }

  /** @param {boolean} [moved] Whether a raw output has been moved. */
  #commit(moved = false) {
    situation.claim(...OURS);
    const { z, i, j } = this.#now;
    const camera = this.#camera;
    const lost = this.#lost;
    const stage = this.#open;
    this.#rest();
    this.#line.speak(moved ? this.#comparison.spoken(this.#now) : "");
    // A drag by another finger may still be undone, so Python gets that value only on release.
    const kept = z.map((value, k) => this.#held.get(k) ?? value);
    this.#pending.send({ z: kept, i, j, camera, lost, stage, pinned: this.#comparison.pinned });
  }
}
