"""Shows the values of components without making a class for each; the names are those of Streamlit 1.67."""

import logging
from collections.abc import Callable
from typing import Any, Self

__all__ = ["Shown", "presenter", "show_values_plainly"]

# The function that makes what shows a component's value.
_MAKES = "make_bidi_component_presenter"

_LOG = logging.getLogger(__name__)


class Shown(dict[str, Any]):
    """What a component last told, by name, for reading only."""

    def __getattr__(self, name: str) -> Any:
        return self.get(name)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # Streamlit copies values in case that the app changes them, which this app never does.
        return self


def show_values_plainly() -> None:
    """Replace how Streamlit shows the value of a component to the app.

    At each look Streamlit 1.67 defines a class whose objects write changes back. One commit makes eight such
    classes. Classes are garbage that only the collector finds, and each one that comes or goes makes Python
    forget where it has found attributes. A Streamlit without this function is left as it is.
    """
    try:
        from streamlit.components.v2.bidi_component import main

        if hasattr(main, _MAKES):
            setattr(main, _MAKES, presenter)
            return
    except ImportError:
        pass
    _LOG.warning("Streamlit shows the values of components in another way; commits cost more.")


def presenter(events: str, *_: Any, **__: Any) -> Callable[[Any, Any], Any]:
    """Return what shows a component's value: its state, and what it has told once.

    Parameters
    ----------
    events : str
        The identity under which Streamlit keeps what the component tells once.
    """

    def show(state: Any, session: Any) -> Any:
        values = session._new_widget_state
        told_once = values.widget_metadata.get(events)
        if not isinstance(state, dict) or told_once is None or told_once.value_type != "json_trigger_value":
            return state
        try:
            found = values[events]
        except KeyError:
            found = None
        each = found if isinstance(found, list) else [found]
        shown = Shown()
        for event in each:
            if isinstance(event, dict) and isinstance(event.get("event"), str):
                shown[event["event"]] = event.get("value")
        shown.update(state)
        return shown

    return show
