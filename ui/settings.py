"""What a page says in the link beside the situation: one declaration each."""

from collections.abc import Callable
from dataclasses import dataclass

from core.situation.scenario import Scenario

__all__ = ["Setting"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A page's own setting in the link.

    Streamlit's `bind="query-params"` does not do: it would write a setting that has become impossible, and
    a widget that is not drawn would lose its own.

    Attributes
    ----------
    name : str
        The query parameter.
    default : str
        Its value when it is left out.
    accepts : callable
        Given a value and the scenario: whether it is possible.
    expected : str
        What is accepted, in words.
    names_a_class : bool
        Whether its value is the name of a class, and follows when that is renamed.
    ends_with_the_situation : bool
        Whether it tells how these raw outputs came about: of other ones, or at another temperature, it would
        be untrue.
    """

    name: str
    default: str
    accepts: Callable[[str, Scenario], bool]
    expected: str
    names_a_class: bool = False
    ends_with_the_situation: bool = False

    def short(self, value: str) -> str:
        """Return a value as the link has it: a default is left out."""
        return "" if value == self.default else value
