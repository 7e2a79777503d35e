"""What the reader's browser has told about itself: how it draws 3D, and the size of its window."""

from typing import NamedTuple

import streamlit as st

from ui import session
from ui.sent import number, payload, sent

__all__ = ["Browser", "browser", "note_browser", "take_browser", "window"]

_BROWSER = "softmax_browser"
_LARGEST_WINDOW = 1_000_000
# A page fills a window of 1280 by 720; in a narrower one its charts stand below each other.
_LEAST_WIDTH, _LEAST_HEIGHT = 1000, 720
# More height than this only adds empty room to the charts.
_MOST_SPARE = 300


class Browser(NamedTuple):
    """What is known about the browser.

    Attributes
    ----------
    webgl : {"hardware", "software", "none"}
        How it draws 3D, if at all.
    width, height : float
        Pixels of its window.
    """

    webgl: str
    width: float
    height: float

    @property
    def spare(self) -> int:
        """Return the pixels of its window's height that a 720-pixel page leaves free."""
        free = self.height - _LEAST_HEIGHT if self.width >= _LEAST_WIDTH else 0
        return int(min(max(free, 0), _MOST_SPARE))


def browser() -> Browser | None:
    """Return what is known about the reader's browser; None until a part has reported it."""
    found: Browser | None = st.session_state.get(_BROWSER)
    return found


def window() -> list[float]:
    """Return width and height of the window, for a part that reports about the browser; empty if unknown."""
    known = browser()
    return [known.width, known.height] if known else []


def take_browser(key: str) -> None:
    """Store a component's further reports about the browser before the run that each of them starts.

    The run then tells the component the size for which it draws the charts. The first report is left to
    `note_browser`, because it ends the first run of a session.
    """
    if browser() is not None:
        _take_browser(sent(key, "browser"))


def note_browser(told: object) -> None:
    """Store what a component reports about the browser; the first report lets the page be completed."""
    # This is read from the component's result, not in a callback. After a lost connection the browser has
    # already reported, so a new session receives the value without a change, and no callback runs.
    _take_browser(told)
    session.await_browser()
    if session.first_run() and browser() is not None:
        st.rerun()


def _take_browser(given: object) -> None:
    told = payload(given)
    webgl = told.get("webgl")
    known = webgl if isinstance(webgl, str) and webgl in ("hardware", "software", "none") else None
    width, height = (number(told.get(name), 0, _LARGEST_WINDOW) for name in ("width", "height"))
    if known and width is not None and height is not None:
        st.session_state[_BROWSER] = Browser(known, width, height)
