// The temperature slider: logarithmic, live on every board of the page, one commit when it is let go.

import { el, write } from "../dom.js";
import { clamp, makeDraggable, sliderKeys } from "../drag.js";
import { onControlElsewhere } from "../controls.js";
import { makeNumberBox } from "../number.js";
import { Pending } from "../commit.js";
import { situation } from "../store.js";

const shown = (value) => String(Number(value.toPrecision(3)));

export class Part {
  constructor(root) {
    this.pending = new Pending(root);
    this.track = el("div", {
      class: "track",
      role: "slider",
      tabindex: "0",
      "aria-label": "temperature",
      title: "Drag left or right. Double-click for T = 1.",
    });
    this.fill = el("span", { class: "bar" });
    this.knob = el("span", { class: "knob" });
    this.track.append(el("span", { class: "one" }), this.fill, this.knob);
    this.number = el("input", {
      class: "number",
      type: "text",
      autocomplete: "off",
      "aria-label": "temperature, as a number",
    });
    this.complaint = el("p", { class: "complaint", role: "alert" });
    const label = el("span", { class: "label", "aria-hidden": "true" }, "Temperature T");
    root.replaceChildren(label, this.track, this.number, this.complaint);
    this.forget = onControlElsewhere(root, () => write(this.complaint, ""));
    const range = () => [this.data.lowest, this.data.highest];
    makeNumberBox(this.number, {
      value: () => this.value,
      shown,
      range,
      name: "T",
      take: (value) => {
        this.#input(value);
        this.#commit();
      },
      say: (text) => write(this.complaint, text),
    });
    makeDraggable(this.track, {
      value: () => this.value,
      home: () => 1,
      at: (start, right) => {
        const share = right / this.track.getBoundingClientRect().width;
        return clamp(this.#round(start * Math.exp(share * this.ratio)), range());
      },
      next: sliderKeys({ step: (value, by) => this.#round(value * 1.05 ** by), limits: range, ends: range }),
      input: (value) => this.#input(value),
      commit: () => this.#commit(),
      grab: () => {
        this.held = true;
      },
      drop: () => {
        this.held = false;
        if (this.value === this.data.temperature) situation.settle("temperature");
      },
    });
  }

  update({ data, setTriggerValue }) {
    this.data = data;
    this.send = (payload) => setTriggerValue("commit", payload);
    this.track.setAttribute("aria-valuemin", data.lowest);
    this.track.setAttribute("aria-valuemax", data.highest);
    this.ratio = Math.log(data.highest / data.lowest);
    this.track.querySelector(".one").style.left = `${this.#share(1) * 100}%`;
    this.pending.arrived(data.ack);
    if (this.held || this.pending.waiting) return;
    situation.settle("temperature");
    situation.take({ temperature: data.temperature });
    this.#show(data.temperature);
  }

  stop() {
    this.pending.clear();
    this.forget();
  }

  #share(value) {
    return Math.log(value / this.data.lowest) / this.ratio;
  }

  /** Two digits that matter, and a little pull towards 1, the temperature of plain softmax. */
  #round(value) {
    const rounded = Number(value.toPrecision(value < 1 ? 2 : 3));
    return Math.abs(Math.log(rounded)) < 0.02 ? 1 : rounded;
  }

  #input(value) {
    this.#show(value);
    situation.claim("temperature");
    situation.move({ temperature: value }, "hand");
  }

  #show(value) {
    if (value !== this.value) write(this.complaint, "");
    this.value = value;
    const share = this.#share(value);
    this.fill.style.transform = `scaleX(${share})`;
    this.knob.style.left = `${share * 100}%`;
    this.track.setAttribute("aria-valuenow", value);
    if (!this.number.matches(":focus")) this.number.value = shown(value);
  }

  #commit() {
    const { value } = this;
    this.pending.send((seq) => this.send({ seq, temperature: value }));
  }
}
