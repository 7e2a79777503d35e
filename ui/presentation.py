"""Presenter mode: how large everything is in the teacher's window, and how much room is left for charts."""

from math import floor
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from ui import session
from ui.browser import browser
from ui.lesson import PRESENT

__all__ = [
    "QUIET",
    "STYLE",
    "Room",
    "bars_height",
    "board_height",
    "embedded",
    "loss_height",
    "presenting",
    "quiet",
    "room",
    "root",
]

_LIVE = Path(__file__).parent.parent / "static" / "live"
# The style sheets that enlarge the page, and that take away everything around it.
STYLE, QUIET = _LIVE / "presenter.css", _LIVE / "quiet.css"

# The pixels of one rem, as in presenter.css: 24 in a window of 1280 by 720, in which 24 pixels are the
# smallest type that the back row reads. The smallest type of a chart is 12 pixels before it is enlarged.
_ROOT, _WIDTH, _HEIGHT = 24, 1280, 720
_LEAST_ROOT = 16
_CHART_TYPE = 12
# A chart that is less high than this shows nothing.
_LEAST_CHART = 120
# The padding of the page, and the gaps between its rows, in rem.
_AROUND = 1.2


class Room(NamedTuple):
    """The room for a row of charts.

    Attributes
    ----------
    height : int
        Pixels that a chart is drawn for.
    size : float
        How many times larger the chart is then shown.
    """

    height: int
    size: float

    @property
    def enough(self) -> bool:
        """Tell whether a chart of this height shows anything."""
        return self.height >= _LEAST_CHART

    @property
    def pixels(self) -> float:
        """Return the height that the chart is shown with."""
        return self.height * self.size


def presenting() -> bool:
    """Tell whether the page is shown in presenter mode."""
    return session.setting(PRESENT) == "on"


def embedded() -> bool:
    """Tell whether the link asks for the page without anything around it, to be embedded elsewhere."""
    return bool(st.context.is_embedded)


def quiet(only: str = "") -> bool:
    """Tell whether what is secondary is left out: in presenter mode, or with one part alone."""
    return presenting() or bool(only)


def root() -> float:
    """Return the pixels of one rem."""
    if not presenting():
        return _LEAST_ROOT
    known = browser()
    width, height = (known.width, known.height) if known else (_WIDTH, _HEIGHT)
    return max(_LEAST_ROOT, _ROOT * min(width / _WIDTH, height / _HEIGHT))


def board_height(n: int, *, line: bool, stage: bool = False) -> float:
    """Return how many pixels high a board with `n` classes is, as its style sheets say.

    Parameters
    ----------
    n : int
        The number of classes.
    line : bool
        Whether it ends with the sentence and the formula about the chosen cell.
    stage : bool
        Whether it shows e^(z / T) of each class and their sum.
    """
    rem = root() if presenting() else 0
    row, gap = (
        (max(40, 1.75 * rem), 6) if n <= 4 else (max(32, 1.4 * rem), 4) if n <= 6 else (max(24, 1.1 * rem), 0)
    )
    heads, axis = 1.3 * rem + gap, 1.1 * rem
    power = max(26, 1.2 * rem) if n <= 4 else max(23, 1.1 * rem) if n <= 6 else max(20, rem)
    between = 10 + max(20, 1.1 * rem) + (n + 1) * power if stage else 0
    return heads + n * (row + gap) + axis + between + (2.7 * rem + 18 if line else 0)


def bars_height(n: int) -> float:
    """Return how many pixels high `n` bars beside a chart alone are."""
    rem = root()
    return 1.4 * rem + 6 + n * (max(40, 1.75 * rem) + 6) + 1.1 * rem


def loss_height(n: int, *, worked: int = 0) -> float:
    """Return how many pixels high the loss and its table with `n` classes are, or the bars beside it.

    Parameters
    ----------
    n : int
        The number of classes.
    worked : int
        How many lines the chain rule with its numbers takes, which may take the place of the table.
    """
    rem = root()
    row = rem + 8 if n <= 6 else 1.24 * rem
    # In order: the loss with the buttons, the head of the table, and its rows.
    below = max(rem + 9 + n * row, 1.4 * rem * worked + 4)
    return max(5.3 * rem + 20 + below, board_height(n, line=False))


def room(taken: float, *, least: float = _LEAST_CHART) -> Room:
    """Return the room that is left for charts in a window that must not scroll.

    Parameters
    ----------
    taken : float
        Pixels of what is above the charts.
    least : float
        The least height, in pixels before a chart is enlarged; 0 to learn that there is no room.
    """
    known, size = browser(), root() / _CHART_TYPE if presenting() else 1.0
    height = known.height if known else _HEIGHT
    return Room(max(int(least), floor((height - taken - _AROUND * root()) / size)), size)
