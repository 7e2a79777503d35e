// The chain rule from a flower's loss back to one weight. dL/dp times dp/dz is p - y. The weight multiplies a
// hidden value, so p - y times that hidden value is the derivative of the loss with respect to the weight.

import { index } from "../access.js";
import { el } from "../dom.js";
import { logRest, logSoftmax } from "../math/softmax.js";
import { products, scaled } from "../text/digits.js";
import { isHidden } from "../lesson.js";
import { decimal, plus, signed } from "../text/format.js";
import { writeOrHide } from "./cover.js";

/** @typedef {import("../messages.js").IrisMessage} IrisMessage */
/** @typedef {import("../math/network.js").Layers} Layers */

const NO_LOSS =
  "A point of your own has no species, so it has no loss. Choose a flower to follow its loss back to a weight.";

/**
 * A number of the chain, which keeps all its digits in `data-value`.
 *
 * @param {string} id
 * @param {number} number
 * @param {string} text
 */
function value(id, number, text) {
  const node = el("strong", { "data-testid": id });
  const hidden = writeOrHide(
    node,
    text,
    id === "loss" ? "loss" : "gradient-numbers",
    id === "loss" ? id : "g1",
  );
  node.dataset.value = hidden ? "" : String(number);
  return node;
}

/**
 * A product, written with digits that give the result shown.
 *
 * @param {import("../text/format.js").Scaled[]} factors
 * @param {number} result
 */
const product = (factors, result) => products([factors], result).texts[0].map(plus).join(" × ");

/**
 * The chain in words and numbers.
 *
 * @param {IrisMessage} data
 * @param {Layers} layers
 * @param {number | null} species The flower's species; null for a point that is not a flower.
 */
export function chain({ names, rate, weight: [i, h] }, { z, p, q, hidden }, species) {
  if (species === null) return [el("p", {}, NO_LOSS)];
  const log = logSoftmax(z, 1);
  const loss = -log[species];
  const error = i === species ? -q[i] : p[i];
  const slope = {
    sign: i === species ? 1 : -1,
    log: log[i] + (i === species ? logRest(log, i) : log[species]),
  };
  const covered = isHidden("gradient-numbers", "g1");
  const back = covered ? "?" : product([{ sign: -1, log: -log[species] }, slope], error);
  const gradient = error * hidden[h];
  const on = covered ? "?" : product([scaled(error), scaled(hidden[h])], gradient);
  const own = () => index(names[species]);
  const output = () => index(names[i]);
  return [
    el("h4", {}, `From the loss to one weight: hidden ${h + 1} to ${names[i]}`),
    el("p", {}, "Loss: L = −log p", ...own(), " = ", value("loss", loss, decimal(loss))),
    el(
      "p",
      {},
      ...["dL/dz", ...output(), " = dL/dp", ...own(), " × dp", ...own(), "/dz", ...output()],
      ` = ${back} = p − y = `,
      value("dz", error, signed(error)),
    ),
    el(
      "p",
      {},
      ...["dL/dw = dL/dz", ...output(), ` × hidden ${h + 1} = ${on} = `],
      value("dw", gradient, signed(gradient)),
    ),
    el(
      "p",
      { class: "soft" },
      `Each training step subtracts the learning rate ${rate} times the mean of dL/dw over all flowers. `,
      el(
        "span",
        { class: "screen_only" },
        "Click another line on the right of the network to follow its weight.",
      ),
    ),
  ];
}
