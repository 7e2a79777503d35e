"""How much of this machine a server and other programs use, so that a measurement can wait for them."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

PROC = Path("/proc")
# A server that uses no more than this in a second is at rest.
IDLE = 0.02  # s


def used(process: int) -> float:
    """Return the processor time of a process so far, in seconds; 0 where /proc does not say."""
    if not (PROC / "stat").exists():
        return 0.0
    fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def at_rest(process: int) -> None:
    """Wait until a server does nothing by itself: after its first visit it compresses files for a while."""
    before = -1.0
    while used(process) - before > IDLE:
        before = used(process)
        time.sleep(1)


class Others:
    """The share of all cores used, from here to `share()`, by processes that this one did not start."""

    def __init__(self) -> None:
        self.begun = self._now()

    def share(self) -> float:
        """Return a fraction of 1, or 0 where /proc does not say."""
        (total, busy, own), (total_then, busy_then, own_then) = self._now(), self.begun
        return max(0.0, (busy - busy_then - (own - own_then)) / max(1, total - total_then))

    @staticmethod
    def _now() -> tuple[int, int, int]:
        if not (PROC / "stat").exists():
            return 0, 0, 0
        user, nice, system, idle, wait, *rest = map(int, (PROC / "stat").read_text().split()[1:9])
        return user + nice + system + idle + wait + sum(rest), user + nice + system + sum(rest), _own()


def _own() -> int:
    """Return the clock ticks that this process and all its descendants have used."""
    parents, ticks = {}, {}
    for folder in PROC.glob("[0-9]*"):
        try:
            # The program's name may contain spaces and parentheses; the fields after the last ")" do not.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        ticks[int(folder.name)] = sum(map(int, fields[11:15]))

    def ours(pid: int) -> bool:
        while pid in parents and pid != os.getpid():
            pid = parents[pid]
        return pid == os.getpid()

    return sum(count for pid, count in ticks.items() if ours(pid))


async def quiet(limit: float, patience: float) -> None:
    """Wait, but not for ever, until other programs use less than a share of the cores."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        others = Others()
        await asyncio.sleep(0.6)
        if others.share() < limit:
            return
