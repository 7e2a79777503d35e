// The loss of what the board shows: its value, its gradient on the board's own scale, the chain that leads to it,
// and gradient descent played in view. Every number follows the hand; Python hears only where a descent ended.

import { index, scrolls } from "../access.js";
import { el, mark, write } from "../dom.js";
import { measure } from "../math/descent.js";
import { products, scaled } from "../text/digits.js";
import { decimal, plus, signed } from "../text/format.js";
import { keepPlace, takePlace } from "../navigation/kept.js";
import { onControlElsewhere } from "../controls.js";
import { situation } from "../store.js";
import { Pending, sendAlone } from "../commit.js";
import { logRest, logSoftmax } from "../math/softmax.js";

const STEP_TIME = 90; // ms that a step is shown while playing
const WRITTEN_OUT = 3; // with more classes a chain of soft targets is a long sum

export class Part {
  constructor(root) {
    this.root = root;
    this.pending = new Pending(root);
    this.played = 0;
    this.timer = 0;
    this.value = el("strong", { "data-testid": "loss-now" });
    this.formula = el("span", { class: "formula" });
    this.other = el("span", { class: "other" });
    this.step = this.#button("Take one step", () => this.#commit(1));
    this.play = this.#button("Play", () => (this.timer ? this.#pause() : this.#start()));
    this.back = this.#button("Back to the start", () => this.#commit(-1));
    this.count = el("span", { class: "count", role: "status" });
    this.table = el("div", { class: "scroll" });
    this.why = el("p", { class: "why" });
    root.replaceChildren(
      el(
        "div",
        { class: "top" },
        el("p", { class: "now" }, "Loss: ", this.formula, " = ", this.value, this.other),
        el("div", { class: "moves" }, this.play, this.step, this.back, this.count),
      ),
      this.table,
      this.why,
    );
    this.resized = new ResizeObserver(() => scrolls(this.table, "The gradient, class by class"));
    this.resized.observe(this.table);
    const end = () => this.timer && this.#pause();
    const forgets = [situation.effect((now) => this.#follow(now)), onControlElsewhere(root, end)];
    this.stop = () => {
      this.halt();
      this.pending.clear();
      forgets.forEach((forget) => forget());
    };
  }

  update({ data, setTriggerValue }) {
    this.pending.arrived(data.ack);
    this.send = (steps) => this.pending.send((seq) => setTriggerValue("commit", { seq, steps }));
    const { z, temperature, names, target, loss, path } = data;
    if (JSON.stringify(this.data?.path) !== JSON.stringify(path)) this.halt();
    const first = !this.data;
    this.data = data;
    this.played = 0;
    if (situation.now?.z.length !== z.length) situation.take({ z, temperature });
    const built = JSON.stringify([names, target, data.true, temperature, loss]);
    if (built !== this.built) this.#build();
    this.built = built;
    this.#numbers();
    this.#controls();
    this.root.dataset.ready = "";
    if (!first) return;
    keepPlace("descent", () => (this.timer && this.played ? this.played : null));
    const kept = takePlace("descent");
    // No hand has asked for it: the board tells of its browser in the same moment.
    if (kept !== undefined) sendAlone(() => this.root.isConnected && this.#commit(kept));
  }

  /** Stop playing where Python last stood: a hand, or other values, took over. */
  halt() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.played = 0;
    if (this.data) this.#controls();
  }

  #button(text, action) {
    const button = el("button", { type: "button", class: "move" }, text);
    button.onclick = action;
    return button;
  }

  #start() {
    this.played = 0;
    const turn = () => {
      if (this.played + 1 >= this.data.path.length) return this.#pause();
      this.played += 1;
      situation.move({ z: this.data.path[this.played] }, "play");
      this.timer = setTimeout(turn, STEP_TIME);
      this.#controls();
    };
    this.timer = 1;
    turn();
  }

  #pause() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.played) this.#commit(this.played);
    this.#controls();
  }

  // Minus one goes back to the start.
  #commit(steps) {
    if (this.timer) this.halt();
    this.send(steps);
  }

  #controls() {
    const { path, taken } = this.data;
    const playing = this.timer !== 0;
    mark(this.count, "aria-busy", String(playing));
    write(this.play, playing ? "Stop" : "Play");
    this.step.disabled = playing || path.length < 2;
    this.play.disabled = !playing && path.length < 2;
    this.back.disabled = playing || taken === 0;
    const steps = taken + this.played;
    const end = path.length < 2 && !playing ? this.data.end : "";
    write(this.count, `${steps === 1 ? "1 step" : `${steps} steps`} taken. ${end}`);
  }

  /** Which products make up the chain for a raw output: one for each class that the target asks for. */
  #terms() {
    return this.data.target.flatMap((y, k) => (y > 0 ? [k] : []));
  }

  #build() {
    const { names, colours, target, loss, temperature } = this.data;
    const squared = loss === "squared error";
    const by = (text, sub) => [el("i", {}, text), ...index(sub)];
    const terms = this.#terms();
    const hot = terms.length === 1;
    this.formula.replaceChildren(
      ...(squared
        ? ["half the sum of (p − y)²"]
        : hot
          ? ["−log ", ...by("p", names[terms[0]])]
          : ["−sum of y log p"]),
    );
    const head = [
      "Class",
      "Target y",
      "Probability p",
      "p − y",
      squared ? "Gradient dS/dz" : "Gradient dL/dz",
      squared ? "Chain rule: (p − y) × column of the Jacobian" : "Chain rule: dL/dp × dp/dz",
    ];
    this.rows = names.map((name, k) => {
      const cells = {
        p: el("td"),
        error: el("td"),
        gradient: el("td", { class: "strong", "data-testid": `gradient-${k}` }),
        chain: el("td", { class: "chain" }),
        bar: el("span", { class: "bar" }),
      };
      const track = el(
        "span",
        { class: "track", "aria-hidden": "true" },
        el("span", { class: "zero" }),
        cells.bar,
      );
      const row = el(
        "tr",
        { style: `--colour: ${colours[k]}` },
        el("th", { scope: "row", title: name }, el("bdi", {}, name)),
        el("td", {}, decimal(target[k])),
        cells.p,
        cells.error,
        cells.gradient,
        el("td", { class: "scale" }, track),
        cells.chain,
      );
      return { row, ...cells };
    });
    const titles = head.flatMap((text, at) => [
      el("th", { scope: "col" }, text),
      ...(at === 4 ? [el("th", { class: "scale" }, `on the board’s scale`)] : []),
    ]);
    this.table.replaceChildren(
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...titles)),
        el("tbody", {}, ...this.rows.map(({ row }) => row)),
      ),
    );
    this.resized.observe(this.table.firstChild);
    const overT = temperature === 1 ? "" : " / T";
    write(
      this.why,
      squared
        ? "Squared error keeps the Jacobian in its gradient. Where every probability is near 0 or 1, the Jacobian is near 0, and so is the gradient, however wrong the prediction."
        : hot
          ? `dL/dp is −1 / p, and every dp/dz of the true class has p as a factor. They cancel, and all that is left is (p − y)${overT}.`
          : `Each term has 1 / p from dL/dp and p from the Jacobian. They cancel, and since the y add up to 1, all that is left is (p − y)${overT}.`,
    );
  }

  #follow({ source }) {
    // What a hand takes hold of no longer plays.
    if (source === "hand" && this.timer) this.#pause();
    if (this.data) this.#numbers();
  }

  #numbers() {
    const { target, loss, names, scale } = this.data;
    // A board that has other classes already, or still, does not speak of this loss.
    if (situation.now?.z.length !== names.length) return;
    const { z, temperature } = situation.now;
    const squared = loss === "squared error";
    const found = measure(z, target, temperature, loss);
    const other = measure(z, target, temperature, squared ? "cross-entropy" : "squared error");
    write(this.value, decimal(found.loss));
    this.value.dataset.value = found.loss;
    write(
      this.other,
      squared ? `cross-entropy: ${decimal(other.loss)}` : `squared error: ${decimal(other.loss)}`,
    );
    const terms = squared ? names.map((_, k) => k) : this.#terms();
    const log = logSoftmax(z, temperature);
    this.rows.forEach(({ p, error, gradient, bar, chain }, j) => {
      write(p, decimal(found.p[j]));
      write(error, signed(found.error[j]));
      write(gradient, signed(found.gradient[j]));
      gradient.dataset.value = found.gradient[j];
      const width = Math.min(1, Math.abs(found.gradient[j]) / scale) / 2;
      bar.style.transform = `scaleX(${Math.sign(found.gradient[j]) * width})`;
      if (terms.length > WRITTEN_OUT) return write(chain, `sum of ${terms.length} products`);
      const factors = terms.map((k) => [
        // 1 / p may be beyond what a number can hold; its logarithm is not. So may be the Jacobian's smallness.
        squared ? scaled(found.error[k]) : { sign: -1, log: Math.log(target[k]) - log[k] },
        {
          sign: j === k ? 1 : -1,
          log: log[j] + (j === k ? logRest(log, k) : log[k]) - Math.log(temperature),
        },
      ]);
      const { texts } = products(factors, found.gradient[j]);
      const [first, ...more] = texts.map(
        ([left, right]) => `${squared ? plus(left) : left} × ${plus(right)}`,
      );
      write(
        chain,
        more.length
          ? [first, ...more].map((each) => `(${each})`).join(" + ")
          : `${first} = ${signed(found.gradient[j])}`,
      );
    });
  }
}
