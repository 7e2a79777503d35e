// What to look at in a preset, while the situation equals the preset; otherwise how to go back to it. Follows a drag.

import { el, write } from "../dom.js";
import { situation } from "../store.js";

/** @typedef {import("../guide_messages.js").NoteMessage} NoteMessage */

export class Part {
  #text = el("p", {});
  #changed = el("p", {}, "You have changed it since. Reset brings it back.");
  /** @type {NoteMessage | null} */
  #data = null;
  #forget = situation.effect(() => this.#show());

  /** @param {HTMLElement} root */
  constructor(root) {
    root.replaceChildren(this.#text, this.#changed);
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
    // Both keep their room, so that the slider below does not move away from the user's pointer.
    this.#text.style.visibility = same ? "" : "hidden";
    this.#changed.style.visibility = same ? "hidden" : "";
  }
}
