// Offers the tour in one quiet line: to begin it, or to go on where this browser was last. In the tour itself it
// remembers the scene, and tells a screen reader which one is shown.

import { el, write } from "../dom.js";
import { been, offered, remember } from "../navigation/tour.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../guide_messages.js").OfferCommit, "seq">>} Commits */
/** @typedef {import("../guide_messages.js").OfferMessage} OfferMessage */

export class Part {
  #pending;
  /** @type {OfferMessage | null} */
  #data = null;
  /** The scene that is offered. */
  #offered = "";
  /** The scene that was shown last. @type {string | null} */
  #shown = null;
  #said = el("span");
  #open = el("button", { type: "button", class: "open" });
  #close = el("button", { type: "button", class: "close", "aria-label": "Do not offer the tour again" }, "×");
  #line = el("p", { class: "line", hidden: "" }, this.#said, " ", this.#open, this.#close);
  #spoken = el("p", { class: "screen-reader-text", role: "status" });

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   */
  constructor(root, pending) {
    this.#pending = pending;
    this.#open.onclick = () => this.#pending.send({ scene: this.#offered });
    this.#close.onclick = () => {
      remember({ declined: true });
      this.#line.hidden = true;
    };
    root.replaceChildren(this.#line, this.#spoken);
  }

  /** @param {import("../messages.js").Component<OfferMessage>} component */
  update({ data }) {
    this.#data = data;
    const { keys, titles, scene } = data;
    if (scene !== null && scene !== this.#shown) this.#enter(scene);
    const place = offered(keys, this.#shown, been());
    this.#line.hidden = place === null;
    this.#close.hidden = scene !== null;
    if (place === null) return;
    this.#offered = keys[place];
    write(this.#said, place ? "You were in the tour:" : "New to this?");
    write(
      this.#open,
      place ? `go on with ${place + 1}. ${titles[place]}` : "Take the tour: ten minutes, step by step",
    );
  }

  stop() {}

  /** @param {string} scene */
  #enter(scene) {
    const { keys, titles } = /** @type {OfferMessage} */ (this.#data);
    const first = this.#shown === null;
    this.#shown = scene;
    const place = keys.indexOf(scene);
    // Whoever opens the tour anew can still go on where they were.
    if (!first || offered(keys, scene, been()) === null) remember({ scene });
    if (!first) write(this.#spoken, `Scene ${place + 1} of ${keys.length}: ${titles[place]}`);
  }
}
