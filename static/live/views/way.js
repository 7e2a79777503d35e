// A flower's way through the network and back to one weight: the buttons that lead along it, what is said at
// each stage, and the light on what belongs to the stage.
//
// An element says in `data-way` to which stages it belongs, as numbers with spaces between them.

import { el, mark, write } from "../dom.js";
import { stageOf, stages } from "../text/way.js";
import { figures, writeFigure } from "./figure.js";
import { moveButton } from "./player.js";

/** @typedef {import("../text/way.js").Facts} Facts */
/** @typedef {import("../text/way.js").Piece} Piece */

/** A window in which the network is below the plane. */
const NARROW = globalThis.matchMedia?.("(max-width: 640px)") ?? { matches: false };
/** How many stages a key leads on. @type {Record<string, 1 | -1 | undefined>} */
const KEYS = { ArrowRight: 1, ArrowLeft: -1 };

export class Way {
  #go;
  #stage = 0;
  #last = 0;
  /** The words of the sentences that are shown, without their numbers. */
  #words = "";
  #follow = moveButton("Follow the flower", () => this.#leap(this.#stage ? 0 : 1), "Follow");
  #back = moveButton("‹ Back", () => this.move(-1));
  #next = moveButton("Next ›", () => this.move(1));
  #count = el("span", { class: "count" });
  #said = el("p", { class: "sentence", role: "status" });
  node = el(
    "div",
    { class: "way", role: "group", "aria-label": "The way through the network" },
    el("div", { class: "moves" }, this.#follow, this.#back, this.#count, this.#next),
    this.#said,
  );

  /** @param {(stage: number) => void} go Show a stage, counted from 1; 0 ends the way. */
  constructor(go) {
    this.#go = go;
    this.node.onkeydown = (event) => this.#key(event);
    this.#open(false);
  }

  /** @param {boolean} open Whether more is shown than the button that begins. */
  #open(open) {
    this.node.classList.toggle("open", open);
    for (const part of [this.#back, this.#count, this.#next, this.#said]) part.hidden = !open;
  }

  /**
   * Show a stage, if the way has it, and what is said there.
   *
   * @param {number} stage 0 if nothing is followed.
   * @param {Facts} facts
   * @param {boolean} moving Whether the numbers are moving, so that a screen reader must not read them.
   */
  show(stage, facts, moving) {
    const last = stages(facts.known !== null);
    const shown = Math.min(stage, last);
    const what = facts.known ? "flower" : "point";
    if (shown !== this.#stage) this.#open(shown > 0);
    // On a phone the network is below the plane, so a reader who begins to follow would not see it.
    if (shown && !this.#stage && !moving)
      this.node.scrollIntoView?.({ block: NARROW.matches ? "start" : "nearest" });
    this.#stage = shown;
    this.#last = last;
    const [full, short] = this.#follow.children;
    write(full, shown ? "Stop following" : `Follow the ${what}`);
    write(short, shown ? "Stop" : "Follow");
    this.#back.disabled = shown <= 1;
    this.#next.disabled = shown >= last;
    mark(this.#said, "aria-busy", String(moving && shown > 0));
    write(this.#count, shown ? `${shown} of ${last}` : "");
    this.#say(shown, facts);
  }

  /** The stage that is shown; 0 if nothing is followed. */
  get stage() {
    return this.#stage;
  }

  /** Go on, or back. @param {1 | -1} by */
  move(by) {
    const target = this.#stage + by;
    if (target < 1 || target > this.#last) return;
    const [pressed, other] = by > 0 ? [this.#next, this.#back] : [this.#back, this.#next];
    const focused = this.#hasFocus(pressed);
    this.#go(target);
    // A button that can no longer be pressed would lose the focus, and with it the keys.
    if (focused && pressed.disabled) other.focus();
  }

  /** End the way; false if nothing is followed. */
  end() {
    if (!this.#stage) return false;
    this.#leap(0);
    return true;
  }

  /** Begin at a stage, or end. @param {number} stage */
  #leap(stage) {
    const focused = this.#hasFocus(this.#follow, this.#back, this.#next);
    this.#go(stage);
    if (focused) (stage ? this.#next : this.#follow).focus();
  }

  /** Whether one of these has the focus. @param {...Element} nodes */
  #hasFocus(...nodes) {
    const root = this.node.getRootNode();
    return root instanceof ShadowRoot && nodes.some((node) => node === root.activeElement);
  }

  /**
   * Only the numbers change while the same words stay, as in a drag.
   *
   * @param {number} stage
   * @param {Facts} facts
   */
  #say(stage, facts) {
    if (!stage) {
      this.#words = "";
      this.#said.replaceChildren();
      return;
    }
    const { title, pieces } = stageOf(stage, facts);
    const words = JSON.stringify([title, pieces.map((piece) => typeof piece === "string" && piece)]);
    const numbers = pieces.filter((piece) => typeof piece !== "string");
    if (words === this.#words) {
      const nodes = /** @type {NodeListOf<HTMLElement>} */ (this.#said.querySelectorAll("strong"));
      numbers.forEach((figure, k) => writeFigure(nodes[k], figure));
      return;
    }
    this.#words = words;
    this.#said.replaceChildren(el("b", {}, title, ": "), ...figures(pieces, "way-"));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!this.#stage || ctrlKey || metaKey || altKey || shiftKey) return;
    const by = KEYS[key];
    if (!by && key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (by) this.move(by);
    else this.end();
  }
}

/**
 * Light what belongs to a stage; what comes before it stays half lit, and what comes after it waits.
 *
 * @param {HTMLElement} root
 * @param {number} stage 0 if nothing is followed.
 */
export function lightWay(root, stage) {
  if (!stage && !root.classList.contains("follows")) return;
  root.classList.toggle("follows", stage > 0);
  for (const node of root.querySelectorAll("[data-way]")) {
    if (!stage) {
      node.removeAttribute("data-lit");
      continue;
    }
    const way = (node.getAttribute("data-way") ?? "").split(" ").map(Number);
    const lit = way.includes(stage) ? "now" : way[0] < stage ? "before" : "after";
    mark(node, "data-lit", lit);
  }
}
