// The picture that answers a question: tables of numbers that Python has computed, with signs between them.

import { scrolls } from "../access.js";
import { el, mark, write } from "../dom.js";
import { isHidden, lesson } from "../lesson.js";
import { cover } from "../views/cover.js";

/** @typedef {import("../guide_messages.js").AnswerMessage} AnswerMessage */
/** @typedef {import("../guide_messages.js").GridMessage} GridMessage */
/** @typedef {import("../guide_messages.js").HeadMessage} HeadMessage */
/** @typedef {import("../guide_messages.js").NumberMessage} NumberMessage */

/** What is hidden at a place, by the letter that it begins with. @type {Record<string, string[]>} */
const ITEMS = {
  p: ["probability-numbers", "probability-bars"],
  j: ["jacobian-numbers", "jacobian-colours"],
  g: ["gradient-numbers", "gradient-bars"],
};

export class Part {
  #pieces = el("div", { class: "pieces" });
  #resized = new ResizeObserver(() => this.#fit());
  #drawn = "";
  /** @type {AnswerMessage | null} */
  #data = null;
  /** @type {{ number: NumberMessage, cell: HTMLElement, text: HTMLElement }[]} */
  #numbers = [];
  #root;
  #forget = lesson.effect(() => this.#cover());

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    root.replaceChildren(this.#pieces);
    this.#resized.observe(root);
  }

  /** @param {import("../messages.js").Component<AnswerMessage>} component */
  update({ data }) {
    this.#data = data;
    const drawn = JSON.stringify(data);
    if (drawn !== this.#drawn) this.#build(data);
    this.#drawn = drawn;
    this.#cover();
    this.#fit();
    this.#root.dataset.ready = "";
  }

  stop() {
    this.#forget();
    this.#resized.disconnect();
  }

  /** @param {AnswerMessage} data */
  #build({ pieces, colours }) {
    this.#root.style.setProperty("--positive", colours.positive);
    this.#root.style.setProperty("--negative", colours.negative);
    this.#numbers = [];
    const nodes = pieces.map(({ sign, grid }) =>
      grid ? el("div", { class: "scroll" }, this.#table(grid)) : el("span", { class: "sign" }, sign),
    );
    // A sign stays with the table that follows it.
    const groups = nodes.flatMap((node, at) => {
      if (pieces[at].grid && !pieces[at - 1]?.sign) return [node];
      return pieces[at].sign ? [el("div", { class: "signed" }, node, nodes[at + 1])] : [];
    });
    this.#pieces.replaceChildren(...groups);
  }

  /** @param {GridMessage} grid */
  #table({ caption, columns, rows, cells, row_sums, column_sums, bars }) {
    const sum = row_sums.length ? [el("th", { scope: "col", class: "sum" }, "sum")] : [];
    const heads = columns.length
      ? [el("thead", {}, el("tr", {}, el("td"), ...columns.map((head) => this.#head(head, "col")), ...sum))]
      : [];
    // A column with negative numbers has its bars begin in the middle.
    const bothWays = columns.map((_, k) => cells.some((row) => row[k].share < 0));
    const body = rows.map((head, i) =>
      el(
        "tr",
        {},
        this.#head(head, "row"),
        ...cells[i].map((number, k) => this.#number(number, bars ? head.of : null, bothWays[k])),
        ...row_sums.slice(i, i + 1).map((number) => this.#sum(number)),
      ),
    );
    const last = column_sums.length
      ? [
          el(
            "tr",
            {},
            el("th", { scope: "row", class: "sum" }, "sum"),
            ...column_sums.map((n) => this.#sum(n)),
          ),
        ]
      : [];
    return el(
      "table",
      { class: bars ? "bars" : "grid", "data-many": rows.length > 5 ? "" : null },
      el("caption", {}, ...this.#words(caption)),
      ...heads,
      el("tbody", {}, ...body, ...last),
    );
  }

  /** @param {HeadMessage} head @param {"row" | "col"} scope */
  #head(head, scope) {
    const colour = this.#data?.colours.classes[head.of];
    const name = this.#data?.names[head.of];
    return el("th", { scope, title: name, style: colour && `--colour: ${colour}` }, ...this.#words(head));
  }

  /** A text with its exponent raised, and the name of a class. @param {HeadMessage} head */
  #words({ text, of }) {
    const name = this.#data?.names[of];
    const [base, power] = text.split("^");
    return [
      ...(base ? [base] : []),
      ...(power ? [el("sup", {}, power)] : []),
      ...(name === undefined ? [] : [base ? " " : "", el("bdi", {}, name)]),
    ];
  }

  /**
   * @param {NumberMessage} number
   * @param {number | null} of The class whose colour its bar has; null if it has no bar.
   * @param {boolean} bothWays Whether its bar begins in the middle.
   */
  #number(number, of, bothWays) {
    const text = el("span", { class: "value" });
    const bar = el("span", { class: bothWays ? "track both-ways" : "track", "aria-hidden": "true" }, el("i"));
    const cell = el("td", { class: number.share < 0 ? "minus" : null }, text, ...(of === null ? [] : [bar]));
    if (of !== null) cell.style.setProperty("--colour", this.#data?.colours.classes[of] ?? "currentColor");
    this.#numbers.push({ number, cell, text });
    return cell;
  }

  /** @param {NumberMessage} number */
  #sum(number) {
    const text = el("span", { class: "value" });
    const cell = el("td", { class: "sum" }, text);
    this.#numbers.push({ number, cell, text });
    return cell;
  }

  /** Write the numbers, or a "?" for each that a teacher hides; a press reveals it. */
  #cover() {
    for (const { number, cell, text } of this.#numbers) {
      const hidden = number.places.filter((place) => isHidden(ITEMS[place[0]][0], place));
      const colourless = number.places.some((place) => isHidden(ITEMS[place[0]][1], place));
      const covered = hidden.length > 0;
      write(text, covered ? "?" : number.text);
      cover(text, false, "");
      cover(text, covered && !cell.matches(".sum"), hidden.join());
      mark(text, "data-value", covered ? "" : number.exact);
      mark(text, "title", covered ? "" : number.exact);
      cell.style.setProperty("--share", String(covered || colourless ? 0 : number.share));
    }
  }

  /** Let the keyboard scroll tables that are too wide. */
  #fit() {
    for (const place of this.#pieces.querySelectorAll(".scroll"))
      scrolls(/** @type {HTMLElement} */ (place), place.querySelector("caption")?.textContent ?? "");
  }
}
