// A page reports about its browser once, again only if Python does not answer, and no more once it has.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { stopped } from "./clock.js";

const WINDOW = { innerWidth: 1400, innerHeight: 900 };
/** What listens to the events of the window. @type {Map<string, () => void>} */
const listeners = new Map();

/** @type {typeof import("../../static/live/page.js")} */
let page;

before(async () => {
  const canvas = { getContext: () => null };
  const document = {
    addEventListener: () => {},
    querySelector: () => null,
    createElement: () => canvas,
    // The style sheet for paper is there.
    getElementById: () => canvas,
    hidden: true,
  };
  /** @param {string} name @param {() => void} listen */
  const addEventListener = (name, listen) => listeners.set(name, listen);
  Object.assign(globalThis, { document, addEventListener, window: WINDOW, ...WINDOW });
  page = await import("../../static/live/page.js");
  // Both modules are loaded before the clock stands still.
  await Promise.all([import("../../static/live/browser.js"), import("../../static/live/print.js")]);
});

/** @type {import("../../static/live/messages.js").BrowserCommit[]} */
let reports = [];
/** The page is drawn by Python, which knows this size. @param {number[]} size */
const draw = (...size) =>
  page.servePage({ paper: () => null, window: size, tellBrowser: (found) => reports.push(found) });

/** @param {(ms: number) => Promise<void>} wait @param {number} ms */
async function settled(wait, ms) {
  for (let k = 0; k < 20; k += 1) await new Promise((resolve) => setImmediate(resolve));
  for (let k = 0; k < 10; k += 1) await wait(ms / 10);
}

test("a report is made once, again after a while without an answer, and no more after the answer", async (context) => {
  reports = [];
  const wait = stopped(context);
  // Drawn twice before the report is sent, and again while Python answers it.
  draw();
  draw();
  await settled(wait, 200);
  draw();
  await settled(wait, 200);
  assert.deepEqual(reports, [{ webgl: "none", width: 1400, height: 900 }]);
  await settled(wait, 5000);
  assert.equal(reports.length, 2);
  draw(1400, 900);
  await settled(wait, 20_000);
  assert.equal(reports.length, 2);
});

test("another size of the window is told, but not the height of a touch screen", async (context) => {
  const wait = stopped(context);
  let touch = false;
  /** @type {(() => void) | undefined} */
  let resized;
  Object.assign(globalThis, { matchMedia: () => ({ matches: touch }) });
  /** @param {number} width @param {number} height */
  const resize = async (width, height) => {
    Object.assign(globalThis, { innerWidth: width, innerHeight: height });
    assert.ok(resized);
    resized();
    await settled(wait, 1000);
    const told = reports.map((report) => [report.width, report.height]);
    reports = [];
    for (const at of told) draw(...at);
    return told;
  };
  reports = [];
  draw(1400, 900);
  resized = listeners.get("resize");
  assert.deepEqual(await resize(1400, 700), [[1400, 700]]);
  assert.deepEqual(await resize(1000, 700), [[1000, 700]]);
  touch = true;
  assert.deepEqual(await resize(1000, 400), []);
  assert.deepEqual(await resize(700, 1000), [[700, 1000]]);
  assert.deepEqual(await resize(700, 1000), []);
});

test("after Back, a report of another size waits until Python has drawn what Back led to", async (context) => {
  const wait = stopped(context);
  reports = [];
  draw(700, 1000);
  Object.assign(globalThis, { innerWidth: 1400, innerHeight: 900 });
  listeners.get("resize")?.();
  await settled(wait, 200);
  listeners.get("popstate")?.();
  await settled(wait, 500);
  // Python's run for Back draws the page, and knows the old size.
  draw(700, 1000);
  await settled(wait, 400);
  assert.deepEqual(reports, []);
  await settled(wait, 200);
  assert.deepEqual(reports, [{ webgl: "none", width: 1400, height: 900 }]);
});
