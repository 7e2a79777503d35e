"""What a teacher sets for a class, in every page's link: presenter mode, what is hidden, locked and asked."""

import re
from collections.abc import Iterable, Sequence

from core.situation.scenario import Scenario
from core.tasks import ACCEPTED, parse
from ui.messages import LessonMessage
from ui.settings import Setting

__all__ = [
    "ASK",
    "GRADIENT",
    "GROUPS",
    "HIDE",
    "JACOBIAN",
    "LOCK",
    "LOCKABLE",
    "PRESENT",
    "PROBABILITIES",
    "SHARED",
    "SHOWN",
    "TITLES",
    "hidden",
    "hide_text",
    "is_hidden",
    "lock_text",
    "locks",
    "message",
    "only_setting",
]

# What can be hidden, with its title. Bars and colours can stay while numbers are hidden, and the other way
# round.
TITLES = {
    "probability-numbers": "Probabilities: numbers",
    "probability-bars": "Probabilities: bars",
    "jacobian-numbers": "Jacobian: numbers",
    "jacobian-colours": "Jacobian: colours",
    "formula": "Formulas",
    "curve": "Curve",
    "surface": "Surface",
    "loss": "Loss",
    "gradient-numbers": "Gradient: numbers",
    "gradient-bars": "Gradient: bars",
    "network": "Network: numbers",
}
# A name in the link that stands for several of them.
GROUPS = {
    "probabilities": ("probability-numbers", "probability-bars"),
    "jacobian": ("jacobian-numbers", "jacobian-colours"),
    "gradient": ("gradient-numbers", "gradient-bars"),
}
PROBABILITIES, JACOBIAN, GRADIENT = (GROUPS[name] for name in ("probabilities", "jacobian", "gradient"))

# What is revealed singly: a probability, an entry of the gradient, a step or a cell of the Jacobian, by its
# place counted from 1; or a whole item.
_SINGLE = re.compile(r"p\d{1,2}|g\d{1,2}|j\d{1,2}-\d{1,2}|s\d{1,2}|formula|curve|surface|loss|network")
_MOST_SHOWN = 130


def hidden(text: str) -> tuple[str, ...] | None:
    """Return what `hide` in a link names, in the order of `TITLES`; None if it names anything else.

    Examples
    --------
    >>> hidden("curve,probabilities"), hidden("curve,answers")
    (('probability-numbers', 'probability-bars', 'curve'), None)
    """
    if not text:
        return ()
    named: set[str] = set()
    for part in text.split(","):
        found = GROUPS.get(part, (part,) if part in TITLES else ())
        if not found:
            return None
        named.update(found)
    return tuple(item for item in TITLES if item in named)


def hide_text(items: Iterable[str]) -> str:
    """Return how the link writes what is hidden.

    Examples
    --------
    >>> hide_text(["curve", "jacobian-colours", "jacobian-numbers"])
    'jacobian,curve'
    """
    left = set(items)
    found: list[str] = []
    for item in TITLES:
        group = next((name for name, members in GROUPS.items() if item in members), None)
        if group and left.issuperset(GROUPS[group]):
            found.append(group)
            left.difference_update(GROUPS[group])
        elif item in left:
            found.append(item)
    return ",".join(found)


def is_hidden(item: str, hide: str, shown: str) -> bool:
    """Tell whether a whole item is hidden, given the two settings."""
    revealed = _shown(shown) or []
    return item in (hidden(hide) or ()) and "all" not in revealed and item not in revealed


def _shown(text: str) -> list[str] | None:
    """Return what `shown` in a link reveals; None if it is not a list of such names."""
    parts = text.split(",") if text else []
    if len(parts) > _MOST_SHOWN or not all(part == "all" or _SINGLE.fullmatch(part) for part in parts):
        return None
    return parts


PRESENT = Setting("present", "", lambda value, _: value in ("", "on"), "on")
HIDE = Setting(
    "hide", "", lambda value, _: hidden(value) is not None,
    f"a list of {', '.join([*GROUPS, *TITLES])}, separated by commas",
)  # fmt: skip
SHOWN = Setting(
    "shown", "", lambda value, _: _shown(value) is not None,
    "all, or a list such as p1, j1-2, g3, formula, separated by commas",
)  # fmt: skip

# What a link may lock, in the order in which it is written, and its name on the screen.
LOCKABLE = {"classes": "classes", "temperature": "temperature", "z": "raw outputs"}


def locks(value: str) -> frozenset[str]:
    """Return what the value of `LOCK` locks: some of "classes", "temperature" and "z"."""
    return frozenset(value.split(",")) if value else frozenset()


def lock_text(locked: frozenset[str]) -> str:
    """Return the value of `LOCK` that locks these.

    Examples
    --------
    >>> lock_text(frozenset({"z", "classes"}))
    'classes,z'
    """
    return ",".join(name for name in LOCKABLE if name in locked)


def _locks(value: str, _: Scenario) -> bool:
    named = value.split(",")
    return value == "" or (set(named) <= LOCKABLE.keys() and len(set(named)) == len(named))


LOCK = Setting("lock", "", _locks, "one or more of classes, temperature and z, separated by commas")
ASK = Setting(
    "ask", "", lambda value, now: value == "" or parse(value, len(now.classes)) is not None, ACCEPTED
)

# Every page has these settings in its link, besides its own.
SHARED = (PRESENT, HIDE, SHOWN, LOCK, ASK)


def only_setting(parts: Sequence[str]) -> Setting:
    """Return the setting that shows one part of a page alone, to be embedded elsewhere."""

    def accepts(value: str, _: Scenario) -> bool:
        return value in ("", *parts)

    return Setting("only", "", accepts, f"one of {', '.join(parts)}")


def message(present: str, hide: str, shown: str) -> LessonMessage:
    """Return what the browser needs to know about these settings."""
    return {
        "present": present == "on",
        "hide": list(hidden(hide) or ()),
        "shown": _shown(shown) or [],
    }
