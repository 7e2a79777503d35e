// A flower on its way through the network, the plane it lives in, and the network's training played in view.
// Everything follows the hand; Python hears of a choice, of where the point was dropped, and where training stopped.

import { index } from "../access.js";
import { tellLink } from "../navigation/address.js";
import { Diagram } from "../views/diagram.js";
import { products, scaled } from "../text/digits.js";
import { el, write } from "../dom.js";
import { decimal, plus, signed } from "../text/format.js";
import { onControlElsewhere } from "../controls.js";
import { Pending, sendAlone } from "../commit.js";
import { forward, network, right } from "../math/network.js";
import { Plane } from "../views/plane.js";
import { logRest, logSoftmax } from "../math/softmax.js";
import { Training } from "../views/training.js";

export class Part {
  constructor(root) {
    this.root = root;
    this.pending = new Pending(root);
    this.held = false;
    this.plane = new Plane({
      choose: (flower) => this.#commit({ flower: flower + 1 }),
      place: () => this.place,
      input: (place) => this.#move(place),
      commit: () => this.send({ at: [this.place.petal, this.place.sepal] }),
      grab: () => {
        this.held = true;
      },
      drop: () => {
        this.held = false;
      },
    });
    this.diagram = new Diagram((i, h) => this.#commit({ weight: `${i + 1}-${h + 1}` }));
    this.training = new Training({
      show: (net, step) => this.#train(net, step),
      commit: (trained) => this.#commit({ trained }),
    });
    this.who = el("p", { class: "who", role: "status" });
    this.table = el("div", { class: "tables" });
    this.chain = el("div", { class: "chain" });
    const right = el("div", { class: "numbers" }, this.who, this.diagram.node, this.table);
    this.legend = el("p", { class: "legend" });
    const left = el("div", { class: "left" }, this.plane.node, this.legend, this.training.node);
    root.replaceChildren(el("div", { class: "sides" }, left, right, this.chain));
    this.forget = onControlElsewhere(root, () => this.training.end());
  }

  update({ data, setTriggerValue, setStateValue }) {
    this.pending.arrived(data.ack);
    tellLink(data.link);
    this.send = (payload) => this.pending.send((seq) => setTriggerValue("commit", { seq, ...payload }));
    const first = !this.data;
    this.data = data;
    this.net = network(data.weights, data.hidden);
    if (first) {
      this.plane.build(data.flowers, data.names, data.colours, (petal, sepal) => this.#scaled(petal, sepal));
      this.diagram.build(data.names, data.colours, data.hidden);
      this.#build();
    }
    if (!this.held && !this.pending.waiting)
      this.place = { petal: data.petal, sepal: data.sepal, flower: data.flower };
    this.training.update(data, !this.pending.waiting);
    this.#paint();
    this.#show();
    this.root.dataset.ready = "";
    import("../print.js").then(({ onPaper }) =>
      onPaper(() => ({ title: this.data.paper[0], lines: this.data.paper.slice(1) })),
    );
    if (data.browser_unknown)
      import("../browser.js")
        .then(({ browser }) => browser())
        .then((found) => sendAlone(() => setStateValue("browser", found)));
  }

  stop() {
    this.pending.clear();
    this.training.halt();
    this.forget();
  }

  #scaled(petal, sepal) {
    const { low, range } = this.data;
    return [(petal - low[0]) / range[0], (sepal - low[1]) / range[1]];
  }

  // A choice during the play ends it; both are one commit.
  #commit(payload) {
    const { playing, step } = this.training;
    this.training.halt();
    this.send(playing ? { trained: step, ...payload } : payload);
  }

  #move(place) {
    this.place = place;
    this.#show();
  }

  #train(net, step) {
    this.net = net;
    this.#paint();
    this.#show();
    this.training.follow(step);
  }

  #paint() {
    const { flowers } = this.data;
    const winners = flowers.map(([petal, sepal]) => {
      const { z } = forward(this.net, this.#scaled(petal, sepal));
      return z.indexOf(Math.max(...z));
    });
    this.plane.paint(this.net, winners);
    this.training.tell(
      right(this.net, flowers, (petal, sepal) => this.#scaled(petal, sepal)),
      flowers.length,
    );
  }

  #build() {
    const { names, colours } = this.data;
    const signs = ["●", "■", "▲"];
    this.legend.replaceChildren(
      ...names.map((name, k) =>
        el(
          "span",
          { style: `--colour: ${colours[k]}` },
          el("b", { "aria-hidden": "true" }, signs[k]),
          ` ${name}`,
        ),
      ),
      el("span", {}, el("b", { "aria-hidden": "true" }, "✕"), " misclassified"),
    );
    const cell = (id) => el("td", { "data-testid": id });
    this.outputs = names.map((_, k) => ({ z: cell(`z-${k}`), p: cell(`p-${k}`) }));
    this.entries = names.map((_, i) => names.map((__, j) => cell(`j-${i}-${j}`)));
    const name = (k) => el("th", { scope: "row", style: `--colour: ${colours[k]}` }, names[k]);
    const top = names.map((text, k) =>
      el("th", { scope: "col", class: "col", style: `--colour: ${colours[k]}` }, text),
    );
    this.table.replaceChildren(
      el(
        "table",
        {},
        el("caption", {}, "Its outputs"),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("td"),
            el("th", { scope: "col" }, "raw output"),
            el("th", { scope: "col" }, "probability"),
          ),
        ),
        el("tbody", {}, ...this.outputs.map(({ z, p }, k) => el("tr", {}, name(k), z, p))),
      ),
      el(
        "table",
        { class: "jacobian" },
        el("caption", {}, "Its Jacobian, dp/dz"),
        el("thead", {}, el("tr", {}, el("td"), ...top)),
        el("tbody", {}, ...this.entries.map((row, i) => el("tr", {}, name(i), ...row))),
      ),
    );
  }

  #show() {
    const { names, flowers, weight, colours } = this.data;
    const { petal, sepal, flower } = this.place;
    const x = this.#scaled(petal, sepal);
    const now = forward(this.net, x);
    const winner = now.z.indexOf(Math.max(...now.z));
    const species = flower === null ? null : flowers[flower][2];
    const where = `petal width ${petal} cm, sepal width ${sepal} cm`;
    const verdict =
      species === null
        ? `classified as ${names[winner]}`
        : winner === species
          ? `correctly classified as ${names[winner]}`
          : `misclassified as ${names[winner]}`;
    const who = flower === null ? "A point of your own" : `Flower ${flower + 1}, ${names[species]}`;
    write(this.who, `${who}: ${where}; ${verdict}.`);
    this.plane.show(petal, sepal, flower, `${where}, ${verdict}`);
    this.diagram.show(this.net, x, now, weight);
    this.outputs.forEach(({ z, p }, k) => {
      write(z, decimal(now.z[k]));
      z.dataset.value = now.z[k];
      write(p, decimal(now.p[k]));
      p.dataset.value = now.p[k];
    });
    this.entries.forEach((row, i) =>
      row.forEach((node, j) => {
        const value = now.jacobian[i][j];
        write(node, signed(value));
        node.dataset.value = value;
        node.style.setProperty("--sign", value < 0 ? this.data.negative : this.data.positive);
        node.style.setProperty("--weight", `${(Math.min(1, Math.abs(value) * 4) ** 0.7 * 50).toFixed(1)}%`);
      }),
    );
    this.#chain(now, species, weight, colours);
  }

  /** dL/dp times dp/dz is p - y; times what the weight carries, it is the derivative for that weight. */
  #chain(now, species, [i, h]) {
    const { names, rate } = this.data;
    if (species === null) {
      this.chain.replaceChildren(
        el(
          "p",
          {},
          "A point of your own has no species, so it has no loss. Choose a flower to follow its loss back to a weight.",
        ),
      );
      return;
    }
    const log = logSoftmax(now.z, 1);
    const loss = -log[species];
    const error = i === species ? -now.q[i] : now.p[i];
    const value = (id, number) => el("strong", { "data-testid": id, "data-value": number }, signed(number));
    const written = (factors, result) => products([factors], result).texts[0].map(plus).join(" × ");
    const slope = {
      sign: i === species ? 1 : -1,
      log: log[i] + (i === species ? logRest(log, i) : log[species]),
    };
    const back = written([{ sign: -1, log: -log[species] }, slope], error);
    const on = written([scaled(error), scaled(now.hidden[h])], error * now.hidden[h]);
    const lines = [
      [
        "Loss: L = −log p",
        ...index(names[species]),
        " = ",
        el("strong", { "data-testid": "loss", "data-value": loss }, decimal(loss)),
      ],
      [
        "dL/dz",
        ...index(names[i]),
        " = dL/dp",
        ...index(names[species]),
        " × dp",
        ...index(names[species]),
        "/dz",
        ...index(names[i]),
        ` = ${back} = p − y = `,
        value("dz", error),
      ],
      [
        "dL/dw = dL/dz",
        ...index(names[i]),
        ` × hidden ${h + 1} = ${on} = `,
        value("dw", error * now.hidden[h]),
      ],
    ];
    this.chain.replaceChildren(
      el("h4", {}, `From the loss to one weight: hidden ${h + 1} to ${names[i]}`),
      ...lines.map((line) => el("p", {}, ...line)),
      el(
        "p",
        { class: "soft" },
        `Each training step subtracts the learning rate ${rate} times the mean of dL/dw over all flowers. `,
        el(
          "span",
          { class: "screen_only" },
          "Click another line on the right of the network to follow its weight.",
        ),
      ),
    );
  }
}
