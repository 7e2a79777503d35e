// Building elements without markup: names come from strangers' links, so all text goes through textContent.

/** An element with attributes and children; strings become text nodes. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Write text only when it changed: most moves change few of the numbers. */
export function write(node, text) {
  if (node.firstChild?.nodeType === Node.TEXT_NODE && node.childNodes.length === 1) {
    if (node.firstChild.data !== text) node.firstChild.data = text;
  } else {
    node.textContent = text;
  }
}

/** Select all that a box holds, in answer to its focus. WebKit places the caret after that: hence once more. */
export function selectAll(box) {
  const { value } = box;
  box.select();
  requestAnimationFrame(() => {
    if (box.matches(":focus") && box.value === value) box.select();
  });
}

/** Set an attribute only when it changed. */
export function mark(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
