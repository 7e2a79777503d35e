// Plays pictures one after the other, ahead of Python, which hears only where the play ended. A reload during
// a play keeps its place.

import { sendAlone } from "../commit.js";
import { el, write } from "../dom.js";
import { keepPlace, takePlace } from "../navigation/kept.js";

/**
 * A button in the row of those that move what is played.
 *
 * @param {string} text
 * @param {() => void} press
 */
export function moveButton(text, press) {
  const button = el("button", { type: "button", class: "move" }, text);
  button.onclick = press;
  return button;
}

/**
 * What is played. A place says where it stands, in the way that Python counts.
 *
 * @typedef {object} Play
 * @property {string} name Under this name a reload finds the place again.
 * @property {number} time How long each picture is shown, in ms.
 * @property {(turn: number) => boolean} show Show the picture of a turn (from 0 on); false if none is left.
 * @property {() => number | null} place The place that is shown; null where Python stands there, too.
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

  /** If it plays: stop, and let Python know where. */
  stop() {
    if (!this.#playing) return;
    const place = this.#play.place();
    this.halt();
    if (place !== null) this.#play.commit(place);
  }

  /** Stop where Python last stood: a hand, or other values, took over. */
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
   * Let a reload keep the place of this play, and take up the place of one that a reload has just cut short.
   *
   * @param {Node} node What is played is part of it: once it has left the page, nothing is taken up.
   */
  outliveReload(node) {
    const { name, place, commit } = this.#play;
    keepPlace(name, () => (this.#playing ? place() : null));
    const kept = takePlace(name);
    // No hand has asked for it, and other parts of a page that was just loaded have news for Python, too.
    if (kept !== undefined) sendAlone(() => node.isConnected && commit(kept));
  }
}
