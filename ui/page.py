"""How every page begins: with the one sentence that says what to do first, inside the whole app."""

from pathlib import Path

import streamlit as st

from ui import state

__all__ = ["lead"]

_ROOT = Path(__file__).parent.parent
_PAGES = _ROOT / "pages"
_STREAMLITS = _ROOT / "static" / "board" / "streamlit.css"


def _nothing() -> None:
    """Be a page that shows nothing."""


def lead(sentence: str) -> None:
    """Write the page's first sentence (Markdown), once it is sure that `app.py` runs the page.

    Streamlit takes a folder named `pages` for its older kind of multipage app until `st.navigation` is first
    called: on a server that has just started, whoever opens a page by its own address would get the page
    alone, without the situation that `app.py` reads from the link.
    """
    if not state.claim_run():
        # The first call ends the older kind; all pages are in it, so that the one asked for is found.
        start = st.Page(_nothing, url_path="start", default=True)
        st.navigation([start, *map(st.Page, sorted(_PAGES.glob("*.py")))], position="hidden")
        st.rerun()
    st.html(_STREAMLITS)
    st.markdown(sentence)
