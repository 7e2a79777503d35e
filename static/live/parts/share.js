// The dialog for sharing: the link in a field, a button that copies it, and its QR code, which fills the screen
// when it is clicked.
//
// The code must lead to where this browser is. Python draws it for the address that it knows. Only if that is
// also the address here is it shown; otherwise this part tells Python the address first.

import { sendAlone } from "../commit.js";
import { el, mark, shape, write } from "../dom.js";
import { address, base } from "../navigation/address.js";
import { Copying } from "../views/copy.js";

/** @typedef {import("../handout/messages.js").QrMessage} QrMessage */

const SAID = "Whoever opens it sees this view. What you choose here changes the link, not your own page.";
const TOO_LONG = "This link is too long for a QR code. Shorter class names make it shorter.";

/** The drawing of a QR code, still empty. */
function drawing() {
  const dark = shape("path", { stroke: "#000" });
  return { dark, svg: shape("svg", { "aria-hidden": "true", "shape-rendering": "crispEdges" }, dark) };
}

export class Part {
  #link = "";
  /** The address that Python was told. */
  #told = "";
  #copying = new Copying({
    label: "Copy link",
    field: el("input", { type: "text", "aria-label": "Link to this view" }),
    text: () => this.#link,
  });
  #small = drawing();
  #large = drawing();
  #open = el(
    "button",
    { class: "code", type: "button", "aria-label": "QR code. Click to fill the screen" },
    this.#small.svg,
    el("span", { class: "hint" }, "Click to fill the screen"),
  );
  #tooLong = el("p", { class: "hint" }, TOO_LONG);
  #host = el("p", { class: "host" });
  #screen = el(
    "dialog",
    { class: "screen", "aria-label": "QR code of the link" },
    el("button", { class: "close", type: "button", "aria-label": "Close the QR code" }, "×"),
    this.#large.svg,
    this.#host,
  );

  /** @param {HTMLElement} root */
  constructor(root) {
    const { button, said, field } = this.#copying;
    this.#open.onclick = () => this.#screen.showModal();
    this.#screen.onclick = () => this.#screen.close();
    // Streamlit's dialog below would take Escape for itself, and Tab out of this one.
    this.#screen.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.#screen.close();
    };
    root.replaceChildren(
      el(
        "div",
        { class: "text" },
        field,
        el("div", { class: "copy-row" }, button, said),
        el("p", { class: "hint" }, SAID),
      ),
      el("div", { class: "picture" }, this.#open, this.#tooLong),
      this.#screen,
    );
  }

  /** @param {import("../messages.js").Component<import("../handout/messages.js").ShareMessage>} component */
  update({ data, setTriggerValue }) {
    const link = address(data.page, data.query);
    const known = data.address === link;
    if (!known && this.#told !== base.href) {
      this.#told = base.href;
      sendAlone(() => setTriggerValue("base", { base: base.href }));
    }
    if (link !== this.#link) this.#copying.forget();
    this.#link = link;
    this.#copying.field.value = link;
    write(this.#host, new URL(link).host);
    this.#draw(known ? data.qr : null);
    this.#tooLong.hidden = !known || data.qr !== null;
  }

  stop() {
    this.#copying.stop();
    if (this.#screen.open) this.#screen.close();
  }

  /** @param {QrMessage | null} qr */
  #draw(qr) {
    this.#open.hidden = qr === null;
    if (!qr) return;
    for (const { svg, dark } of [this.#small, this.#large]) {
      mark(svg, "viewBox", `0 0 ${qr.size} ${qr.size}`);
      mark(dark, "d", qr.path);
    }
  }
}
