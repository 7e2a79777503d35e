// One row per class: the raw output as a bar to drag and a number to type, and the probability.

import { el, figureBox, inShort, mark, setStyle, write } from "../dom.js";
import { clamp, makeDraggable, sliderKeys } from "../drag.js";
import { decimal, raw } from "../text/format.js";
import { isHidden } from "../lesson.js";
import { makeNumberBox } from "../number.js";
import { cover, writeOrHide } from "./cover.js";

export const LIMIT = 50; // |z| on the board, as in core/situation/scenario.py
/** @type {import("../drag.js").Limits} */
const LIMITS = [-LIMIT, LIMIT];
const ZERO = 0.5; // where 0 is on the axis

/** How far along the axis a value is, from 0 to 1. @param {number} value @param {number} scale */
const share = (value, scale) => Math.min(1, Math.max(0, (value + scale) / (2 * scale)));

/**
 * What the rows read and what they call; `k` is the class of a row.
 *
 * @typedef {object} Hand
 * @property {(k: number) => number} value The raw output of class k.
 * @property {(k: number) => number} initial The raw output that a double-click returns to.
 * @property {() => number} scale The value at the right end of the axis; at its left end is minus that.
 * @property {(k: number, value: number) => void} input Show another raw output.
 * @property {() => void} commit Keep what is shown.
 * @property {(k: number) => void} grab From here on, the user is ahead of Python.
 * @property {(k: number) => void} drop The user is no longer ahead.
 * @property {() => boolean} locked Whether the raw outputs cannot be changed.
 * @property {(complaint: string) => void} say What is wrong with a typed number; "" once that is over.
 */

/**
 * Make the row of one class; it returns the elements, most of which `show` updates.
 *
 * @param {Hand} hand
 * @param {string} name
 * @param {number} k
 * @param {string} colour
 */
function makeRow(hand, name, k, colour) {
  const bar = el("span", { class: "bar" });
  const rail = el("span", { class: "rail" }, el("span", { class: "knob" }));
  const slider = el(
    "div",
    {
      class: "track",
      role: "slider",
      tabindex: "0",
      "aria-label": `${name} raw output`,
      "aria-valuemin": -LIMIT,
      "aria-valuemax": LIMIT,
      "aria-orientation": "horizontal",
    },
    el("span", { class: "zero" }),
    bar,
    rail,
  );
  const number = el("input", {
    class: "number",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": `${name} raw output, as a number`,
  });
  const fill = el("span", { class: "fill" });
  const track = el("span", { class: "p-track" }, fill);
  const probability = figureBox("output", { class: "p-number", "data-testid": `probability-${k}` });
  const node = el(
    "div",
    { class: "row", style: `--colour: ${colour}`, "data-belongs": `class:${k}` },
    // Even if the name is written from right to left, its dot stays on the left.
    el("span", { class: "name", title: name }, el("bdi", {}, name)),
    slider,
    el("span", { class: "number-place" }, number),
    track,
    el("span", {}, probability),
  );
  makeDraggable(slider, {
    value: () => hand.value(k),
    initial: () => hand.initial(k),
    at: (start, right) => {
      const end = hand.scale();
      const value = Math.round((start + right * 2 * end) * 100) / 100;
      // A drag stops at the end of the axis, because the charts show no more. A release at the end makes the
      // axis longer.
      return clamp(value, [Math.min(-end, start), Math.max(end, start)]);
    },
    next: sliderKeys({
      step: (value, by) => value + by * 0.1,
      limits: () => LIMITS,
      ends: () => [-hand.scale(), hand.scale()],
    }),
    input: (value) => hand.input(k, value),
    commit: () => hand.commit(),
    grab: () => hand.grab(k),
    drop: () => hand.drop(k),
    locked: hand.locked,
  });
  makeNumberBox(number, {
    value: () => hand.value(k),
    shown: raw,
    range: () => LIMITS,
    name,
    take: (value) => {
      hand.input(k, value);
      hand.commit();
    },
    say: hand.say,
  });
  return { name, node, slider, bar, rail, number, track, fill, probability };
}

export class Bars {
  node = el("div", { class: "bars" });
  /** @type {ReturnType<typeof makeRow>[]} */
  rows = [];
  #hand;
  #ticks = [el("b"), el("b"), el("b")];
  /** @type {number | null} */
  #scale = null;
  #withProbabilities = true;
  /** What stands at the end of the head of the raw outputs. @type {HTMLElement | string} */
  button = "";

  /** @param {Hand} hand */
  constructor(hand) {
    this.#hand = hand;
  }

  /**
   * Build the rows anew, because the classes have changed.
   *
   * @param {string[]} names
   * @param {string[]} colours
   */
  build(names, colours) {
    this.#scale = null;
    const head = el(
      "div",
      { class: "row head", "aria-hidden": "true" },
      el("span", { class: "name" }, "Class"),
      el("span", { class: "track-head" }, ...inShort("Raw output value", "Raw output"), el("i", {}, " drag")),
      el("span", { class: "p-head" }, ...inShort("Predicted probability", "Probability")),
    );
    const ticks = el("span", { class: "ticks" }, ...this.#ticks);
    const axis = el("div", { class: "row axis", "aria-hidden": "true" }, ticks);
    this.rows = names.map((name, k) => makeRow(this.#hand, name, k, colours[k]));
    this.node.replaceChildren(head, ...this.rows.map((row) => row.node), axis, this.button);
  }

  /** Make the raw outputs look and act as `locked` of the hand says. */
  lock() {
    const locked = this.#hand.locked();
    for (const { slider, number } of this.rows) {
      mark(slider, "aria-disabled", String(locked));
      mark(
        slider,
        "title",
        locked ? "Locked for this task." : "Drag left or right. Double-click to return to the start.",
      );
      number.readOnly = locked;
    }
    this.node.classList.toggle("locked", locked);
  }

  /**
   * Show the rows of some classes; without any, there is no head and no axis either.
   *
   * @param {number[]} classes
   */
  showRows(classes) {
    this.node.hidden = !classes.length;
    this.rows.forEach(({ node }, k) => {
      node.hidden = !classes.includes(k);
    });
  }

  /** Show probabilities, or the raw outputs alone. @param {boolean} shown */
  showProbabilities(shown) {
    this.#withProbabilities = shown;
    this.node.classList.toggle("outputs-only", !shown);
  }

  /**
   * Move the bars to raw outputs and probabilities, and tell screen readers; on a slow device, this alone is done on
   * every move. A number that is seen costs layout and paint.
   *
   * @param {readonly number[]} z
   * @param {import("../math/softmax.js").Reading} reading
   * @param {number} scale The value at the right end of the axis.
   */
  move(z, { p }, scale) {
    if (scale !== this.#scale) {
      this.#scale = scale;
      [-scale, 0, scale].forEach((value, k) => write(this.#ticks[k], String(value).replace("-", "−")));
    }
    this.rows.forEach((row, k) => {
      const end = share(z[k], scale);
      const left = Math.min(ZERO, end);
      setStyle(row.bar, "transform", `translateX(${left * 100}%) scaleX(${Math.abs(end - ZERO)})`);
      setStyle(row.rail, "transform", `translateX(${end * 100}%)`);
      const hidden = isHidden("probability-bars", `p${k + 1}`);
      setStyle(row.fill, "transform", `scaleX(${hidden ? 0 : p[k]})`);
      const untold = isHidden("probability-numbers", `p${k + 1}`);
      const told = this.#withProbabilities ? `, probability ${untold ? "hidden" : decimal(p[k])}` : "";
      row.slider.setAttribute("aria-valuenow", String(z[k]));
      row.slider.setAttribute("aria-valuetext", `${row.name} raw output ${raw(z[k])}${told}`);
    });
  }

  /**
   * Show raw outputs and probabilities; called on every move, so it writes only what changed.
   *
   * @param {readonly number[]} z
   * @param {import("../math/softmax.js").Reading} reading
   * @param {number} scale The value at the right end of the axis.
   */
  show(z, reading, scale) {
    const { p } = reading;
    this.move(z, reading, scale);
    this.rows.forEach((row, k) => {
      row.slider.classList.toggle("beyond", Math.abs(z[k]) > scale);
      cover(row.track, isHidden("probability-bars", `p${k + 1}`), `p${k + 1}`);
      const text = raw(z[k]);
      if (row.number.value !== text && !row.number.matches(":focus")) row.number.value = text;
      const hidden = writeOrHide(row.probability, decimal(p[k]), "probability-numbers", `p${k + 1}`);
      row.probability.setAttribute("data-value", hidden ? "" : String(p[k]));
    });
  }

  /**
   * Describe the probabilities, for users who point at one. This is only needed when nothing is being dragged:
   * each title makes the browser look for other styles.
   */
  describe() {
    for (const { probability } of this.rows)
      mark(probability, "title", probability.getAttribute("data-value") ?? "");
  }

  /**
   * Mark the rows of the chosen cell.
   *
   * @param {number} i
   * @param {number} j
   */
  choose(i, j) {
    this.rows.forEach((row, k) => {
      row.node.classList.toggle("is-i", k === i);
      row.node.classList.toggle("is-j", k === j);
    });
  }
}
