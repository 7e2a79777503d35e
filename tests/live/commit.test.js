// Commits of parts are numbered, sent one after the other, and sent again until Python confirms them.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { stopped } from "./clock.js";

/** @typedef {typeof import("../../static/live/commit.js")} Commit */

/** @type {Commit} */
let commit;

before(async () => {
  const page = { addEventListener: () => {}, querySelector: () => null, hidden: true };
  Object.assign(globalThis, { document: page });
  commit = await import("../../static/live/commit.js");
});

/**
 * A part's pending commits, and a function that sends it a message from Python.
 *
 * @param {import("node:test").TestContext} context
 * @param {string[]} sent What it sends.
 */
function part(context, sent, name = "part") {
  const pending = new commit.Pending(/** @type {Element} */ ({}));
  // Otherwise a failed test would send its commit again for ever.
  context.after(() => pending.clear());
  /** @param {number} [ack] */
  const hear = (ack) => {
    const setTriggerValue = (/** @type {string} */ kind, /** @type {any} */ value) =>
      sent.push(`${name} ${kind} ${value.z}`);
    pending.follow(/** @type {any} */ ({ data: { ack }, setTriggerValue }));
  };
  hear(0);
  return { pending, hear };
}

/** Let everything happen that was scheduled, and what that schedules: on a busy machine one wait is not enough. */
async function nextTask() {
  for (let k = 0; k < 10; k += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}

/**
 * Wait for many promises that follow each other; one wait lets only some of them settle.
 *
 * @param {(ms: number) => Promise<void>} wait
 */
async function settled(wait) {
  for (let k = 0; k < 8; k += 1) await wait(20);
}

test("a commit waits until its own number is confirmed", (context) => {
  const { pending, hear } = part(context, []);
  pending.send({ z: 1 });
  const first = pending.waiting;
  pending.send({ z: 2 });
  assert.ok(pending.waiting > first);
  hear(first);
  assert.ok(pending.waiting > 0);
  assert.equal(pending.confirmed, false);
  hear(pending.waiting);
  assert.equal(pending.waiting, 0);
  assert.equal(pending.confirmed, true);
  hear();
  assert.equal(pending.confirmed, false);
});

test("a number is larger than all that Python has seen, also when the clock was set back", async (context) => {
  await nextTask();
  const { pending, hear } = part(context, []);
  const later = Date.now() + 1_000_000;
  hear(later);
  pending.send({ z: 1 });
  assert.ok(pending.waiting > later);
});

test("parts that commit in one moment send one after the other", async (context) => {
  await nextTask();
  /** @type {string[]} */
  const sent = [];
  const [one, other] = [part(context, sent, "one"), part(context, sent, "other")];
  one.pending.send({ z: 1 });
  other.pending.send({ z: 2 });
  assert.deepEqual(sent, ["one commit 1"]);
  await nextTask();
  assert.deepEqual(sent, ["one commit 1", "other commit 2"]);
});

test("what Python does not confirm is sent again, along with a request for the whole page", async (context) => {
  await nextTask();
  const wait = stopped(context);
  /** @type {string[]} */
  const sent = [];
  commit.canAskForWholeRun(() => sent.push("whole page"));
  const { pending, hear } = part(context, sent);
  pending.send({ z: 7 });
  await wait(3900);
  assert.deepEqual(sent, ["part commit 7"]);
  await wait(200);
  assert.deepEqual(sent, ["part commit 7", "whole page", "part commit 7"]);
  await wait(1500);
  assert.deepEqual(sent.slice(3), ["whole page", "part commit 7"]);
  hear(pending.waiting);
  await wait(20_000);
  assert.equal(sent.length, 5);
});

test("what the user has not asked for waits until commits are confirmed", async (context) => {
  await nextTask();
  const wait = stopped(context);
  /** @type {string[]} */
  const sent = [];
  const { pending, hear } = part(context, sent);
  pending.send({ z: 1 });
  await wait(100);
  commit.sendAlone(() => sent.push("alone"));
  await wait(1000);
  assert.deepEqual(sent, ["part commit 1"]);
  hear(pending.waiting);
  await settled(wait);
  assert.deepEqual(sent, ["part commit 1", "alone"]);
});

test("when the connection is back, Python runs the page and gets all that it has not confirmed", async (context) => {
  await nextTask();
  const wait = stopped(context);
  /** @type {string[]} */
  const sent = [];
  commit.canAskForWholeRun(() => sent.push("whole page"));
  const [one, other] = [part(context, sent, "one"), part(context, sent, "other")];
  one.pending.send({ z: 1 });
  other.pending.send({ z: 2 });
  await wait(100);
  sent.length = 0;
  commit.goOn();
  await settled(wait);
  assert.deepEqual(sent, ["whole page", "one commit 1", "other commit 2"]);
  other.hear(other.pending.waiting);
  commit.pageHasRun();
  await settled(wait);
  assert.deepEqual(sent.slice(3), ["one commit 1"]);
  commit.pageHasRun();
  await settled(wait);
  assert.equal(sent.length, 4);
  one.hear(one.pending.waiting);
  sent.length = 0;
  commit.goOn();
  commit.pageHasRun();
  await wait(20_000);
  assert.deepEqual(sent, ["whole page"]);
});

test("when the connection is back, a run that Streamlit asks for is enough if all is confirmed", async (context) => {
  await nextTask();
  const wait = stopped(context);
  /** @type {string[]} */
  const sent = [];
  commit.canAskForWholeRun(() => sent.push("whole page"));
  const { pending, hear } = part(context, sent);
  context.mock.method(document, "querySelector", () => ({}));
  commit.goOn();
  await settled(wait);
  assert.deepEqual(sent, []);
  pending.send({ z: 1 });
  await wait(100);
  commit.goOn();
  await settled(wait);
  assert.deepEqual(sent, ["part commit 1", "whole page", "part commit 1"]);
  hear(pending.waiting);
});
