// What to look at in a preset. The note is shown only while the situation equals the preset, even during a
// drag.

import { el, write } from "../dom.js";
import { situation } from "../store.js";

/** @typedef {import("../guide_messages.js").NoteMessage} NoteMessage */

export class Part {
  #text = el("p", {});
  /** @type {NoteMessage | null} */
  #data = null;
  #forget = situation.effect(() => this.#show());

  /** @param {HTMLElement} root */
  constructor(root) {
    root.replaceChildren(this.#text);
  }

  stop() {
    this.#forget();
  }

  /** @param {import("../messages.js").Component<NoteMessage>} component */
  update({ data }) {
    this.#data = data;
    write(this.#text, data.note);
    this.#show();
  }

  #show() {
    const { now } = situation;
    if (!now || !this.#data) return;
    const { z, temperature, i, j } = this.#data;
    const same =
      now.z.length === z.length &&
      now.z.every((value, k) => value === z[k]) &&
      now.temperature === temperature &&
      now.i === i &&
      now.j === j;
    // The hidden note keeps its room, so that the slider below it does not move away from the user's pointer.
    this.#text.style.visibility = same ? "" : "hidden";
  }
}
