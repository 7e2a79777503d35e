// A clock that stands still until the test moves it. Node's own mock clock is still experimental.

/**
 * Take the place of `setTimeout` and `Date.now` while a test runs.
 *
 * @param {import("node:test").TestContext} context
 * @returns {(ms: number) => Promise<void>} lets time pass
 */
export function stopped(context) {
  let now = Date.now();
  let last = 0;
  /** @type {Map<number, { at: number, call: () => void }>} */
  const waiting = new Map();
  const real = { setTimeout, clearTimeout, Date };
  context.after(() => Object.assign(globalThis, real));
  Object.assign(globalThis, {
    setTimeout: (/** @type {() => void} */ call, ms = 0) => {
      last += 1;
      waiting.set(last, { at: now + ms, call });
      return last;
    },
    clearTimeout: (/** @type {number} */ key) => waiting.delete(key),
    Date: class extends Date {
      static now() {
        return now;
      }
    },
  });
  return async (ms) => {
    const end = now + ms;
    for (;;) {
      // Promises that are already settled run before the next timer.
      for (let k = 0; k < 5; k += 1) await null;
      const [next] = [...waiting].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      const [key, { at, call }] = next;
      waiting.delete(key);
      now = at;
      call();
    }
    now = end;
  };
}
