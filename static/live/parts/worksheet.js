// The worksheets as they are printed: one page for each situation, and its solutions on a page of their own.

import { scrolls, screenReaderText } from "../access.js";
import { el } from "../dom.js";
import { read } from "../math/softmax.js";
import { servePage } from "../page.js";
import { Formula } from "../views/formula.js";
import { numbersOf } from "../views/numbers.js";

/** @typedef {import("../handout/messages.js").SheetLineMessage} Line */
/** @typedef {import("../handout/messages.js").SheetMessage} Sheet */
/** @typedef {import("../handout/messages.js").SheetRowMessage} Row */
/** @typedef {import("../messages.js").TreeMessage} Tree */
/** @typedef {import("../handout/messages.js").WorksheetMessage} WorksheetMessage */
/** @typedef {import("../views/numbers.js").Numbers} Numbers */

const MOST_NAMED = 4; // with more classes the columns of the Jacobian are too narrow for names
const MOST_ROWS = 7; // classes in a table that still leaves much room below it
const LONG = 14; // characters of a name from which it is written smaller
const RULES = 2; // lines to write an answer on
const PLACES = "abc"; // the questions by letter

/** @param {string} name */
const isLong = (name) => [...name].length > LONG;

/**
 * How closely a sheet is set so that it fits on one page: more classes and long names leave less room.
 *
 * @param {Sheet} sheet
 */
function sizeOf({ rows }) {
  if (rows.some(({ name }) => isLong(name))) return rows.length <= MOST_ROWS ? "dense" : "tight";
  return rows.length <= MOST_NAMED ? "roomy" : rows.length <= MOST_ROWS ? "close" : "dense";
}

/** @param {Sheet} sheet */
const countOf = ({ rows: { length } }) =>
  length <= MOST_NAMED ? "few" : length <= MOST_ROWS ? "some" : "many";

export class Part {
  #print = el("button", { type: "button", class: "move" }, "Print");
  #sheets = el("div", { class: "sheets" });
  #drawn = "";
  #resized = new ResizeObserver(() => this.#fit());

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#print.onclick = () => print();
    root.replaceChildren(el("div", { class: "bar" }, this.#print), this.#sheets);
    this.#resized.observe(root);
    root.dataset.ready = "";
    // The sheets have headings of their own.
    servePage({ paper: () => null, window: null, tellBrowser: () => {} });
  }

  /** @param {import("../messages.js").Component<WorksheetMessage>} component */
  update({ data }) {
    const told = JSON.stringify(data);
    if (told === this.#drawn) return;
    this.#drawn = told;
    const { sheets, solutions, secant_step: secantStep } = data;
    const pages = (solutions ? [false, true] : [false]).flatMap((solved) =>
      sheets.map((sheet, k) => page(sheet, sheets.length > 1 ? ` ${k + 1}` : "", solved, secantStep)),
    );
    this.#sheets.replaceChildren(...pages);
    this.#fit();
  }

  stop() {
    this.#resized.disconnect();
  }

  /** Let the keyboard scroll what is wider than the window. */
  #fit() {
    for (const place of this.#sheets.querySelectorAll(".scroll"))
      scrolls(/** @type {HTMLElement} */ (place), place.getAttribute("data-label") ?? "");
  }
}

/**
 * @param {Sheet} sheet
 * @param {string} number
 * @param {boolean} solved Whether it has the solutions instead of blanks.
 * @param {number} secantStep
 */
function page(sheet, number, solved, secantStep) {
  const { z, temperature, about, title, situation, notes } = sheet;
  const numbers = numbersOf({ z, temperature, reading: read(z, temperature) }, about, secantStep);
  const name = `${solved ? "Solutions" : "Worksheet"}${number}`;
  const owner = el("p", { class: "owner" }, "Name ", room("name"), " Date ", room("date"));
  const lines = sheet.lines.map((line) => lineOf(line, about, numbers, solved));
  return el(
    "article",
    { class: "sheet", "aria-label": name, "data-size": sizeOf(sheet), "data-classes": countOf(sheet) },
    el("header", {}, el("h2", {}, name), ...(solved ? [] : [owner])),
    el("p", { class: "title" }, title),
    ...(solved ? [] : [el("p", {}, situation)]),
    el("h3", {}, "1. The probabilities"),
    scrolling(`${name}: probabilities`, probabilities(sheet, solved)),
    el("h3", {}, "2. One derivative by the quotient rule"),
    scrolling(`${name}: derivation`, el("div", { class: "lines" }, ...lines)),
    el("h3", {}, "3. All derivatives"),
    scrolling(`${name}: all derivatives`, derivatives(sheet, solved)),
    el("h3", {}, "4. Questions"),
    el("div", { class: "questions" }, ...sheet.questions.map((asked, k) => questionOf(asked, k, solved))),
    ...(solved && notes.length ? [el("p", { class: "notes" }, notes.join(" "))] : []),
  );
}

/** @param {string} label @param {HTMLElement} content */
const scrolling = (label, content) => el("div", { class: "scroll", "data-label": label }, content);

/** Room to write in. @param {string} kind */
const room = (kind) => el("span", { class: `room ${kind}` }, screenReaderText("blank"));

/** A cell to fill in, or with its solution. @param {string} text @param {boolean} solved */
const cell = (text, solved) => el("td", { class: "fill" }, solved ? text : screenReaderText("blank"));

/** The letter that stands for a class in formulas. @param {string} letter */
const variable = (letter) => el(/\d/.test(letter) ? "span" : "i", {}, letter);

/** @param {string} name */
const nameOf = (name) => el("span", { class: isLong(name) ? "long called" : "called", dir: "auto" }, name);

/** @param {Sheet} sheet @param {boolean} solved */
function probabilities({ rows, total, about }, solved) {
  const power = el("th", { scope: "col" }, el("i", {}, "e"), el("sup", {}, about.tempered ? "z/T" : "z"));
  const head = el(
    "tr",
    {},
    el("td", { class: "letter" }),
    el("th", { scope: "col", class: "class" }, "class"),
    el("th", { scope: "col" }, "raw output ", variable("z")),
    power,
    el("th", { scope: "col" }, "probability ", variable("p")),
  );
  const body = rows.map(({ letter, name, z, power: raised, p }) =>
    el(
      "tr",
      {},
      el("td", { class: "letter" }, variable(letter === "i" && about.i === about.j ? "i = j" : letter)),
      el("th", { scope: "row", class: "class" }, nameOf(name)),
      el("td", {}, z),
      cell(raised, solved),
      cell(p, solved),
    ),
  );
  const last = el(
    "tr",
    {},
    el("td", { class: "letter" }),
    el("th", { scope: "row", class: "class" }, "sum"),
    el("td"),
    cell(total, solved),
    cell("1", solved),
  );
  return el("table", { class: "probabilities" }, el("thead", {}, head), el("tbody", {}, ...body, last));
}

/** @param {Sheet} sheet @param {boolean} solved */
function derivatives({ rows, jacobian }, solved) {
  const named = rows.length <= MOST_NAMED;
  /** @param {"p" | "z"} symbol @param {Row} row */
  const head = (symbol, { letter, name }) =>
    el(
      "th",
      { scope: symbol === "p" ? "row" : "col" },
      el("span", { class: "symbol" }, "∂", variable(symbol), el("sub", {}, variable(letter))),
      named ? nameOf(name) : screenReaderText(` ${name}`),
    );
  const top = el(
    "tr",
    {},
    el("td"),
    ...rows.map((row) => head("z", row)),
    el("th", { scope: "col", class: "sum" }, "sum"),
  );
  const body = rows.map((row, i) =>
    el("tr", {}, head("p", row), ...jacobian[i].map((entry) => cell(entry, solved)), cell("0", solved)),
  );
  const sums = el(
    "tr",
    {},
    el("th", { scope: "row" }, "sum"),
    ...rows.map(() => cell("0", solved)),
    el("td"),
  );
  return el("table", { class: "derivatives" }, el("thead", {}, top), el("tbody", {}, ...body, sums));
}

/**
 * A line of the derivation. Letters are read aloud as words, numbers as they stand.
 *
 * @param {Line} line
 * @param {Sheet["about"]} about
 * @param {Numbers} numbers
 * @param {boolean} solved
 */
function lineOf(
  { label, step, left, given, blanks, answer, words, answer_words: answered },
  about,
  numbers,
  solved,
) {
  /** @param {Tree} tree */
  const formula = (tree) => {
    const made = new Formula(tree, about, tree.valued ? "numbers" : "symbols", step);
    made.show(numbers);
    return el("span", { "aria-hidden": tree.valued ? null : "true" }, made.node);
  };
  const sides = [left, ...given].map(formula);
  sides.push(
    ...(solved ? answer.map(formula) : blanks.map((kind) => (kind === "rule" ? rule() : room(kind)))),
  );
  const pieces = sides.map((side, k) =>
    el("span", { class: "piece" }, ...(k ? [el("span", { "aria-hidden": "true" }, "= ")] : []), side),
  );
  return el(
    "p",
    { class: given.length && label !== "Quotient rule" ? "line half" : "line" },
    label ? el("span", { class: "label" }, `${label}: `) : "",
    screenReaderText(`${solved ? answered : words}. `),
    ...pieces,
  );
}

/** The quotient rule with a box for each of its five numbers. */
function rule() {
  const box = () => el("span", { class: "box" });
  return el(
    "span",
    {
      class: "quotient",
      role: "img",
      "aria-label": "blank times blank minus blank times blank, over blank squared",
    },
    el("span", { class: "above" }, box(), "·", box(), "−", box(), "·", box()),
    el("span", {}, box(), el("sup", {}, "2")),
  );
}

/**
 * @param {import("../handout/messages.js").SheetQuestionMessage} asked
 * @param {number} k
 * @param {boolean} solved
 */
function questionOf({ question, answer }, k, solved) {
  const rules = Array.from({ length: RULES }, () => el("div", { class: "ruled" }));
  return el(
    "div",
    { class: "question" },
    el("p", {}, `(${PLACES[k]}) ${question}`),
    solved ? el("p", { class: "answer" }, answer) : el("div", { class: "rules" }, ...rules),
  );
}
