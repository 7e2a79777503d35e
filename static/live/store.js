// Holds what a page shows: values, what is computed from them once per change, and effects that follow
// changes.

import { read } from "./math/softmax.js";

/** @typedef {"python" | "hand" | "play"} Source Who changed a value last; "hand" is the user. */

/**
 * Values by name with their source. Computed values are computed when they are first read.
 *
 * @template {object} V
 * @template {object} C
 * @typedef {Readonly<V> & Readonly<C> & { readonly source: Source }} Now
 */

/**
 * @template {object} V The values.
 * @template {object} [C={}] What is computed from them.
 */
export class Store {
  /** @type {Partial<V>} */
  #values = {};
  /** @type {Source} */
  #source = "python";
  /** @type {Now<V, C> | null} */
  #now = null;
  /** @type {Set<(now: Now<V, C>) => void>} */
  #effects = new Set();
  /** @type {Set<keyof V>} */
  #claimed = new Set();
  #names;
  #compute;

  /**
   * @param {(keyof V)[]} names The values; nothing is shown before all of them are known.
   * @param {{ [K in keyof C]: (values: V) => C[K] }} [compute]
   */
  constructor(names, compute) {
    this.#names = names;
    this.#compute = compute;
  }

  /** What is shown now; null until all values are known. */
  get now() {
    return this.#now;
  }

  /**
   * Follow every change, beginning with what is shown now.
   *
   * @param {(now: Now<V, C>) => void} follow
   * @returns {() => void} how to stop
   */
  effect(follow) {
    this.#effects.add(follow);
    if (this.#now) follow(this.#now);
    return () => this.#effects.delete(follow);
  }

  /**
   * Take values from Python, except those in which the user is ahead. If the classes differ, all values are
   * taken: the user's raw outputs and chosen cell belong to classes that no longer exist.
   *
   * @param {Partial<V>} values
   */
  take(values) {
    if (this.#hasOtherClasses(values)) this.#claimed.clear();
    const entries = Object.entries(values).filter(
      ([name]) => !this.#claimed.has(/** @type {keyof V} */ (name)),
    );
    this.#change(Object.fromEntries(entries), this.#claimed.size ? this.#source : "python");
  }

  /**
   * Show values ahead of Python.
   *
   * @param {Partial<V>} values
   * @param {"hand" | "play"} source
   */
  move(values, source) {
    this.#change(values, source);
  }

  /**
   * The user has started to change values, and stays ahead of Python in them until they are settled.
   *
   * @param {...keyof V} names
   */
  claim(...names) {
    for (const name of names) this.#claimed.add(name);
    // No value has changed. Effects need to run only if the source of the last change was not the user.
    if (this.#source !== "hand") this.#change({}, "hand");
  }

  /**
   * Python has caught up with the user, so its next values for these names count again.
   *
   * @param {...keyof V} names
   */
  settle(...names) {
    for (const name of names) this.#claimed.delete(name);
  }

  /** @param {Partial<V>} values */
  #hasOtherClasses(values) {
    return Object.entries(values).some(([name, value]) => {
      const own = this.#values[/** @type {keyof V} */ (name)];
      return Array.isArray(value) && Array.isArray(own) && value.length !== own.length;
    });
  }

  /**
   * @param {object} values
   * @param {Source} source
   */
  #change(values, source) {
    this.#values = { ...this.#values, ...values };
    this.#source = source;
    if (!this.#names.every((name) => name in this.#values)) return;
    const now = { ...this.#values, source };
    for (const [name, compute] of Object.entries(this.#compute ?? {})) {
      /** @type {unknown} */
      let found;
      Object.defineProperty(now, name, {
        get: () => (found ??= /** @type {Function} */ (compute)(now)),
        configurable: true,
      });
    }
    this.#now = /** @type {Now<V, C>} */ (now);
    for (const follow of [...this.#effects]) follow(this.#now);
  }
}

/**
 * @typedef {object} Situation
 * @property {readonly number[]} z Raw outputs.
 * @property {number} temperature
 * @property {number} i The class whose probability is differentiated.
 * @property {number} j The class of the raw output with respect to which it is differentiated.
 */

/** @typedef {{ reading: import("./math/softmax.js").Reading }} Computed */

/** @typedef {Now<Situation, Computed>} Shown */

/**
 * The situation of the page that is open.
 *
 * @type {Store<Situation, Computed>}
 */
export const situation = new Store(["z", "temperature", "i", "j"], {
  reading: ({ z, temperature }) => read(z, temperature),
});

/**
 * Take a situation only if its classes differ from those shown. If they are the same, the board takes it,
 * because the board knows in which values the user is ahead; but its message may arrive later.
 *
 * @param {Partial<Situation> & Pick<Situation, "z">} found
 */
export function takeOtherClasses(found) {
  if (situation.now?.z.length !== found.z.length) situation.take(found);
}
