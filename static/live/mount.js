// Mounts a part of the page: what every component does before its own module takes over.

const sheets = new Map();

/** A style sheet for all instances that share its text. */
function sheetOf(style) {
  if (!sheets.has(style)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    sheets.set(style, sheet);
  }
  return sheets.get(style);
}

/**
 * Render a component by its module, in its style. Returns what to do when Streamlit is through with this call.
 *
 * The style is there before anything of the part is, so nothing is ever seen without it.
 */
export function mount(component, module, style) {
  const { parentElement } = component;
  // Newer data may have come, or the reader have left, while the module was loaded.
  if (!parentElement.isConnected) return () => {};
  const sheet = sheetOf(style);
  if (!parentElement.adoptedStyleSheets.includes(sheet)) parentElement.adoptedStyleSheets.push(sheet);
  const stop = module.render(component);
  // Streamlit also cleans up after a call that newer data overtook, while the component stays: only what has
  // left the page is stopped, or a hand that is dragging would lose its bar.
  return () => { if (!parentElement.isConnected) stop?.(); };
}
