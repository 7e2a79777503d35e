// The Jacobian as a grid: row i is the probability that moves, column j the raw output that moves it.

import { el, mark, write } from "../dom.js";
import { signed, sum } from "../text/format.js";

export class Heatmap {
  /** `choose(i, j)` is called when a cell is clicked, or reached by Enter or Space. */
  constructor(choose) {
    this.onChoose = choose;
    this.node = el("div", { class: "heatmap" });
  }

  build(names, colours) {
    const label = (k, className) =>
      el(
        "span",
        {
          class: className,
          role: className === "col" ? "columnheader" : "rowheader",
          title: names[k],
          style: `--colour: ${colours[k]}`,
        },
        el("span", { class: "label", dir: "auto" }, names[k]),
      );
    this.names = names;
    this.cells = names.map((_, i) =>
      names.map((__, j) => {
        const cell = el("button", {
          type: "button",
          role: "gridcell",
          class: "cell",
          tabindex: "-1",
          "data-testid": `jacobian-${i}-${j}`,
        });
        cell.onclick = () => this.onChoose(i, j);
        cell.onkeydown = (event) => this.#walk(event, i, j);
        return cell;
      }),
    );
    this.rowSums = names.map((_, i) =>
      el("span", { class: "sum", role: "gridcell", "data-testid": `row-sum-${i}` }),
    );
    this.columnSums = names.map((_, j) =>
      el("span", { class: "sum", role: "gridcell", "data-testid": `column-sum-${j}` }),
    );
    const corner = el(
      "span",
      { class: "corner", role: "columnheader" },
      el("span", { class: "corner-row" }, "probability of ↓"),
      el("span", { class: "corner-col" }, "raw output of →"),
    );
    const row = (...children) => el("div", { role: "row", class: "grid-row" }, ...children);
    this.grid = el(
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
      ...this.cells.map((cells, i) => row(label(i, "row-name"), ...cells, this.rowSums[i])),
      row(
        el("span", { class: "sum head row-name", role: "rowheader" }, "sum"),
        ...this.columnSums,
        el("span", { class: "sum end", role: "gridcell" }, "sum"),
      ),
    );
    this.note = el("p", { class: "note", hidden: "" }, "Hidden until you have made your prediction.");
    this.node.replaceChildren(this.grid, this.note);
  }

  #walk(event, i, j) {
    const n = this.cells.length;
    const steps = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      Home: [0, -n],
      End: [0, n],
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const clamp = (k) => Math.min(n - 1, Math.max(0, k));
    const target = this.cells[clamp(i + step[0])][clamp(j + step[1])];
    this.#rove(target);
    target.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  // One cell takes part in the tab order; arrow keys walk from it.
  #rove(target) {
    for (const cell of this.cells.flat()) mark(cell, "tabindex", cell === target ? "0" : "-1");
  }

  /** Hide what is to be predicted: signs, sizes and numbers alike. */
  hideValues(hidden) {
    this.valuesHidden = hidden;
    this.node.classList.toggle("values-hidden", hidden);
    // Once it was there it keeps its room: what stands below does not jump.
    if (hidden) this.note.hidden = false;
    this.note.style.visibility = hidden ? "" : "hidden";
  }

  /** Show the entries; colour is relative to 1 / (4 T), the largest any entry can be. */
  show({ jacobian }, temperature) {
    const largest = 0.25 / temperature;
    const columns = new Array(jacobian.length).fill(0);
    jacobian.forEach((row, i) => {
      let total = 0;
      row.forEach((value, j) => {
        total += value;
        columns[j] += value;
        const cell = this.cells[i][j];
        write(cell, this.valuesHidden ? "?" : signed(value));
        cell.setAttribute("data-value", this.valuesHidden ? "" : value);
        const weight = this.valuesHidden ? 0 : Math.abs(value) / largest;
        cell.style.setProperty("--weight", `${(Math.min(1, weight) ** 0.7 * 62).toFixed(1)}%`);
        mark(cell, "data-sign", value < 0 && !this.valuesHidden ? "-" : "+");
      });
      this.#sum(this.rowSums[i], total);
    });
    columns.forEach((total, j) => this.#sum(this.columnSums[j], total));
  }

  #sum(node, total) {
    write(node, sum(total));
    node.setAttribute("data-value", total);
  }

  /** What a cell is called is only needed at rest: pointing at it, or hearing it. */
  describe({ jacobian }) {
    jacobian.forEach((row, i) =>
      row.forEach((value, j) => {
        const cell = this.cells[i][j];
        const text = `derivative of the probability of ${this.names[i]} with respect to the raw output of ${this.names[j]}`;
        mark(cell, "aria-label", `${text}: ${this.valuesHidden ? "yours to predict" : signed(value)}`);
        mark(cell, "title", this.valuesHidden ? text : `${text}: ${value}`);
      }),
    );
  }

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
