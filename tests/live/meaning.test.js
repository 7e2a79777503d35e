// What an entry of the gradient asks for, in words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { meaning } from "../../static/live/views/meaning.js";

test("for cross-entropy the push is the excess itself", () => {
  assert.equal(meaning(0.6842, 0.6842, false), "0.684 too much: push down");
  assert.equal(meaning(-0.8902, -0.8902, false), "0.890 too little: push up");
  assert.equal(meaning(-0.8902, -17.8, false), "0.890 too little: push up");
  assert.equal(meaning(4e-4, 4e-4, false), "just right");
  assert.equal(meaning(0, 0, false), "just right");
});

test("for squared error the Jacobian makes another push of it", () => {
  assert.equal(meaning(0.684, 0.186, true), "0.684 too much; the Jacobian leaves +0.186: push down");
  assert.equal(meaning(-0.89, -0.143, true), "0.890 too little; the Jacobian leaves −0.143: push up");
  assert.equal(meaning(0.206, -0.043, true), "0.206 too much; the Jacobian turns it into −0.043: push up");
  assert.equal(meaning(-1, -3e-4, true), "1.000 too little; the Jacobian leaves −3e−4: hardly a push");
  assert.equal(meaning(1e-5, -0.02, true), "just right; the Jacobian makes it −0.020: push up");
  assert.equal(meaning(1e-5, -1e-9, true), "just right");
});
