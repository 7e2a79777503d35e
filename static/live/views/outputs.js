// The network's values for one flower, in two tables: raw outputs with probabilities, and the Jacobian.

import { el } from "../dom.js";
import { isHidden } from "../lesson.js";
import { decimal, signed } from "../text/format.js";
import { writeOrHide } from "./cover.js";
import { tint } from "./tint.js";

/**
 * A cell that shows a number and keeps all its digits in `data-value`.
 *
 * @param {string} id
 */
const cell = (id) => el("td", { "data-testid": id });

/**
 * @param {HTMLElement} node
 * @param {number} value
 * @param {(value: number) => string} written
 * @param {string} item What it belongs to among what can be hidden.
 * @param {string} [place]
 */
function fill(node, value, written, item, place) {
  const hidden = writeOrHide(node, written(value), item, place);
  node.dataset.value = hidden ? "" : String(value);
}

/**
 * A table whose first column names the rows.
 *
 * @param {string} caption
 * @param {Node[]} head
 * @param {Node[][]} rows
 * @param {import("../dom.js").Attributes} attributes
 */
const table = (caption, head, rows, attributes) =>
  el(
    "table",
    attributes,
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, el("td"), ...head)),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row))),
  );

export class Outputs {
  #outputs;
  #jacobian;
  #positive;
  #negative;
  node;

  /** @param {import("../messages.js").IrisMessage} data */
  constructor({ names, colours, positive, negative }) {
    this.#positive = positive;
    this.#negative = negative;
    this.#outputs = names.map((_, k) => ({ z: cell(`z-${k}`), p: cell(`p-${k}`) }));
    this.#jacobian = names.map((_, i) => names.map((__, j) => cell(`j-${i}-${j}`)));
    const style = colours.map((colour) => `--colour: ${colour}`);
    const heads = ["raw output", "probability"].map((text) => el("th", { scope: "col" }, text));
    const columns = names.map((name, k) => el("th", { scope: "col", class: "col", style: style[k] }, name));
    /** @param {number} k */
    const row = (k) => el("th", { scope: "row", style: style[k] }, names[k]);
    const outputs = this.#outputs.map(({ z, p }, k) => [row(k), z, p]);
    const jacobian = this.#jacobian.map((cells, i) => [row(i), ...cells]);
    this.node = el(
      "div",
      { class: "tables" },
      table("Its outputs", heads, outputs, { "data-way": "3 4" }),
      table("Its Jacobian, dp/dz", columns, jacobian, { class: "jacobian", "data-way": "6" }),
    );
  }

  /** @param {import("../math/network.js").Layers} layers */
  show({ z, p, jacobian }) {
    this.#outputs.forEach((cells, k) => {
      fill(cells.z, z[k], decimal, "network");
      fill(cells.p, p[k], decimal, "probability-numbers", `p${k + 1}`);
    });
    this.#jacobian.forEach((row, i) =>
      row.forEach((node, j) => {
        const value = jacobian[i][j];
        const place = `j${i + 1}-${j + 1}`;
        fill(node, value, signed, "jacobian-numbers", place);
        const shade = isHidden("jacobian-numbers", place) ? 0 : value;
        node.style.setProperty("--sign", shade < 0 ? this.#negative : this.#positive);
        node.style.setProperty("--weight", tint(shade, 1, 50));
      }),
    );
  }
}
