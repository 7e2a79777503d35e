// The gradient of a loss, class by class: as a number, on the board's scale, and by the chain rule.

import { scrolls } from "../access.js";
import { el, inShort, write } from "../dom.js";
import { logRest, logSoftmax } from "../math/softmax.js";
import { products, scaled } from "../text/digits.js";
import { isHidden } from "../lesson.js";
import { decimal, plus, signed } from "../text/format.js";
import { writeOrHide } from "./cover.js";
import { meaning } from "./meaning.js";

/** @typedef {import("../messages.js").LossMessage} LossMessage */
/** @typedef {ReturnType<typeof import("../math/descent.js").measure>} Measured */

const WRITTEN_OUT = 3; // products; a chain with more is written as a long sum

/** The classes that a target asks for: each of them adds a product to a chain. @param {number[]} target */
export const askedFor = (target) => target.flatMap((y, k) => (y > 0 ? [k] : []));

export class LossTable {
  /** @type {ReturnType<typeof rowOf>[]} */
  #rows = [];
  #resized = new ResizeObserver(() => scrolls(this.node, "The gradient, class by class"));
  node = el("div", { class: "scroll" });

  constructor() {
    this.#resized.observe(this.node);
  }

  /**
   * Build the table anew, because classes, target or loss have changed.
   *
   * @param {LossMessage} data
   */
  build(data) {
    const squared = data.loss === "squared error";
    this.#rows = data.names.map((_, k) => rowOf(data, k));
    const table = el(
      "table",
      { class: [data.names.length > 6 ? "many" : "", squared ? "squared" : ""].join(" ").trim() || null },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          heading("Class"),
          heading("Target y", "y"),
          heading("Probability p", "p"),
          heading("p − y"),
          squared ? heading("Gradient dS/dz", "dS/dz") : heading("Gradient dL/dz", "dL/dz"),
          el("th", { class: "scale" }, ...inShort("on the board’s scale", "scale")),
          el("th", { scope: "col", class: "meaning" }, "What it asks for"),
          el(
            "th",
            { scope: "col", class: "chain-head" },
            squared ? "Chain rule: (p − y) × column of the Jacobian" : "Chain rule: dL/dp × dp/dz",
          ),
        ),
      ),
      el("tbody", {}, ...this.#rows.map(({ row }) => row)),
    );
    this.node.replaceChildren(table);
    this.#resized.observe(table);
  }

  /** Show the chain rule in place of what the gradient asks for, or the other way round. @param {boolean} chain */
  showChain(chain) {
    this.node.classList.toggle("with-chain", chain);
  }

  /**
   * Show the numbers of a situation.
   *
   * @param {LossMessage} data
   * @param {{ z: readonly number[], temperature: number }} situation
   * @param {Measured} measured
   */
  show({ names, target, loss, scale }, { z, temperature }, measured) {
    const squared = loss === "squared error";
    const terms = squared ? names.map((_, k) => k) : askedFor(target);
    const log = logSoftmax(z, temperature);
    this.#rows.forEach(({ p, error, gradient, bar, means, chain }, j) => {
      const slope = measured.gradient[j];
      const place = `g${j + 1}`;
      writeOrHide(p, decimal(measured.p[j]), "probability-numbers", `p${j + 1}`);
      // For cross-entropy, p − y is the gradient.
      writeOrHide(error, signed(measured.error[j]), "gradient-numbers", place);
      const hidden = writeOrHide(gradient, signed(slope), "gradient-numbers", place);
      gradient.dataset.value = hidden ? "" : String(slope);
      const width = isHidden("gradient-bars", place) ? 0 : Math.min(1, Math.abs(slope) / scale) / 2;
      bar.style.transform = `scaleX(${Math.sign(slope) * width})`;
      // The words tell p − y, from which p can be worked out.
      const kept = hidden || isHidden("probability-numbers", `p${j + 1}`);
      write(means, kept ? "?" : meaning(measured.error[j], slope, squared));
      // The chain holds entries of the Jacobian, and probabilities or numbers that tell them.
      const covered = terms.some(
        (k) =>
          isHidden("jacobian-numbers", `j${k + 1}-${j + 1}`) || isHidden("probability-numbers", `p${k + 1}`),
      );
      if (hidden || covered) {
        write(chain, "?");
        return;
      }
      if (terms.length > WRITTEN_OUT) {
        write(chain, `sum of ${terms.length} products`);
        return;
      }
      const factors = terms.map((k) => [
        // Factors are given by logarithms, because 1 / p may be too large for a number and an entry of the
        // Jacobian too small.
        squared ? scaled(measured.error[k]) : { sign: -1, log: Math.log(target[k]) - log[k] },
        {
          sign: j === k ? 1 : -1,
          log: log[j] + (j === k ? logRest(log, k) : log[k]) - Math.log(temperature),
        },
      ]);
      const { texts } = products(factors, slope);
      const written = texts.map(([left, right]) => `${squared ? plus(left) : left} × ${plus(right)}`);
      write(
        chain,
        written.length > 1
          ? written.map((each) => `(${each})`).join(" + ")
          : `${written[0]} = ${signed(slope)}`,
      );
    });
  }
}

/**
 * @param {string} text
 * @param {string} [short] What presenter mode shows instead.
 */
const heading = (text, short) => el("th", { scope: "col" }, ...(short ? inShort(text, short) : [text]));

/**
 * The row of class k, and the cells in it that change.
 *
 * @param {LossMessage} data
 * @param {number} k
 */
function rowOf({ names, colours, target }, k) {
  const p = el("td");
  const error = el("td");
  const gradient = el("td", { class: "strong", "data-testid": `gradient-${k}` });
  const means = el("td", { class: "meaning", "data-testid": `meaning-${k}` });
  const chain = el("td", { class: "chain" });
  const bar = el("span", { class: "bar" });
  const track = el("span", { class: "track", "aria-hidden": "true" }, el("span", { class: "zero" }), bar);
  const row = el(
    "tr",
    { style: `--colour: ${colours[k]}`, "data-belongs": `class:${k}` },
    el("th", { scope: "row", title: names[k] }, el("bdi", {}, names[k])),
    el("td", {}, decimal(target[k])),
    p,
    error,
    gradient,
    el("td", { class: "scale" }, track),
    means,
    chain,
  );
  return { row, p, error, gradient, means, chain, bar };
}
