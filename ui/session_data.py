"""What a session holds; only ui/session.py reads and writes it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.situation.scenario import Problem, Scenario
from ui.settings import Setting

__all__ = ["Base", "Place", "Session", "Visit"]

# Given the settings of a link, returns the situation that the link means when it says nothing about it.
Base = Callable[[Mapping[str, str]], Scenario]


class Place(NamedTuple):
    """What a page with a situation of its own puts aside while it is shown, and the other way round.

    Attributes
    ----------
    situation, start : Scenario
        As in `Session`.
    settings : dict of str to str
        The settings that describe how the situation came about.
    """

    situation: Scenario
    start: Scenario
    settings: dict[str, str]


class Visit(NamedTuple):
    """A page that the browser must open: its path, the situation to show, and when this was asked for."""

    page: str
    carried: Scenario
    at: float


@dataclass(slots=True)
class Session:
    """What the server knows of one open page.

    Attributes
    ----------
    situation, start : Scenario
        The situation shown, and the one that reset and a double-click return to.
    page : str
        The path of the page that is shown.
    pages : mapping of str to tuple of Setting
        The settings of every page, by its path.
    opened_with : dict of str to dict of str to str
        For each page, the settings with which it was first opened by a link.
    settings : dict of str to str
        Settings of all pages that are not at their default.
    problems : list of Problem
        What was wrong with the link that was opened.
    first_run : bool
        Whether this is the first run, which draws the board and little else.
    awaits_browser : bool
        Whether a part will report what it knows about the browser, which ends the first run.
    url : dict of str to str
        The query that was last read or written.
    acknowledged : dict of str to int
        The number of the last commit that arrived, by part.
    set_aside : list of (str, float)
        Removed classes, with their raw outputs.
    bases : mapping of str to Base
        The pages that have a situation of their own, by their paths.
    places : dict of str to Place
        The situations that are not shown now: that of each such page by its path, and the shared one as "".
    carried : Scenario, optional
        The situation that the browser takes along to another page as its start.
    asked_for : Visit, optional
        The page that `visit` asked for, until the browser has gone there or something else has changed.
    reader : str
        A name by which the reader's tab recognises this session.
    kept : dict
        What the reader's tab keeps of this session: plain JSON.
    kept_has_arrived : bool
        Whether the tab has sent what it had kept of an earlier session.
    followers : tuple of str
        The keys of fragments that follow the situation besides the one that changes it.
    """

    situation: Scenario
    start: Scenario
    page: str
    pages: Mapping[str, tuple[Setting, ...]]
    settings: dict[str, str] = field(default_factory=dict)
    opened_with: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    first_run: bool = True
    awaits_browser: bool = False
    url: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    set_aside: list[tuple[str, float]] = field(default_factory=list)
    bases: Mapping[str, Base] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    carried: Scenario | None = None
    asked_for: Visit | None = None
    reader: str = field(default_factory=lambda: secrets.token_hex(8))
    kept: dict[str, Any] = field(default_factory=dict)
    kept_has_arrived: bool = False
    followers: tuple[str, ...] = ()

    def ending(self) -> set[str]:
        """Return the names of the settings that end with the situation."""
        return {spec.name for specs in self.pages.values() for spec in specs if spec.ends_with_the_situation}

    def go_from(self, old: str, new: str) -> None:
        """Go to another page; if it has another situation, the one shown is put aside."""
        old, new = self._place_of(old), self._place_of(new)
        if old == new:
            return
        found, ends = self._aside(new), self.ending()
        told = {name: value for name, value in self.settings.items() if name in ends}
        self.settings = self._with(found)
        self.places[old] = Place(self.situation, self.start, told)
        self.places.pop(new, None)
        self.situation, self.start = found.situation, found.start
        self.set_aside = []

    def shown_on(self, page: str) -> tuple[Scenario, dict[str, str]]:
        """Return the situation that a page shows, and the settings of all pages as they are with it."""
        if self._place_of(page) == self._place_of(self.page):
            return self.situation, self.settings
        found = self._aside(self._place_of(page))
        return found.situation, self._with(found)

    def _place_of(self, page: str) -> str:
        return page if page in self.bases else ""

    def _aside(self, place: str) -> Place:
        begins = self.bases[place](self.settings) if place else Scenario()
        return self.places.get(place, Place(begins, begins, {}))

    def _with(self, place: Place) -> dict[str, str]:
        ends = self.ending()
        return {name: value for name, value in self.settings.items() if name not in ends} | place.settings
