"""What a visitor can take away from a page: pictures, its numbers as a table, and a notebook."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ui.component import declare
from ui.handout.messages import PictureMessage, TakeAwayMessage

__all__ = ["ChartFile", "TakeAway", "take_away", "take_away_popover"]

_PICTURES = declare("takeaway", "Pictures")
_POPOVER = "takeaway"


@dataclass(frozen=True, slots=True)
class ChartFile:
    """A chart of the page as a file.

    Attributes
    ----------
    key : str
        The key given to st.plotly_chart.
    title : str
        Its name for the reader.
    file : str
        The name of the file, without an ending.
    """

    key: str
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class TakeAway:
    """What a page has to take away; everything is made only when it is asked for.

    Attributes
    ----------
    page : str
        The name of the page in the name of the notebook.
    charts : tuple of ChartFile
        The charts that are now on the page.
    board, csv, notebook : callable
        Return the board as SVG, the situation as CSV, and the notebook as JSON.
    board_title : str
        What the board is called.
    drawings : tuple of ChartFile
        Drawings that a part of the page makes itself; their keys are the names in its module.
    note : str
        What the reader should know before; empty if nothing.
    """

    page: str
    charts: tuple[ChartFile, ...]
    board: Callable[[], str]
    csv: Callable[[], str]
    notebook: Callable[[], str]
    board_title: str = "Board"
    drawings: tuple[ChartFile, ...] = ()
    note: str = ""


def take_away(found: TakeAway) -> None:
    """Draw the buttons that download what a page has to take away."""
    charts: list[PictureMessage] = [
        {"title": chart.title, "file": chart.file, "key": chart.key, "svg": None, "drawing": None}
        for chart in found.charts
    ]
    board: PictureMessage = {
        "title": found.board_title,
        "file": "softmax-board",
        "key": None,
        "svg": found.board(),
        "drawing": None,
    }
    drawings: list[PictureMessage] = [
        {"title": each.title, "file": each.file, "key": None, "svg": None, "drawing": each.key}
        for each in found.drawings
    ]
    message: TakeAwayMessage = {"pictures": [*charts, *drawings, board]}
    _PICTURES(key="takeaway_pictures", data=message)
    # The browser has the file, so nothing has to run again.
    st.download_button("Numbers (CSV)", found.csv(), "softmax-situation.csv", "text/csv",
                       key="takeaway_csv", on_click="ignore", width="stretch")  # fmt: skip
    st.download_button("Jupyter notebook", found.notebook(), f"softmax-{found.page}.ipynb",
                       "application/x-ipynb+json", key="takeaway_notebook", on_click="ignore",
                       width="stretch")  # fmt: skip
    if found.note:
        st.caption(found.note)


@st.fragment
def take_away_popover(find: Callable[[], TakeAway]) -> None:
    """Draw a popover with what a page has to take away; nothing is made until it is open."""
    popover = st.popover(
        "Take away", icon=":material/download:", key=_POPOVER, on_change="rerun", width="stretch"
    )
    if popover.open:
        with popover:
            take_away(find())
