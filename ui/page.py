"""Opens a page: brings link, session, sidebar, notices and the first sentence together, the same for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from ui import session
from ui.settings import Setting
from ui.sidebar import notices, sidebar

__all__ = ["Page", "leave_folder_mode", "open_page"]

_ROOT = Path(__file__).parent.parent
_STREAMLITS = _ROOT / "static" / "live" / "streamlit.css"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the app.

    Attributes
    ----------
    path : str
        Its address below the app's; empty for the first page.
    title, icon : str
        Its name in the navigation and in the browser's tab, and its Material icon.
    intro : str
        The first sentence, in Markdown: what to do first.
    settings : tuple of Setting
        What its link says beside the situation.
    draw : callable
        Draws what is below the first sentence.
    first_part : str
        The part that the browser loads before all else.
    has_situation : bool
        Whether it shows the situation that presets, temperature and classes make up.
    gap : {"xsmall", "small"}
        The room between its parts.
    """

    path: str
    title: str
    icon: str
    intro: str
    settings: tuple[Setting, ...]
    draw: Callable[[], None]
    first_part: str = "board"
    has_situation: bool = True
    gap: Literal["xsmall", "small"] = "small"

    def show(self) -> None:
        """Draw the page."""
        with st.container(gap=self.gap):
            st.markdown(self.intro)
            self.draw()


def open_page(pages: Sequence[Page]) -> None:
    """Show the page that the address names, in what all pages share."""
    by_path = {page.path: page for page in pages}
    links = [
        st.Page(
            page.show, title=page.title, icon=page.icon, url_path=page.path or None, default=not page.path
        )
        for page in pages
    ]
    # Not before the first run is complete: a switch of pages in the middle of it would leave half a page.
    chosen = st.navigation(links, position="top" if session.started() else "hidden")
    page = by_path[chosen.url_path]
    st.set_page_config(page_title=f"{page.title} · The softmax derivative", page_icon="static/icon.svg",
                       layout="wide", initial_sidebar_state=260)  # fmt: skip
    session.begin(page.path, {known.path: known.settings for known in pages})
    sidebar(situation=page.has_situation)
    # Before what it dresses, so that nothing is ever seen without it.
    st.html(_STREAMLITS)
    # Where a window is narrow Streamlit hides its list of pages in the drawer: there these are shown instead.
    with st.container(key="pages", horizontal=True, gap=None):
        for link in links:
            st.page_link(link, icon="", disabled=not session.started())
    notices()
    chosen.run()
    # Nothing on this page tells of the browser, which would bring the rest.
    if session.first_run() and not session.awaits_browser():
        st.rerun()


def leave_folder_mode() -> None:
    """Have `app.py` run the page that Streamlit has run as a script of its own.

    Streamlit takes a folder named `pages` for its older kind of multipage app until `st.navigation` is first
    called (seen in 1.67). On a server that has just started, whoever opens a page by its own address would
    get the file alone, without the situation that the link holds.
    """
    # The first call ends the older kind; all pages are in it, so that the one asked for is found.
    start = st.Page(_draw_nothing, url_path="start", default=True)
    files = sorted((_ROOT / "pages").glob("[!_]*.py"))
    st.navigation([start, *map(st.Page, files)], position="hidden")
    st.rerun()


def _draw_nothing() -> None:
    """Be a page that shows nothing."""
