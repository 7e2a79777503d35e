// A page reports about its browser once, again only if Python does not answer, and no more once it has.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { stopped } from "./clock.js";

const WINDOW = { innerWidth: 1400, innerHeight: 900 };

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
  Object.assign(globalThis, { document, window: WINDOW, ...WINDOW });
  page = await import("../../static/live/page.js");
  // Both modules are loaded before the clock stands still.
  await Promise.all([import("../../static/live/browser.js"), import("../../static/live/print.js")]);
});

test("a report is made once, again after a while without an answer, and no more after the answer", async (context) => {
  /** @type {import("../../static/live/messages.js").BrowserCommit[]} */
  const reports = [];
  /** @param {number[]} size */
  const draw = (...size) =>
    page.servePage({ paper: () => null, window: size, tellBrowser: (found) => reports.push(found) });
  const wait = stopped(context);
  const settled = async (/** @type {number} */ ms) => {
    for (let k = 0; k < 20; k += 1) await new Promise((resolve) => setImmediate(resolve));
    for (let k = 0; k < 10; k += 1) await wait(ms / 10);
  };
  // Drawn twice before the report is sent, and again while Python answers it.
  draw();
  draw();
  await settled(200);
  draw();
  await settled(200);
  assert.deepEqual(reports, [{ webgl: "none", width: 1400, height: 900 }]);
  await settled(5000);
  assert.equal(reports.length, 2);
  draw(1400, 900);
  await settled(20_000);
  assert.equal(reports.length, 2);
});
