"""Mounts the board: what Python sends it, and how Python handles its commits."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

import streamlit as st

from core.situation.scenario import Scenario
from ui import session, theme
from ui.component import declare
from ui.messages import BoardMessage
from ui.sent import number, payload

__all__ = ["Browser", "board", "browser", "derivative_title", "note_browser", "scale_for"]

_BROWSER = "softmax_browser"
# More height than this only adds empty room to the charts.
_MOST_SPARE = 300
_LARGEST_WINDOW = 1_000_000
_BOARD = declare("board", "Softmax board")


def scale_for(z: Sequence[float]) -> float:
    """Return the end of the raw-output axis: the first of 5, 10, 20, 50 that holds every value with room.

    Examples
    --------
    >>> scale_for([1.43, -0.4]), scale_for([5.0, 0.0]), scale_for([50.0, 0.0])
    (5.0, 10.0, 50.0)
    """
    largest = max(abs(value) for value in z)
    # A point at the very end would be cut in half, and could not be dragged any further.
    return next(end for end in (5.0, 10.0, 20.0, 50.0, inf) if largest <= (end if end >= 50 else 0.95 * end))


def derivative_title(now: Scenario) -> str:
    """Return the title of a printed page about one derivative.

    Examples
    --------
    >>> derivative_title(Scenario(i=0, j=1))
    'The derivative of the probability of setosa with respect to the raw output of versicolor'
    """
    name = now.classes
    return (
        f"The derivative of the probability of {name[now.i]} with respect to the raw output of {name[now.j]}"
    )


class Browser(NamedTuple):
    """What the board has found out about the browser.

    Attributes
    ----------
    webgl : {"hardware", "software", "none"}
        How it draws 3D, if at all.
    spare : int
        Pixels of its window's height that a 720-pixel page leaves free.
    """

    webgl: str
    spare: int


def browser() -> Browser | None:
    """Return what is known about the reader's browser; None until the board has reported it."""
    found: Browser | None = st.session_state.get(_BROWSER)
    return found


def board(
    key: str,
    charts: Sequence[str] = (),
    *,
    fragment: str,
    paper: Sequence[str],
    line: bool = True,
    hide_values: bool = False,
    camera: str = "",
    also: Callable[[Mapping[str, Any]], dict[str, str]] = lambda _: {},
    after: Callable[[Scenario, Mapping[str, Any]], None] = lambda _, __: None,
) -> None:
    """Draw the board.

    Parameters
    ----------
    key : str
        The component's key.
    charts : sequence of str
        The keys of the Plotly charts that follow it.
    fragment : str
        The key of the fragment that draws it.
    paper : sequence of str
        What heads the printed page: its title, and lines that follow the situation.
    line : bool
        Whether the line below says what the chosen cell is.
    hide_values : bool
        Whether the Jacobian hides its numbers because the reader must predict them first.
    camera : str
        The viewpoint of charts in 3D; empty for the initial one.
    also : callable
        Given a commit, the settings of the page that change with it.
    after : callable
        Called at the end of a commit's callback, with the situation before the commit and the commit.

    Notes
    -----
    The first run of a session draws little besides the board, so that the board can be seen and dragged as
    early as possible. Once mounted, the board reports what it knows about the browser, and this report starts
    the run that draws the rest.
    """
    now = session.scenario()
    message: BoardMessage = {
        "names": list(now.classes),
        "z": list(now.z),
        "start": list(session.start().z),
        "temperature": now.temperature,
        "i": now.i,
        "j": now.j,
        "scale": scale_for(now.z),
        "ack": session.acknowledged(key),
        "colours": theme.board_colours(len(now.classes)),
        "charts": list(charts),
        "camera": camera,
        "browser_unknown": browser() is None,
        "link": session.link(),
        "line": line,
        "hide_values": hide_values,
        "paper": list(paper),
        "locked": "z" in session.locked(),
    }
    told = _BOARD(
        key=key,
        data=message,
        on_commit_change=lambda: _take_board(key, fragment, also, after),
        on_browser_change=lambda: None,
    )
    note_browser(told.browser)


def note_browser(told: object) -> None:
    """Store what a component reports about the browser; the first report lets the page be completed."""
    # This is read from the component's result, not in a callback. After a lost connection the browser has
    # already reported, so a new session receives the value without a change, and no callback runs.
    _take_browser(told)
    session.await_browser()
    if session.first_run() and browser() is not None:
        st.rerun()


def _take_board(
    key: str,
    fragment: str,
    also: Callable[[Mapping[str, Any]], dict[str, str]],
    after: Callable[[Scenario, Mapping[str, Any]], None],
) -> None:
    payload = session.take_commit(key)
    now = session.scenario()
    try:
        session.change(now.with_z(payload["z"]).with_cell(payload["i"], payload["j"]), **also(payload))
    except (KeyError, TypeError, ValueError):
        # The commit does not come from our board, or comes from one with other classes: change nothing.
        return
    after(now, payload)
    session.redraw_followers(fragment)


def _take_browser(given: object) -> None:
    told = payload(given)
    webgl, spare = told.get("webgl"), told.get("spare")
    known = webgl if isinstance(webgl, str) and webgl in ("hardware", "software", "none") else None
    pixels = number(spare, 0, _LARGEST_WINDOW)
    if known and pixels is not None:
        st.session_state[_BROWSER] = Browser(known, int(min(pixels, _MOST_SPARE)))
