"""Reads and writes links: the situation, the settings of a page, and what is wrong with a link."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.situation.names import quoted
from core.situation.scenario import Problem, Scenario
from core.text import LONGEST_TEXT
from ui.settings import Setting

__all__ = ["UNKNOWN_PAGE", "Link", "read", "written"]

# The parameter that names the unknown page a link asked for (ui/addresses.py).
UNKNOWN_PAGE = "page"


class Link(NamedTuple):
    """What a link says: the situation, settings that are not at their default, and what is wrong with it."""

    situation: Scenario
    settings: dict[str, str]
    problems: list[Problem]


def read(params: Mapping[str, str], specs: Sequence[Setting]) -> Link:
    """Return what the parameters of a link say.

    Parameters
    ----------
    params : mapping of str to str
        Its parameters; anyone may have written them.
    specs : sequence of Setting
        The settings of the page that the link opens.

    Returns
    -------
    Link
        What the link says. A setting that is impossible in this situation stays at its default, and a problem
        says why.
    """
    situation, problems = Scenario.from_query(params)
    settings = {}
    for spec in specs:
        value = params.get(spec.name)
        if value is None or value == spec.default:
            continue
        if len(value) <= LONGEST_TEXT and spec.accepts(value, situation):
            settings[spec.name] = value
            continue
        accepted = spec.expected
        if spec.names_a_class:
            accepted = f"{accepted}: {', '.join(map(quoted, situation.classes))}"
        problems.append(
            Problem(spec.name, f"{spec.name} in the link is {quoted(value)}; it must be {accepted}.")
        )
    if UNKNOWN_PAGE in params:
        asked = quoted(params[UNKNOWN_PAGE])
        problems.append(Problem(UNKNOWN_PAGE, f"There is no page {asked} here; Explore is shown instead."))
    return Link(situation, settings, problems)


def written(situation: Scenario, settings: Mapping[str, str], specs: Sequence[Setting]) -> dict[str, str]:
    """Return the parameters of the link to a page, without settings that it lacks or that are impossible."""
    values = {
        spec.name: value
        for spec in specs
        if (value := settings.get(spec.name)) and spec.accepts(value, situation)
    }
    return situation.to_query() | values
