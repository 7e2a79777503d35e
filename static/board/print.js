// A printed page is a handout: of all that is on the page, only some components are kept.

/** Keep the components with these keys when the page is printed. Returns how to stop. */
export function keepOnlyWhenPrinted(keys) {
  const kept = keys.map((key) => `.st-key-${CSS.escape(key)}`).join(", ");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media print {
    [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"],
    .stElementContainer:not(:is(${kept})), [data-testid="stSidebarCollapsedControl"] { display: none !important; }
    .stApp, .stAppViewContainer, .stMain, [data-testid="stMainBlockContainer"], .stColumn, .stHorizontalBlock, .stVerticalBlock {
      position: static !important; display: block !important; overflow: visible !important; height: auto !important;
      width: auto !important; max-width: none !important; padding: 0 !important; background: white !important; color: black !important; }
  }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
