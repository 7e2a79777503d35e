// In the tour: offers to go on where this browser was last, remembers the scene, and tells a screen reader which
// scene is shown.

import { el, write } from "../dom.js";
import { MAIN } from "../streamlit.js";
import { lastScene, placeToGoOn, rememberScene } from "../navigation/tour.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../guide_messages.js").ResumeCommit, "seq">>} Commits */
/** @typedef {import("../guide_messages.js").ResumeMessage} ResumeMessage */

export class Part {
  #pending;
  /** The scene that is offered. */
  #offered = "";
  /** The scene that was shown last. */
  #shown = "";
  #open = el("button", { type: "button", class: "open" });
  #line = el("p", { class: "line", hidden: "" }, "You were in the tour before: ", this.#open);
  #spoken = el("p", { class: "screen-reader-text", role: "status" });

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   */
  constructor(root, pending) {
    this.#pending = pending;
    this.#open.onclick = () => this.#pending.send({ scene: this.#offered });
    root.replaceChildren(this.#line, this.#spoken);
  }

  /** @param {import("../messages.js").Component<ResumeMessage>} component */
  update({ data: { keys, titles, scene } }) {
    if (scene === this.#shown) return;
    const first = this.#shown === "";
    this.#shown = scene;
    const last = first ? placeToGoOn(keys, scene, lastScene()) : null;
    this.#line.hidden = last === null;
    if (last !== null) {
      this.#offered = keys[last];
      write(this.#open, `go on with ${last + 1}. ${titles[last]}`);
      // The place is forgotten only once the reader has begun again.
      return;
    }
    rememberScene(scene);
    if (first) return;
    // A reader who has scrolled down to the picture begins the next scene with its title.
    document.querySelector(MAIN)?.scrollTo({ top: 0 });
    const place = keys.indexOf(scene);
    write(this.#spoken, `Scene ${place + 1} of ${keys.length}: ${titles[place]}`);
  }

  stop() {}
}
