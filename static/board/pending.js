// A commit that Python has not confirmed yet: it is kept, and sent again, until it is confirmed.

// Longer than a healthy rerun takes; a lost connection is noticed by the silence.
const PATIENCE = 4000;

export class Pending {
  constructor() {
    this.waiting = 0;
    this.timer = 0;
  }

  /** Send with a fresh number; `transmit(seq)` may be called again if no answer comes. */
  send(transmit) {
    const seq = Math.max(Date.now(), this.waiting + 1);
    this.waiting = seq;
    const attempt = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(attempt, PATIENCE);
      transmit(seq);
    };
    attempt();
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
