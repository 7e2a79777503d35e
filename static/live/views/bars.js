// One row per class: the raw output as a bar to grab, the number to type, the probability it becomes.

import { el, mark, write } from "../dom.js";
import { clamp, makeDraggable, sliderKeys } from "../drag.js";
import { decimal, raw } from "../text/format.js";
import { makeNumberBox } from "../number.js";

export const LIMIT = 50; // |z| on the board, as in core/situation/scenario.py
const LIMITS = [-LIMIT, LIMIT];

const share = (value, scale) => Math.min(1, Math.max(0, (value + scale) / (2 * scale)));

/** `hand` is what a row may do: value(k), home(k), scale(), input(k, v), commit(), grab(k), drop(k), say(text). */
export class Bars {
  constructor(hand) {
    this.hand = hand;
    this.rows = [];
    this.node = el("div", { class: "bars" });
  }

  /** Build the rows anew: the classes changed. */
  build(names, colours) {
    this.scale = null;
    const head = el(
      "div",
      { class: "row head", "aria-hidden": "true" },
      el("span", { class: "name" }, "Class"),
      el("span", { class: "track-head" }, "Raw output value", el("i", {}, " drag")),
      el("span", { class: "p-head" }, "Predicted probability"),
    );
    this.rows = names.map((name, k) => this.#row(name, k, colours[k]));
    this.axis = el("div", { class: "row axis", "aria-hidden": "true" }, this.#axis());
    this.node.replaceChildren(head, ...this.rows.map((row) => row.node), this.axis);
  }

  #axis() {
    this.ticks = [el("b"), el("b"), el("b")];
    return el("span", { class: "ticks" }, ...this.ticks);
  }

  #row(name, k, colour) {
    const { hand } = this;
    const bar = el("span", { class: "bar" });
    const knob = el("span", { class: "knob" });
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
        title: "Drag left or right. Double-click to return to the start.",
      },
      el("span", { class: "zero" }),
      bar,
      knob,
    );
    const number = el("input", {
      class: "number",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": `${name} raw output, as a number`,
    });
    const fill = el("span", { class: "fill" });
    const probability = el("output", { class: "p-number", "data-testid": `probability-${k}` });
    const node = el(
      "div",
      { class: "row", style: `--colour: ${colour}` },
      // The name may be written from right to left; its dot stays before it all the same.
      el("span", { class: "name", title: name }, el("bdi", {}, name)),
      slider,
      number,
      el("span", { class: "p-track" }, fill),
      probability,
    );
    makeDraggable(slider, {
      value: () => hand.value(k),
      home: () => hand.home(k),
      at: (start, right) => {
        const end = hand.scale();
        // The width on the screen, which is another one where the page is scaled.
        const { width } = slider.getBoundingClientRect();
        const value = Math.round((start + (right * 2 * end) / width) * 100) / 100;
        // To the end of the axis and no further, or the charts would lose sight of it; a bar that is let go
        // at the end gets a longer axis.
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
    return { name, node, slider, bar, knob, number, fill, probability };
  }

  /** Show raw outputs and probabilities; called on every move, so it writes only what changed. */
  show(z, { p }, scale) {
    if (scale !== this.scale) {
      this.scale = scale;
      [-scale, 0, scale].forEach((value, k) => write(this.ticks[k], String(value).replace("-", "−")));
    }
    const zero = 0.5;
    this.rows.forEach((row, k) => {
      const end = share(z[k], scale);
      const left = Math.min(zero, end);
      row.bar.style.transform = `translateX(${left * 100}%) scaleX(${Math.abs(end - zero)})`;
      row.knob.style.left = `${end * 100}%`;
      row.slider.classList.toggle("beyond", Math.abs(z[k]) > scale);
      row.fill.style.transform = `scaleX(${p[k]})`;
      const text = raw(z[k]);
      if (row.number.value !== text && !row.number.matches(":focus")) row.number.value = text;
      write(row.probability, decimal(p[k]));
      row.probability.setAttribute("data-value", p[k]);
      mark(row.probability, "title", String(p[k]));
      row.slider.setAttribute("aria-valuenow", z[k]);
      row.slider.setAttribute(
        "aria-valuetext",
        `${row.name} raw output ${text}, probability ${decimal(p[k])}`,
      );
    });
  }

  /** Mark the rows of the chosen cell. */
  choose(i, j) {
    this.rows.forEach((row, k) => {
      row.node.classList.toggle("is-i", k === i);
      row.node.classList.toggle("is-j", k === j);
    });
  }
}
