// The loss of what the board shows: its value, its gradient with the chain that leads to it, and gradient
// descent that can be played. Every number follows the pointer; Python learns only where a descent ended.

import { index } from "../access.js";
import { onControlElsewhere } from "../controls.js";
import { el, inShort, mark, write } from "../dom.js";
import { measure } from "../math/descent.js";
import { isHidden, lesson, onTurn } from "../lesson.js";
import { light } from "../pointing.js";
import { situation, takeOtherClasses } from "../store.js";
import { decimal } from "../text/format.js";
import { Cancellation, otherThan } from "../views/cancellation.js";
import { writeOrHide } from "../views/cover.js";
import { askedFor, LossTable } from "../views/loss_table.js";
import { moveButton, Player } from "../views/player.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../messages.js").LossCommit, "seq">>} Commits */
/** @typedef {import("../messages.js").LossMessage} LossMessage */
/** @typedef {import("../messages.js").Component<LossMessage>} Component */

const STEP_TIME = 90; // ms for which a step is shown while playing

export class Part {
  #root;
  #component;
  #pending;
  /** How many steps the page is ahead of Python. */
  #played = 0;
  /** The data that the table was built for. */
  #built = "";
  #player = new Player({
    name: "descent",
    time: STEP_TIME,
    show: (turn) => this.#show(turn + 1),
    place: () => this.#played || null,
    commit: (steps) => this.#commit(steps),
    changed: () => this.#controls(),
  });
  #step = moveButton("Take one step", () => this.#commit(1), "One step");
  #back = moveButton("Back to the start", () => this.#commit(-1), "Start");
  #moves = el("div", { class: "moves" });
  #count = el("span", { class: "count", role: "status" });
  #value = el("strong", { "data-testid": "loss-now" });
  #formula = el("span", { class: "formula" });
  #other = el("span", { class: "other" });
  #table = new LossTable();
  #why = el("p", { class: "why" });
  /** Whether the chain rule is shown with its numbers. */
  #open = false;
  #ask = el("button", { type: "button", class: "ask" });
  #reason = el("div", { class: "reason" }, this.#why, this.#ask);
  #cancellation = new Cancellation();
  /** What the cancellation was built for. */
  #worked = "";
  #forgets;

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   * @param {Component} component
   */
  constructor(root, pending, component) {
    this.#root = root;
    this.#component = component;
    this.#pending = pending;
    const now = el("p", { class: "now" }, "Loss: ", this.#formula, " = ", this.#value, this.#other);
    this.#moves.append(this.#player.button, this.#step, this.#back, this.#count);
    const top = el("div", { class: "top" }, now, this.#moves);
    root.replaceChildren(top, this.#table.node, this.#reason, this.#cancellation.node);
    this.#ask.onclick = () => this.#toggle();
    this.#forgets = [
      situation.effect(({ source }) => this.#follow(source)),
      lesson.effect(() => this.#relight()),
      onTurn((by) => this.#turn(by)),
      onControlElsewhere(root, () => this.#player.stop()),
    ];
    this.#player.outliveReload(root);
  }

  get #data() {
    return this.#component.data;
  }

  /** @param {Component} component */
  update(component) {
    const { data } = component;
    if (JSON.stringify(this.#data.path) !== JSON.stringify(data.path)) this.#halt();
    this.#component = component;
    this.#played = 0;
    const { z, temperature, i, j, names, target, loss } = data;
    takeOtherClasses({ z, temperature, i, j });
    const built = JSON.stringify([names, target, data.true, temperature, loss]);
    if (built !== this.#built) this.#build();
    this.#built = built;
    if (!this.#pending.waiting) this.#open = data.why;
    this.#moves.hidden = !data.shows.includes("descent");
    this.#table.node.hidden = this.#reason.hidden = !data.shows.includes("gradient");
    this.#table.node.classList.toggle("bare", !data.shows.includes("meaning"));
    this.#other.hidden = !data.shows.includes("other");
    this.#ask.hidden = !data.shows.includes("choice");
    this.#numbers();
    this.#controls();
    this.#root.dataset.ready = "";
  }

  stop() {
    this.#halt();
    for (const forget of this.#forgets) forget();
  }

  /** Stop playing and tell Python nothing, because the user or other values have taken over. */
  #halt() {
    this.#played = 0;
    this.#player.halt();
  }

  /**
   * Show the raw outputs after some steps of the descent, if they are known.
   *
   * @param {number} steps
   */
  #show(steps) {
    const { path } = this.#data;
    if (steps >= path.length) return false;
    this.#played = steps;
    situation.move({ z: path[steps] }, "play");
    return true;
  }

  /** @param {number} steps Minus one goes back to the start; 0 takes the last step back. */
  #commit(steps) {
    if (this.#player.playing) this.#halt();
    this.#pending.send({ steps });
  }

  /** Show the numbers of the chain rule, or stop showing them; a play ends where it is. */
  #toggle() {
    this.#open = !this.#open;
    const steps = this.#played;
    const playing = this.#player.playing;
    if (playing) this.#halt();
    this.#numbers();
    this.#pending.send({ why: this.#open, ...(playing && steps ? { steps } : {}) });
  }

  #controls() {
    const { path, taken, end, locked } = this.#data;
    const { playing, button } = this.#player;
    mark(this.#count, "aria-busy", String(playing));
    this.#step.disabled = locked || playing || path.length < 2;
    button.disabled = !playing && (locked || path.length < 2);
    this.#back.disabled = locked || playing || taken === 0;
    const steps = taken + this.#played;
    const said = path.length < 2 && !playing ? end : "";
    write(this.#count, `${steps === 1 ? "1 step" : `${steps} steps`} taken. ${said}`);
  }

  #build() {
    this.#formula.replaceChildren(...formula(this.#data));
    this.#table.build(this.#data);
    write(this.#why, explanation(this.#data));
    const squared = this.#data.loss === "squared error";
    this.#ask.replaceChildren(...inShort("See it with numbers", "Why p − y?"));
    this.#root.classList.toggle("keeps-jacobian", squared);
    this.#worked = "";
  }

  /** @param {import("../store.js").Source} source */
  #follow(source) {
    // When the user grabs a bar, playing stops.
    if (source === "hand") this.#player.stop();
    if (this.#built) this.#numbers();
  }

  /** Follow what the teacher hides, reveals and points at. */
  #relight() {
    if (this.#built) this.#numbers();
    light(this.#root);
  }

  /** Take one step, or take the last one back. @param {1 | -1} by */
  #turn(by) {
    const { path, taken } = this.#data;
    if (by === 1 ? path.length > 1 : taken > 0) this.#commit(by === 1 ? 1 : 0);
  }

  #numbers() {
    const { target, loss, names } = this.#data;
    const { now } = situation;
    // While the board has other classes than this loss, its values do not belong to this loss.
    if (now?.z.length !== names.length) return;
    const { z, temperature } = now;
    const unchosen = loss === "squared error" ? "cross-entropy" : "squared error";
    const found = measure(z, target, temperature, loss);
    const other = measure(z, target, temperature, unchosen);
    const hidden = writeOrHide(this.#value, decimal(found.loss), "loss");
    this.#value.dataset.value = hidden ? "" : String(found.loss);
    write(this.#other, `${unchosen}: ${hidden ? "?" : decimal(other.loss)}`);
    this.#table.show(this.#data, now, found);
    // These say what the gradient is.
    const asked = names.some((_, k) => isHidden("gradient-numbers", `g${k + 1}`));
    this.#reason.style.visibility = asked ? "hidden" : "";
    this.#explain(this.#open && !asked && !this.#table.node.hidden, now, found);
  }

  /**
   * Show the chain rule with its numbers, or hide it.
   *
   * @param {boolean} open
   * @param {{ z: readonly number[], temperature: number, i: number, j: number }} now
   * @param {ReturnType<typeof measure>} found
   */
  #explain(open, now, found) {
    const { node } = this.#cancellation;
    const cancels = open && this.#data.loss !== "squared error";
    mark(this.#ask, "aria-expanded", String(open));
    this.#table.showChain(open);
    if (this.#root.classList.contains("worked") !== cancels) this.#root.classList.toggle("worked", cancels);
    node.hidden = !cancels;
    if (!cancels) return;
    const other = otherThan(this.#data.true, now);
    const worked = `${other} ${now.temperature === 1}`;
    if (worked !== this.#worked) {
      this.#cancellation.build({ ...this.#data, temperature: now.temperature }, other);
      light(this.#root);
    }
    this.#worked = worked;
    this.#cancellation.show(this.#data, now, found);
  }
}

/**
 * The formula of the loss in letters.
 *
 * @param {LossMessage} data
 */
function formula({ loss, target, names }) {
  if (loss === "squared error") return ["half the sum of (p − y)²"];
  const asked = askedFor(target);
  return asked.length === 1 ? ["−log ", el("i", {}, "p"), ...index(names[asked[0]])] : ["−sum of y log p"];
}

/**
 * The result of the chain in words, and the reason for it.
 *
 * @param {LossMessage} data
 */
function explanation({ loss, target, temperature }) {
  if (loss === "squared error")
    return [
      "Squared error keeps the Jacobian in its gradient. Where every probability is near 0 or 1,",
      "the Jacobian is near 0, and so is the gradient, however wrong the prediction.",
    ].join(" ");
  const overT = temperature === 1 ? "" : " / T";
  const left = `all that is left is (p − y)${overT}.`;
  return askedFor(target).length === 1
    ? `dL/dp is −1 / p, and every dp/dz of the true class has p as a factor. They cancel, and ${left}`
    : `Each term has 1 / p from dL/dp and p from the Jacobian. They cancel, and since the y add up to 1, ${left}`;
}
