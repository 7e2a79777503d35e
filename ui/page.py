"""How every page begins: with the one sentence that says what to do first, inside the whole app."""

import streamlit as st

from ui import state

__all__ = ["lead"]


def lead(sentence: str) -> None:
    """Write the page's first sentence (Markdown), once it is sure that `app.py` runs the page.

    Streamlit takes a folder named `pages` for its older kind of multipage app until `st.navigation` is first
    called: on a server that has just started, whoever opens a page by its own address would get the page
    alone, without the situation that `app.py` reads from the link.
    """
    if not state.claim_run():
        st.navigation([lambda: None], position="hidden")  # Ends the older kind.
        st.rerun()
    st.markdown(sentence)
