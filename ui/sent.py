"""What arrives from a browser, checked: anyone may send anything, and a choice may be stale."""

from collections.abc import Iterable
from typing import Any, TypeVar

import streamlit as st

__all__ = ["chosen", "number", "payload", "sent", "whole"]

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


def payload(value: object) -> dict[str, Any]:
    """Return what a component sent; nothing if it is not what our components send."""
    return value if isinstance(value, dict) else {}


def sent(key: str, name: str) -> dict[str, Any]:
    """Return what a component sent under a name; nothing if Streamlit has left its page and forgotten it."""
    return payload(getattr(st.session_state.get(key), name, None))
