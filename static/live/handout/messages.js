// The messages about what leaves the app: shared links, worksheets and pictures; ui/handout/messages.py has the
// same types.

/** @typedef {import("../messages.js").AboutMessage} AboutMessage */
/** @typedef {import("../messages.js").TreeMessage} TreeMessage */

/**
 * A QR code as the path of its dark modules, and the modules of its side with the white edge.
 *
 * @typedef {object} QrMessage
 * @property {number} size
 * @property {string} path
 */

/**
 * To the dialog for sharing: a link, its whole address as Python knows it, and the QR code of that address;
 * null if it is too long for one.
 *
 * @typedef {object} ShareMessage
 * @property {string} page
 * @property {string} query
 * @property {string} address
 * @property {QrMessage | null} qr
 */

/**
 * From the dialog for sharing: the address of the app in the reader's browser.
 *
 * @typedef {object} BaseCommit
 * @property {string} base
 */

/**
 * To the field with the code that embeds the view in another page.
 *
 * @typedef {object} EmbedMessage
 * @property {string} code
 */

/**
 * A class in the table of probabilities; the last two are filled in by whoever works on the sheet.
 *
 * @typedef {object} SheetRowMessage
 * @property {string} letter
 * @property {string} name
 * @property {string} z
 * @property {string} power
 * @property {string} p
 */

/**
 * A line of the derivation: what is given, the blanks, what fills them, and how both are read aloud.
 *
 * @typedef {object} SheetLineMessage
 * @property {string} label
 * @property {string} step
 * @property {TreeMessage} left
 * @property {TreeMessage[]} given
 * @property {string[]} blanks
 * @property {TreeMessage[]} answer
 * @property {string} words
 * @property {string} answer_words
 */

/**
 * A question and its answer.
 *
 * @typedef {object} SheetQuestionMessage
 * @property {string} question
 * @property {string} answer
 */

/**
 * A worksheet with its solutions.
 *
 * @typedef {object} SheetMessage
 * @property {string} title
 * @property {string} situation
 * @property {AboutMessage} about
 * @property {number[]} z
 * @property {number} temperature
 * @property {SheetRowMessage[]} rows
 * @property {string} total
 * @property {string[][]} jacobian
 * @property {SheetLineMessage[]} lines
 * @property {SheetQuestionMessage[]} questions
 * @property {string[]} notes
 */

/**
 * To the worksheets: one for each situation, and whether the solutions follow.
 *
 * @typedef {object} WorksheetMessage
 * @property {SheetMessage[]} sheets
 * @property {boolean} solutions
 * @property {number} secant_step
 */

/**
 * A picture to take away: the key of a chart, an SVG file or the name of a drawing; others are null.
 *
 * @typedef {object} PictureMessage
 * @property {string} title
 * @property {string} file
 * @property {string | null} key
 * @property {string | null} svg
 * @property {string | null} drawing
 */

/**
 * To the pictures to take away.
 *
 * @typedef {object} TakeAwayMessage
 * @property {PictureMessage[]} pictures
 */

export {};
