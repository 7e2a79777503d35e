// The types of the messages between Python and the parts of a page; ui/messages.py has the same ones.

/**
 * What Streamlit gives a part with every message.
 *
 * @template M
 * @typedef {object} Component
 * @property {M} data
 * @property {ShadowRoot | HTMLElement} parentElement
 * @property {(name: string, value: unknown) => void} setTriggerValue Tell Python something once.
 * @property {(name: string, value: unknown) => void} setStateValue Tell Python something that stays.
 */

/**
 * What the reader's tab keeps of a session: its name, whether the kept data has arrived, and the data.
 *
 * @typedef {object} KeptMessage
 * @property {string} session
 * @property {boolean} arrived
 * @property {Record<string, any>} memory
 */

/**
 * A page that the browser must open, its query, and when Python asked for it.
 *
 * @typedef {object} OpenMessage
 * @property {string} page
 * @property {string} query
 * @property {number} at
 */

/**
 * What a teacher has set: presenter mode, what is hidden, and what of it is revealed ("all", "p1" and so on).
 *
 * @typedef {object} LessonMessage
 * @property {boolean} present
 * @property {string[]} hide
 * @property {string[]} shown
 */

/**
 * The links to what is shown: the page, the query of each page, when they were written, what is kept.
 *
 * @typedef {object} LinkMessage
 * @property {string} page
 * @property {Record<string, string>} queries
 * @property {number} at
 * @property {KeptMessage} kept
 * @property {LessonMessage} lesson
 * @property {OpenMessage} [open]
 */

/**
 * The colours of the classes and of the signs.
 *
 * @typedef {object} ColoursMessage
 * @property {string[]} classes
 * @property {string} positive
 * @property {string} negative
 */

/**
 * To the board: the situation, where it started, and what the board does for the rest of the page. `stage` shows
 * the stage between, e^(z / T) and their sum; `stage_button` lets the reader do so.
 *
 * @typedef {object} BoardMessage
 * @property {string[]} names
 * @property {number[]} z
 * @property {number[]} start
 * @property {number} temperature
 * @property {number} i
 * @property {number} j
 * @property {number} scale
 * @property {number} ack
 * @property {ColoursMessage} colours
 * @property {string[]} charts
 * @property {string} camera
 * @property {number[]} window
 * @property {LinkMessage} link
 * @property {number[]} bars
 * @property {boolean} grid
 * @property {boolean} line
 * @property {boolean} probabilities
 * @property {boolean} hide_values
 * @property {string[]} paper
 * @property {boolean} locked
 * @property {boolean} stage
 * @property {boolean} stage_button
 * @property {boolean} pin
 * @property {number[]} pinned
 */

/**
 * From the board: the situation as the user has left it, the viewpoint in 3D, and the stage between.
 *
 * @typedef {object} BoardCommit
 * @property {number} seq
 * @property {number[]} z
 * @property {number} i
 * @property {number} j
 * @property {string} camera
 * @property {boolean} lost
 * @property {boolean} stage
 * @property {number[]} pinned
 */

/**
 * From the first part of a page: how the browser draws 3D, and the size of its window.
 *
 * @typedef {object} BrowserCommit
 * @property {"hardware" | "software" | "none"} webgl
 * @property {number} width
 * @property {number} height
 */

/**
 * A formula; values that are at their default are left out.
 *
 * @typedef {object} TreeMessage
 * @property {string} [kind]
 * @property {TreeMessage[]} [parts]
 * @property {number} [index]
 * @property {string} [part]
 * @property {boolean} [new]
 * @property {boolean} [valued]
 */

/**
 * What formulas refer to: the classes, the two chosen ones, and whether T is written.
 *
 * @typedef {object} AboutMessage
 * @property {string[]} names
 * @property {string[]} colours
 * @property {number} i
 * @property {number} j
 * @property {boolean} tempered
 */

/**
 * One line of a step: its sides, whether they are equal, and how it is read aloud.
 *
 * @typedef {object} EquationMessage
 * @property {TreeMessage} left
 * @property {TreeMessage[]} right
 * @property {boolean} exact
 * @property {boolean} lettered
 * @property {string} words
 */

/**
 * One step of the derivation.
 *
 * @typedef {object} StepMessage
 * @property {string} key
 * @property {string} title
 * @property {string} reason
 * @property {TreeMessage | null} comes_to
 * @property {string | null} said
 * @property {EquationMessage[]} equations
 */

/**
 * To the derivation: its steps, the situation, and which steps are shown and how.
 *
 * @typedef {object} StepsMessage
 * @property {StepMessage[]} steps
 * @property {AboutMessage} about
 * @property {number[]} z
 * @property {number} temperature
 * @property {number} secant_step
 * @property {string} step
 * @property {string} reading
 * @property {boolean} all
 * @property {number | null} last_open
 * @property {boolean} controls
 * @property {number} ack
 */

/**
 * From the derivation: its step, the notation of the formulas, and whether all steps are shown.
 *
 * @typedef {object} StepsCommit
 * @property {number} seq
 * @property {string} step
 * @property {string} reading
 * @property {boolean} all
 */

/**
 * To the table of all derivatives.
 *
 * @typedef {object} TableMessage
 * @property {AboutMessage} about
 * @property {number[]} z
 * @property {number} temperature
 * @property {string} positive
 * @property {string} negative
 * @property {number} ack
 */

/**
 * From the table of all derivatives: the cell to derive.
 *
 * @typedef {object} TableCommit
 * @property {number} seq
 * @property {number} i
 * @property {number} j
 */

/**
 * To the loss: its target, and the raw outputs that gradient descent leads to, from those shown on.
 *
 * @typedef {object} LossMessage
 * @property {string[]} names
 * @property {string[]} colours
 * @property {number[]} z
 * @property {number} temperature
 * @property {number} i
 * @property {number} j
 * @property {number} true
 * @property {number[]} target
 * @property {string} loss
 * @property {number} scale
 * @property {number[][]} path
 * @property {number} taken
 * @property {string} end
 * @property {number} ack
 * @property {boolean} locked
 * @property {boolean} why
 * @property {string[]} shows
 */

/**
 * From the loss: steps of descent to take (-1 goes back to the start), whether the cancellation shows.
 *
 * @typedef {object} LossCommit
 * @property {number} seq
 * @property {number} [steps]
 * @property {boolean} [why]
 */

/**
 * The training ahead: the weights after the first step and every so many, as float32 in base 64.
 *
 * @typedef {object} StagesMessage
 * @property {number} first
 * @property {number} every
 * @property {string} weights
 */

/**
 * To the irises: flowers, network, the training ahead, and what was chosen.
 *
 * @typedef {object} IrisMessage
 * @property {number[][]} flowers
 * @property {string[]} names
 * @property {string[]} colours
 * @property {string} positive
 * @property {string} negative
 * @property {number[]} low
 * @property {number[]} range
 * @property {number} hidden
 * @property {number} rate
 * @property {number[]} weights
 * @property {number} seed
 * @property {number} trained
 * @property {number} total
 * @property {StagesMessage} stages
 * @property {number} petal
 * @property {number} sepal
 * @property {number | null} flower
 * @property {number[]} weight
 * @property {number} way
 * @property {string} chart
 * @property {string} only
 * @property {number} ack
 * @property {number[]} window
 * @property {string[]} paper
 * @property {LinkMessage} link
 */

/**
 * From the irises: what was chosen, moved or trained, and nothing else.
 *
 * @typedef {object} IrisCommit
 * @property {number} seq
 * @property {number} [flower]
 * @property {number[]} [at]
 * @property {string} [weight]
 * @property {number} [trained]
 * @property {number} [way]
 */

/**
 * To the temperature's slider.
 *
 * @typedef {object} TemperatureMessage
 * @property {number} temperature
 * @property {number} lowest
 * @property {number} highest
 * @property {number} ack
 * @property {boolean} locked
 */

/**
 * From the temperature's slider.
 *
 * @typedef {object} TemperatureCommit
 * @property {number} seq
 * @property {number} temperature
 */

/**
 * To the button that copies the link.
 *
 * @typedef {object} LinkPartMessage
 * @property {LinkMessage} link
 */

/**
 * To the part that leads a lesson: what it hides when nothing else was chosen. `scenes` says whether Python
 * turns to the next scene; other pages have steps in one of their parts. `leads` says whether arrow keys do
 * so outside presenter mode, too.
 *
 * @typedef {object} LessonPartMessage
 * @property {LinkMessage} link
 * @property {string[]} asks
 * @property {boolean} scenes
 * @property {boolean} leads
 * @property {number} ack
 */

/**
 * From the part that leads a lesson: what `LessonMessage` has, as texts with commas. `turn` is 1 for the next
 * scene and -1 for the one before; `start` goes back to the start, and `share` opens the dialog for
 * sharing.
 *
 * @typedef {object} LessonCommit
 * @property {number} seq
 * @property {boolean} present
 * @property {string} hide
 * @property {string} shown
 * @property {number} turn
 * @property {boolean} start
 * @property {boolean} share
 */

export {};
