// All n x n derivatives with formula and value: two patterns, sums of 0, symmetry; each leads to its derivation.

import { screenReaderText, index } from "../access.js";
import { el, mark, write } from "../dom.js";
import { keepValue } from "../views/formula.js";
import { signed, sum } from "../text/format.js";
import { situation } from "../store.js";
import { Pending } from "../commit.js";

export class Part {
  constructor(root) {
    this.root = root;
    this.pending = new Pending(root);
    this.body = el("div", { class: "scroll" });
    this.reasons = el("ul", { class: "reasons" });
    root.replaceChildren(this.body, this.reasons);
    this.forget = situation.effect(() => this.data && this.#numbers());
  }

  update({ data, setTriggerValue }) {
    this.pending.arrived(data.ack);
    this.choose = (i, j) => this.pending.send((seq) => setTriggerValue("commit", { seq, i, j }));
    const rebuilt = JSON.stringify(this.data?.about) !== JSON.stringify(data.about);
    this.data = data;
    this.root.style.setProperty("--positive", data.positive);
    this.root.style.setProperty("--negative", data.negative);
    if (rebuilt) this.#build(data.about);
    const { z, temperature, about } = data;
    if (situation.now?.z.length !== z.length) situation.take({ z, temperature, i: about.i, j: about.j });
    this.#numbers();
  }

  stop() {
    this.pending.clear();
    this.forget();
  }

  #build({ names, colours, i: chosenI, j: chosenJ, tempered }) {
    const perT = tempered ? [" / T"] : [];
    const p = (k) => el("span", {}, "p", ...index(names[k]));
    const head = (k, tag, before) =>
      el(
        tag,
        { scope: tag === "th" ? "col" : null, style: `--colour: ${colours[k]}`, title: names[k] },
        before,
        el("b", { dir: "auto" }, names[k]),
      );
    this.sums = { rows: [], columns: [] };
    this.cells = names.map((_, i) =>
      names.map((__, j) => {
        const formula = i === j ? [p(i), " (1 − ", p(i), ")", ...perT] : ["−", p(i), " ", p(j), ...perT];
        const value = el("span", { class: "value", "data-testid": `all-${i}-${j}` });
        const button = el(
          "button",
          {
            type: "button",
            class: i === j ? "cell own" : "cell cross",
            title: `Step through the derivative of the probability of ${names[i]} with respect to the raw output of ${names[j]}`,
          },
          el("span", { class: "formula" }, ...formula),
          screenReaderText(" = "),
          value,
        );
        if (i === chosenI && j === chosenJ) mark(button, "aria-current", "true");
        button.onclick = () => this.choose(i, j);
        return { button, value };
      }),
    );
    const total = (list) => {
      const cell = el("td", { class: "sum" });
      list.push(cell);
      return cell;
    };
    const rows = names.map((_, i) =>
      el(
        "tr",
        {},
        el("th", { scope: "row", style: `--colour: ${colours[i]}` }, "∂p", ...index(names[i])),
        ...this.cells[i].map(({ button }) => el("td", {}, button)),
        total(this.sums.rows),
      ),
    );
    const top = el(
      "tr",
      {},
      el("td"),
      ...names.map((_, j) => head(j, "th", "with respect to ")),
      el("th", { class: "sum", scope: "col" }, "sum"),
    );
    const last = el(
      "tr",
      {},
      el("th", { class: "sum", scope: "row" }, "sum"),
      ...names.map(() => total(this.sums.columns)),
      el("td", {}),
    );
    const table = el(
      "table",
      { "data-size": names.length > 5 ? "dense" : names.length > 3 ? "close" : "roomy" },
      el("thead", {}, top),
      el("tbody", {}, ...rows, last),
    );
    this.body.replaceChildren(table);
    const items = [
      `Two formulas fill the whole table: p (1 − p) on the diagonal, minus the product of the two probabilities everywhere else${tempered ? ", both divided by T" : ""}.`,
      "Each column sums to 0: probabilities always add up to 1, so what one class gains the others lose.",
      "Each row sums to 0: raising all raw outputs by the same amount changes no probability.",
      "The table is symmetric about its diagonal, because the order of the factors does not matter.",
    ];
    this.reasons.replaceChildren(...items.map((text) => el("li", {}, text)));
  }

  #numbers() {
    // A board that has other classes already, or still, does not speak of this table.
    if (situation.now?.z.length !== this.data.z.length) return;
    const { z, temperature, reading } = situation.now;
    const { jacobian } = reading;
    const columns = z.map(() => 0);
    jacobian.forEach((row, i) => {
      row.forEach((entry, j) => {
        columns[j] += entry;
        const { button, value } = this.cells[i][j];
        write(value, signed(entry));
        keepValue(value, entry);
        button.style.setProperty(
          "--weight",
          `${(Math.min(1, Math.abs(entry) * 4 * temperature) ** 0.7 * 50).toFixed(1)}%`,
        );
      });
      write(this.sums.rows[i], sum(row.reduce((all, entry) => all + entry, 0)));
    });
    columns.forEach((all, j) => write(this.sums.columns[j], sum(all)));
  }
}
