"""A widget that offers the options of one page setting; its callback checks what arrives."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import streamlit as st

from ui import session
from ui.sent import chosen
from ui.settings import Setting

__all__ = ["Choice"]

_Option = TypeVar("_Option")


def _nothing() -> None:
    """Do nothing more."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Option]):
    """A setting, the widget that sets it, and what follows a choice.

    Attributes
    ----------
    setting : Setting
        The setting.
    key : str
        The widget's key.
    options : callable
        Returns the options offered now; they may depend on the situation.
    in_link : callable
        Returns the text that stands for an option in the link.
    also : mapping of str to str
        Other settings that change with it, with their values in the link.
    then : callable
        Called at the end, even if the option that arrived is no longer offered.
    """

    setting: Setting
    key: str
    options: Callable[[], Iterable[_Option]]
    in_link: Callable[[_Option], str] = str
    also: Mapping[str, str] = field(default_factory=dict)
    then: Callable[[], None] = _nothing

    def select(self, label: str, value: _Option | None, **looks: Any) -> None:
        """Draw it as a list; `looks` is passed on to `st.selectbox`."""
        st.session_state[self.key] = value
        st.selectbox(label, list(self.options()), key=self.key, on_change=self.take, **looks)

    def segments(self, label: str, value: _Option, **looks: Any) -> None:
        """Draw its options side by side; `looks` is passed on to `st.segmented_control`."""
        st.session_state[self.key] = value
        st.segmented_control(
            label, list(self.options()), key=self.key, on_change=self.take, required=True, **looks
        )

    def take(self) -> None:
        """Apply the widget's option; an option that is no longer offered changes nothing."""
        option = chosen(self.key, self.options())
        if option is not None:
            value = self.setting.short(self.in_link(option))
            session.change(None, **{self.setting.name: value}, **self.also)
        self.then()
