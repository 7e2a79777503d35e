// "Copy link": puts the link to exactly what is shown on the clipboard, or shows the link so that the user
// can copy it. It is on every page and outside every fragment, so it also does what only such a part can do:
// see `update`.

import { newestLink, tellLink } from "../navigation/address.js";
import { el, selectAll, write } from "../dom.js";
import { watchDrawer } from "../navigation/drawer.js";
import { notArrived } from "../navigation/kept.js";
import { canAskForWholeRun, sendAlone } from "../commit.js";

/** @typedef {import("../messages.js").KeptMessage} KeptMessage */

const THANKS = 2500; // ms for which the button says that copying worked

export class Part {
  #root;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #button = el(
    "button",
    { class: "copy", type: "button", title: "Whoever opens it sees exactly this." },
    "Copy link",
  );
  #said = el("span", { class: "said", role: "status" });
  #field = el("input", {
    class: "field",
    type: "text",
    readonly: "",
    "aria-label": "Link to this view",
  });
  /** The session to which the kept data is being sent. @type {string | undefined} */
  #telling;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#button.onclick = () => this.#copy();
    this.#field.onfocus = () => selectAll(this.#field);
    root.replaceChildren(this.#button, this.#said);
  }

  /** @param {import("../messages.js").Component<import("../messages.js").LinkPartMessage>} component */
  update({ data, setTriggerValue }) {
    watchDrawer();
    canAskForWholeRun(() => setTriggerValue("wake", Date.now()));
    tellLink(data.link);
    this.#tellKept(data.link.kept, (kept) => setTriggerValue("kept", kept));
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /**
   * Tell a session that has just begun what the user had revealed and answered in this tab.
   *
   * @param {KeptMessage} told
   * @param {(kept: KeptMessage["memory"]) => void} send
   */
  #tellKept(told, send) {
    if (!notArrived(told) || told.session === this.#telling) return;
    this.#telling = told.session;
    sendAlone(() => {
      const kept = notArrived(told);
      if (kept) send(kept);
    });
  }

  async #copy() {
    const link = newestLink();
    try {
      await navigator.clipboard.writeText(link);
      this.#field.remove();
      this.#say("Copied");
    } catch {
      // Browsers refuse the clipboard to pages without https, or if the user has denied access.
      this.#field.value = link;
      this.#root.append(this.#field);
      this.#field.focus();
      this.#say("Copy it from here:");
    }
  }

  /** @param {string} text */
  #say(text) {
    clearTimeout(this.#timer);
    write(this.#said, text);
    if (!this.#field.isConnected) this.#timer = setTimeout(() => write(this.#said, ""), THANKS);
  }
}
