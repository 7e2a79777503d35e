// The chain rule from a flower's loss back to one weight. dL/dp times dp/dz is p - y. The weight multiplies a
// hidden value, so p - y times that hidden value is the derivative of the loss with respect to the weight.

import { index } from "../access.js";
import { el } from "../dom.js";
import { products } from "../text/digits.js";
import { isHidden } from "../lesson.js";
import { decimal, plus, signed } from "../text/format.js";
import { slopeOfWeight, stepOfWeight, whyHidden } from "../text/way.js";
import { writeOrHide } from "./cover.js";
import { figures } from "./figure.js";

/** @typedef {import("../text/way.js").Facts} Facts */

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
 * The chain in words and numbers.
 *
 * @param {Facts} facts
 */
export function chain(facts) {
  const {
    names,
    flowers,
    rate,
    weight: [i, h],
    known,
  } = facts;
  if (!known) return [el("p", {}, NO_LOSS)];
  const { loss, byProbability, byOutput, error } = known.chain;
  // dL/dp is -1/p, which gives the probability and the loss away.
  const covered =
    isHidden("gradient-numbers", "g1") ||
    isHidden("loss") ||
    isHidden("probability-numbers", `p${known.species + 1}`);
  const back = covered
    ? "?"
    : products([[byProbability, byOutput]], error)
        .texts[0].map(plus)
        .join(" × ");
  const own = () => index(names[known.species]);
  const output = () => index(names[i]);
  return [
    el("h4", { "data-way": "5 6 7 8" }, `From the loss to one weight: hidden ${h + 1} to ${names[i]}`),
    el("p", { "data-way": "5" }, "Loss: L = −log p", ...own(), " = ", value("loss", loss, decimal(loss))),
    el(
      "p",
      { "data-way": "6" },
      ...["dL/dz", ...output(), " = dL/dp", ...own(), " × dp", ...own(), "/dz", ...output()],
      ` = ${back} = p − y = `,
      value("dz", error, signed(error)),
    ),
    el("p", { class: "why", "data-way": "7" }, ...figures(whyHidden(facts))),
    el(
      "p",
      { "data-way": "8" },
      ...["dL/dw = dL/dz", ...output(), ` × hidden ${h + 1} = `, ...figures(slopeOfWeight(known.chain))],
    ),
    el(
      "p",
      { "data-way": "8" },
      el("span", { class: "in-full" }, "One step on this flower’s gradient alone: "),
      ...figures(stepOfWeight(known.chain, rate)),
    ),
    el(
      "p",
      { class: "soft", "data-way": "8" },
      `${rate} is the learning rate. Training takes the mean of dL/dw over all ${flowers} flowers instead.`,
    ),
  ];
}
