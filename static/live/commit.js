// A commit is a change that a part tells Python. It is sent again until Python confirms it; until then,
// clicks on other controls wait their turn.

import { CONTROLS } from "./controls.js";
import { RUNNING } from "./streamlit.js";

const PATIENCE = 4000; // ms: longer than a healthy rerun takes; only silence tells of a lost connection
const BETWEEN = 1500; // ms between further attempts
const LONGEST_HOLD = 3000; // ms that a click waits

/**
 * @typedef {object} Unconfirmed
 * @property {Element} root The part that committed.
 * @property {Promise<void>} confirmed
 */

/** @type {Set<Unconfirmed>} */
const unconfirmed = new Set();
/** The controls on which a click is held back. @type {Set<EventTarget>} */
const held = new Set();

/**
 * Wait until Python is done with commits, but not for ever.
 *
 * @param {Unconfirmed[]} commits
 */
function allConfirmed(commits) {
  const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_HOLD));
  return Promise.race([Promise.all(commits.map(({ confirmed }) => confirmed)), longest]);
}

/**
 * Wait until Python is done with the commits of all other parts. What a key does must wait for them like a
 * click.
 *
 * @param {Element} root The part that waits.
 */
export const othersConfirmed = (root) =>
  allConfirmed([...unconfirmed].filter((commit) => commit.root !== root));

// A click on anything outside the part that has committed is held back until Python is done with the commit.
// Otherwise Streamlit (seen in 1.67) handles a drag and a quick click after it in one of these ways:
// - It starts one run for both, and only of the fragment that the first of them is in. What the second one
//   changes elsewhere is not drawn.
// - In that run, callbacks of its own controls come before those of components. Reset would count before the
//   drag.
// - A click that leads to another page drops what the old page has not sent yet.
// - The results of a run undo a change to a control that was made before they arrived.
// Handling commits before all other callbacks in Python would solve only the second of these problems.
document.addEventListener(
  "click",
  (event) => {
    const path = event.composedPath();
    const control = path.find((node) => node instanceof Element && node.matches(CONTROLS));
    const before = [...unconfirmed].filter(({ root }) => !path.includes(root));
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // a link opened in another tab
    // Only clicks by the user are held back. React Aria, which Streamlit builds on, makes a click of its own
    // if none followed a press: while one is held back on the same control, that is the same click.
    if (!control || !before.length || elsewhere || (!event.isTrusted && !held.has(control))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.isTrusted) return;
    held.add(control);
    allConfirmed(before).then(() => {
      held.delete(control);
      const again = { bubbles: true, cancelable: true, composed: true, view: window };
      path[0].dispatchEvent(new MouseEvent("click", again));
    });
  },
  true,
);

/** Wait for the next frame; a page that is hidden draws none. */
const frame = () =>
  new Promise((resolve) => (document.hidden ? setTimeout(resolve) : requestAnimationFrame(resolve)));

/** Wait until Python is done, and until what it drew is there: one frame later. */
export async function runIsOver() {
  do await frame();
  while (document.querySelector(RUNNING));
  await frame();
}

let sending = false;
/** What is sent next, one thing after the other. @type {(() => void)[]} */
const line = [];

/**
 * Send at once, or after what another part has just sent. Streamlit collects everything sent at the same
 * moment and runs only the fragment of the first part, so the other parts would get no answer.
 *
 * @param {() => void} send
 */
function sendInTurn(send) {
  if (sending) {
    line.push(send);
    return;
  }
  sending = true;
  // Streamlit collects messages until the next task, which it has already scheduled by then.
  queueMicrotask(() =>
    setTimeout(() => {
      sending = false;
      const next = line.shift();
      if (next) sendInTurn(next);
    }),
  );
  send();
}

let queue = Promise.resolve();

/**
 * Send what the user has not asked for, once nothing else is under way. A request for a whole run ends the run of
 * a fragment (seen in 1.67), even in the middle of the callback that takes a commit.
 *
 * @param {() => void} send
 */
export function sendAlone(send) {
  queue = queue
    .then(() => allConfirmed([...unconfirmed]))
    .then(runIsOver)
    .then(() => sendInTurn(send));
}

let askForWholeRun = () => {};

/**
 * Register a way to make Python run the whole page. Only a component outside every fragment can do that.
 *
 * @param {() => void} ask
 */
export function canAskForWholeRun(ask) {
  askForWholeRun = ask;
}

/** The parts whose commits are not confirmed. @type {Set<Pending>} */
const waiting = new Set();

/**
 * Ask Python to run the whole page, and send along what it has not confirmed.
 *
 * A server that was started again, or another one, ignores a commit that comes alone: it knows none of the page's
 * fragments before it has run the whole page. A second message after the run would take a slow network's time
 * once more. So both are one message; Streamlit collects what is sent at the same moment.
 *
 * @param {number} patience ms until the commits are sent again.
 */
function sendWithPage(patience) {
  sendInTurn(() => {
    askForWholeRun();
    for (const pending of waiting) pending.transmit(patience);
  });
}

/** Whether the connection was lost and Python has not run the whole page since. */
let isBack = false;

/**
 * Go on when the connection is back: let Python run the whole page, and send again what it has not confirmed.
 * Streamlit (seen in 1.67) asks for that run by itself only if another one was under way when the connection was
 * lost.
 */
export async function goOn() {
  isBack = true;
  await frame();
  if (waiting.size || !document.querySelector(RUNNING)) sendWithPage(PATIENCE);
}

/** Learn that Python has run the whole page. Commits that it has not confirmed by then were lost. */
export async function pageHasRun() {
  if (!isBack) return;
  isBack = false;
  await runIsOver();
  for (const pending of waiting) sendInTurn(() => pending.transmit(PATIENCE));
}

/**
 * The commits of one part. Each one takes the place of the one before it.
 *
 * @template {object} [C=object] What the part commits, without the number that is given to it here.
 */
export class Pending {
  /** The number of a commit that Python has not confirmed; 0 if it has confirmed all. */
  waiting = 0;
  /** The largest number that Python is known to have seen. */
  #seen = 0;
  #root;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(() => void) | undefined} */
  #confirm;
  /** What is waiting to be confirmed, with its number. */
  #commit = {};
  /** @type {(commit: object) => void} */
  #trigger = () => {};
  /** Whether Python's last message has confirmed what was sent last. */
  confirmed = false;

  /** @param {Element} root The part of the page that commits; clicks inside it are not held back. */
  constructor(root) {
    this.#root = root;
  }

  /**
   * Send a commit under a new number, and repeat it at intervals until Python confirms it.
   *
   * @param {C} payload
   */
  send(payload) {
    // The number must grow even if the clock has been set back. Python ignores an old number as a repeated
    // commit.
    const seq = Math.max(Date.now(), this.waiting + 1, this.#seen + 1);
    this.waiting = seq;
    waiting.add(this);
    this.#confirm?.();
    /** @type {Promise<void>} */
    const answered = new Promise((resolve) => {
      this.#confirm = resolve;
    });
    const confirmed = answered.then(runIsOver);
    const commit = { root: this.#root, confirmed };
    unconfirmed.add(commit);
    confirmed.then(() => unconfirmed.delete(commit));
    this.#commit = { seq, ...payload };
    sendInTurn(() => this.transmit(PATIENCE));
  }

  /**
   * Send what waits, and send it again with a request for the whole page if Python does not confirm it.
   *
   * @param {number} patience ms until then.
   */
  transmit(patience) {
    if (!this.waiting) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => sendWithPage(BETWEEN), patience);
    this.#trigger(this.#commit);
  }

  /**
   * Learn from Python's message which commits it has seen and how to send more.
   *
   * @param {import("./messages.js").Component<{ ack?: number }>} component
   */
  follow({ data, setTriggerValue }) {
    this.#trigger = (commit) => setTriggerValue("commit", commit);
    this.#seen = Math.max(this.#seen, data.ack ?? 0);
    this.confirmed = this.waiting > 0 && this.#seen >= this.waiting;
    if (this.confirmed) this.clear();
  }

  /** Stop waiting for an answer. */
  clear() {
    this.waiting = 0;
    waiting.delete(this);
    clearTimeout(this.#timer);
    this.#confirm?.();
  }
}
