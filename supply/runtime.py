"""Says which packages run the app; `python -m supply.runtime` prints what requirements.txt asks for that."""

from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["distributions", "requirements"]

ROOT = Path(__file__).resolve().parents[1]

# requirements.txt is enough to test the app, too. These are there for the tests alone.
_FOR_TESTS = frozenset({"pytest"})


def requirements() -> list[Requirement]:
    """Return what requirements.txt asks for to run the app."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    named = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    return [each for each in named if canonicalize_name(each.name) not in _FOR_TESTS]


def distributions() -> dict[str, Distribution]:
    """Return the installed packages that run the app on this machine, with all that they need, by name."""
    found: dict[str, Distribution] = {}
    waiting = requirements()
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        # `extra` is empty: nothing here asks for the extras of a package.
        if name in found or (asked.marker and not asked.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name)
        waiting += [Requirement(line) for line in found[name].requires or []]
    return dict(sorted(found.items()))


if __name__ == "__main__":
    print(*requirements(), sep="\n")
