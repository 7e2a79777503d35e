// The derivation: its steps one at a time or all at once, in letters, names or numbers that follow the hand.

import { screenReaderText, scrolls } from "../access.js";
import { el, mark, write } from "../dom.js";
import { situation } from "../store.js";
import { Formula, keepValue, numbersOf } from "../views/formula.js";
import { Pending } from "../commit.js";

const READINGS = { symbols: "Symbols", names: "Class names", numbers: "Numbers" };
const SMALLEST = 0.6; // of its size a formula may be; what still has no room is scrolled

/** Where all is written in numbers, what always is would stand there twice. */
function once(trees) {
  const plain = ({ valued, new: _, ...tree }) => JSON.stringify(tree);
  return trees.filter(
    (tree, k) => !tree.valued || !trees.slice(0, k).some((other) => plain(other) === plain(tree)),
  );
}

export class Part {
  constructor(root) {
    this.root = root;
    this.pending = new Pending(root);
    this.readings = new Map();
    const readings = el("div", { class: "choice", role: "radiogroup", "aria-label": "Show the formulas in" });
    for (const [key, label] of Object.entries(READINGS)) {
      const button = el("button", { type: "button", role: "radio", class: "option" }, label);
      button.onclick = () => this.#go({ reading: key });
      this.readings.set(key, button);
      readings.append(button);
    }
    readings.onkeydown = (event) => this.#walkReadings(event);
    this.whole = el("button", { type: "button", class: "option whole" });
    this.whole.onclick = () => this.#go({ all: !this.state.all });
    this.list = el("ol", { class: "list" });
    this.back = el("button", { type: "button", class: "move" }, "‹ Back");
    this.next = el("button", { type: "button", class: "move" }, "Next ›");
    this.place = el("span", { class: "place" });
    this.hint = el("p", { class: "hint", role: "status" });
    this.back.onclick = () => this.#step(-1);
    this.next.onclick = () => this.#step(1);
    this.moves = el("div", { class: "moves" }, this.back, this.place, this.next);
    // Above the steps, which differ in height: so they stay under the pointer from step to step.
    root.replaceChildren(el("div", { class: "bar" }, readings, this.whole), this.moves, this.list, this.hint);
    this.forget = situation.effect(() => this.data && this.#numbers());
    this.onKey = (event) => this.#key(event);
    document.addEventListener("keydown", this.onKey);
    this.resized = new ResizeObserver(([{ contentRect }]) => contentRect.width !== this.width && this.#fit());
    this.resized.observe(root);
  }

  update({ data, setTriggerValue }) {
    this.send = (payload) => setTriggerValue("commit", payload);
    this.pending.arrived(data.ack);
    const before = this.data;
    this.data = data;
    const rebuilt =
      JSON.stringify([before?.steps, before?.about, before?.last_open]) !==
      JSON.stringify([data.steps, data.about, data.last_open]);
    if (!this.pending.waiting || !this.state)
      this.state = { step: data.step, reading: data.reading, all: data.all };
    if (rebuilt) this.sections = data.steps.map((step, place) => this.#section(step, place));
    if (rebuilt) this.list.replaceChildren(...this.sections.map((section) => section.node));
    const { z, temperature, about } = data;
    if (situation.now?.z.length !== z.length) situation.take({ z, temperature, i: about.i, j: about.j });
    this.#show();
    this.root.dataset.ready = "";
  }

  stop() {
    this.pending.clear();
    this.forget();
    this.resized.disconnect();
    document.removeEventListener("keydown", this.onKey);
  }

  #section(step, place) {
    const { about } = this.data;
    const formulas = [];
    const lines = step.equations.map(({ left, right, exact, lettered, words }) => {
      const line = el("div", { class: "equation" }, screenReaderText(words));
      const pieces = [];
      for (const reading of Object.keys(READINGS)) {
        // The question stays in letters: a number cannot be asked for.
        const letters = reading === "numbers" ? "names" : reading;
        const made = [new Formula(left, about, letters, step.key)];
        for (const tree of reading === "numbers" ? once(right) : right) {
          made.push(
            new Formula(tree, about, tree.valued ? "numbers" : lettered ? letters : reading, step.key),
          );
        }
        const chain = made.flatMap((formula, k) => {
          // Letters are read aloud as words, once: the words are there. Numbers are read as they stand.
          const said = reading !== "numbers" && !right[k - 1]?.valued;
          const piece = el("span", { class: "piece", "aria-hidden": said ? "true" : null });
          if (k) piece.append(el("span", { class: "equals" }, exact ? "=" : "≈"));
          piece.append(formula.node);
          return [piece];
        });
        const row = el("div", { class: `reading ${reading}` }, ...chain);
        formulas.push(...made);
        pieces.push(row);
      }
      line.append(...pieces);
      return line;
    });
    const title = el("h3", { tabindex: "-1" }, el("span", { class: "count" }, `${place + 1}`), step.title);
    // What is to be predicted is not told.
    const tell = step.comes_to && !(this.data.last_open !== null && step.comes_to.kind === "dp");
    const value = tell ? el("p", { class: "value" }) : null;
    let number = null;
    if (value) {
      const letter = new Formula(step.comes_to, about, "names", step.key);
      number = new Formula(step.comes_to, about, "numbers", step.key);
      number.node.classList.add("now");
      formulas.push(number);
      mark(letter.node, "aria-hidden", "true");
      value.append(
        "Now ",
        screenReaderText(step.said),
        letter.node,
        el("span", { class: "equals" }, "="),
        number.node,
      );
    }
    const node = el(
      "li",
      { class: "step", "data-testid": `step-${step.key}` },
      title,
      el("p", { class: "reason" }, step.reason),
      ...lines,
      value ?? "",
    );
    return { node, title, formulas, number, comesTo: step.comes_to };
  }

  #numbers() {
    const { about, secant_step: secantStep } = this.data;
    // A board that has other classes already, or still, does not speak of these steps.
    if (situation.now?.z.length !== this.data.z.length) return;
    const now = numbersOf(situation.now, about, secantStep);
    for (const { formulas, number, comesTo } of this.sections) {
      for (const formula of formulas) formula.show(now);
      const value = comesTo && now.value(comesTo.kind, comesTo.index);
      if (value !== undefined && number) keepValue(number.node, value);
    }
  }

  /** The last step that may be seen: behind it waits the reader's own prediction. */
  get last() {
    return this.data.last_open ?? this.data.steps.length - 1;
  }

  get current() {
    const found = this.data.steps.findIndex(({ key }) => key === this.state.step);
    return Math.min(Math.max(found, 0), this.last);
  }

  #show() {
    const { current, last } = this;
    const { reading, all } = this.state;
    this.root.dataset.reading = reading;
    this.root.classList.toggle("all", all);
    this.sections.forEach(({ node }, place) => {
      node.classList.toggle("current", place === current);
      node.classList.toggle("before", place === current - 1);
      node.classList.toggle("shut", place > last);
    });
    for (const [key, button] of this.readings) {
      mark(button, "aria-checked", String(key === reading));
      mark(button, "tabindex", key === reading ? "0" : "-1");
    }
    write(this.whole, all ? "One step at a time" : "All steps at once");
    write(this.place, `Step ${current + 1} of ${this.data.steps.length}`);
    this.back.disabled = current === 0;
    this.next.disabled = current === last;
    this.moves.hidden = all;
    const waits = last < this.data.steps.length - 1 && (all || current === last);
    this.root.classList.toggle("waits", waits);
    write(this.hint, waits ? "The next step is yours to predict: answer below, or show the result." : "");
    this.#numbers();
    this.#fit();
  }

  /** A piece of a formula that is wider than its room, and cannot be broken, is written smaller. */
  #fit() {
    this.width = this.root.clientWidth;
    const rows = [...this.list.querySelectorAll(`.reading.${this.state.reading}`)];
    for (const row of rows) row.style.removeProperty("--fit");
    const fits = rows.map(
      (row) => row.clientWidth / Math.max(...[...row.children].map((piece) => piece.offsetWidth)),
    );
    rows.forEach(
      (row, k) => fits[k] < 1 && row.style.setProperty("--fit", Math.max(SMALLEST, 0.98 * fits[k])),
    );
    for (const { parentElement } of rows) scrolls(parentElement, "Formula");
  }

  #go(change) {
    this.state = { ...this.state, ...change };
    this.#show();
    const { step, reading, all } = this.state;
    this.pending.send((seq) => this.send({ seq, step, reading, all }));
  }

  #step(by) {
    const target = this.current + by;
    if (target < 0 || target > this.last) return;
    this.#go({ step: this.data.steps[target].key });
    this.sections[target].title.focus({ preventScroll: true });
  }

  #key(event) {
    if (
      this.state?.all ||
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.shiftKey
    )
      return;
    // Arrow keys belong to whatever has the focus: here only if that is the page or this derivation.
    const inside = event.composedPath().includes(this.root);
    if (event.target !== document.body && !inside) return;
    if (inside && event.composedPath()[0].getAttribute?.("role") === "radio") return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.#step(by);
  }

  #walkReadings(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const keys = Object.keys(READINGS);
    const key = keys[(keys.indexOf(this.state.reading) + by + keys.length) % keys.length];
    this.#go({ reading: key });
    this.readings.get(key).focus();
  }
}
