// What to look at in a preset: shown while the situation is the preset's own, also while a hand moves it.

import { el, write } from "../dom.js";
import { situation } from "../store.js";

export class Part {
  constructor(root) {
    this.text = el("p", {});
    root.replaceChildren(this.text);
    this.forget = situation.effect(() => this.#show());
  }

  stop() {
    this.forget();
  }

  update({ data }) {
    this.data = data;
    write(this.text, data.note);
    this.#show();
  }

  #show() {
    const { now } = situation;
    if (!now || !this.data) return;
    const { z, temperature, i, j } = this.data;
    const same =
      now.z.length === z.length &&
      now.z.every((value, k) => value === z[k]) &&
      now.temperature === temperature &&
      now.i === i &&
      now.j === j;
    // Its room is kept: the slider below it must not move away from the hand that moves it.
    this.text.style.visibility = same ? "" : "hidden";
  }
}
