"""Mounts the board: what Python sends it, and how Python handles its commits."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any

from core.situation.query import parsed_z
from core.situation.scenario import MAX_ABS_Z, Scenario
from core.text import number_text
from ui import session, theme
from ui.browser import note_browser, take_browser, window
from ui.component import declare
from ui.messages import BoardMessage
from ui.sent import number
from ui.settings import raw_outputs_setting

__all__ = ["FROM", "board", "derivative_title", "scale_for"]

_BOARD = declare("board", "Softmax board")


# The raw outputs that the reader has pinned as the reference for further moves.
FROM = raw_outputs_setting("from")


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


def board(
    key: str,
    charts: Sequence[str] = (),
    *,
    fragment: str,
    paper: Sequence[str],
    bars: Sequence[int] | None = None,
    grid: bool = True,
    line: bool = True,
    probabilities: bool = True,
    hide_values: bool = False,
    stage: bool = False,
    stage_button: bool = False,
    camera: str = "",
    pin: bool = False,
    marks: Sequence[float] = (),
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
    bars : sequence of int, optional
        The classes whose raw outputs can be dragged; all if it is not given.
    grid : bool
        Whether the Jacobian is shown.
    line : bool
        Whether the line below says what the chosen cell is.
    probabilities : bool
        Whether probabilities are shown; without them, the raw outputs stand alone.
    hide_values : bool
        Whether the Jacobian hides its numbers because the reader must predict them first.
    stage : bool
        Whether the stage between is shown: e^(z / T) of each class and their sum.
    stage_button : bool
        Whether the reader can show and hide it by a button on the board; `also` then stores it.
    camera : str
        The viewpoint of charts in 3D; empty for the initial one.
    pin : bool
        Whether the marks of where everything was can be pinned; the page then has the setting `FROM`.
    marks : sequence of float
        The raw outputs of pinned marks, on a page where they cannot be pinned.
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
        "window": window(),
        "link": session.link(),
        "bars": list(range(len(now.classes)) if bars is None else bars),
        "grid": grid,
        "line": line,
        "probabilities": probabilities,
        "hide_values": hide_values,
        "paper": list(paper),
        "locked": "z" in session.locked(),
        "stage": stage,
        "stage_button": stage_button,
        "pin": pin,
        "pinned": _pinned(now) if pin else list(marks),
    }
    told = _BOARD(
        key=key,
        data=message,
        on_commit_change=lambda: _take_board(key, fragment, also, after, pin),
        on_browser_change=lambda: take_browser(key),
    )
    note_browser(told.browser)


def _pinned(now: Scenario) -> list[float]:
    """Return the raw outputs that are pinned; empty if none are."""
    text = session.setting(FROM)
    return list(parsed_z(text, len(now.classes))) if text else []


def _pin_in(told: Mapping[str, Any], n: int) -> dict[str, str]:
    """Return the setting `FROM` that a commit asks for; nothing if it is not what our board sends."""
    pinned = told.get("pinned")
    if not isinstance(pinned, list) or len(pinned) not in (0, n):
        return {}
    values = [number(value, -MAX_ABS_Z, MAX_ABS_Z) for value in pinned]
    if any(value is None for value in values):
        return {}
    return {FROM.name: ",".join(number_text(value) for value in values if value is not None)}


def _take_board(
    key: str,
    fragment: str,
    also: Callable[[Mapping[str, Any]], dict[str, str]],
    after: Callable[[Scenario, Mapping[str, Any]], None],
    pin: bool = False,
) -> None:
    payload = session.take_commit(key)
    now = session.scenario()
    try:
        new = now.with_z(payload["z"]).with_cell(payload["i"], payload["j"])
        session.change(new, **also(payload), **(_pin_in(payload, len(new.classes)) if pin else {}))
    except (KeyError, TypeError, ValueError):
        # The commit does not come from our board, or comes from one with other classes: change nothing.
        return
    after(now, payload)
    session.redraw_followers(fragment)
