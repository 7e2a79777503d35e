// Leads a lesson: its keys, the card that lists them, a row of buttons for the mouse, and a small sign when
// the connection is lost. It is on every page and outside every fragment.

import { othersConfirmed } from "../commit.js";
import { el, write } from "../dom.js";
import { actionOf, isBusy } from "../keys.js";
import {
  canChangeLesson,
  canSpeak,
  changeLesson,
  choose,
  endShown,
  hidesAnything,
  isPresented,
  lesson,
  point,
  revealNext,
  tellLesson,
  turn,
} from "../lesson.js";
import { tellLink } from "../navigation/address.js";
import { closeConnectionDialog, onConnection } from "../streamlit.js";

/** @typedef {import("../commit.js").Pending<Omit<import("../messages.js").LessonCommit, "seq">>} Commits */
/** @typedef {import("../messages.js").LessonPartMessage} LessonPartMessage */
/** @typedef {import("../keys.js").Action} Action */

const NEAR = 0.85; // of the height of the window: from here on the mouse is near the buttons
const RESTING = 2500; // ms after which the buttons disappear while the mouse rests
const SAID = 4000; // ms for which a sentence stays for a screen reader

/** What the card says about each key. */
const KEYS = [
  ["P", "Presenter mode on or off"],
  ["Page Down, →", "Next step or scene"],
  ["Page Up, ←", "Previous step or scene"],
  ["1 … 9", "Choose a class; with Shift, a raw output"],
  ["H", "Hide or reveal"],
  ["F", "Full screen"],
  ["Z", "Back to the start"],
  ["Esc", "Stop pointing; leave presenter mode"],
  ["?", "This card"],
];

export class Part {
  #root;
  #pending;
  /** How many commits wait for those of other parts. */
  #waiting = 0;
  /** @type {LessonPartMessage | null} */
  #data = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  #card = el("dialog", { class: "card", "aria-label": "Keys" });
  #hide = button("Reveal", "H", () => this.#act("hide"));
  #buttons = el(
    "div",
    { class: "buttons", role: "toolbar", "aria-label": "Presenter mode" },
    this.#hide,
    button("Share", "", () => this.#send({ share: true })),
    button("Keys", "?", () => this.#act("card")),
    button("Leave", "Esc", () => changeLesson({ present: false })),
  );
  #sign = el("p", { class: "sign", role: "status" });
  #spoken = el("p", { class: "screen-reader-text", role: "status" });
  #forget = new AbortController();
  #forgets;

  /**
   * @param {HTMLElement} root
   * @param {Commits} pending
   */
  constructor(root, pending) {
    this.#root = root;
    this.#pending = pending;
    const close = el("button", { type: "button", class: "move" }, "Close");
    close.onclick = () => this.#card.close();
    const rows = KEYS.map(([key, text]) => el("div", {}, el("dt", {}, key), el("dd", {}, text)));
    this.#card.append(el("h2", {}, "Keys"), el("dl", {}, ...rows), close);
    root.replaceChildren(this.#buttons, this.#sign, this.#card, this.#spoken);
    const { signal } = this.#forget;
    // Before the controls: after a click on a bar or a cell, it would take the keys of a clicker for its own.
    document.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    document.addEventListener("pointermove", (event) => this.#wake(event), { signal, capture: true });
    canChangeLesson((change) => this.#commit(change));
    canSpeak((text) => this.#say(text));
    this.#forgets = [
      lesson.effect(() => this.#show()),
      onConnection((connected) =>
        write(this.#sign, connected ? "" : "Connection lost. You can go on; what you set is kept."),
      ),
      closeConnectionDialog(),
    ];
  }

  /** @param {import("../messages.js").Component<LessonPartMessage>} component */
  update({ data }) {
    this.#data = data;
    if (!this.#pending.waiting && !this.#waiting) lesson.settle("present", "hide", "shown");
    tellLink(data.link);
    tellLesson(data.link.lesson);
    this.#show();
    this.#root.dataset.ready = "";
  }

  stop() {
    this.#forget.abort();
    for (const forget of this.#forgets) forget();
    clearTimeout(this.#resting);
    clearTimeout(this.#saying);
    lesson.settle("present", "hide", "shown");
    point("");
  }

  #show() {
    this.#buttons.hidden = !isPresented();
    write(this.#hide, hidesAnything() ? "Reveal" : "Hide");
  }

  /**
   * Show the buttons for as long as the mouse moves near them. On a phone, `innerHeight` waits until the page is
   * laid out, so this comes before the parts that follow the pointer, and only if there are buttons.
   *
   * @param {PointerEvent} event
   */
  #wake({ clientY }) {
    if (!isPresented() || clientY < NEAR * window.innerHeight) return;
    this.#buttons.classList.add("awake");
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#buttons.classList.remove("awake"), RESTING);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const action = actionOf(event);
    if (!action || !this.#data) return;
    const acts = isPresented() || ALWAYS.has(action.name) || (this.#data.leads && TURNS.has(event.key));
    if (!acts) return;
    if (isBusy(event, action, isPresented()) || this.#card.open) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#act(action.name, action.class);
  }

  /**
   * @param {Action["name"]} name
   * @param {Action["class"]} [chosen]
   */
  #act(name, chosen) {
    switch (name) {
      case "present":
        changeLesson({ present: !isPresented() });
        break;
      case "hide":
        this.#hideOrReveal();
        break;
      case "next":
      case "previous": {
        const by = name === "next" ? 1 : -1;
        // Python knows the next scene. On other pages, a part turns to its next step.
        if (this.#data?.scenes) this.#send({ turn: by });
        else turn(by);
        break;
      }
      case "choose":
        if (chosen) choose(chosen.k, chosen.output);
        break;
      case "screen":
        if (document.fullscreenElement) document.exitFullscreen();
        // A browser may refuse, for instance inside a frame.
        else document.documentElement.requestFullscreen?.().catch(() => {});
        break;
      case "start":
        this.#send({ start: true });
        break;
      case "card":
        this.#card.showModal();
        break;
      case "leave":
        if (lesson.now?.lit) point("");
        else if (!endShown()) changeLesson({ present: false });
    }
  }

  #hideOrReveal() {
    const { hide = "" } = lesson.now ?? {};
    if (revealNext()) return;
    const hidden = hidesAnything();
    if (hidden) changeLesson({ shown: "all" });
    else changeLesson({ hide: hide || (this.#data?.asks ?? []).join(), shown: "" });
    this.#say(hidden ? "Everything is revealed." : "Hidden.");
  }

  /** Let a screen reader say something. @param {string} text */
  #say(text) {
    write(this.#spoken, text);
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => write(this.#spoken, ""), SAID);
  }

  /** @param {Partial<import("../lesson.js").Lesson>} change */
  #commit(change) {
    const { present, hide, shown } = change;
    if (present !== undefined || hide !== undefined || shown !== undefined) this.#send({});
  }

  /** @param {{ turn?: 1 | -1, start?: boolean, share?: boolean }} more */
  #send(more) {
    const { present = false, hide = "", shown = "" } = lesson.now ?? {};
    lesson.claim("present", "hide", "shown");
    this.#waiting += 1;
    othersConfirmed(this.#root).then(() => {
      this.#waiting -= 1;
      this.#pending.send({ present, hide, shown, turn: 0, start: false, share: false, ...more });
    });
  }
}

/** Keys that act outside presenter mode, too. @type {Set<Action["name"]>} */
const ALWAYS = new Set(["present", "card", "hide"]);
/** Keys that turn to another scene outside presenter mode, too; the others scroll the page there. */
const TURNS = new Set(["ArrowLeft", "ArrowRight"]);

/**
 * @param {string} text
 * @param {string} key
 * @param {() => void} press
 */
function button(text, key, press) {
  const node = el("button", { type: "button", class: "move", title: key && `Key ${key}` }, text);
  node.onclick = press;
  return node;
}
