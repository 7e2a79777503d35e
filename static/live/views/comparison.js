// Compares what the board shows with what was before a hand moved it: marks, gains and losses, and a sentence.
// It also says why a sum of derivatives is 0.

import { el, mark } from "../dom.js";
import { isHidden, lesson } from "../lesson.js";
import { probabilityChange } from "../math/change.js";
import { read } from "../math/softmax.js";
import { Moment } from "../moment.js";
import { endReason, pointedLine } from "../pointing.js";
import { heldSentence, reason, spokenChange } from "../text/change.js";
import { Change } from "./change.js";
import { Ghosts } from "./ghosts.js";

/** @typedef {import("../store.js").Shown} Shown */
/** @typedef {import("../math/softmax.js").Reading} Reading */

/** Whether two lists hold the same numbers. @param {readonly number[]} a @param {readonly number[]} b */
const same = (a, b) => a.length === b.length && a.every((value, k) => value === b[k]);

/** A situation that others are compared with, read once. */
class Before {
  /** @type {readonly number[] | null} */
  #of = null;
  #temperature = 0;
  /** @type {Reading} */
  #reading = { p: [], q: [], jacobian: [] };

  /** @param {readonly number[]} z @param {number} temperature */
  read(z, temperature) {
    if (this.#of !== z || this.#temperature !== temperature) {
      this.#reading = read(z, temperature);
      this.#of = z;
      this.#temperature = temperature;
    }
    return this.#reading;
  }
}

export class Comparison {
  pin = el("button", { type: "button", class: "pin", "aria-pressed": "false" }, "Keep marks");
  #change = new Change();
  #ghosts = new Ghosts();
  #moment;
  #reference = new Before();
  #taken = new Before();
  /** @type {readonly number[]} */
  #seen = [];
  /** @type {string[]} */
  #names = [];
  #hasLine = true; // whether the page has the line below the board
  #compares = true; // whether probabilities are shown
  #explained = ""; // the sum that is explained, such as "row:0"
  /** @param {KeyboardEvent} event */
  #escape = ({ key }) => {
    if (key === "Escape") endReason();
  };
  #bars;
  #heatmap;
  #line;

  /**
   * @param {import("./bars.js").Bars} bars
   * @param {import("./heatmap.js").Heatmap} heatmap
   * @param {import("./sentence.js").Line} line
   * @param {{ over: () => void, pinned: () => void }} then Called when there is nothing to compare any more,
   *   and when the user has pinned the marks or let go of them.
   */
  constructor(bars, heatmap, line, { over, pinned }) {
    this.#bars = bars;
    this.#heatmap = heatmap;
    this.#line = line;
    this.#moment = new Moment(over);
    document.addEventListener("keydown", this.#escape);
    this.pin.onclick = () => {
      this.#moment.togglePin(this.#seen);
      pinned();
    };
  }

  /** Whether neither the sentence nor the formula of the line can be seen now. */
  get coversLine() {
    const { classList } = this.#line.node;
    return classList.contains("says-change") && classList.contains("shows-change");
  }

  /** The raw outputs that stay the reference; empty if none do. */
  get pinned() {
    return [...this.#moment.pinned];
  }

  /**
   * Add the marks to new rows and cells.
   *
   * @param {string[]} names
   * @param {string[]} colours
   */
  build(names, colours) {
    this.#names = names;
    this.#moment.end();
    this.#moment.pinned = [];
    this.#seen = [];
    this.#explained = "";
    this.#change.build(names, colours);
    this.#ghosts.build(this.#bars.rows, this.#heatmap.cells);
    this.#bars.node.append(this.pin);
  }

  /**
   * Take what Python sent.
   *
   * @param {boolean} pin Whether marks can be pinned on this page.
   * @param {boolean} line Whether the page has the line below the board.
   * @param {boolean} probabilities Whether there is anything to compare.
   */
  place(pin, line, probabilities) {
    this.pin.hidden = !pin;
    this.#compares = probabilities;
    this.#hasLine = line;
    const [bar, words] = line ? [this.#line.below, this.#line.says] : [this.#bars.node, this.#heatmap.node];
    if (this.#change.node.parentNode !== bar) bar.append(this.#change.node);
    if (this.#change.words.parentNode !== words) words.append(this.#change.words);
  }

  /** @param {readonly number[]} pinned What Python knows as the reference. */
  take(pinned) {
    if (!same(pinned, this.#moment.pinned)) this.#moment.pinned = pinned;
  }

  /** A bar is taken. @param {number} k @param {readonly number[]} z */
  grab(k, z) {
    endReason();
    if (!this.#compares) return;
    this.#moment.grab(k, z);
  }

  /** A bar is let go. @param {number} k @param {readonly number[]} z */
  release(k, z) {
    this.#moment.release(k, z);
  }

  /** A raw output is set at once. @param {number} k @param {readonly number[]} z All of them before. */
  jump(k, z) {
    endReason();
    if (!this.#compares) return;
    this.#moment.jump(k, z);
  }

  /** Show the comparison; called on every move. @param {Shown} now */
  show(now) {
    const { z, temperature, reading, source } = now;
    // A preset, a step of descent or another page's part has changed the raw outputs.
    if (source !== "hand" && this.#seen.length && !same(this.#seen, z)) this.#moment.end();
    this.#seen = z;
    const { reference } = this.#moment;
    const why = this.#reason(reading);
    const before = reference && this.#reference.read(reference, temperature);
    /** @type {number[]} */
    let changes = [];
    if (reference && before) {
      changes = probabilityChange(reference, z, temperature, before.p, reading.p);
      this.#ghosts.show(before, reading, changes, (i, j) => this.#heatmap.hides(i, j));
    } else {
      this.#ghosts.hide();
    }
    const said = why ? reason(why.line, why.k) : this.#hasLine ? this.#said(now) : null;
    this.#change.say(said);
    this.#line.node.classList.toggle("says-change", said !== null);
    const compares = reference && (this.#moment.taken || !same(reference, z));
    const whole = 1 / (4 * temperature);
    this.#change.compare(
      why
        ? { changes: why.values, whole, about: why.line, numbersHidden: false, barsHidden: false }
        : compares
          ? {
              changes,
              whole: 1,
              about: "change",
              numbersHidden: this.#hidesAny("probability-numbers"),
              barsHidden: this.#hidesAny("probability-bars"),
            }
          : null,
      !why && this.#moment.pinned.length > 0,
    );
    this.#line.node.classList.toggle("shows-change", Boolean(why || compares));
    const pressed = this.#moment.pinned.length > 0;
    mark(this.pin, "aria-pressed", String(pressed));
    mark(
      this.pin,
      "title",
      pressed
        ? "Let go of the marks."
        : "Keep the marks of where everything was, and compare further moves with them.",
    );
  }

  /** What a screen reader hears of the last move; empty if nothing has moved. @param {Shown} now */
  spoken({ z, temperature, reading }) {
    const { taken } = this.#moment;
    if (!taken || z[taken.k] === taken.z[taken.k]) return "";
    const before = this.#taken.read(taken.z, temperature);
    const changes = probabilityChange(taken.z, z, temperature, before.p, reading.p).map((change, k) =>
      isHidden("probability-numbers", `p${k + 1}`) ? null : change,
    );
    return spokenChange(this.#names, taken.k, z[taken.k] - taken.z[taken.k], changes);
  }

  /** Why a sum is 0, in words, once after it was pressed. @param {Shown} now */
  newReason({ reading }) {
    const why = this.#reason(reading);
    const lit = why ? `${why.line}:${why.k}` : "";
    if (lit === this.#explained) return "";
    this.#explained = lit;
    this.#heatmap.expand(lit);
    return why ? this.#change.textOf(reason(why.line, why.k)) : "";
  }

  stop() {
    endReason();
    this.#moment.end();
    document.removeEventListener("keydown", this.#escape);
  }

  /** The sentence about the bar in the hand. @param {Shown} now */
  #said({ z, temperature, i, reading }) {
    const { taken } = this.#moment;
    if (!taken) return null;
    const j = taken.k;
    const before = this.#taken.read(taken.z, temperature);
    const place = `p${i + 1}`;
    const amountHidden = isHidden("probability-numbers", place);
    return heldSentence({
      i,
      j,
      move: z[j] - taken.z[j],
      change: probabilityChange(taken.z, z, temperature, before.p, reading.p)[i],
      slope: before.jacobian[i][j],
      amountHidden,
      directionHidden: amountHidden && isHidden("probability-bars", place),
      slopeHidden: isHidden("formula") || this.#heatmap.hides(i, j),
    });
  }

  /** The row or column whose sum is explained, unless anything of it is hidden. @param {Reading} reading */
  #reason({ jacobian }) {
    const pointed = pointedLine(lesson.now?.lit ?? "");
    if (!pointed || pointed.k >= jacobian.length) return null;
    const { line, k } = pointed;
    const [i, j] = line === "row" ? [k, -1] : [-1, k];
    if (jacobian.some((_, at) => this.#heatmap.hides(i < 0 ? at : i, j < 0 ? at : j))) return null;
    return { line, k, values: line === "row" ? jacobian[k] : jacobian.map((row) => row[k]) };
  }

  /** @param {string} item */
  #hidesAny(item) {
    return this.#names.some((_, k) => isHidden(item, `p${k + 1}`));
  }
}
