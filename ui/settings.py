"""Declares the settings that a page adds to the situation in its link."""

from collections.abc import Callable
from dataclasses import dataclass

from core.situation.query import parsed_z
from core.situation.scenario import Scenario

__all__ = ["Setting", "raw_outputs_setting"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A page's own setting in the link.

    Streamlit's `bind="query-params"` is not enough: it would write a setting that has become impossible, and
    a widget that is not drawn would lose its setting.

    Attributes
    ----------
    name : str
        The query parameter.
    default : str
        Its value when it is left out.
    accepts : callable
        Given a value and the situation, returns whether the value is possible.
    expected : str
        What is accepted, in words.
    names_a_class : bool
        Whether its value is the name of a class, and so changes when that class is renamed.
    ends_with_the_situation : bool
        Whether it describes how the current raw outputs came about. It would be untrue of other raw outputs
        or at another temperature.
    """

    name: str
    default: str
    accepts: Callable[[str, Scenario], bool]
    expected: str
    names_a_class: bool = False
    ends_with_the_situation: bool = False

    def short(self, value: str) -> str:
        """Return a value as it stands in the link: empty for the default, which is left out."""
        return "" if value == self.default else value


def raw_outputs_setting(name: str, *, ends_with_the_situation: bool = False) -> Setting:
    """Return a setting that holds raw outputs besides those of the situation, or nothing."""

    def accepts(value: str, now: Scenario) -> bool:
        try:
            return value == "" or len(parsed_z(value, len(now.classes))) == len(now.classes)
        except ValueError:
            return False

    expected = "one number from −50 to 50 for each class, separated by commas"
    return Setting(name, "", accepts, expected, ends_with_the_situation=ends_with_the_situation)
