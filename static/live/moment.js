// Remembers where everything was when the hand took hold of a bar: until a moment after the release, or for as
// long as it is pinned.

const LINGER = 5000; // ms for which a change can still be seen and read after the release

/**
 * A raw output that is being moved, and all raw outputs as they were when it was taken.
 *
 * @typedef {{ k: number, z: readonly number[] }} Taken
 */

export class Moment {
  /** The raw outputs that stay the reference for further moves; empty if none do. @type {readonly number[]} */
  pinned = [];
  /** The raw output taken last. @type {Taken | null} */
  taken = null;
  /** The raw outputs at the first hold. @type {readonly number[] | null} */
  #from = null;
  #held = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #over;

  /** @param {() => void} over Called when the moment after a release is over. */
  constructor(over) {
    this.#over = over;
  }

  /** The raw outputs that the present ones are compared with, if any. */
  get reference() {
    return this.pinned.length ? this.pinned : this.#from;
  }

  /**
   * A bar is taken.
   *
   * @param {number} k
   * @param {readonly number[]} z All raw outputs.
   */
  grab(k, z) {
    clearTimeout(this.#timer);
    if (!this.#held.size) this.#from = z;
    this.#held.add(k);
    this.taken = { k, z };
  }

  /**
   * A bar is let go.
   *
   * @param {number} k
   * @param {readonly number[]} z All raw outputs.
   */
  release(k, z) {
    if (!this.#held.delete(k) || this.#held.size) return;
    if (z.every((value, at) => value === this.#from?.[at])) this.end();
    else this.#linger();
  }

  /**
   * A raw output is set at once, by a typed number or a double-click.
   *
   * @param {number} k
   * @param {readonly number[]} z All raw outputs before.
   */
  jump(k, z) {
    if (this.#held.size) return;
    this.#from = z;
    this.taken = { k, z };
    this.#linger();
  }

  /**
   * Pin the reference, or let go of it.
   *
   * @param {readonly number[]} z All raw outputs, in case that nothing is compared now.
   */
  togglePin(z) {
    this.pinned = this.pinned.length ? [] : (this.#from ?? z);
  }

  /** Forget what was before, because something else has changed the raw outputs. */
  end() {
    clearTimeout(this.#timer);
    this.#held.clear();
    this.#from = null;
    this.taken = null;
  }

  #linger() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.end();
      this.#over();
    }, LINGER);
  }
}
