"""Reads and writes links: the situation, the settings of a page, and what is wrong with a link."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.situation.names import quoted
from core.situation.scenario import Problem, Scenario
from core.text import LONGEST_TEXT
from ui.settings import Setting

__all__ = ["UNKNOWN_PAGE", "Link", "read", "written"]

# The parameter that names the unknown page a link asked for (server/known_pages.py).
UNKNOWN_PAGE = "page"


class Link(NamedTuple):
    """What a link says: the situation, settings that are not at their default, and what is wrong with it."""

    situation: Scenario
    settings: dict[str, str]
    problems: list[Problem]


def read(params: Mapping[str, str], specs: Sequence[Setting], base: Scenario | None = None) -> Link:
    """Return what the parameters of a link say.

    Parameters
    ----------
    params : mapping of str to str
        Its parameters; anyone may have written them.
    specs : sequence of Setting
        The settings of the page that the link opens.
    base : Scenario, optional
        The situation of a link that says nothing about it, on a page whose classes and temperature are
        always the same; by default the worked example.

    Returns
    -------
    Link
        What the link says. A setting that is impossible in this situation stays at its default, and a problem
        says why.
    """
    situation, problems = Scenario.from_query(params) if base is None else _read_from(base, params)
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


def _read_from(base: Scenario, params: Mapping[str, str]) -> tuple[Scenario, list[Problem]]:
    """Read a situation like `base`, from which a missing or bad parameter is taken."""
    usual = base.parameters()
    found, problems = dict(usual), []
    for name in usual.keys() & params.keys():
        situation, wrong = Scenario.from_query(usual | {name: params[name]})
        if name in ("classes", "T"):
            if situation.parameters()[name] != usual[name]:
                always = f"{name} in the link is ignored: this page always has {usual[name]}."
                problems.append(Problem(name, always))
        elif wrong:
            problems += wrong
        else:
            found[name] = params[name]
    return Scenario.from_query(found)[0], problems


def written(
    situation: Scenario, settings: Mapping[str, str], specs: Sequence[Setting], base: Scenario | None = None
) -> dict[str, str]:
    """Return the parameters of the link to a page, without settings that it lacks or that are impossible.

    Parameters
    ----------
    situation : Scenario
        The situation shown.
    settings : mapping of str to str
        Settings of all pages.
    specs : sequence of Setting
        The settings of the page.
    base : Scenario, optional
        See `read`.
    """
    values = {
        spec.name: value
        for spec in specs
        if (value := settings.get(spec.name)) and spec.accepts(value, situation)
    }
    if base is None:
        return situation.to_query() | values
    usual = base.parameters()
    return {name: value for name, value in situation.parameters().items() if value != usual[name]} | values
