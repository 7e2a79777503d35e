// Numbers inside sentences, each with all its digits in `data-value`, and a "?" in its place while it is hidden.

import { el } from "../dom.js";
import { isHidden } from "../lesson.js";
import { writeOrHide } from "./cover.js";

/** @typedef {import("../text/way.js").Figure} Figure */
/** @typedef {import("../text/way.js").Piece} Piece */

/**
 * Write a figure into its element. If several items hide it, a press on it reveals the first that does.
 *
 * @param {HTMLElement} node
 * @param {Figure} figure
 */
export function writeFigure(node, { value, text, covers }) {
  const [item, place] = covers.find((cover) => isHidden(...cover)) ?? covers[0];
  node.dataset.value = writeOrHide(node, text, item, place) ? "" : String(value);
}

/**
 * The elements and texts of a sentence.
 *
 * @param {Piece[]} pieces
 * @param {string} [prefix] Before the name of each figure, in its test id.
 */
export const figures = (pieces, prefix = "") =>
  pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    const node = el("strong", { "data-testid": prefix + piece.name });
    writeFigure(node, piece);
    return node;
  });
