// "Copy link": puts the link to exactly what is shown on the clipboard, or shows it to be copied by hand.

import { newestLink, tellLink } from "../navigation/address.js";
import { el, selectAll, write } from "../dom.js";
import { watchDrawer } from "../navigation/drawer.js";
import { notArrived } from "../navigation/kept.js";
import { canAskForWholeRun, sendAlone } from "../commit.js";

const THANKS = 2500; // ms that the button says that it worked

export class Part {
  constructor(root) {
    this.timer = 0;
    this.button = el(
      "button",
      { class: "copy", type: "button", title: "Whoever opens it sees exactly this." },
      "Copy link",
    );
    this.said = el("span", { class: "said", role: "status" });
    this.field = el("input", {
      class: "field",
      type: "text",
      readonly: "",
      "aria-label": "Link to this view",
    });
    this.button.onclick = () => this.#copy();
    this.field.onfocus = () => selectAll(this.field);
    root.replaceChildren(this.button, this.said);
    this.root = root;
  }

  update({ data, setTriggerValue }) {
    watchDrawer();
    canAskForWholeRun(() => setTriggerValue("wake", Date.now()));
    tellLink(data.link);
    this.#tellKept(data.link.kept, (kept) => setTriggerValue("kept", kept));
  }

  /** Tell a session that has just begun what this tab's reader had revealed and answered. */
  #tellKept(told, send) {
    if (!notArrived(told) || told.session === this.telling) return;
    this.telling = told.session;
    sendAlone(() => {
      const kept = notArrived(told);
      if (kept) send(kept);
    });
  }

  async #copy() {
    const link = newestLink();
    try {
      await navigator.clipboard.writeText(link);
      this.field.remove();
      this.#say("Copied");
    } catch {
      // Browsers keep the clipboard to themselves outside https, and when the reader says no.
      this.field.value = link;
      this.root.append(this.field);
      this.field.focus();
      this.#say("Copy it from here:");
    }
  }

  #say(text) {
    clearTimeout(this.timer);
    write(this.said, text);
    if (!this.field.isConnected) this.timer = setTimeout(() => write(this.said, ""), THANKS);
  }

  stop() {
    clearTimeout(this.timer);
  }
}
