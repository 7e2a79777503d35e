// The derivation: its steps one at a time or all at once, in letters, names or numbers that follow the
// pointer.

import { scrolls } from "../access.js";
import { el, mark, write } from "../dom.js";
import { isPresented, lesson, onReveal, onTurn } from "../lesson.js";
import { light } from "../pointing.js";
import { situation, takeOtherClasses } from "../store.js";
import { numbersOf } from "../views/numbers.js";
import { Step } from "../views/step.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../messages.js").StepsCommit, "seq">>} Commits */
/** @typedef {import("../messages.js").StepsMessage} StepsMessage */

/** @typedef {Pick<StepsMessage, "step" | "reading" | "all">} State What is shown, and how. */

/** @type {Record<import("../views/formula.js").Notation, string>} */
const READINGS = { symbols: "Symbols", names: "Class names", numbers: "Numbers" };
const SMALLEST = 0.6; // of its full size: a formula shrinks no further, and scrolls if it still does not fit

/** How many steps a key moves on. @type {Record<string, number | undefined>} */
const STEP_KEYS = { ArrowRight: 1, ArrowLeft: -1 };
/** How many notations a key moves on. @type {Record<string, number | undefined>} */
const READING_KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Part {
  #root;
  #pending;
  /** @type {Map<string, HTMLButtonElement>} */
  #readings = new Map();
  #whole = el("button", { type: "button", class: "option whole" });
  #list = el("ol", { class: "list" });
  #back = el("button", { type: "button", class: "move" }, "‹ Back");
  #next = el("button", { type: "button", class: "move" }, "Next ›");
  #place = el("span", { class: "place" });
  #moves = el("div", { class: "moves" }, this.#back, this.#place, this.#next);
  #bar = el("div", { class: "bar" });
  #hint = el("p", { class: "hint", role: "status" });
  /** @type {StepsMessage | null} */
  #data = null;
  /** @type {Step[]} */
  #steps = [];
  /** @type {State} */
  #state = { step: "", reading: "symbols", all: false };
  /** The place of the last step that may be shown; the reader must predict the result before the next one. */
  #last = 0;
  /** The width to which the formulas were last fitted. */
  #width = 0;
  #forgets;
  #resized = new ResizeObserver(([{ contentRect }]) => contentRect.width !== this.#width && this.#fit());
  /** @param {KeyboardEvent} event */
  #onKey = (event) => this.#key(event);

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   */
  constructor(root, pending) {
    this.#root = root;
    this.#pending = pending;
    const readings = el("div", { class: "choice", role: "radiogroup", "aria-label": "Show the formulas in" });
    for (const [key, label] of Object.entries(READINGS)) {
      const button = el("button", { type: "button", role: "radio", class: "option" }, label);
      button.onclick = () => this.#go({ reading: key });
      this.#readings.set(key, button);
      readings.append(button);
    }
    readings.onkeydown = (event) => this.#walkReadings(event);
    this.#whole.onclick = () => this.#go({ all: !this.#state.all });
    this.#back.onclick = () => this.#move(-1);
    this.#next.onclick = () => this.#move(1);
    // Steps differ in height. The buttons are above them, so that they stay under the pointer.
    this.#bar.append(readings, this.#whole);
    root.replaceChildren(this.#bar, this.#moves, this.#list, this.#hint);
    document.addEventListener("keydown", this.#onKey);
    this.#resized.observe(root);
    this.#forgets = [
      situation.effect(() => this.#numbers()),
      lesson.effect(() => this.#relight()),
      onTurn((by) => this.#move(by)),
      onReveal(() => !this.#state.all && this.#steps[this.#current]?.reveal()),
    ];
  }

  /** @param {import("../messages.js").Component<StepsMessage>} component */
  update({ data }) {
    const before = this.#data;
    this.#data = data;
    const { z, temperature, about, step, reading, all } = data;
    const rebuilt =
      JSON.stringify([before?.steps, before?.about, before?.last_open]) !==
      JSON.stringify([data.steps, about, data.last_open]);
    if (!this.#pending.waiting) this.#state = { step, reading, all };
    this.#bar.hidden = !data.controls;
    this.#root.classList.toggle("brief", !data.controls);
    this.#last = data.last_open ?? data.steps.length - 1;
    if (rebuilt) {
      const hidden = data.last_open !== null;
      this.#steps = data.steps.map((step, place) => new Step(step, place, about, hidden));
      this.#list.replaceChildren(...this.#steps.map(({ node }) => node));
      this.#relight();
    }
    takeOtherClasses({ z, temperature, i: about.i, j: about.j });
    this.#show();
    this.#root.dataset.ready = "";
  }

  stop() {
    for (const forget of this.#forgets) forget();
    this.#resized.disconnect();
    document.removeEventListener("keydown", this.#onKey);
  }

  /** Write the numbers of the situation; called on every move. */
  #numbers() {
    const { now } = situation;
    const data = this.#data;
    // The board may have new classes before Python has sent them to this part, or still have the old ones.
    if (!now || !data || now.z.length !== data.z.length) return;
    const numbers = numbersOf(now, data.about, data.secant_step);
    for (const step of this.#steps) step.show(numbers);
  }

  /** Follow what the teacher hides, reveals and points at. */
  #relight() {
    for (const step of this.#steps) step.follow();
    light(this.#root);
  }

  /** The place of the step that is shown. */
  get #current() {
    const found = this.#steps.findIndex(({ key }) => key === this.#state.step);
    return Math.min(Math.max(found, 0), this.#last);
  }

  #show() {
    const current = this.#current;
    const last = this.#last;
    const { reading, all } = this.#state;
    this.#root.dataset.reading = reading;
    this.#root.classList.toggle("all", all);
    this.#steps.forEach(({ node }, place) => {
      node.classList.toggle("current", place === current);
      node.classList.toggle("before", place === current - 1);
      node.classList.toggle("shut", place > last);
    });
    for (const [key, button] of this.#readings) {
      mark(button, "aria-checked", String(key === reading));
      mark(button, "tabindex", key === reading ? "0" : "-1");
    }
    write(this.#whole, all ? "One step at a time" : "All steps at once");
    write(this.#place, `Step ${current + 1} of ${this.#steps.length}`);
    this.#back.disabled = current === 0;
    this.#next.disabled = current === last;
    this.#moves.hidden = all;
    const waits = last < this.#steps.length - 1 && (all || current === last);
    this.#root.classList.toggle("waits", waits);
    write(this.#hint, waits ? "The next step is yours to predict: answer below, or show the result." : "");
    this.#numbers();
    this.#fit();
  }

  /** Shrink a formula if one of its pieces cannot be broken and is wider than its room. */
  #fit() {
    this.#width = this.#root.clientWidth;
    const rows = [
      .../** @type {NodeListOf<HTMLElement>} */ (
        this.#list.querySelectorAll(`.reading.${this.#state.reading}`)
      ),
    ];
    for (const row of rows) row.style.removeProperty("--fit");
    const fits = rows.map((row) => {
      const pieces = /** @type {HTMLElement[]} */ ([...row.children]);
      return row.clientWidth / Math.max(...pieces.map((piece) => piece.offsetWidth));
    });
    rows.forEach((row, k) => {
      if (fits[k] < 1) row.style.setProperty("--fit", String(Math.max(SMALLEST, 0.98 * fits[k])));
    });
    this.#fitHeight();
    for (const { parentElement } of rows) if (parentElement) scrolls(parentElement, "Formula");
  }

  /** In presenter mode a step does not scroll, so a high one is drawn smaller. */
  #fitHeight() {
    this.#list.style.removeProperty("--step-fit");
    const step = this.#steps[this.#current]?.node;
    if (!step || !isPresented()) return;
    const { top } = step.getBoundingClientRect();
    const room = window.innerHeight - top;
    for (let fit = 1; fit >= SMALLEST && step.offsetHeight > room; fit -= 0.05)
      this.#list.style.setProperty("--step-fit", String(fit));
  }

  /** @param {Partial<State>} change */
  #go(change) {
    this.#state = { ...this.#state, ...change };
    this.#show();
    const { step, reading, all } = this.#state;
    this.#pending.send({ step, reading, all });
  }

  /** @param {number} by */
  #move(by) {
    const target = this.#current + by;
    if (target < 0 || target > this.#last) return;
    const { key, title } = this.#steps[target];
    this.#go({ step: key });
    title.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (this.#state.all || event.defaultPrevented || ctrlKey || metaKey || altKey || shiftKey) return;
    // Arrow keys belong to the element with the focus. They count here only if that is the page or this
    // derivation.
    const path = event.composedPath();
    const inside = path.includes(this.#root);
    if (event.target !== document.body && !inside) return;
    if (inside && path[0] instanceof Element && path[0].getAttribute("role") === "radio") return;
    const by = STEP_KEYS[key];
    if (!by) return;
    event.preventDefault();
    this.#move(by);
  }

  /** @param {KeyboardEvent} event */
  #walkReadings(event) {
    const by = READING_KEYS[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const keys = [...this.#readings.keys()];
    const key = keys[(keys.indexOf(this.#state.reading) + by + keys.length) % keys.length];
    this.#go({ reading: key });
    this.#readings.get(key)?.focus();
  }
}
