// A button that puts a text on the clipboard and says so. Where the clipboard is closed, the text is selected
// in a field, so that the user can copy it.

import { el, selectAll, write } from "../dom.js";

const THANKS = 2500; // ms for which the button says that copying worked

export class Copying {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Whether the field is there only while the clipboard is closed. */
  #fallback;
  #text;
  button;
  said = el("span", { class: "said", role: "status" });
  field;

  /**
   * @param {object} what
   * @param {string} what.label What the button says.
   * @param {string} [what.title] What it says to a pointer that rests on it.
   * @param {HTMLInputElement | HTMLTextAreaElement} what.field Shows the text.
   * @param {boolean} [what.fallback] Whether the field appears only where the clipboard is closed.
   * @param {() => string} what.text The text to copy.
   */
  constructor({ label, title, field, fallback = false, text }) {
    this.#fallback = fallback;
    this.#text = text;
    this.field = field;
    this.field.readOnly = true;
    this.field.classList.add("field");
    this.field.onfocus = () => selectAll(field);
    this.button = el("button", { class: "copy", type: "button", title }, label);
    this.button.onclick = () => this.#copy();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** Forget that a text was copied, because it is another one now. */
  forget() {
    clearTimeout(this.#timer);
    write(this.said, "");
  }

  async #copy() {
    const text = this.#text();
    try {
      await navigator.clipboard.writeText(text);
      if (this.#fallback) this.field.remove();
      write(this.said, "Copied");
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => write(this.said, ""), THANKS);
    } catch {
      // Browsers refuse the clipboard to pages without https, or if the user has denied access.
      this.field.value = text;
      if (this.#fallback) this.said.after(this.field);
      this.field.focus();
      clearTimeout(this.#timer);
      write(this.said, "Copy it from the field.");
    }
  }
}
