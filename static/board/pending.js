// A commit that Python has not confirmed yet: it is kept, and sent again, until it is confirmed; what is clicked
// meanwhile waits its turn.

import { askForWholeRun, CONTROLS } from "./live.js";

// Longer than a healthy rerun takes; a lost connection is noticed by the silence.
const PATIENCE = 4000;
const BETWEEN = 1500;
const LONGEST_HOLD = 1500;

const unconfirmed = new Set();

// What reaches a busy Streamlit within one moment is taken together, and not in order: its own controls come
// before our components, and of a page that is left nothing comes at all. So a click on anything else is held
// back until Python knows what was done before it.
document.addEventListener(
  "click",
  (event) => {
    const path = event.composedPath();
    const before = [...unconfirmed].filter(({ root }) => !path.includes(root));
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // a link opened in another tab
    // A click that was held back is not a hand's own, and passes.
    if (!before.length || !event.isTrusted || elsewhere || !path.some((node) => node.matches?.(CONTROLS))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_HOLD));
    Promise.race([Promise.all(before.map(({ confirmed }) => confirmed)), longest]).then(() => {
      path[0].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, view: window }));
    });
  },
  true,
);

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
    if (!unconfirmed.has(this)) this.confirmed = new Promise((resolve) => { this.confirm = resolve; });
    unconfirmed.add(this);
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
    if (unconfirmed.delete(this)) this.confirm();
  }
}
