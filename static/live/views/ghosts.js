// Quiet marks of where every probability and every derivative was: a tick on the bar of each probability, what
// it has gained or lost, and the number that stood in each cell.

import { el, figureBox, hide, mark, setStyle, write } from "../dom.js";
import { isHidden } from "../lesson.js";
import { gain } from "../text/change.js";
import { decimal, signed } from "../text/format.js";

/** @typedef {import("../math/softmax.js").Reading} Reading */

/** A row of the board (bars.js). @typedef {{ node: HTMLElement, track: HTMLElement }} Row */

const LEAST = 0.0005; // a derivative that has changed by less looks the same

/** @param {HTMLElement} cell */
function forget(cell) {
  cell.removeAttribute("data-was");
  cell.removeAttribute("data-went");
}

export class Ghosts {
  /** @type {{ tick: HTMLElement, gain: HTMLElement, figure: HTMLElement }[]} */
  #marks = [];
  /** @type {HTMLElement[][]} */
  #cells = [];
  #shown = false;
  /** What the cells are compared with, and how each of them has gone since. @type {Reading | null} */
  #before = null;
  /** @type {string[][]} */
  #went = [];

  /**
   * Add the marks to other rows and cells.
   *
   * @param {Row[]} rows
   * @param {HTMLElement[][]} cells
   */
  build(rows, cells) {
    this.#cells = cells;
    this.#went = cells.map((row) => row.map(() => ""));
    this.#before = null;
    this.#shown = false;
    this.#marks = rows.map(({ node, track }, k) => {
      const tick = el("span", { class: "was", hidden: "" });
      const figure = figureBox();
      const attributes = { class: "gain", "aria-hidden": "true", "data-testid": `gain-${k}`, hidden: "" };
      const text = el("span", attributes, figure);
      track.append(tick);
      node.append(text);
      return { tick, gain: text, figure };
    });
  }

  /**
   * Show what was before; called on every move.
   *
   * @param {Reading} before
   * @param {Reading} now
   * @param {readonly number[]} changes What each probability has gained.
   * @param {(i: number, j: number) => boolean} hidden Whether anything of a cell is hidden.
   */
  show(before, now, changes, hidden) {
    this.#shown = true;
    this.#marks.forEach(({ tick, gain: text, figure }, k) => {
      const place = `p${k + 1}`;
      hide(tick, isHidden("probability-bars", place));
      const left = tick.hidden ? "0" : `${(before.p[k] * 100).toFixed(3)}%`;
      setStyle(tick, "left", left);
      hide(text, isHidden("probability-numbers", place));
      write(figure, text.hidden ? "" : gain(changes[k]));
      if (!text.hidden) mark(text, "title", `It was ${decimal(before.p[k])}.`);
      else text.removeAttribute("title");
    });
    const same = this.#before === before;
    this.#before = before;
    this.#cells.forEach((row, i) =>
      row.forEach((cell, j) => {
        const rise = now.jacobian[i][j] - before.jacobian[i][j];
        const went =
          hidden(i, j) || rise === 0 ? "" : Math.abs(rise) < LEAST ? "same" : rise > 0 ? "up" : "down";
        // A hundred cells are asked at every move, and few of them change.
        if (same && this.#went[i][j] === went) return;
        this.#went[i][j] = went;
        if (!went) forget(cell);
        else {
          const was = signed(before.jacobian[i][j]);
          mark(cell, "data-was", was);
          setStyle(cell, "--was", JSON.stringify(was));
          if (went === "same") cell.removeAttribute("data-went");
          else mark(cell, "data-went", went);
        }
      }),
    );
  }

  /** Remove all marks. */
  hide() {
    if (!this.#shown) return;
    this.#shown = false;
    this.#before = null;
    for (const { tick, gain: text, figure } of this.#marks) {
      tick.hidden = text.hidden = true;
      setStyle(tick, "left", "0");
      write(figure, "");
      text.removeAttribute("title");
    }
    for (const cell of this.#cells.flat()) forget(cell);
  }
}
