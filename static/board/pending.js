// A commit that Python has not confirmed yet: it is kept, and sent again, until it is confirmed; what is clicked
// meanwhile waits its turn.

import { askForWholeRun, CONTROLS } from "./live.js";

// Longer than a healthy rerun takes; a lost connection is noticed by the silence.
const PATIENCE = 4000;
const BETWEEN = 1500;
const LONGEST_HOLD = 3000;

const unconfirmed = new Set();
const held = new Set();
const released = new WeakSet();

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
    if (!control || !before.length || elsewhere || released.has(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // React Aria, which Streamlit builds on, clicks once more by itself when a press was not followed by a click.
    if (held.has(control) && !event.isTrusted) return;
    held.add(control);
    const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_HOLD));
    Promise.race([Promise.all(before.map(({ confirmed }) => confirmed)), longest]).then(() => {
      held.delete(control);
      const again = new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, view: window });
      released.add(again);
      path[0].dispatchEvent(again);
    });
  },
  true,
);

// Streamlit writes into the page whether Python runs; what it drew is there one frame later.
const BUSY = '[data-test-script-state="running"], [data-test-script-state="rerunRequested"]';
const frame = () => new Promise(requestAnimationFrame);

async function runIsOver() {
  do await frame(); while (document.querySelector(BUSY));
  await frame();
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
    const commit = { root: this.root, confirmed: new Promise((resolve) => { this.confirm = resolve; }).then(runIsOver) };
    unconfirmed.add(commit);
    commit.confirmed.then(() => unconfirmed.delete(commit));
    const attempt = (count) => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => attempt(count + 1), count ? BETWEEN : PATIENCE);
      // A server that has restarted knows this part of the page only after it ran the whole page again.
      if (count % 2) askForWholeRun();
      else transmit(seq);
    };
    attempt(0);
  }

  /** Python has seen everything up to `seq`. */
  arrived(seq) {
    if (this.waiting && seq >= this.waiting) this.clear();
  }

  clear() {
    this.waiting = 0;
    clearTimeout(this.timer);
    this.confirm?.();
  }
}
