"""Draws a quiet "?" in place of a chart that the teacher hides; a press on it reveals the chart."""

from collections.abc import Callable

import streamlit as st

from ui import lesson, session
from ui.lesson import HIDE, SHOWN

__all__ = ["covered"]


def covered(
    item: str, title: str, height: float, key: str = "", then: Callable[[], None] | None = None
) -> bool:
    """Draw a "?" of the same size as a chart if that is hidden.

    Parameters
    ----------
    item : {"curve", "surface"}
        What it belongs to among what can be hidden.
    title : str
        What the chart is.
    height : float
        The chart's height in pixels.
    key : str
        The chart's key, if several charts belong to the item.
    then : callable, optional
        Is called after the press, in the same callback.

    Returns
    -------
    bool
        Whether it is hidden, so that the chart is not drawn.
    """
    if not lesson.is_hidden(item, session.setting(HIDE), session.setting(SHOWN)):
        return False
    with st.container(
        height=round(height),
        horizontal_alignment="center",
        vertical_alignment="center",
        key=f"cover_{key or item}",
    ):
        st.button(
            f"? Show the {title}",
            type="tertiary",
            key=f"reveal_{key or item}",
            on_click=_reveal,
            args=(item, then),
        )
    return True


def _reveal(item: str, then: Callable[[], None] | None) -> None:
    shown = session.setting(SHOWN)
    session.change(None, shown=",".join(filter(None, (shown, item))))
    if then:
        then()
