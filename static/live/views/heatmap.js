// The Jacobian as a grid: row i is the probability that moves, column j the raw output that moves it.

import { derivativeInWords } from "../access.js";
import { el, figureBox, mark, setStyle, write } from "../dom.js";
import { signed, sum } from "../text/format.js";
import { isHidden, revealIn } from "../lesson.js";
import { tint } from "./tint.js";

/** @typedef {import("../math/softmax.js").Reading} Reading */

/**
 * The name of a cell among what is revealed singly.
 *
 * @param {number} i
 * @param {number} j
 */
const placeOf = (i, j) => `j${i + 1}-${j + 1}`;

const STRONGEST = 62; // percent of the sign's colour in a cell, at most

export class Heatmap {
  node = el("div", { class: "heatmap" });
  #onChoose;
  #onExplain;
  /** @type {string[]} */
  #names = [];
  /** @type {HTMLButtonElement[][]} */
  cells = [];
  /** The number in each cell. @type {HTMLElement[][]} */
  #figures = [];
  /** @type {HTMLElement[]} */
  #rowSums = [];
  /** @type {HTMLElement[]} */
  #columnSums = [];
  #note = el("p", { class: "note" }, "Hidden until you predict the result.");
  #valuesHidden = false;

  /**
   * @param {(i: number, j: number) => void} choose Called on a click, Enter or Space.
   * @param {(line: string) => void} explain Called so on a sum, with its row or column, such as "row:0".
   */
  constructor(choose, explain) {
    this.#onChoose = choose;
    this.#onExplain = explain;
  }

  /**
   * Build the grid anew, because the classes have changed.
   *
   * @param {string[]} names
   * @param {string[]} colours
   */
  build(names, colours) {
    /** @param {number} k @param {"col" | "row-name"} className */
    const label = (k, className) =>
      el(
        "span",
        {
          class: className,
          role: className === "col" ? "columnheader" : "rowheader",
          title: names[k],
          style: `--colour: ${colours[k]}`,
          "data-belongs": `class:${k} ${className === "col" ? "column" : "row"}:${k}`,
        },
        el("span", { class: "label", dir: "auto" }, names[k]),
      );
    this.#names = names;
    this.cells = names.map((_, i) =>
      names.map((__, j) => {
        const cell = el("button", {
          type: "button",
          role: "gridcell",
          class: "cell",
          tabindex: "-1",
          "data-testid": `jacobian-${i}-${j}`,
          "data-belongs": `cell:${i}-${j} row:${i} column:${j}`,
        });
        cell.onclick = () => {
          if (isHidden("jacobian-numbers", placeOf(i, j)) || isHidden("jacobian-colours", placeOf(i, j)))
            revealIn(placeOf(i, j), cell);
          this.#onChoose(i, j);
        };
        cell.onkeydown = (event) => this.#walk(event, i, j);
        return cell;
      }),
    );
    this.#figures = this.cells.map((row) => row.map(() => figureBox()));
    this.cells.forEach((row, i) => row.forEach((cell, j) => cell.append(this.#figures[i][j])));
    this.#rowSums = names.map((_, i) => this.#makeSum("row", i, names.length));
    this.#columnSums = names.map((_, j) => this.#makeSum("column", j, names.length));
    const corner = el(
      "span",
      { class: "corner", role: "columnheader" },
      el("span", { class: "corner-row in-full" }, "probability of ↓"),
      el("span", { class: "corner-col in-full" }, "raw output of →"),
      el("span", { class: "in-short" }, "∂p ↓ ∂z →"),
    );
    /** @param {...Node} children */
    const row = (...children) => el("div", { role: "row", class: "grid-row" }, ...children);
    const grid = el(
      "div",
      {
        role: "grid",
        class: "grid",
        "aria-label": "Jacobian: derivative of each probability with respect to each raw output",
        style: `--n: ${names.length}`,
      },
      row(
        corner,
        ...names.map((_, j) => label(j, "col")),
        el("span", { class: "sum head", role: "columnheader" }, "sum"),
      ),
      ...this.cells.map((cells, i) => row(label(i, "row-name"), ...cells, this.#rowSums[i])),
      row(
        el("span", { class: "sum head row-name", role: "rowheader" }, "sum"),
        ...this.#columnSums,
        el("span", { class: "sum end", role: "gridcell" }, "sum"),
      ),
    );
    this.#note.hidden = true;
    this.node.replaceChildren(grid, this.#note);
  }

  /**
   * Move from one cell to another by key.
   *
   * @param {KeyboardEvent} event
   * @param {number} i
   * @param {number} j
   */
  #walk(event, i, j) {
    const n = this.cells.length;
    /** @type {Record<string, [down: number, right: number] | undefined>} */
    const steps = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      Home: [0, -j],
      End: [0, n - 1 - j],
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    /** @param {number} k */
    const clamp = (k) => Math.max(0, k);
    const target = this.#at(clamp(i + step[0]), clamp(j + step[1]));
    // Where there is no room for sums, the grid ends before them.
    if (!target?.checkVisibility({ visibilityProperty: true })) return;
    this.#rove(target);
    target.focus();
  }

  /**
   * A cell, or the sum at the end of a row or a column.
   *
   * @param {number} i
   * @param {number} j
   * @returns {HTMLElement | undefined}
   */
  #at(i, j) {
    const n = this.cells.length;
    return i < n ? (j < n ? this.cells[i][j] : j === n ? this.#rowSums[i] : undefined) : this.#columnSums[j];
  }

  /**
   * A sum that says why it is 0 when it is pressed.
   *
   * @param {"row" | "column"} line
   * @param {number} k
   * @param {number} n The number of classes.
   */
  #makeSum(line, k, n) {
    const node = el("button", {
      type: "button",
      class: "sum",
      role: "gridcell",
      tabindex: "-1",
      "aria-expanded": "false",
      "data-testid": `${line}-sum-${k}`,
      "data-belongs": `${line}:${k}`,
    });
    node.onclick = () => {
      const hidden = this.#names.some((_, at) => (line === "row" ? this.hides(k, at) : this.hides(at, k)));
      if (!hidden) this.#onExplain(`${line}:${k}`);
    };
    node.onkeydown = (event) => (line === "row" ? this.#walk(event, k, n) : this.#walk(event, n, k));
    return node;
  }

  /** Mark the sum that is explained. @param {string} line Such as "row:0"; empty if none is. */
  expand(line) {
    for (const node of [...this.#rowSums, ...this.#columnSums])
      mark(node, "aria-expanded", String(node.dataset.belongs === line));
  }

  /**
   * Make a cell the only one that Tab stops at; arrow keys move on from it.
   *
   * @param {HTMLElement} target
   */
  #rove(target) {
    for (const cell of [...this.cells.flat(), ...this.#rowSums, ...this.#columnSums])
      mark(cell, "tabindex", cell === target ? "0" : "-1");
  }

  /**
   * Hide what the reader must predict: signs, sizes and numbers.
   *
   * @param {boolean} hidden
   */
  hideValues(hidden) {
    this.#valuesHidden = hidden;
    // Once the note has been shown, it keeps its room, so that what is below it does not jump.
    if (hidden) this.#note.hidden = false;
    this.#note.style.visibility = hidden ? "" : "hidden";
  }

  /**
   * Show the derivatives and their sums; called on every move.
   *
   * @param {Reading} reading
   * @param {number} temperature
   */
  show({ jacobian }, temperature) {
    const columns = jacobian.map(() => ({ total: 0, hidden: false }));
    let any = this.#valuesHidden;
    jacobian.forEach((row, i) => {
      const whole = { total: 0, hidden: false };
      row.forEach((value, j) => {
        const hidden = this.#isHidden("jacobian-numbers", i, j);
        const colourless = this.#isHidden("jacobian-colours", i, j);
        for (const line of [whole, columns[j]]) {
          line.total += value;
          line.hidden ||= hidden && !this.#valuesHidden;
        }
        any ||= hidden;
        const cell = this.cells[i][j];
        write(this.#figures[i][j], hidden ? "?" : signed(value));
        cell.classList.toggle("covered", hidden);
        cell.setAttribute("data-value", hidden ? "" : String(value));
        setStyle(cell, "--weight", tint(colourless ? 0 : value, temperature, STRONGEST));
        mark(cell, "data-sign", value < 0 && !colourless ? "-" : "+");
      });
      this.#sum(this.#rowSums[i], whole);
    });
    columns.forEach((column, j) => this.#sum(this.#columnSums[j], column));
    // Where cells have no room for numbers, they still have room for a "?".
    this.node.classList.toggle("values-hidden", any);
  }

  /**
   * Whether the numbers or the colour of a cell are hidden, for the whole class or from this reader.
   *
   * @param {string} item
   * @param {number} i
   * @param {number} j
   */
  #isHidden(item, i, j) {
    return this.#valuesHidden || isHidden(item, placeOf(i, j));
  }

  /**
   * Whether the number or the colour of a cell is hidden.
   *
   * @param {number} i
   * @param {number} j
   */
  hides(i, j) {
    return this.#isHidden("jacobian-numbers", i, j) || this.#isHidden("jacobian-colours", i, j);
  }

  /** A sum is hidden with any of its cells. @param {Element} node @param {{ total: number, hidden: boolean }} line */
  #sum(node, { total, hidden }) {
    write(node, hidden ? "?" : sum(total));
    node.setAttribute("data-value", hidden ? "" : String(total));
  }

  /**
   * Describe the cells, for users who point at one or use a screen reader. This is only needed when nothing
   * is being dragged.
   *
   * @param {Reading} reading
   */
  describe({ jacobian }) {
    this.#names.forEach((name, k) => {
      const of = [`of the probability of ${name}`, `with respect to the raw output of ${name}`];
      [this.#rowSums[k], this.#columnSums[k]].forEach((node, at) => {
        const told = node.textContent === "?" ? "hidden" : node.textContent;
        mark(node, "aria-label", `sum of all derivatives ${of[at]}: ${told}`);
        mark(node, "title", told === "hidden" ? "" : "Why 0?");
      });
    });
    jacobian.forEach((row, i) =>
      row.forEach((value, j) => {
        const cell = this.cells[i][j];
        const text = derivativeInWords(this.#names[i], this.#names[j]);
        const hidden = this.#isHidden("jacobian-numbers", i, j);
        const told = this.#valuesHidden ? "yours to predict" : hidden ? "hidden" : signed(value);
        mark(cell, "aria-label", `${text}: ${told}`);
        mark(cell, "title", hidden ? text : `${text}: ${value}`);
      }),
    );
  }

  /**
   * Mark the chosen cell, its row and its column.
   *
   * @param {number} i
   * @param {number} j
   */
  choose(i, j) {
    this.cells.forEach((row, r) =>
      row.forEach((cell, c) => {
        const chosen = r === i && c === j;
        cell.classList.toggle("chosen", chosen);
        cell.classList.toggle("in-line", !chosen && (r === i || c === j));
        mark(cell, "aria-selected", String(chosen));
      }),
    );
    this.#rove(this.cells[i][j]);
  }
}
