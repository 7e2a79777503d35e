// What the classes take from each other: one bar with the losses on the left and the gains on the right, the
// same in numbers, and a sentence about what the hand does.

import { el, figureInText, hide, mark, setStyle, write, writeInText } from "../dom.js";
import { balance, plainText } from "../text/change.js";

/** @typedef {import("../text/change.js").Piece} Piece */
/** @typedef {import("../text/change.js").Said} Said */

/** The kinds of a sentence's pieces, and its elements. @typedef {{ kinds: string, parts: HTMLElement[] }} Written */

/** The kind of a piece, so that only a sentence with other kinds is built anew. @param {Piece} piece */
const kind = (piece) => (typeof piece === "string" ? "phrase" : "name" in piece ? "whose" : "figure");

/**
 * What the bar compares.
 *
 * @typedef {object} Compared
 * @property {readonly number[]} changes What each class gains.
 * @property {number} whole The change that fills half of the bar.
 * @property {"change" | "column" | "row"} about
 * @property {boolean} numbersHidden
 * @property {boolean} barsHidden
 */

const MANY = 6; // classes

export class Change {
  /** The sentence. */
  words = el("p", { class: "said-of-change" });
  #full = el("span", { class: "in-full" });
  #short = el("span", { class: "in-short" });
  #scale = el("span", { class: "scale", "aria-hidden": "true" }, el("span", { class: "middle" }));
  #since = el("span", { class: "since in-full" }, "Since the marks: ");
  #numbers = el("span", { class: "balance" });
  #fullNumbers = el("span", { class: "in-full" });
  #shortNumbers = el("span", { class: "in-short" });
  /** The bar with its numbers. */
  node = el("div", { class: "change", "data-testid": "change" }, this.#scale, this.#numbers);
  /** @type {HTMLElement[]} */
  #parts = [];
  /** The elements of each sentence, by the element that holds it. @type {Map<Element, Written>} */
  #written = new Map();
  /** @type {string[]} */
  #names = [];
  /** @type {string[]} */
  #colours = [];

  constructor() {
    this.words.append(this.#full, this.#short);
    this.#numbers.append(this.#since, this.#fullNumbers, this.#shortNumbers);
    this.node.hidden = true;
  }

  /**
   * Build anew for other classes.
   *
   * @param {string[]} names
   * @param {string[]} colours
   */
  build(names, colours) {
    this.#names = names;
    this.#colours = colours;
    this.#parts = names.map((name, k) =>
      el("span", { class: "share", title: name, style: `--colour: ${colours[k]}` }),
    );
    this.#scale.replaceChildren(...this.#parts, el("span", { class: "middle" }));
    for (const node of [this.#full, this.#short, this.#fullNumbers, this.#shortNumbers])
      node.replaceChildren();
    this.#written.clear();
  }

  /**
   * Show a sentence, or none; called on every move.
   *
   * @param {Said | null} said
   */
  say(said) {
    hide(this.words, said === null);
    this.#fill(this.#full, said?.full ?? []);
    this.#fill(this.#short, said?.short ?? []);
  }

  /**
   * Show gains and losses, or nothing; called on every move.
   *
   * @param {Compared | null} compared
   * @param {boolean} pinned Whether they are compared with marks that stay.
   */
  compare(compared, pinned) {
    hide(this.node, compared === null);
    if (!compared) return;
    const { changes, whole, about, numbersHidden, barsHidden } = compared;
    hide(this.#scale, barsHidden);
    // The losses lie side by side and end in the middle, where the gains begin.
    let [lost, gained] = [0, 0];
    for (const change of changes) lost += Math.max(0, -change);
    let at = -lost;
    changes.forEach((change, k) => {
      const size = Math.min(1, Math.abs(change) / whole);
      const from = change < 0 ? at : gained;
      if (change < 0) at -= change;
      else gained += change;
      const left = barsHidden ? 0 : Math.max(0, 50 + (from / whole) * 50);
      const style = `translateX(${left.toFixed(3)}%) scaleX(${barsHidden ? 0 : (size / 2).toFixed(5)})`;
      setStyle(this.#parts[k], "transform", style);
    });
    hide(this.#numbers, numbersHidden);
    hide(this.#since, !pinned);
    const { full, short } = numbersHidden ? { full: [], short: [] } : balance(changes, about);
    // A number for each of many classes would take too much of a frame.
    this.#fill(this.#fullNumbers, changes.length > MANY ? short : full);
    this.#fill(this.#shortNumbers, short);
  }

  /** The sentence as it is shown in full. @param {Said} said */
  textOf(said) {
    return plainText(said.full, this.#names);
  }

  /**
   * Write the pieces of a sentence; elements are made only if the sentence has another form.
   *
   * @param {HTMLElement} node
   * @param {Piece[]} pieces
   */
  #fill(node, pieces) {
    const kinds = pieces.map(kind).join();
    let written = this.#written.get(node);
    if (written?.kinds !== kinds) {
      const parts = pieces.map((piece) => {
        const name = kind(piece);
        return name === "figure" ? figureInText(name) : el(name === "phrase" ? "span" : "b", { class: name });
      });
      node.replaceChildren(...parts);
      written = { kinds, parts };
      this.#written.set(node, written);
    }
    const { parts } = written;
    pieces.forEach((piece, at) => {
      const part = parts[at];
      if (typeof piece === "string") write(part, piece);
      else if ("name" in piece) {
        write(part, this.#names[piece.name]);
        mark(part, "dir", "auto");
        mark(part, "title", this.#names[piece.name]);
      } else {
        writeInText(part, piece.number);
        mark(part, "style", piece.of === undefined ? "" : `--colour: ${this.#colours[piece.of]}`);
      }
    });
  }
}
