// The store: which effects run when, and with which values and source.

import assert from "node:assert/strict";
import { test } from "node:test";

import { read } from "../../static/live/math/softmax.js";
import { Store, situation } from "../../static/live/store.js";

/** @typedef {{ z: number, temperature: number }} Values */

/** A store of two values, with everything that its effect has received. */
function followed() {
  /** @type {Store<Values>} */
  const store = new Store(["z", "temperature"]);
  /** @type {[number, number, string][]} */
  const told = [];
  const stop = store.effect(({ z, temperature, source }) => told.push([z, temperature, source]));
  return { store, told, stop };
}

test("nothing is told before all required names are known", () => {
  const { store, told } = followed();
  store.take({ z: 1 });
  store.move({ z: 2 }, "hand");
  assert.equal(store.now, null);
  assert.deepEqual(told, []);
  store.take({ temperature: 5 });
  assert.deepEqual(told, [[2, 5, "python"]]);
});

test("an effect is told at once what is shown, and again after each change", () => {
  const { store } = followed();
  store.take({ z: 1, temperature: 5 });
  /** @type {number[]} */
  const told = [];
  store.effect(({ z }) => told.push(z));
  assert.deepEqual(told, [1]);
  store.move({ z: 2 }, "hand");
  store.take({ z: 3 });
  assert.deepEqual(told, [1, 2, 3]);
});

test("a change of one value leaves the others, and what was told before, as they were", () => {
  const { store } = followed();
  store.take({ z: 1, temperature: 5 });
  const before = store.now;
  store.move({ z: 2 }, "hand");
  assert.equal(store.now?.temperature, 5);
  assert.equal(before?.z, 1);
});

test("who made a change is told with it", () => {
  const { store, told } = followed();
  store.take({ z: 1, temperature: 5 });
  store.move({ z: 2 }, "hand");
  store.move({ z: 3 }, "play");
  store.take({ z: 4 });
  assert.deepEqual(
    told.map(([, , source]) => source),
    ["python", "hand", "play", "python"],
  );
});

test("a claim tells that a hand is there, once, though nothing has moved yet", () => {
  const { store, told } = followed();
  store.take({ z: 1, temperature: 5 });
  store.claim("z");
  store.claim("z");
  assert.deepEqual(told.slice(1), [[1, 5, "hand"]]);
});

test("Python does not overwrite what a hand has claimed, only the other values", () => {
  const { store } = followed();
  store.take({ z: 1, temperature: 5 });
  store.claim("z");
  store.move({ z: 2 }, "hand");
  store.take({ z: 3, temperature: 6 });
  assert.equal(store.now?.z, 2);
  assert.equal(store.now?.temperature, 6);
  assert.equal(store.now?.source, "hand");
});

test("Python counts again in what is settled, and in nothing else", () => {
  const { store } = followed();
  store.take({ z: 1, temperature: 5 });
  store.claim("z", "temperature");
  store.settle("z");
  store.take({ z: 3, temperature: 6 });
  assert.equal(store.now?.z, 3);
  assert.equal(store.now?.temperature, 5);
  assert.equal(store.now?.source, "hand");
  store.settle("temperature");
  store.take({ temperature: 6 });
  assert.equal(store.now?.temperature, 6);
  assert.equal(store.now?.source, "python");
});

test("a hand and a play may move what is claimed", () => {
  const { store } = followed();
  store.take({ z: 1, temperature: 5 });
  store.claim("z");
  store.move({ z: 2 }, "play");
  assert.equal(store.now?.z, 2);
});

test("a value is computed only when it is read, and once for each change", () => {
  let count = 0;
  /** @type {Store<Values, { warmth: number }>} */
  const store = new Store(["z", "temperature"], {
    warmth: ({ z, temperature }) => {
      count += 1;
      return z / temperature;
    },
  });
  store.effect(() => {});
  store.take({ z: 10, temperature: 5 });
  store.move({ z: 20 }, "hand");
  assert.equal(count, 0);
  assert.equal(store.now?.warmth, 4);
  assert.equal(store.now?.warmth, 4);
  assert.equal(count, 1);
  store.effect((now) => now.warmth);
  assert.equal(count, 1);
  store.move({ z: 30 }, "hand");
  assert.equal(store.now?.warmth, 6);
  assert.equal(count, 2);
});

test("an effect that is stopped hears nothing more, and the others still do", () => {
  const { store, told, stop } = followed();
  /** @type {number[]} */
  const other = [];
  store.effect(({ z }) => other.push(z));
  store.take({ z: 1, temperature: 5 });
  stop();
  store.move({ z: 2 }, "hand");
  assert.deepEqual(told, [[1, 5, "python"]]);
  assert.deepEqual(other, [1, 2]);
});

test("an effect that stops itself while it is told keeps none from hearing", () => {
  const { store } = followed();
  /** @type {number[]} */
  const told = [];
  const stop = store.effect(() => stop());
  store.effect(({ z }) => told.push(z));
  store.take({ z: 1, temperature: 5 });
  assert.deepEqual(told, [1]);
});

test("the situation of a page comes with its probabilities and its Jacobian", () => {
  const z = [1.43, -0.4, 0.23];
  situation.take({ z, temperature: 0.5, i: 0, j: 1 });
  assert.deepEqual(situation.now?.reading, read(z, 0.5));
});

test("with other classes nothing of a hand's stays, neither raw outputs nor the chosen cell", () => {
  /** @type {Store<{ z: number[], i: number }>} */
  const store = new Store(["z", "i"]);
  store.take({ z: [1, 2, 3], i: 0 });
  store.claim("z", "i");
  store.move({ z: [1, 2, 9], i: 2 }, "hand");
  store.take({ z: [1, 2, 4], i: 0 });
  assert.deepEqual([store.now?.z, store.now?.i], [[1, 2, 9], 2]);
  store.take({ z: [5, 6], i: 1 });
  assert.deepEqual([store.now?.z, store.now?.i, store.now?.source], [[5, 6], 1, "python"]);
  // The claim has ended as well.
  store.take({ z: [7, 8], i: 0 });
  assert.deepEqual([store.now?.z, store.now?.i], [[7, 8], 0]);
});
