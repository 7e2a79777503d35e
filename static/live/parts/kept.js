// Takes what the reader's tab keeps from a fragment that has no other part: an answer to the task runs the
// task's fragment alone, and would otherwise be lost with a reload.

import { tellLink } from "../navigation/address.js";

export class Part {
  stop() {}

  /** @param {import("../messages.js").Component<import("../messages.js").LinkPartMessage>} component */
  update({ data }) {
    tellLink(data.link);
  }
}
