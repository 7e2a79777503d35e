"""A widget with options that sets one setting of a page; its callback checks what arrives."""

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
    """How a setting is chosen.

    Attributes
    ----------
    setting : Setting
        What is set.
    key : str
        The widget's key.
    options : callable
        Returns what is offered now: it may depend on the situation.
    in_link : callable
        Given an option: how the link says it.
    also : mapping of str to str
        Settings that change with it, as the link has them.
    then : callable
        Called when all is set, also when what arrived was not possible: it may have been possible before.
    """

    setting: Setting
    key: str
    options: Callable[[], Iterable[_Option]]
    in_link: Callable[[_Option], str] = str
    also: Mapping[str, str] = field(default_factory=dict)
    then: Callable[[], None] = _nothing

    def select(self, label: str, value: _Option | None, **looks: Any) -> None:
        """Draw it as a list; `looks` are those of `st.selectbox`."""
        st.session_state[self.key] = value
        st.selectbox(label, list(self.options()), key=self.key, on_change=self.take, **looks)

    def segments(self, label: str, value: _Option, **looks: Any) -> None:
        """Draw its options side by side; `looks` are those of `st.segmented_control`."""
        st.session_state[self.key] = value
        st.segmented_control(
            label, list(self.options()), key=self.key, on_change=self.take, required=True, **looks
        )

    def take(self) -> None:
        """Take what the widget is set to; what is not offered now changes nothing."""
        option = chosen(self.key, self.options())
        if option is not None:
            value = self.setting.short(self.in_link(option))
            session.change(None, **{self.setting.name: value}, **self.also)
        self.then()
