// The code that embeds the view in another page, in a field, and a button that copies it.

import { el } from "../dom.js";
import { Copying } from "../views/copy.js";

export class Part {
  #code = "";
  #copying = new Copying({
    label: "Copy code",
    field: el("textarea", { rows: 4, spellcheck: "false", "aria-label": "Embed code" }),
    text: () => this.#code,
  });

  /** @param {HTMLElement} root */
  constructor(root) {
    const { button, said, field } = this.#copying;
    root.replaceChildren(field, el("div", { class: "copy-row" }, button, said));
  }

  /** @param {import("../messages.js").Component<import("../handout/messages.js").EmbedMessage>} component */
  update({ data: { code } }) {
    if (code === this.#code) return;
    this.#code = code;
    this.#copying.field.value = code;
    this.#copying.forget();
  }

  stop() {
    this.#copying.stop();
  }
}
