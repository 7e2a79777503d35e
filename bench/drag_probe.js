// Notes inside the page when the pointer moved, and when board, charts and frames followed; used by drag.py.
// `board` is the key of a board, or null on a page that shows the same in charts (`boardCharts`).
// `charts` are keys of Plotly charts.
({ board, boardCharts, charts, follower }) => {
  const container = (key) => document.querySelector(`.st-key-${key}`);
  const chart = (key) => container(key)?.querySelector(".js-plotly-plot");
  const findBoard = () => {
    for (const node of container(board)?.querySelectorAll("*") ?? []) {
      const found = node.shadowRoot?.querySelector(".board");
      if (found) return found;
    }
    return null;
  };
  const probe = { ready: null, charts: null, dragged: null, rest: null, release: null };
  Object.assign(probe, { moves: [], frames: [], cancelled: false });
  window.probe = probe;

  // Every frame looks whether the first view is drawn, and then all charts; `ready` and `charts` are the times
  // since navigation.
  const drawn = (key) => chart(key)?.querySelector(".main-svg")?.clientWidth > 0;
  const isReady = () => {
    if (!board) return drawn(boardCharts[0]);
    const found = findBoard();
    return found && "ready" in found.dataset && found.querySelector("[role=slider]").clientWidth > 0;
  };
  probe.allDrawn = () => [...boardCharts, ...charts].every(drawn);
  (function look() {
    if (probe.ready === null && isReady()) probe.ready = performance.now();
    if (probe.ready !== null && probe.allDrawn()) probe.charts = performance.now();
    else requestAnimationFrame(look);
  })();

  // What is shown, in full precision.
  const plain = (values) => (Array.isArray(values) || ArrayBuffer.isView(values) ? Array.from(values, plain) : values);
  const numbers = (nodes, name) => Array.from(nodes, (node) => Number(node.getAttribute(name)));
  // Arrays from NumPy arrive encoded in `data`; Plotly keeps the decoded ones in `_fullData`.
  const list = (trace, full, name) => plain(trace[name]?.bdata ? full[name] : trace[name]);
  const traces = (key) =>
    chart(key).data.map((trace, k) => {
      const full = chart(key)._fullData[k];
      const [x, y, z] = ["x", "y", "z"].map((name) => list(trace, full, name));
      return { type: full.type, meta: trace.meta, x, y, z };
    });
  probe.snapshot = () => {
    const shown = { charts: Object.fromEntries([...boardCharts, ...charts].map((key) => [key, traces(key)])) };
    if (board) {
      const root = findBoard();
      shown.z = numbers(root.querySelectorAll("[role=slider]"), "aria-valuenow");
      shown.p = numbers(root.querySelectorAll("[data-testid^=probability-]"), "data-value");
      shown.jacobian = numbers(root.querySelectorAll("[data-testid^=jacobian-]"), "data-value");
    } else {
      shown.z = Array.from(document.querySelectorAll("input[type=range]"), (node) => Number(node.value));
      shown.p = shown.charts[boardCharts[0]][0].y;
      shown.jacobian = shown.charts[boardCharts[1]][0].z.flat();
    }
    return shown;
  };

  // The probability in the following chart: its value shows which move the chart has caught up with.
  const isProbability = ({ meta }) => meta?.quantity === "probability" && meta.live === "curve-point";
  const point = (key) => chart(key).data.find(isProbability);
  let shownProbability = null;

  const boardChanged = () => {
    const now = performance.now();
    for (const move of probe.moves) {
      if (move.board !== null) continue;
      move.board = now;
      if (shownProbability) move.probability = Number(shownProbability.getAttribute("data-value"));
    }
  };
  const followerChanged = () => {
    const now = performance.now();
    let caughtUp = probe.moves.length;
    if (shownProbability) {
      const y = point(follower).y[0];
      caughtUp = 1 + probe.moves.findLastIndex(({ probability }) => Math.abs(probability - y) <= 1e-12 * Math.abs(y));
    }
    for (const move of probe.moves.slice(0, caughtUp)) move.chart ??= now;
  };
  // Python has redrawn a chart once its data are other objects, and the board once it has received data.
  let before = [];
  const identities = () => [...boardCharts, ...charts].map((key) => chart(key)?.data);
  const redrawn = () => {
    const { release } = probe;
    if (!release || release.done !== null || (board && !release.boardUpdated)) return;
    const now = identities();
    if (now.every((data, k) => data && data !== before[k])) release.done = performance.now();
  };

  const watch = (node, react) =>
    new MutationObserver(react).observe(node, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  const element = (node) => (node instanceof Element ? node : node.parentElement);
  const inside = (key) => ({ target }) => element(target)?.closest(`.st-key-${key} .js-plotly-plot`);

  /** Begin to watch, once everything has been drawn. */
  probe.arm = () => {
    if (board) {
      const root = findBoard();
      shownProbability = root.querySelector(`[data-testid=probability-${point(follower).meta.i}]`);
      watch(root, (records) => {
        boardChanged();
        if (probe.release && records.some(({ attributeName }) => attributeName === "data-ready")) {
          probe.release.boardUpdated = true;
          redrawn();
        }
      });
    }
    // Streamlit may replace the containers of charts, so an element above them is observed.
    watch(document.querySelector("[data-testid=stApp]"), (records) => {
      if (boardCharts.some((key) => records.some(inside(key)))) boardChanged();
      if (records.some(inside(follower))) followerChanged();
      redrawn();
    });
    // A frame has been painted when the task that its callback posted runs, or when the next frame begins.
    const { port1, port2 } = new MessageChannel();
    let inFrame = 0;
    const painted = () => {
      const now = performance.now();
      for (const move of probe.moves) if (move.board !== null && move.board <= inFrame) move.painted ??= now;
    };
    port1.onmessage = painted;
    (function frame() {
      painted();
      inFrame = performance.now();
      probe.frames.push(inFrame);
      port2.postMessage(null);
      requestAnimationFrame(frame);
    })();
  };

  /** Return whether frames came on time for half a second, so that the page has nothing left to do. */
  probe.isIdle = () => {
    const last = probe.frames.slice(-30);
    return last.length === 30 && last.every((at, k) => k === 0 || at - last[k - 1] < 25);
  };

  /** Forget the last drag. */
  probe.clear = () => Object.assign(probe, { moves: [], frames: [], rest: null, release: null });

  // Note the first move that changed a value; the page may still be busy with its charts.
  const values = () => numbers(findBoard()?.querySelectorAll("[role=slider]") ?? [], "aria-valuenow").join();
  let grabbed = null;
  addEventListener("pointerdown", () => { grabbed = values(); }, { capture: true });
  addEventListener("pointermove", () => {
    if (probe.dragged === null && grabbed !== null && values() !== grabbed) probe.dragged = performance.now();
  });

  let resting = 0;
  addEventListener(
    "pointermove",
    (event) => {
      const now = performance.now();
      if (!(event.buttons & 1)) return;
      const sent = event.getCoalescedEvents().map(({ timeStamp }) => timeStamp);
      probe.moves.push({ sent, stamp: event.timeStamp, event: now, board: null, painted: null, chart: null });
      clearTimeout(resting);
      resting = setTimeout(() => { probe.rest = probe.snapshot(); }, 100);
    },
    { capture: true },
  );
  // The browser took the gesture for something else, for example a drag of selected text.
  addEventListener("pointercancel", () => { probe.cancelled = true; }, { capture: true });
  addEventListener(
    "pointerup",
    (event) => {
      if (probe.moves.length) {
        before = identities();
        probe.release = { event: event.timeStamp, boardUpdated: false, done: null };
      }
    },
    { capture: true },
  );
}
