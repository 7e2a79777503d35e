"""Lists what a page's first part needs, so that the browser requests it along with the page itself."""

from ui.chunks import chunks
from ui.packs import packs

__all__ = ["early_links"]

# What mounts a component, and what else is there in the first run: our style sheet, and the links to pages.
# Streamlit's page itself lists most of Streamlit's modules.
_STREAMLITS = ("BidiComponent", "Html", "PageLink")

# What Streamlit's page asks before it opens the WebSocket: on a slow network, one more round trip. A `fetch`
# uses such a request only if both have the same settings, so this says `crossorigin`.
_QUESTIONS = ("_stcore/health", "_stcore/host-config")


def early_links(part: str) -> str:
    """Return the `Link` header that names what a part of the page needs before it can be used."""
    both = packs()
    needed = ["first.js"] if f'"parts/{part}.js"'.encode() in both.first else ["first.js", "rest.js"]
    addresses = [*(f"app/static/{both.folder}/{name}" for name in needed), *chunks(*_STREAMLITS)]
    modules = [f"<./{address}>; rel=modulepreload" for address in addresses]
    return ", ".join(
        [*modules, *(f"<./{address}>; rel=preload; as=fetch; crossorigin" for address in _QUESTIONS)]
    )
