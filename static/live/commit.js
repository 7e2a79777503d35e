// A commit that Python has not confirmed yet: it is kept, and sent again, until it is confirmed; what is clicked
// meanwhile waits its turn.

import { CONTROLS } from "./controls.js";

// Longer than a healthy rerun takes; a lost connection is noticed by the silence.
const PATIENCE = 4000;
const BETWEEN = 1500;
const LONGEST_HOLD = 3000;

const unconfirmed = new Set();
const held = new Set();

// What reaches a busy Streamlit within one moment is taken together, and not in order: its own controls come
// before our components, and of a page that is left nothing comes at all. And while a run's news arrive, they
// put back what a control was set to meanwhile. So a click on anything else is held back until that is over.
document.addEventListener(
  "click",
  (event) => {
    const path = event.composedPath();
    const control = path.find((node) => node.matches?.(CONTROLS));
    const before = [...unconfirmed].filter(({ root }) => !path.includes(root));
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // a link opened in another tab
    // Only a hand's clicks are held. React Aria, which Streamlit builds on, clicks by itself where a press was not
    // followed by one: while that one is held, this is the same click.
    if (!control || !before.length || elsewhere || (!event.isTrusted && !held.has(control))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.isTrusted) return;
    held.add(control);
    const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_HOLD));
    Promise.race([Promise.all(before.map(({ confirmed }) => confirmed)), longest]).then(() => {
      held.delete(control);
      const again = { bubbles: true, cancelable: true, composed: true, view: window };
      path[0].dispatchEvent(new MouseEvent("click", again));
    });
  },
  true,
);

// Streamlit writes into the page whether Python runs; what it drew is there one frame later.
const BUSY = '[data-test-script-state="running"], [data-test-script-state="rerunRequested"]';
// A page that is hidden draws no frames.
const frame = () =>
  new Promise((resolve) => (document.hidden ? setTimeout(resolve) : requestAnimationFrame(resolve)));

/** Wait until Python is done and what it drew is there. */
export async function runIsOver() {
  do await frame();
  while (document.querySelector(BUSY));
  await frame();
}

let queue = Promise.resolve();

/**
 * Send what no hand has asked for once nothing else is under way: Streamlit takes what arrives within one moment for
 * news of one and the same fragment.
 */
export function sendAlone(send) {
  queue = queue.then(runIsOver).then(send);
}

let askForWholeRun = () => {};

/**
 * Name who can make Python run the whole page: a component outside every fragment.
 *
 * @param {() => void} ask
 */
export function canAskForWholeRun(ask) {
  askForWholeRun = ask;
}

export class Pending {
  /** `root` is the part of the page that commits; clicks inside it are its own affair. */
  constructor(root) {
    this.root = root;
    this.waiting = 0;
    this.timer = 0;
  }

  /** Send with a fresh number; `transmit(seq)` is called again, now and then, if no answer comes. */
  send(transmit) {
    const seq = Math.max(Date.now(), this.waiting + 1);
    this.waiting = seq;
    this.confirm?.();
    const confirmed = new Promise((resolve) => {
      this.confirm = resolve;
    }).then(runIsOver);
    const commit = { root: this.root, confirmed };
    unconfirmed.add(commit);
    confirmed.then(() => unconfirmed.delete(commit));
    const attempt = (count) => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => attempt(count + 1), count ? BETWEEN : PATIENCE);
      // A server that has restarted knows this part of the page only after it ran the whole page again.
      if (count % 2) askForWholeRun();
      else transmit(seq);
    };
    attempt(0);
  }

  /** Python has seen everything up to `seq`. Returns whether that confirms what was sent last. */
  arrived(seq) {
    const confirms = this.waiting > 0 && seq >= this.waiting;
    if (confirms) this.clear();
    return confirms;
  }

  clear() {
    this.waiting = 0;
    clearTimeout(this.timer);
    this.confirm?.();
  }
}
