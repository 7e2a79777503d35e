// A commit that Python has not confirmed yet: it is kept, and sent again, until it is confirmed.

import { askForWholeRun } from "./live.js";

// Longer than a healthy rerun takes; a lost connection is noticed by the silence.
const PATIENCE = 4000;
const BETWEEN = 1500;

export class Pending {
  constructor() {
    this.waiting = 0;
    this.timer = 0;
  }

  /** Send with a fresh number; `transmit(seq)` is called again, now and then, if no answer comes. */
  send(transmit) {
    const seq = Math.max(Date.now(), this.waiting + 1);
    this.waiting = seq;
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
  }
}
