"""Settings that the link of every page can hold: what a lesson asks and locks."""

from core.situation.scenario import Scenario
from core.tasks import ACCEPTED, parse
from ui.settings import Setting

__all__ = ["ASK", "LOCK", "LOCKABLE", "SHARED", "lock_text", "locks"]

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
SHARED = (LOCK, ASK)
