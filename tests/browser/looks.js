// Finds untidy texts: texts that overlap, are cut off, lie outside the window, or are too small to read.
// The argument is the smallest allowed size of letters, in pixels; the result is a line for each fault.
(smallest) => {
  const faults = new Set();
  const texts = [];
  const bounds = { width: document.documentElement.clientWidth };

  const nodesIn = function* (root) {
    for (const node of root.childNodes) {
      yield node;
      if (node.shadowRoot) yield* nodesIn(node.shadowRoot);
      yield* nodesIn(node);
    }
  };
  const parentOf = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const ancestors = function* (node) {
    for (let at = node; at; at = at.assignedSlot ?? parentOf(at)) yield at;
  };
  const scaleOf = (matrix) => (matrix ? Math.hypot(matrix.a, matrix.b) : 1);
  const name = (node) => `“${node.textContent.trim().slice(0, 40)}”`;

  /** Skip what is not drawn, what only a screen reader reads, and what can be scrolled into view. */
  const skipped = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    for (const at of ancestors(element)) {
      if (at.matches?.(".screen-reader-text, mjx-assistive-mml, .hovertext")) return true;
      if (at.matches?.("[data-testid=stSidebar], [data-testid=stHeader]")) return true;
      if (at.matches?.("math, [data-retained]")) return true;
      // Pinned elements may cover what scrolls past them.
      if (["sticky", "fixed"].includes(getComputedStyle(at).position)) return true;
      if (getComputedStyle(at).clipPath.startsWith("inset")) return true;
    }
    return false;
  };
  const scrolls = (at) =>
    ["auto", "scroll"].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth;

  for (const node of nodesIn(document.querySelector("[data-testid=stMain]"))) {
    if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim()) continue;
    const element = node.parentElement;
    if (!element || element.matches("style, script, title, option") || skipped(element)) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) === 0) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;

    const scale = element instanceof SVGElement ? scaleOf(element.getScreenCTM()) : 1;
    const size = parseFloat(style.fontSize) * scale;
    if (size < smallest - 0.05) faults.add(`${name(node)} is ${size.toFixed(1)} px`);
    const isNumber = /^[+−]?\d/.test(node.textContent.trim());
    if (!element.closest("input, svg") && isNumber && style.writingMode !== "horizontal-tb") {
      faults.add(`${name(node)} is not upright`);
    }

    let seen = box;
    for (const at of ancestors(element)) {
      if (at instanceof SVGElement && !at.matches("svg.main-svg")) continue;
      const look = at instanceof Element && getComputedStyle(at);
      if (!look || look.overflowX === "visible") continue;
      const hole = at.getBoundingClientRect();
      const ellipsis = look.textOverflow === "ellipsis";
      if (!ellipsis && (seen.left < hole.left - 1 || seen.right > hole.right + 1)) {
        faults.add(`${name(node)} is cut off${scrolls(at) ? " unless one scrolls sideways" : ""}`);
      }
      seen = { left: Math.max(seen.left, hole.left), right: Math.min(seen.right, hole.right) };
    }
    if (seen.left < -0.5 || seen.right > bounds.width + 0.5) faults.add(`${name(node)} lies outside the window`);
    for (const line of range.getClientRects()) {
      texts.push({ node, box: { left: Math.max(seen.left, line.left), right: Math.min(seen.right, line.right), top: line.top, bottom: line.bottom } });
    }
  }

  texts.forEach((one, k) => {
    for (const other of texts.slice(k + 1)) {
      if (other.node === one.node) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // The boxes of lines may overlap a little, because their edges are empty.
      const room = 0.4 * Math.min(one.box.bottom - one.box.top, other.box.bottom - other.box.top);
      if (wide > 1.5 && high > room) faults.add(`${name(one.node)} lies upon ${name(other.node)}`);
    }
  });
  return [...faults];
}
