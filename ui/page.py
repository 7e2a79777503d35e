"""Opens a page with what is the same for all: link, session, sidebar, notices and the first sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st

from core.derivation.loss_predictions import Aim
from core.situation.scenario import Scenario
from ui import presentation, session
from ui.lead import lead
from ui.lesson import SHARED
from ui.modules import without_comments
from ui.presentation import presenting, quiet
from ui.session_data import Base
from ui.settings import Setting
from ui.share import open_share, share_button
from ui.sidebar import notices, sidebar
from ui.takeaway import TakeAway
from ui.task import draw_task

__all__ = ["Page", "leave_folder_mode", "open_page"]

# The key of the button that opens the dialog for sharing.
_SHARE = "share"
_ROOT = Path(__file__).parent.parent
# Every whole run sends it.
_STREAMLITS = f"<style>{without_comments('streamlit.css')}</style>"


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
        The first sentence, in Markdown: what to do first; empty if the page itself says it.
    settings : tuple of Setting
        The settings that its link holds besides the situation.
    draw : callable
        Draws what is below the first sentence.
    hides : tuple of str
        What it can hide, by the names of `ui.lesson.TITLES`.
    asks : tuple of str
        What of it the key H hides when nothing else was chosen.
    resets : tuple of str
        The names of the settings that are again as in the link that was opened when a lesson goes back to its
        start.
    first_part : str
        The part that the browser loads before everything else.
    has_situation : bool
        Whether it shows the situation that presets, temperature and classes control.
    gap : {"xsmall", "small"}
        The room between its parts.
    takeaway : callable, optional
        Returns what a reader can take away from it.
    turn : callable, optional
        Shows the scene that is so many scenes on; for the keys of a lesson, on a page without steps.
    again : callable, optional
        Called when a lesson goes back to its start.
    leads : bool
        Whether arrow keys do so outside presenter mode, too.
    base : callable, optional
        On a page that has a situation of its own: given the settings of a link, the situation that the link
        means when it says nothing about it. Its classes and temperature are always the same.
    caption : str
        What the sidebar says in place of the controls of the situation.
    alone : mapping of str to str
        The parts that it can show alone, with their titles; its settings include `only_setting` of them.
    aim : callable, optional
        Returns what is minimised in a situation, on a page with a loss.
    """

    path: str
    title: str
    icon: str
    intro: str
    settings: tuple[Setting, ...]
    draw: Callable[[], None]
    hides: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    resets: tuple[str, ...] = ()
    first_part: str = "board"
    has_situation: bool = True
    gap: Literal["xsmall", "small"] = "small"
    takeaway: Callable[[], TakeAway] | None = None
    turn: Callable[[int], None] | None = None
    again: Callable[[], None] = lambda: None
    leads: bool = False
    base: Base | None = None
    caption: str = ""
    alone: Mapping[str, str] = field(default_factory=dict)
    aim: Callable[[Scenario], Aim] | None = None

    def only(self) -> str:
        """Return the part that is shown alone; empty for the whole page."""
        return next((session.setting(spec) for spec in self.settings if spec.name == "only"), "")

    def show(self) -> None:
        """Draw the page."""
        with st.container(gap=self.gap):
            if self.has_situation:
                draw_task(self.aim)
            # The first sentence of such a page tells the reader to move the raw outputs.
            locked = self.has_situation and "z" in session.locked()
            # Its place stays, so that the parts below keep theirs when presenter mode begins or ends.
            place = st.empty()
            if self.intro and not locked and not quiet(self.only()):
                place.markdown(self.intro)
            self.draw()


def open_page(pages: Sequence[Page]) -> None:
    """Show the page that the address names, with everything that all pages share."""
    by_path = {page.path: page for page in pages}
    links = [
        st.Page(
            page.show, title=page.title, icon=page.icon, url_path=page.path or None, default=not page.path
        )
        for page in pages
    ]
    # Streamlit takes the icon of a page for the tab's until another is set, and asks Google for its picture.
    st.set_page_config(page_icon="static/icon.svg", layout="wide", initial_sidebar_state=260)
    # The navigation is hidden until the first run is complete, because a change of page during that run would
    # leave half a page.
    chosen = st.navigation(links, position="top" if session.started() else "hidden")
    page = by_path[chosen.url_path]
    st.set_page_config(page_title=f"{page.title} · The softmax derivative")
    session.begin(
        page.path,
        {known.path: (*known.settings, *SHARED) for known in pages},
        {known.path: known.base for known in pages if known.base},
    )
    sidebar(
        situation=page.has_situation,
        caption=page.caption,
        hides=page.hides,
        takeaway=page.takeaway,
        share=partial(share_button, _SHARE, page),
    )
    # The style sheet comes before the elements that it styles, so that they never appear unstyled.
    st.html(_STREAMLITS)
    if quiet(page.only()) or presentation.embedded():
        st.html(presentation.QUIET)
    if presenting():
        st.html(presentation.STYLE)
    # In a narrow window Streamlit hides its list of pages in the drawer. These links are shown instead.
    with st.container(key="pages", horizontal=True, gap=None):
        for link in links:
            st.page_link(link, icon="", disabled=not session.started())
    notices()
    chosen.run()
    if not session.first_run():
        lead(
            page.asks,
            page.resets,
            partial(open_share, _SHARE, page),
            turn=page.turn,
            leads=page.leads,
            again=page.again,
        )
    # No part of this page will report about the browser, so nothing else would start the second run.
    if session.first_run() and not session.awaits_browser():
        st.rerun()


def leave_folder_mode() -> None:
    """Make `app.py` run the page that Streamlit has just run as a separate script.

    Until `st.navigation` is first called, Streamlit treats a folder named `pages` as its older kind of
    multipage app (seen in 1.67). On a server that has just started, a user who opens a page by its own
    address would get that file alone, without the situation that the link holds.
    """
    # The first call ends that older mode. It lists all pages, so that Streamlit finds the requested one.
    start = st.Page(_draw_nothing, url_path="start", default=True)
    files = sorted((_ROOT / "pages").glob("[!_]*.py"))
    st.navigation([start, *map(st.Page, files)], position="hidden")
    st.rerun()


def _draw_nothing() -> None:
    """Draw an empty page."""
