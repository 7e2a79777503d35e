// The temperature slider. It is logarithmic, every part of the page follows it live, and it commits on
// release.

import { el, mark, setStyle, write } from "../dom.js";
import { clamp, makeDraggable, sliderKeys } from "../drag.js";
import { onControlElsewhere } from "../controls.js";
import { makeNumberBox } from "../number.js";
import { situation } from "../store.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../messages.js").TemperatureCommit, "seq">>} Commits */
/** @typedef {import("../messages.js").TemperatureMessage} TemperatureMessage */

/** @param {number} value */
const shown = (value) => String(Number(value.toPrecision(3)));

export class Part {
  /** @type {TemperatureMessage | null} */
  #message = null;
  #value = NaN; // the temperature that is shown
  #ratio = 1; // the logarithm of the highest over the lowest temperature
  #held = false;
  #pending;
  #forget;
  #track = el("div", {
    class: "track",
    role: "slider",
    tabindex: "0",
    "aria-label": "temperature",
  });
  #one = el("span", { class: "one" });
  #fill = el("span", { class: "bar" });
  #rail = el("span", { class: "rail" }, el("span", { class: "knob" }));
  #number = el("input", {
    class: "number",
    type: "text",
    autocomplete: "off",
    "aria-label": "temperature, as a number",
  });
  #complaint = el("p", { class: "complaint", role: "alert" });

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   */
  constructor(root, pending) {
    this.#pending = pending;
    this.#forget = onControlElsewhere(root, () => write(this.#complaint, ""));
    this.#track.append(this.#one, this.#fill, this.#rail);
    const label = el("span", { class: "label", "aria-hidden": "true" }, "Temperature T");
    root.replaceChildren(label, this.#track, this.#number, this.#complaint);
    makeNumberBox(this.#number, {
      value: () => this.#value,
      shown,
      range: () => this.#range,
      name: "T",
      take: (value) => {
        this.#input(value);
        this.#commit();
      },
      say: (text) => write(this.#complaint, text),
    });
    makeDraggable(this.#track, {
      value: () => this.#value,
      initial: () => 1,
      at: (start, right) => clamp(this.#round(start * Math.exp(right * this.#ratio)), this.#range),
      next: sliderKeys({
        step: (value, by) => this.#round(value * 1.05 ** by),
        limits: () => this.#range,
        ends: () => this.#range,
      }),
      input: (value) => this.#input(value),
      commit: () => this.#commit(),
      grab: () => {
        this.#held = true;
      },
      drop: () => {
        this.#held = false;
        if (this.#value === this.#data.temperature) situation.settle("temperature");
      },
      locked: () => this.#data.locked,
    });
  }

  /** Python's last message; it is not read before the first one has arrived. */
  get #data() {
    return /** @type {TemperatureMessage} */ (this.#message);
  }

  /** @returns {[number, number]} */
  get #range() {
    return [this.#data.lowest, this.#data.highest];
  }

  /** @param {import("../messages.js").Component<TemperatureMessage>} component */
  update({ data }) {
    this.#message = data;
    this.#track.setAttribute("aria-valuemin", String(data.lowest));
    this.#track.setAttribute("aria-valuemax", String(data.highest));
    this.#lock(data.locked);
    this.#ratio = Math.log(data.highest / data.lowest);
    this.#one.style.left = `${this.#share(1) * 100}%`;
    if (this.#held || this.#pending.waiting) return;
    situation.settle("temperature");
    situation.take({ temperature: data.temperature });
    this.#show(data.temperature);
  }

  stop() {
    this.#forget();
    // A change not sent by now will never be sent, so Python's value counts again.
    situation.settle("temperature");
  }

  /** @param {boolean} locked */
  #lock(locked) {
    mark(this.#track, "aria-disabled", String(locked));
    mark(
      this.#track,
      "title",
      locked ? "Locked for this task." : "Drag left or right. Double-click for T = 1.",
    );
    this.#number.readOnly = locked;
  }

  /**
   * Where a temperature is on the slider, from 0 to 1.
   *
   * @param {number} value
   */
  #share(value) {
    return Math.log(value / this.#data.lowest) / this.#ratio;
  }

  /**
   * Round to two digits, or to three from 1 on. A value close to 1 becomes 1, the temperature of plain
   * softmax.
   *
   * @param {number} value
   */
  #round(value) {
    const rounded = Number(value.toPrecision(value < 1 ? 2 : 3));
    return Math.abs(Math.log(rounded)) < 0.02 ? 1 : rounded;
  }

  /** @param {number} value */
  #input(value) {
    this.#show(value);
    situation.claim("temperature");
    situation.move({ temperature: value }, "hand");
  }

  /** @param {number} value */
  #show(value) {
    if (value !== this.#value) write(this.#complaint, "");
    this.#value = value;
    const share = this.#share(value);
    setStyle(this.#fill, "transform", `scaleX(${share})`);
    setStyle(this.#rail, "transform", `translateX(${share * 100}%)`);
    this.#track.setAttribute("aria-valuenow", String(value));
    if (!this.#number.matches(":focus")) this.#number.value = shown(value);
  }

  #commit() {
    const temperature = this.#value;
    this.#pending.send({ temperature });
  }
}
