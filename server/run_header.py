"""Writes the theme into the header of a run from memory; the names are those of Streamlit 1.67."""

from collections.abc import Callable
from typing import Any

from streamlit import config
from streamlit.runtime import app_session

__all__ = ["remember_theme", "remembered"]

# The functions that write what the configuration says into the message with which every run begins.
_FROM_CONFIGURATION = ("_populate_theme_msg", "_populate_config_msg")


def remember_theme() -> None:
    """Let Streamlit write theme and settings into the header of a run from memory.

    Every run begins with a message that holds the whole theme. Streamlit reads it anew from all options of
    six sections, which took a sixth of a commit. A Streamlit without functions of these names is left as it
    is: it does the same work, only slower.
    """
    for name in _FROM_CONFIGURATION:
        populate = getattr(app_session, name, None)
        if callable(populate):
            setattr(app_session, name, remembered(populate))


def remembered(populate: Callable[..., None]) -> Callable[..., None]:
    """Return a function that fills a message like `populate`, which it calls once for each section.

    Streamlit reads the configuration again when its file changes. Then everything is forgotten.
    """
    # Each message as bytes: to merge those takes half as long.
    kept: dict[tuple[Any, ...], bytes] = {}
    config.on_config_parsed(kept.clear, force_connect=True)

    def from_memory(message: Any, *section: Any) -> None:
        if section not in kept:
            filled = type(message)()
            populate(filled, *section)
            kept[section] = filled.SerializeToString()
        # Merging an empty message would still mark its place as set.
        if kept[section]:
            message.MergeFromString(kept[section])

    return from_memory
