"""Checks what arrives from a browser: anyone may send anything, and a choice may be out of date."""

from collections.abc import Iterable
from typing import Any, TypeVar

import streamlit as st

__all__ = ["chosen", "number", "payload", "sent", "whole"]

_Option = TypeVar("_Option")


def chosen(key: str, options: Iterable[_Option]) -> _Option | None:
    """Return the option a widget is set to; None if it is not among the options now offered.

    If an option is no longer offered, Streamlit returns its text. If the widget has just left the page,
    Streamlit returns nothing.
    """
    value = st.session_state.get(key)
    return next((option for option in options if type(option) is type(value) and option == value), None)


def number(value: object, lowest: float, highest: float) -> float | None:
    """Return a number if it is within its finite limits, otherwise None."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not lowest <= value <= highest:
        return None
    return float(value)


def whole(value: object, lowest: int, highest: int) -> int | None:
    """Return an integer if it is within its limits, otherwise None; JSON may write 3 as 3.0."""
    found = number(value, lowest, highest)
    return int(found) if found is not None and found == int(found) else None


def payload(value: object) -> dict[str, Any]:
    """Return what a component sent; empty if our components never send that."""
    return value if isinstance(value, dict) else {}


def sent(key: str, name: str) -> dict[str, Any]:
    """Return what a component sent under a name; empty if Streamlit has left its page and forgotten it."""
    return payload(getattr(st.session_state.get(key), name, None))
