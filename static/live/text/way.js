// What is said about a flower's way through the network and back to one weight, stage by stage.

import { products, scaled } from "./digits.js";
import { decimal, plus, signed } from "./format.js";

/** @typedef {import("../math/network.js").Chain} Chain */

/**
 * A number in a sentence.
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {string} text
 * @property {Cover[]} covers What hides it.
 */

/** @typedef {[item: string, place?: string]} Cover As `isHidden` of lesson.js takes it. */
/** @typedef {string | Figure} Piece */

/**
 * A point in the plane and its values.
 *
 * @typedef {object} Facts
 * @property {readonly string[]} names
 * @property {number} flowers How many there are.
 * @property {number} petal
 * @property {number} sepal
 * @property {readonly number[]} x The two scaled inputs.
 * @property {import("../math/network.js").Layers} layers
 * @property {readonly number[]} weight The numbers of its raw output and of its hidden value.
 * @property {number} rate
 * @property {Known | null} known Null for a point of one's own, which has no species and so no loss.
 */

/** @typedef {{ flower: number, species: number, chain: Chain }} Known */

const P_MINUS_Y = "p\u00a0−\u00a0y"; // in one line

/** @type {Cover} */
const NETWORK = ["network"];
/** @type {Cover} */
const GRADIENT = ["gradient-numbers", "g1"];
/** @param {number} k @returns {Cover} */
const ofProbability = (k) => ["probability-numbers", `p${k + 1}`];

/** @type {(name: string, value: number, text: string, ...covers: Cover[]) => Figure} */
const figure = (name, value, text, ...covers) => ({ name, value, text, covers });

/**
 * A sentence with figures in it.
 *
 * @param {TemplateStringsArray} words
 * @param {...(number | Piece | Piece[])} pieces
 * @returns {Piece[]}
 */
function say(words, ...pieces) {
  /** @type {Piece[]} */
  const found = [];
  words.forEach((text, k) => {
    if (text) found.push(text);
    const piece = pieces[k];
    if (typeof piece === "number") found.push(String(piece));
    else if (piece !== undefined) found.push(...[piece].flat());
  });
  return found;
}

/** As in "1, 2 and 3". @param {Figure[]} figures @returns {Piece[]} */
const listed = (figures) =>
  figures.flatMap((each, k) => (k ? [k === figures.length - 1 ? " and " : ", ", each] : [each]));

/** Each class with its figure. @type {(names: readonly string[], figures: Figure[]) => Piece[]} */
const byClass = (names, figures) => figures.flatMap((each, k) => [`${k ? ", " : ""}${names[k]} `, each]);

/**
 * Why the derivative of a raw output with respect to a weight is the hidden value.
 *
 * @param {Facts} facts
 */
export function whyHidden({ names, weight: [i, h], layers: { hidden } }) {
  const value = figure("dz-dw", hidden[h], signed(hidden[h]), NETWORK);
  return say`z of ${names[i]} is w × hidden ${h + 1} plus terms without w. So raising w by 1 changes z by hidden ${h + 1}: dz/dw = ${value}.`;
}

/**
 * dL/dw as a product, with the digits that give the result.
 *
 * @param {Chain} chain
 */
export function slopeOfWeight({ error, hidden, gradient }) {
  const [first, second] = products([[scaled(error), scaled(hidden)]], gradient).texts[0].map(plus);
  const factors = [figure("dw-error", error, first, GRADIENT), figure("dw-hidden", hidden, second, NETWORK)];
  return say`${factors[0]} × ${factors[1]} = ${figure("dw", gradient, signed(gradient), GRADIENT)}`;
}

/**
 * A weight after one step, with the digits that give the result.
 *
 * @param {Chain} chain
 * @param {number} rate
 */
export function stepOfWeight({ weight, gradient, next }, rate) {
  const [[before], [, slope]] = products([[scaled(weight)], [scaled(rate), scaled(gradient)]], next).texts;
  const w = figure("w", weight, before, NETWORK);
  // With w and its next value anyone could work out the gradient.
  const after = figure("w-next", next, decimal(next), GRADIENT, NETWORK);
  return say`w − ${rate} × dL/dw = ${w} − ${rate} × ${figure("w-slope", gradient, slope, GRADIENT)} = ${after}`;
}

/**
 * Forward: from the measurements to the probabilities.
 *
 * @type {{ title: string, words: (facts: Facts) => Piece[] }[]}
 */
const FORWARD = [
  {
    title: "Measurements",
    words: ({ names, petal, sepal, known }) =>
      known
        ? say`Flower ${known.flower + 1} is a ${names[known.species]}. Its petals are ${petal} cm wide, its sepals ${sepal} cm.`
        : say`A point of your own stands for petals ${petal} cm wide and sepals ${sepal} cm wide.`,
  },
  {
    title: "Hidden values",
    words: ({ x, layers }) => {
      const inputs = x.map((value, k) => figure(`x-${k}`, value, decimal(value), NETWORK));
      const hidden = layers.hidden.map((value, k) => figure(`hidden-${k}`, value, decimal(value), NETWORK));
      return say`The measurements are scaled to ${listed(inputs)}. Each hidden node weighs them, adds a bias and takes tanh: ${listed(hidden)}.`;
    },
  },
  {
    title: "Raw outputs",
    words: ({ names, layers }) => {
      const z = layers.z.map((value, k) => figure(`z-${k}`, value, decimal(value), NETWORK));
      return say`Each raw output z is a weighted sum of the hidden values plus a bias: ${byClass(names, z)}.`;
    },
  },
  {
    title: "Probabilities",
    words: ({ names, layers, known }) => {
      const p = layers.p.map((value, k) => figure(`p-${k}`, value, decimal(value), ofProbability(k)));
      const end = known ? "" : " A point of your own has no species, so its way ends here.";
      return say`Softmax turns the raw outputs into probabilities: ${byClass(names, p)}.${end}`;
    },
  },
];

/**
 * Back: from the loss to the weight.
 *
 * @type {{ title: string, words: (facts: Facts, known: Known) => Piece[] }[]}
 */
const BACK = [
  {
    title: "Loss",
    words: ({ names, layers: { p } }, { species, chain: { loss } }) => {
      const own = figure("p", p[species], decimal(p[species]), ofProbability(species));
      return say`The true species, ${names[species]}, gets the probability ${own}. The loss is minus its logarithm: ${figure("loss", loss, decimal(loss), ["loss"])}.`;
    },
  },
  {
    title: P_MINUS_Y,
    words: ({ names, layers: { p }, weight: [i] }, { species, chain: { error } }) => {
      const own = i === species;
      // Near 1, three decimals would leave nothing of p - 1.
      const text = own ? products([[scaled(p[i])]], error).texts[0][0] : decimal(p[i]);
      const before = say`${figure("p", p[i], text, ofProbability(i))} − ${own ? 1 : 0}`;
      return say`Now back: the derivative of the loss with respect to z of ${names[i]} is ${P_MINUS_Y} = ${before} = ${figure("dz", error, signed(error), GRADIENT)}.`;
    },
  },
  { title: "dz/dw", words: whyHidden },
  {
    title: "The weight",
    words: ({ flowers, rate }, { chain }) =>
      say`dL/dw = ${slopeOfWeight(chain)}. One step on this flower’s gradient alone: ${stepOfWeight(chain, rate)}. Training takes the mean gradient of all ${flowers} flowers.`,
  },
];

/** How many stages the way has. @param {boolean} known Whether the species is known. */
export const stages = (known) => FORWARD.length + (known ? BACK.length : 0);

/**
 * The title and the sentences of a stage.
 *
 * @param {number} stage From 1 to `stages`.
 * @param {Facts} facts
 */
export function stageOf(stage, facts) {
  const forward = FORWARD[stage - 1];
  if (forward || !facts.known) return { title: forward.title, pieces: forward.words(facts) };
  const { title, words } = BACK[stage - 1 - FORWARD.length];
  return { title, pieces: words(facts, facts.known) };
}
