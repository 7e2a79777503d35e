// On a slow device, what takes long to show follows a drag a few times a second, so that what is shown at once
// follows every move.

const SLOW = 22; // ms that a frame may take in which everything is shown
const TIMES = 4; // as long as such a frame took, the next one waits: the others get three quarters of the time
const LONGEST = 150; // ms
const PAUSE = 50; // ms without a move, after which everything is shown

export class Pace {
  #showAll;
  #apart = 0; // ms from one such frame to the next; 0 on a device that shows everything in time
  #shown = Number.NEGATIVE_INFINITY; // when everything was shown last, in ms
  #moved = 0; // when the hand moved last
  #behind = false;
  #request = 0;
  #whole = false; // whether everything has been shown since the last frame began
  #judged = 0; // when the last frame began, if it shows everything

  /** @param {() => void} showAll Shows everything, also what had to wait. */
  constructor(showAll) {
    this.#showAll = showAll;
  }

  /** The hand has moved something. Whether the rest has to wait; otherwise it is shown now. */
  waits() {
    this.#moved = performance.now();
    this.#behind = this.#moved - this.#shown < this.#apart;
    if (!this.#behind) this.#mark(this.#moved);
    this.#request ||= requestAnimationFrame(() => this.#look());
    return this.#behind;
  }

  /** Everything has been shown for another reason. */
  settle() {
    this.#behind = false;
  }

  stop() {
    cancelAnimationFrame(this.#request);
  }

  /** Everything is shown now. @param {number} now */
  #mark(now) {
    this.#shown = now;
    this.#whole = true;
  }

  #look() {
    const now = performance.now();
    if (this.#judged) {
      const took = now - this.#judged;
      this.#apart = took > SLOW ? Math.min(LONGEST, TIMES * took) : 0;
    }
    if (this.#behind && (now - this.#shown >= this.#apart || now - this.#moved >= PAUSE)) {
      this.#behind = false;
      this.#mark(now);
      this.#showAll();
    }
    this.#judged = this.#whole ? now : 0;
    this.#whole = false;
    const goesOn = this.#behind || this.#judged;
    this.#request = goesOn ? requestAnimationFrame(() => this.#look()) : 0;
  }
}
