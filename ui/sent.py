"""What arrives from a browser, checked: anyone may send anything, and a choice may be stale."""

from collections.abc import Iterable
from typing import Any, TypeVar

import streamlit as st

__all__ = ["chosen", "commit", "number", "payload", "whole"]

_Option = TypeVar("_Option")


def chosen(key: str, options: Iterable[_Option]) -> _Option | None:
    """Return what a widget is set to if that is one of its options now, else None.

    Streamlit hands over the text of an option that is not offered any more, and nothing at all when the
    widget has left the page in the same moment.
    """
    value = st.session_state.get(key)
    return next((option for option in options if type(option) is type(value) and option == value), None)


def number(value: object, lowest: float, highest: float) -> float | None:
    """Return a number within its limits, which are finite, else None."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not lowest <= value <= highest:
        return None
    return float(value)


def whole(value: object, lowest: int, highest: int) -> int | None:
    """Return an integer within its limits, else None; JSON writes 3.0 and 3 for the same number."""
    found = number(value, lowest, highest)
    return int(found) if found is not None and found == int(found) else None


def payload(sent: object) -> dict[str, Any]:
    """Return what a component sent; nothing if it is not what our components send."""
    return sent if isinstance(sent, dict) else {}


def commit(key: str, name: str = "commit") -> dict[str, Any]:
    """Return what a component sent with a commit; nothing if Streamlit has left its page and forgotten it."""
    return payload(getattr(st.session_state.get(key), name, None))
