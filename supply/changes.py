"""Says what changed between two records of supply/insides.py.

`python -m supply.changes before.json after.json` ends with 1 if something is gone that the app needs.
"""

import json
import sys
from pathlib import Path

from supply.insides import NEEDED, Record

__all__ = ["differences", "gone"]


def gone(before: Record, after: Record) -> list[str]:
    """Return what the app needs and what only the first record has."""
    return [f"{kind}: {name}" for kind in NEEDED for name in sorted(set(before[kind]) - set(after[kind]))]


def differences(before: Record, after: Record) -> list[str]:
    """Return a line for each thing that is gone, new or different, under a line for its kind."""
    lines: list[str] = []
    for kind, old in before.items():
        new = after[kind]
        changed = [
            *(f"  gone: {name} ({old[name]})" for name in sorted(set(old) - set(new))),
            *(f"  new: {name} ({new[name]})" for name in sorted(set(new) - set(old))),
            *(
                f"  {name}: {_change(old[name], new[name])}"
                for name in sorted(set(old) & set(new))
                if old[name] != new[name]
            ),
        ]
        lines += [f"{kind}:", *changed] if changed else []
    return lines


def _change(old: str, new: str) -> str:
    """Return what differs; of two long lists, such as the parameters of a function, only that."""
    if len(old) + len(new) < 100:
        return f"{old} -> {new}"
    before, after = old.split(", "), new.split(", ")
    less = [f"- {part}" for part in before if part not in after]
    more = [f"+ {part}" for part in after if part not in before]
    return "; ".join([*less, *more]) or "in another order"


def _main(before: str, after: str) -> int:
    first, second = (json.loads(Path(name).read_text(encoding="utf-8")) for name in (before, after))
    print(*differences(first, second) or ["nothing that is recorded changed"], sep="\n")
    missing = gone(first, second)
    if missing:
        print("The app needs, and no longer finds:", *missing, sep="\n  ")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
