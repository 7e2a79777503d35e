"""Makes Streamlit ignore widget values that it cannot read, instead of failing in every later run."""

import logging
from typing import Any

__all__ = ["ignore_unreadable_values"]

_JSON = ("json_value", "json_trigger_value")
# What our parts send is at most eight deep.
_DEEPEST = 32
_HOLDS = (dict, list)

_LOG = logging.getLogger(__name__)


def ignore_unreadable_values() -> None:
    """Replace how Streamlit reads a widget's value; calling this again changes nothing.

    A browser sends each value with its kind: a string, an integer, JSON and so on. Streamlit 1.67 hands a
    value of another kind than the widget's to the widget, and reads JSON without expecting errors. Both raise
    an exception with a traceback in the log. The value stays in the session, so every later run fails, too.
    Streamlit already treats the value of an unknown widget as missing. A KeyError here means the same.
    """
    try:
        from streamlit.runtime.state.session_state import Serialized, WStates
    except ImportError:
        _LOG.warning("Streamlit reads widget values in another way; unreadable ones are not ignored.")
        return
    read = WStates.__getitem__
    if getattr(read, "ignores_unreadable", False):
        return

    def read_or_miss(states: WStates, ident: str) -> Any:
        state, widget = states.states.get(ident), states.widget_metadata.get(ident)
        if not isinstance(state, Serialized) or widget is None:
            return read(states, ident)
        kind = state.value.WhichOneof("value")
        # What a component sends as its state is an object.
        if not _fits(kind, widget.value_type) or (
            kind == "json_value" and not state.value.json_value.startswith("{")
        ):
            raise KeyError(ident)
        try:
            found = read(states, ident)
        except Exception:
            raise KeyError(ident) from None
        if kind is None:
            # Streamlit has noted that the widget's values have no kind.
            states.widget_metadata[ident] = widget
        # Streamlit copies each value by a function that calls itself for what is inside.
        if kind in _JSON and not _is_shallow(found):
            states.states[ident] = state
            raise KeyError(ident)
        return found

    read_or_miss.ignores_unreadable = True  # type: ignore[attr-defined]
    WStates.__getitem__ = read_or_miss  # type: ignore[method-assign]


def _fits(kind: str | None, expected: str) -> bool:
    """Tell whether a widget may get a value of a kind; one that was cleared has a value of no kind."""
    # A box for integers expects a floating-point number, and the page sends an integer.
    return kind is None or kind.replace("int_", "double_") == expected.replace("int_", "double_")


def _is_shallow(value: object, deepest: int = _DEEPEST) -> bool:
    """Tell whether nothing inside a value is deeper than this."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return deepest > 0 and all(_is_shallow(item, deepest - 1) for item in inside if isinstance(item, _HOLDS))
