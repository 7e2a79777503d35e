"""Lists what a page's first part needs, so that the browser requests it along with the page itself."""

import re
from pathlib import Path

import streamlit

from ui.component import files

__all__ = ["early_links"]

_STREAMLITS = Path(streamlit.__file__).parent / "static"
_IMPORT = re.compile(r'\b(?:from|import)\s*"\./([\w.-]+\.js)"')


def early_links(part: str) -> str:
    """Return the `Link` header that names what a part of the page needs before it can be used.

    Streamlit's page itself lists most of Streamlit's modules. The module that mounts components is found by
    its name. If a later Streamlit renames it, it loads as late as it would without this header.
    """
    scripts = _STREAMLITS / "static" / "js"
    page = (_STREAMLITS / "index.html").read_text(encoding="utf-8")
    found = [script.name for script in scripts.glob("BidiComponent.*.js")]
    for name in found:
        text = (scripts / name).read_text(encoding="utf-8")
        found += [other for other in _IMPORT.findall(text) if other not in found and other not in page]
    modules, styles = ([f"./app/static/live/{name}" for name in kind] for kind in files(part))
    addresses = [*(f"./static/js/{name}" for name in found), *modules]
    links = [f"<{address}>; rel=modulepreload" for address in addresses]
    # These must match the component's requests (ui/component.py); otherwise the browser fetches them twice.
    return ", ".join([*links, *(f"<{style}>; rel=preload; as=fetch; crossorigin" for style in styles)])
