// For a test of presenter mode: everything that is written on the page and can be seen, with the size of its
// type in pixels, whether it is an index or an exponent, and where it ends.

() => {
  const found = [];
  const enlarged = (node) => {
    const svg = node.closest("svg");
    const width = svg?.viewBox?.baseVal?.width;
    return width ? svg.getBoundingClientRect().width / width : 1;
  };
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      const written = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
      if (!written && !node.matches("input[type=text]")) continue;
      // The row of buttons for the mouse and the card of keys are not for the class.
      if (node.closest("style, script, title, .screen-reader-text, .buttons, .card")) continue;
      const { width, height, bottom, right } = node.getBoundingClientRect();
      const size = Number.parseFloat(getComputedStyle(node).fontSize) * enlarged(node);
      if (width < 2 || height < 2 || !size) continue;
      if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const index = node.matches("sub, sub *, sup, :is(msub, msup) > :last-child, :is(msub, msup) > :last-child *");
      found.push({ text: (node.textContent || node.value).slice(0, 40), size, index, bottom, right });
    }
  };
  walk(document.querySelector("[data-testid=stMainBlockContainer]"));
  return found;
}
