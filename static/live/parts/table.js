// All n x n derivatives with formula and value: two patterns, sums of 0, symmetry. A click on a derivative
// shows its derivation.

import { derivativeInWords, index, screenReaderText } from "../access.js";
import { el, mark, write } from "../dom.js";
import { keepValue } from "../views/formula.js";
import { tint } from "../views/tint.js";
import { signed, sum } from "../text/format.js";
import { isHidden, lesson } from "../lesson.js";
import { situation, takeOtherClasses } from "../store.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../messages.js").TableCommit, "seq">>} Commits */
/** @typedef {import("../messages.js").AboutMessage} AboutMessage */
/** @typedef {import("../messages.js").TableMessage} TableMessage */

const STRONGEST = 50; // percent of the sign's colour in a cell, at most

export class Part {
  #root;
  #pending;
  #body = el("div", { class: "scroll" });
  #reasons = el("ul", { class: "reasons" });
  /** @type {TableMessage | null} */
  #data = null;
  /** @type {{ button: HTMLButtonElement, value: HTMLElement }[][]} */
  #cells = [];
  /** @type {HTMLElement[]} */
  #rowSums = [];
  /** @type {HTMLElement[]} */
  #columnSums = [];
  #forgets = [situation.effect(() => this.#numbers()), lesson.effect(() => this.#numbers())];

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   */
  constructor(root, pending) {
    this.#root = root;
    this.#pending = pending;
    root.replaceChildren(this.#body, this.#reasons);
  }

  /** @param {import("../messages.js").Component<TableMessage>} component */
  update({ data }) {
    const rebuilt = JSON.stringify(this.#data?.about) !== JSON.stringify(data.about);
    this.#data = data;
    this.#root.style.setProperty("--positive", data.positive);
    this.#root.style.setProperty("--negative", data.negative);
    if (rebuilt) this.#build(data.about);
    const { z, temperature, about } = data;
    takeOtherClasses({ z, temperature, i: about.i, j: about.j });
    this.#numbers();
  }

  stop() {
    for (const forget of this.#forgets) forget();
  }

  /** @param {AboutMessage} about */
  #build({ names, colours, i: chosenI, j: chosenJ, tempered }) {
    const perT = tempered ? [" / T"] : [];
    /** @param {number} k */
    const p = (k) => el("span", {}, "p", ...index(names[k]));
    this.#cells = names.map((_, i) =>
      names.map((__, j) => {
        const formula = i === j ? [p(i), " (1 − ", p(i), ")", ...perT] : ["−", p(i), " ", p(j), ...perT];
        const value = el("span", { class: "value", "data-testid": `all-${i}-${j}` });
        const button = el(
          "button",
          {
            type: "button",
            class: i === j ? "cell own" : "cell cross",
            title: `Step through the ${derivativeInWords(names[i], names[j])}`,
          },
          el("span", { class: "formula" }, ...formula),
          screenReaderText(" = "),
          value,
        );
        if (i === chosenI && j === chosenJ) mark(button, "aria-current", "true");
        button.onclick = () => this.#pending.send({ i, j });
        return { button, value };
      }),
    );
    const total = () => el("td", { class: "sum" });
    this.#rowSums = names.map(total);
    this.#columnSums = names.map(total);
    const rows = names.map((_, i) =>
      el(
        "tr",
        {},
        el("th", { scope: "row", style: `--colour: ${colours[i]}` }, "∂p", ...index(names[i])),
        ...this.#cells[i].map(({ button }) => el("td", {}, button)),
        this.#rowSums[i],
      ),
    );
    const top = el(
      "tr",
      {},
      el("td"),
      ...names.map((name, j) =>
        el(
          "th",
          { scope: "col", style: `--colour: ${colours[j]}`, title: name },
          "with respect to ",
          el("b", { dir: "auto" }, name),
        ),
      ),
      el("th", { class: "sum", scope: "col" }, "sum"),
    );
    const last = el(
      "tr",
      {},
      el("th", { class: "sum", scope: "row" }, "sum"),
      ...this.#columnSums,
      el("td", {}),
    );
    const table = el(
      "table",
      { "data-size": names.length > 5 ? "dense" : names.length > 3 ? "close" : "roomy" },
      el("thead", {}, top),
      el("tbody", {}, ...rows, last),
    );
    this.#body.replaceChildren(table);
    const items = [
      [
        "Two formulas fill the whole table: p (1 − p) on the diagonal,",
        `minus the product of the two probabilities everywhere else${tempered ? ", both divided by T" : ""}.`,
      ].join(" "),
      "Each column sums to 0: probabilities always add up to 1, so what one class gains the others lose.",
      "Each row sums to 0: raising all raw outputs by the same amount changes no probability.",
      "The table is symmetric about its diagonal, because the order of the factors does not matter.",
    ];
    this.#reasons.replaceChildren(...items.map((text) => el("li", {}, text)));
  }

  /** Show the derivatives and their sums; called on every move. */
  #numbers() {
    const { now } = situation;
    // The board may have new classes before Python has sent them to this part, or still have the old ones.
    if (!now || now.z.length !== this.#data?.z.length) return;
    const { z, temperature } = now;
    const { jacobian } = now.reading;
    const columns = z.map(() => ({ total: 0, hidden: false }));
    jacobian.forEach((row, i) => {
      const whole = { total: 0, hidden: false };
      row.forEach((entry, j) => {
        const place = `j${i + 1}-${j + 1}`;
        const hidden = isHidden("jacobian-numbers", place);
        for (const line of [whole, columns[j]]) {
          line.total += entry;
          line.hidden ||= hidden;
        }
        const { button, value } = this.#cells[i][j];
        write(value, hidden ? "?" : signed(entry));
        if (hidden) value.dataset.value = "";
        else keepValue(value, entry);
        const shade = isHidden("jacobian-colours", place) ? 0 : entry;
        button.style.setProperty("--weight", tint(shade, temperature, STRONGEST));
      });
      write(this.#rowSums[i], whole.hidden ? "?" : sum(whole.total));
    });
    columns.forEach(({ total, hidden }, j) => write(this.#columnSums[j], hidden ? "?" : sum(total)));
  }
}
