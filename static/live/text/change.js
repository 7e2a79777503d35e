// Says in words what a move has changed: what the hand does, what the classes gain and lose, and why a sum is 0.

import { decimal, raw } from "./format.js";

/**
 * A piece of a sentence: words, the name of a class, or a number, which may belong to a class.
 *
 * @typedef {string | { name: number } | { number: string, of?: number }} Piece
 */

/** A sentence, and a shorter one for presenter mode and phones. @typedef {{ full: Piece[], short: Piece[] }} Said */

/**
 * What the sentence about a bar in the hand is made of.
 *
 * @typedef {object} Move
 * @property {number} i The class whose probability is looked at.
 * @property {number} j The class whose raw output moves.
 * @property {number} move How far it has moved since it was taken.
 * @property {number} change By how much the probability of i has changed since then.
 * @property {number} slope dp_i/dz_j as it was then.
 * @property {boolean} amountHidden Whether the number of that probability is hidden.
 * @property {boolean} directionHidden Whether its bar is hidden, too, so that not even the direction is seen.
 * @property {boolean} slopeHidden
 */

const LEAST = 0.0005; // a smaller change is 0.000 with three decimals

/** A change without its sign, with three decimals. @param {number} change */
const size = (change) => Math.abs(change).toFixed(3);

/** A change with its sign, with three decimals. @param {number} change */
export const gain = (change) =>
  Math.abs(change) < LEAST ? "0.000" : `${change > 0 ? "+" : "\u2212"}${size(change)}`;

/**
 * The sentence about a bar that is held.
 *
 * @param {Move} held
 * @returns {Said}
 */
export function heldSentence(held) {
  return held.move === 0 ? atRest(held) : moved(held);
}

/** What the hand can do next. @param {Move} held @returns {Said} */
function atRest({ i, j, slope, slopeHidden }) {
  const own = i === j;
  if (slopeHidden) {
    const watch = own ? "watch its probability." : "watch ";
    const whom = own ? [] : [{ name: i }, "."];
    return {
      full: ["You hold ", { name: j }, `: move it, and ${watch}`, ...whom],
      short: ["Move ", { name: j }, ` and ${watch}`, ...whom],
    };
  }
  const rate = { number: decimal(Math.abs(slope)) };
  const verb = slope < 0 ? "loses" : "gains";
  const subject = own ? [`at first it ${verb} `] : [{ name: i }, ` at first ${verb} `];
  return {
    full: ["You hold ", { name: j }, ": raise it, and ", ...subject, rate, " of probability for each 1."],
    short: ["Raise ", { name: j }, ": ", ...subject, rate, " for each 1."],
  };
}

/** @param {Move} held @returns {Said} */
function moved({ i, j, move, change, slope, amountHidden, directionHidden, slopeHidden }) {
  const own = i === j;
  const up = move > 0;
  const first = slope * move > 0;
  const gains = change === 0 ? first : change > 0;
  const by = [{ name: j }, " by ", { number: raw(Math.abs(move)) }, ": ", own ? "it" : { name: i }];
  /** @type {[full: Piece[], short: Piece[]]} */
  let amount;
  if (amountHidden) {
    const verb = directionHidden ? "gains or loses" : gains ? "gains" : "loses";
    amount = [[` ${verb} probability`], [` ${verb} probability`]];
  } else if (Math.abs(change) < LEAST) {
    const verb = gains ? "gains" : "loses";
    amount = [[` hardly ${verb} any probability`], [` hardly ${verb}`]];
  } else {
    const much = [gains ? " gains " : " loses ", { number: size(change) }];
    // Not "of its probability": that would be a part of it.
    amount = [[...much, " of probability"], much];
  }
  const rate = { number: decimal(Math.abs(slope)) };
  const verb = first ? "gained" : "lost";
  // Two hands can move a probability one way while each of its slopes points the other way.
  const again = first === gains ? "" : `${verb} `;
  return {
    full: [
      up ? "You raise " : "You lower ",
      ...by,
      ...amount[0],
      ...(slopeHidden ? ["."] : [`; at first it ${verb} `, rate, " for each 1."]),
    ],
    short: [
      up ? "Raised " : "Lowered ",
      ...by,
      ...amount[1],
      ...(slopeHidden || amountHidden ? ["."] : [`, at first ${again}`, rate, " for each 1."]),
    ],
  };
}

/**
 * Why the derivatives of a column or a row add up to 0.
 *
 * @param {"column" | "row"} line
 * @param {number} k The class of the column.
 * @returns {Said}
 */
export function reason(line, k) {
  if (line === "row")
    return {
      full: [
        "Raising all raw outputs by the same amount changes nothing, so what they do to ",
        { name: k },
        " adds up to 0.",
      ],
      short: ["Raising all by the same amount changes nothing, so these add up to 0."],
    };
  const begin = ["What ", { name: k }, " gains, the others lose: "];
  return {
    full: [...begin, "the probabilities always add up to 1, so their changes add up to 0."],
    short: [...begin, "probabilities always add up to 1."],
  };
}

const BOTH = /** @type {const} */ ({
  change: ["gained", "lost", ""],
  column: ["gained", "lost", " for each 1"],
  row: ["up", "down", " for each 1"],
});

/**
 * That what some gain is what others lose, in numbers. Rounded numbers may differ in the last digit; then the
 * sign between them says so.
 *
 * @param {readonly number[]} changes
 * @param {"change" | "column" | "row"} about
 * @returns {Said}
 */
export function balance(changes, about) {
  const [gained, lost, end] = BOTH[about];
  /** @param {number} most How many numbers a side may have before it is one number. @returns {Piece[]} */
  const written = (most) => {
    const [up, down] = [1, -1].map((sign) => side(changes, sign, most));
    // The sign may change with every move, so it has a box of its own as the numbers have.
    const sign = { number: up.thousandths === down.thousandths ? "=" : "≈" };
    return [`${gained} `, ...up.pieces, " ", sign, ` ${lost} `, ...down.pieces, end];
  };
  return { full: written(4), short: written(2) };
}

/**
 * @param {readonly number[]} changes
 * @param {number} sign
 * @param {number} most
 * @returns {{ pieces: Piece[], thousandths: number }}
 */
function side(changes, sign, most) {
  const terms = changes
    .map((change, k) => ({ change: change * sign, k }))
    .filter(({ change }) => change >= LEAST);
  if (terms.length === 0 || terms.length > most) {
    let whole = 0;
    for (const change of changes) whole += Math.max(0, change * sign);
    return { pieces: [{ number: size(whole) }], thousandths: thousandths(whole) };
  }
  let sum = 0;
  /** @type {Piece[]} */
  const pieces = [];
  for (const { change, k } of terms) {
    if (pieces.length) pieces.push(" + ");
    pieces.push({ number: size(change), of: k });
    sum += thousandths(change);
  }
  return { pieces, thousandths: sum };
}

/** The number as it is written, in thousandths. @param {number} change */
const thousandths = (change) => Math.round(Number(size(change)) * 1000);

const MOST_SAID = 4; // classes that are read aloud by name

/**
 * What a move has changed, to be read aloud once the bar is let go.
 *
 * @param {string[]} names
 * @param {number} j The class whose raw output has moved.
 * @param {number} move
 * @param {(number | null)[]} changes What each class has gained; null where that is hidden.
 */
export function spokenChange(names, j, move, changes) {
  const begin = `You ${move > 0 ? "raised" : "lowered"} ${names[j]} by ${raw(Math.abs(move))}.`;
  const known = changes
    .map((change, k) => ({ change: change ?? 0, k }))
    .filter(({ change }) => Math.abs(change) >= LEAST)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (!known.length)
    return changes.includes(null) ? begin : `${begin} No probability has changed by 0.001 or more.`;
  const told = known
    .slice(0, MOST_SAID)
    .map(({ change, k }) => `${names[k]} ${change > 0 ? "gained" : "lost"} ${size(change)}`);
  return `${begin} ${told.join(", ")}${known.length > MOST_SAID ? ", the others less" : ""}.`;
}

/**
 * The text of a sentence.
 *
 * @param {Piece[]} pieces
 * @param {string[]} names
 */
export const plainText = (pieces, names) =>
  pieces
    .map((piece) => (typeof piece === "string" ? piece : "name" in piece ? names[piece.name] : piece.number))
    .join("");
