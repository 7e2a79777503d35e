"""What a session holds; only ui/session.py reads and writes it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.situation.scenario import Problem, Scenario
from ui.settings import Setting

__all__ = ["Session", "Visit"]


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
    carried: Scenario | None = None
    asked_for: Visit | None = None
    reader: str = field(default_factory=lambda: secrets.token_hex(8))
    kept: dict[str, Any] = field(default_factory=dict)
    kept_has_arrived: bool = False
    followers: tuple[str, ...] = ()
