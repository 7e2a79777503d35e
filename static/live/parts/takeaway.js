// The pictures to take away: each chart of the page and the board, as PNG and as SVG.

import { el, write } from "../dom.js";
import { drawingFile } from "../handout/drawings.js";
import { chartPicture, download, svgPicture } from "../handout/pictures.js";

/** @typedef {import("../handout/messages.js").PictureMessage} PictureMessage */
/** @typedef {import("../handout/pictures.js").Format} Format */

/** @type {Format[]} */
const FORMATS = ["png", "svg"];

export class Part {
  #list = el("ul", { class: "pictures" });
  #said = el("p", { class: "said", role: "status" });

  /** @param {HTMLElement} root */
  constructor(root) {
    root.dataset.part = "takeaway";
    root.replaceChildren(this.#list, this.#said);
  }

  /** @param {import("../messages.js").Component<import("../handout/messages.js").TakeAwayMessage>} component */
  update({ data }) {
    this.#list.replaceChildren(...data.pictures.map((picture) => this.#row(picture)));
    this.#list.parentElement?.setAttribute("data-ready", "");
  }

  stop() {}

  /** @param {PictureMessage} picture */
  #row(picture) {
    const buttons = FORMATS.map((format) => {
      const name = format.toUpperCase();
      const button = el("button", { type: "button", "aria-label": `${picture.title} as ${name}` }, name);
      button.onclick = () => this.#take(picture, format);
      return button;
    });
    return el("li", {}, el("span", { class: "title" }, picture.title), ...buttons);
  }

  /**
   * @param {PictureMessage} picture
   * @param {Format} format
   */
  async #take({ key, svg, drawing, title, file }, format) {
    write(this.#said, "");
    try {
      const blob = await (key === null
        ? svgPicture(drawing === null ? (svg ?? "") : drawingFile(drawing), format)
        : chartPicture(key, format));
      download(blob, `${file}.${format}`);
      write(this.#said, `${file}.${format} is downloaded.`);
    } catch (error) {
      console.warn(`No picture of ${title}:`, error);
      write(this.#said, `${title}: this picture could not be made. Please try again in a moment.`);
    }
  }
}
