// "Copy link": puts the link to exactly what is shown on the clipboard, or shows the link so that the user
// can copy it. It is on every page and outside every fragment, so it also does what only such a part can do:
// see `update`.

import { newestLink, tellLink } from "../navigation/address.js";
import { el } from "../dom.js";
import { watchDrawer } from "../navigation/drawer.js";
import { notArrived } from "../navigation/kept.js";
import { canAskForWholeRun, goOn, pageHasRun, sendAlone } from "../commit.js";
import { askAhead, onConnection } from "../streamlit.js";
import { Copying } from "../views/copy.js";

/** @typedef {import("../messages.js").KeptMessage} KeptMessage */

export class Part {
  #copying = new Copying({
    label: "Copy link",
    title: "Whoever opens it sees the same numbers and pictures.",
    field: el("input", { type: "text", "aria-label": "Link to this view" }),
    fallback: true,
    text: newestLink,
  });
  /** The session to which the kept data is being sent. @type {string | undefined} */
  #telling;
  #ignoreConnection = onConnection((connected) => (connected ? goOn() : askAhead()));

  /** @param {HTMLElement} root */
  constructor(root) {
    root.replaceChildren(this.#copying.button, this.#copying.said);
  }

  /** @param {import("../messages.js").Component<import("../messages.js").LinkPartMessage>} component */
  update({ data, setTriggerValue }) {
    watchDrawer();
    canAskForWholeRun(() => setTriggerValue("wake", Date.now()));
    pageHasRun();
    tellLink(data.link);
    this.#tellKept(data.link.kept, (kept) => setTriggerValue("kept", kept));
  }

  stop() {
    this.#ignoreConnection();
    this.#copying.stop();
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
}
