// The messages about what guides a learner: notes, questions with their pictures, and the tour;
// ui/guide_messages.py has the same types.

/** @typedef {import("./messages.js").ColoursMessage} ColoursMessage */

/**
 * To the note of a preset: its text, and the situation that it is about.
 *
 * @typedef {object} NoteMessage
 * @property {string} note
 * @property {number[]} z
 * @property {number} temperature
 * @property {number} i
 * @property {number} j
 */

/**
 * To the line that offers to go on with the tour: its scenes, and the one that is shown.
 *
 * @typedef {object} ResumeMessage
 * @property {string[]} keys
 * @property {string[]} titles
 * @property {string} scene
 * @property {number} ack
 */

/**
 * From the line that offers to go on with the tour: the scene to open.
 *
 * @typedef {object} ResumeCommit
 * @property {number} seq
 * @property {string} scene
 */

/**
 * What heads a row or a column of a picture: a text, or a class by its index.
 *
 * @typedef {object} HeadMessage
 * @property {string} text
 * @property {number} of
 */

/**
 * A number of a picture: its text, all its digits, its size from -1 to 1, and where it may be hidden.
 *
 * @typedef {object} NumberMessage
 * @property {string} text
 * @property {string} exact
 * @property {number} share
 * @property {string[]} places
 */

/**
 * A table of a picture; sums that are not shown are empty, and bars stand in place of colours.
 *
 * @typedef {object} GridMessage
 * @property {HeadMessage} caption
 * @property {HeadMessage[]} columns
 * @property {HeadMessage[]} rows
 * @property {NumberMessage[][]} cells
 * @property {NumberMessage[]} row_sums
 * @property {NumberMessage[]} column_sums
 * @property {boolean} bars
 */

/**
 * A piece of a picture: a table, or a sign or a few words between tables.
 *
 * @typedef {object} PieceMessage
 * @property {string} sign
 * @property {GridMessage | null} grid
 */

/**
 * To the picture that answers a question: its pieces, and the classes that they name.
 *
 * @typedef {object} AnswerMessage
 * @property {string[]} names
 * @property {ColoursMessage} colours
 * @property {PieceMessage[]} pieces
 */

export {};
