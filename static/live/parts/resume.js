// In the tour: offers to go on where this browser was last, remembers the scene, and tells a screen reader which
// scene is shown.

import { el, write } from "../dom.js";
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
    const place = first ? placeToGoOn(keys, scene, lastScene()) : null;
    this.#line.hidden = place === null;
    if (place !== null) {
      this.#offered = keys[place];
      write(this.#open, `go on with ${place + 1}. ${titles[place]}`);
      // The place is forgotten only once the reader has begun again.
      return;
    }
    rememberScene(scene);
    if (!first)
      write(
        this.#spoken,
        `Scene ${keys.indexOf(scene) + 1} of ${keys.length}: ${titles[keys.indexOf(scene)]}`,
      );
  }

  stop() {}
}
