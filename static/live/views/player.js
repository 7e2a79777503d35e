// Plays pictures one after the other, ahead of Python, which learns only where playing ended. A reload while
// playing keeps the place.

import { sendAlone } from "../commit.js";
import { el, inShort, write } from "../dom.js";
import { keepPlace, takePlace } from "../navigation/kept.js";

/**
 * A button in the row of buttons that control playing.
 *
 * @param {string} text
 * @param {() => void} press
 * @param {string} [short] What presenter mode shows instead.
 */
export function moveButton(text, press, short) {
  const button = el("button", { type: "button", class: "move" }, ...(short ? inShort(text, short) : [text]));
  button.onclick = press;
  return button;
}

/**
 * What is played. A place is a position in it, in Python's count.
 *
 * @typedef {object} Play
 * @property {string} name The name under which the place is kept over a reload.
 * @property {number} time How long each picture is shown, in ms.
 * @property {(turn: number) => boolean} show Show the picture of a turn (from 0 on); false if none is left.
 * @property {() => number | null} place The place that is shown; null if Python has the same place.
 * @property {(place: number) => void} commit Tell Python of a place.
 * @property {() => void} changed Called after every picture, and when the play has ended.
 */

export class Player {
  #play;
  #playing = false;
  #turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  button = moveButton("Play", () => (this.#playing ? this.stop() : this.#start()));

  /** @param {Play} play */
  constructor(play) {
    this.#play = play;
  }

  get playing() {
    return this.#playing;
  }

  #start() {
    this.#turn = 0;
    this.#playing = true;
    this.#next();
  }

  #next() {
    if (!this.#play.show(this.#turn)) {
      this.stop();
      return;
    }
    this.#turn += 1;
    this.#timer = setTimeout(() => this.#next(), this.#play.time);
    this.#changed();
  }

  /** If it is playing, stop, and tell Python the place. */
  stop() {
    if (!this.#playing) return;
    const place = this.#play.place();
    this.halt();
    if (place !== null) this.#play.commit(place);
  }

  /** Stop and tell Python nothing, because the user or other values have taken over. */
  halt() {
    clearTimeout(this.#timer);
    this.#playing = false;
    this.#changed();
  }

  #changed() {
    write(this.button, this.#playing ? "Stop" : "Play");
    this.#play.changed();
  }

  /**
   * Keep the place over a reload, and restore the place if a reload has just interrupted playing.
   *
   * @param {Node} node The element of what is played; once it has left the page, nothing is restored.
   */
  outliveReload(node) {
    const { name, place, commit } = this.#play;
    keepPlace(name, () => (this.#playing ? place() : null));
    const kept = takePlace(name);
    // The user did not ask for this commit, and other parts of a page that has just loaded also send to
    // Python.
    if (kept !== undefined) sendAlone(() => node.isConnected && commit(kept));
  }
}
