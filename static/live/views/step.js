// One step of the derivation: title, reason, and equations in every notation, of which the page shows one.

import { screenReaderText } from "../access.js";
import { el, mark } from "../dom.js";
import { isHidden, revealIn } from "../lesson.js";
import { cover } from "./cover.js";
import { Formula, keepValue, NOTATIONS } from "./formula.js";

/** @typedef {import("../messages.js").AboutMessage} AboutMessage */
/** @typedef {import("../messages.js").EquationMessage} EquationMessage */
/** @typedef {import("../messages.js").StepMessage} StepMessage */
/** @typedef {import("../messages.js").TreeMessage} Tree */
/** @typedef {import("./formula.js").Notation} Notation */
/** @typedef {import("./numbers.js").Numbers} Numbers */

/**
 * The formulas without repetitions. In the notation with numbers, a formula that is always in numbers would
 * otherwise appear twice.
 *
 * @param {Tree[]} trees
 */
function once(trees) {
  /** @param {Tree} tree */
  const plain = ({ valued, new: _, ...tree }) => JSON.stringify(tree);
  return trees.filter(
    (tree, k) => !tree.valued || !trees.slice(0, k).some((other) => plain(other) === plain(tree)),
  );
}

export class Step {
  #about;
  /** @type {Formula[]} */
  #formulas = [];
  /** What the step comes to, in numbers. @type {Formula | null} */
  #outcome = null;
  #comesTo;
  #place;
  #hasResult;
  #cover = el("p", { class: "cover", hidden: "" }, "= ?");

  /**
   * @param {StepMessage} step
   * @param {number} place
   * @param {AboutMessage} about
   * @param {boolean} hidden Whether the derivative is yet to be predicted, and so is not told.
   */
  constructor(step, place, about, hidden) {
    this.key = step.key;
    this.#about = about;
    this.#comesTo = step.comes_to;
    this.title = el("h3", { tabindex: "-1" }, el("span", { class: "count" }, `${place + 1}`), step.title);
    const equations = step.equations.map((equation) => this.#equation(equation));
    const told = step.comes_to && !(hidden && step.comes_to.kind === "dp");
    this.#place = `s${place + 1}`;
    this.#hasResult = step.equations.some(({ right }) => right.length > 0);
    this.node = el(
      "li",
      { class: "step", "data-testid": `step-${step.key}` },
      this.title,
      el("p", { class: "reason" }, step.reason),
      ...equations,
      this.#cover,
      step.comes_to && told ? this.#value(step.comes_to, step.said ?? "") : "",
    );
  }

  /** Show a "?" in place of what the step comes to, while the teacher hides it. */
  follow() {
    const hidden = this.#hasResult && isHidden("formula", this.#place);
    this.node.classList.toggle("hides", hidden);
    this.#cover.hidden = !hidden;
    cover(this.#cover, hidden, this.#place);
  }

  /** Reveal what the step comes to; false if it is not hidden. */
  reveal() {
    if (this.#cover.hidden) return false;
    revealIn(this.#place, this.node);
    return true;
  }

  /**
   * Write the numbers of a situation; called on every move.
   *
   * @param {Numbers} numbers
   */
  show(numbers) {
    for (const formula of this.#formulas) formula.show(numbers);
    if (!this.#outcome || !this.#comesTo) return;
    const value = numbers.value(this.#comesTo);
    if (value !== undefined) keepValue(this.#outcome.node, value);
  }

  /**
   * @param {Tree} tree
   * @param {Notation} notation
   */
  #formula(tree, notation) {
    const formula = new Formula(tree, this.#about, notation, this.key);
    this.#formulas.push(formula);
    return formula;
  }

  /** One line of the step, in every notation. @param {EquationMessage} equation */
  #equation({ left, right, exact, lettered, words }) {
    const rows = NOTATIONS.map((notation) => {
      const numbers = notation === "numbers";
      // The left side states the question, so it stays in letters.
      const letters = numbers ? "names" : notation;
      const formulas = [this.#formula(left, letters)];
      for (const tree of numbers ? once(right) : right) {
        formulas.push(this.#formula(tree, tree.valued ? "numbers" : lettered ? letters : notation));
      }
      const pieces = formulas.map((formula, k) => {
        // Letters are read aloud as words, once for all notations. Numbers are read as they stand.
        const said = !numbers && !right[k - 1]?.valued;
        const piece = el("span", { class: "piece", "aria-hidden": said ? "true" : null });
        if (k) piece.append(el("span", { class: "equals" }, exact ? "=" : "≈"));
        piece.append(formula.node);
        return piece;
      });
      return el("div", { class: `reading ${notation}` }, ...pieces);
    });
    return el("div", { class: "equation" }, screenReaderText(words), ...rows);
  }

  /**
   * The result of the step in this situation.
   *
   * @param {Tree} tree
   * @param {string} said How it is read aloud.
   */
  #value(tree, said) {
    const letter = new Formula(tree, this.#about, "names", this.key);
    mark(letter.node, "aria-hidden", "true");
    this.#outcome = this.#formula(tree, "numbers");
    this.#outcome.node.classList.add("now");
    const equals = el("span", { class: "equals" }, "=");
    return el(
      "p",
      { class: "value" },
      "Now ",
      screenReaderText(said),
      letter.node,
      equals,
      this.#outcome.node,
    );
  }
}
