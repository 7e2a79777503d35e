// Tells when a hand rests, so that what cannot be seen catches up only then.

const PAUSE = 60; // ms without a move

export class Rest {
  #moved = 0; // when the hand moved last, in ms
  #moves = false; // whether it has moved since the last frame

  /** The hand has moved something. */
  move() {
    this.#moved = performance.now();
    this.#moves = true;
  }

  /**
   * Whether the hand rests; asked once in each frame. On a slow device a frame may take longer than the pause, while
   * the next move waits. The browser hands it over just before the next frame, so a frame in between must see no move.
   *
   * @param {number} now
   */
  inFrame(now) {
    const rests = !this.#moves && now - this.#moved >= PAUSE;
    this.#moves = false;
    return rests;
  }

  /** After how many ms it may rest. @param {number} now */
  wait(now) {
    return Math.max(0, this.#moved + PAUSE - now);
  }
}
