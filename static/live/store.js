// What a page shows: values, what is computed from them once a change, and effects that follow every change.

import { read } from "./math/softmax.js";

/** @typedef {"python" | "hand" | "play"} Source Who changed a value last. */

/**
 * Values by name with their source; what is computed of them is worked out when it is first read.
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
   * @param {(keyof V)[]} names Nothing is shown before all of these are known.
   * @param {{ [K in keyof C]: (values: V) => C[K] }} [compute]
   */
  constructor(names, compute) {
    this.#names = names;
    this.#compute = compute;
  }

  /** What is shown now; null until all of it is known. */
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
   * Take values from Python, but for those that a hand is ahead in. With other classes nothing of the hand's
   * can stay: raw outputs and the chosen cell would be of classes that are not there.
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
   * A hand has taken hold of values: it stays ahead of Python in them until they are settled.
   *
   * @param {...keyof V} names
   */
  claim(...names) {
    for (const name of names) this.#claimed.add(name);
    // No value has changed: effects need to hear of it only if somebody else has moved the values last.
    if (this.#source !== "hand") this.#change({}, "hand");
  }

  /**
   * Python has caught up with the hand: what it says of these values next counts again.
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
 * @property {number} i The class whose probability is looked at.
 * @property {number} j The class whose raw output it is derived by.
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
 * Take a situation only where the one shown has other classes. Of the same classes the board tells, which
 * knows what a hand is ahead in; but it may get its message later.
 *
 * @param {Partial<Situation> & Pick<Situation, "z">} found
 */
export function takeOtherClasses(found) {
  if (situation.now?.z.length !== found.z.length) situation.take(found);
}
