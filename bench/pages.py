"""Measure what one visitor costs the server on every page: `python -m bench.pages`.

Prints for each page the processor time of its opening, of one commit and of a whole rerun, and the bytes that
they send, against a rerun of an empty fragment (bench/empty_fragment.py) in the same run. Ends with status 1
if a commit costs more than the bar.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.load import MOST_RATIO, NO_COLLECTION, Pinned, commit, rerun
from bench.machine import used
from bench.visitor import Visitor
from core.situation.presets import find
from tests.browser.app_server import AppServer, exception_in
from ui.iris_part import PETAL, SEPAL

OPENINGS, ACTS = 10, 200

Act = Callable[[Visitor, random.Random], Awaitable[float]]


async def point(visitor: Visitor, dice: random.Random) -> float:
    """Move the point on the irises' plane; return the seconds."""
    told = visitor.told["iris"]
    at = [dice.uniform(*PETAL), dice.uniform(*SEPAL)]
    seq = max(time.time_ns() // 1_000_000, told["ack"] + 1)
    seconds = await visitor.commit("iris", {"seq": seq, "at": at})
    if visitor.told["iris"]["ack"] != seq:
        raise RuntimeError(f"commit {seq} was not answered")
    return seconds


async def whole(visitor: Visitor, _: random.Random) -> float:
    """Run the whole page again; return the seconds."""
    return await visitor.rerun_page()


@dataclass(frozen=True)
class Case:
    """A page, or an expensive view of one."""

    name: str
    page: str = ""
    query: str = ""
    commits: Act | None = commit


_TEN = find("ten-classes")
assert _TEN
CASES = (
    Case("Explore"),
    Case("Explore, ten classes", query="classes=" + ",".join(_TEN.scenario.classes)),
    Case("Explore, surface in 3D", query="view=3d"),
    Case("Explore, all exponentials", query="stage=on"),
    Case("The tour", "tour", "scene=jacobian"),
    Case("Step by step", "derive"),
    Case("Loss", "descend"),
    Case("Irises", "iris", commits=point),
    Case("Worksheet", "worksheet", commits=None),
)


@dataclass
class Cost:
    """Milliseconds of the server and bytes that it sent, for one act."""

    cpu: float
    size: float


async def cost(server: AppServer, times: int, act: Callable[[], Awaitable[int]]) -> Cost:
    """Do something some times; return what it cost each time, after once that does not count."""
    await act()
    before, size = used(server.pid), 0
    for _ in range(times):
        size += await act()
    return Cost(1000 * (used(server.pid) - before) / times, size / times)


async def opened(server: AppServer, case: Case) -> Cost:
    """Return what it costs to open a page."""

    async def once() -> int:
        async with Visitor(server.url, case.query, case.page) as visitor:
            await visitor.open_page()
            return visitor.take()

    return await cost(server, OPENINGS, once)


async def acted(server: AppServer, case: Case, act: Act) -> Cost:
    """Return what something costs that a visitor does on an open page."""
    dice = random.Random(1)  # noqa: S311
    async with Visitor(server.url, case.query, case.page) as visitor:
        await visitor.open_page()

        async def once() -> int:
            visitor.take()
            await act(visitor, dice)
            return visitor.take()

        return await cost(server, ACTS, once)


def written(found: Cost | None, unit: float) -> str:
    """Return a cost in milliseconds, as a multiple of the empty fragment, and in bytes."""
    return f"{found.cpu:6.1f}{found.cpu / unit:7.2f}{found.size:9,.0f}" if found else " " * 22


def main() -> int:
    """Measure, print, and return the exit status."""
    print("x is a multiple of an empty fragment's time, measured before each page")
    print(f"{'':26}{'empty':>6}  {'opening':^22}  {'commit':^22}  {'whole rerun':^22}")
    print(f"{'':26}{'ms':>6}  " + f"{'ms':>6}{'x':>7}{'bytes':>9}  " * 3)
    good = True
    with Pinned("app.py") as server, Pinned("bench/empty_fragment.py", NO_COLLECTION) as other:
        for case in CASES:
            unit = asyncio.run(acted(other, Case("empty"), rerun)).cpu
            first = asyncio.run(opened(server, case))
            one = asyncio.run(acted(server, case, case.commits)) if case.commits else None
            again = asyncio.run(acted(server, case, whole))
            good = good and (case.name != "Explore" or one is None or one.cpu <= MOST_RATIO * unit)
            costs = "  ".join(written(part, unit) for part in (first, one, again))
            print(f"{case.name:26}{unit:6.1f}  {costs}", flush=True)
        failure = exception_in(server.log_text())
    if failure:
        print(failure)
    print(f"a commit on Explore: at most {MOST_RATIO:g} x, {'met' if good else 'MISSED'}")
    return int(bool(failure) or not good)


if __name__ == "__main__":
    sys.exit(main())
