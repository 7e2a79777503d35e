"""A box for a number that someone has worked out; it accepts a point or a comma, and any minus sign."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.situation.query import parsed_number
from core.text import number_text
from ui import theme
from ui.text import for_markdown

__all__ = ["LARGEST", "number_answer", "typed_number"]

LARGEST = 1e9
_LONGEST = 24
# What was last typed into a box and is no number, by the key of the box.
_REFUSED = "softmax_refused_answers"


def number_answer(
    label: str, key: str, given: float | None, take: Callable[..., None], args: tuple[Any, ...], **looks: Any
) -> None:
    """Draw the box, and a sentence about a text that is no number.

    Streamlit's own box for numbers reads a comma as nothing, so that 0,2 becomes 2.

    Parameters
    ----------
    label : str
        What is asked, in Markdown.
    key : str
        The box's key.
    given : float or None
        The answer that was given before.
    take : callable
        Called with `args` after another answer; it reads the answer with `typed_number`.
    args : tuple
        What `take` is called with.
    looks : Any
        Passed on to `st.text_input`.
    """
    st.session_state[key] = "" if given is None else number_text(given).replace("-", theme.MINUS)
    st.text_input(label, key=key, on_change=take, args=args, **looks)
    if refused := st.session_state.get(_REFUSED, {}).get(key):
        st.warning(f"“{for_markdown(refused)}” is not a number. A number such as −0.25 is accepted.")


def typed_number(key: str) -> float | None:
    """Return the number in a box; None if it is empty or no number, which the next run says."""
    text = st.session_state.get(key)
    refused = dict(st.session_state.get(_REFUSED, {}))
    refused.pop(key, None)
    found = None
    if isinstance(text, str) and text.strip():
        found = parsed_number(text.strip()[: 2 * _LONGEST].replace(",", "."), -LARGEST, LARGEST)
        if found is None:
            refused[key] = text[:_LONGEST]
    st.session_state[_REFUSED] = refused
    return found
