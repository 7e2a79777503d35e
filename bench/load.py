"""Measure the server under a class of visitors: `python -m bench.load`. With `--soak`, measure its memory.

Every visitor fetches the page's files as a browser does (bench/files.py) and is then a WebSocket that sends
Streamlit's own messages (bench/visitor.py). It opens Explore within the first seconds (200 within 30)
and then commits one raw output every other second; each visitor starts at a moment of its own. The server has
one core, the visitors another. The baseline from the same run is as many visitors of a page with an empty
fragment (bench/empty_fragment.py), who rerun it at the same pace; that server does not collect garbage after
each run. Ends with status 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.files import fetch, files_of
from bench.machine import Others, at_rest, used
from bench.visitor import PATIENCE, Visitor
from tests.browser.app_server import AppServer, exception_in

EVERY = 2.0  # s between two commits of a visitor
MOST_BYTES = 25_000
MOST_RATIO = 3.0
MOST_P95 = 300.0  # ms
MOST_OPENING = 3.0  # s
# The empty fragment is a baseline of the server's CPU alone, which needs no more than this.
BASELINE = 60.0  # s
# Time between two visitors who come, on average.
APART = 0.15  # s
# Threads of the visitors' side that fetch files.
THREADS = 96
NO_COLLECTION = "--runner.postScriptGC=false"

SOAK_COMMITS = 10_000
SOAK_SESSIONS = 1000
SOAK_AT_ONCE = 8
# Streamlit keeps this many disconnected sessions in case their visitors come back.
KEPT_SESSIONS = 128
# The second half of the run may add this much, because the allocator's own use varies.
MOST_GROWTH = 8.0  # MB
MB = 1e6


@dataclass
class Taken:
    """The measurements of one server."""

    openings: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0  # s, of the server while visitors commit
    memory: float = 0.0  # bytes for each session
    others: float = 0.0

    @property
    def cpu_each(self) -> float:
        """Milliseconds of the server for each commit."""
        return 1000 * self.cpu / max(1, len(self.commits))


def memory(process: int) -> int:
    """Return the resident memory of a process, in bytes."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def cores() -> tuple[set[int], set[int]]:
    """Return one core for the server and the others for the visitors; a single core serves both."""
    first, *rest = sorted(os.sched_getaffinity(0))
    return {first}, set(rest) or {first}


class Pinned:
    """A server on one core; meanwhile this process has the others."""

    def __init__(self, script: str, *options: str) -> None:
        self.server = AppServer(script, *options)
        self.before = os.sched_getaffinity(0)

    def __enter__(self) -> AppServer:
        one, rest = cores()
        # A process and all its threads inherit the cores on which they may run.
        os.sched_setaffinity(0, one)
        try:
            self.server.start()
        finally:
            os.sched_setaffinity(0, rest)
        return self.server

    def __exit__(self, *_: object) -> None:
        self.server.stop()
        os.sched_setaffinity(0, self.before)


async def commit(visitor: Visitor, dice: random.Random) -> float:
    """Move one raw output of the board; return the seconds, or raise if Python did not take it."""
    told = visitor.told["board"]
    z = list(told["z"])
    z[dice.randrange(len(z))] = round(dice.uniform(-4, 4), 2)
    seq = max(time.time_ns() // 1_000_000, told["ack"] + 1)
    seconds = await visitor.commit("board", {"seq": seq, "z": z, "i": told["i"], "j": told["j"]})
    told = visitor.told["board"]
    if told["ack"] != seq or told["z"] != z:
        raise RuntimeError(f"commit {seq} of {z} was answered with {told['ack']} of {told['z']}")
    return seconds


async def rerun(visitor: Visitor, _: random.Random) -> float:
    """Run the empty fragment again; return the seconds."""
    return await visitor.rerun_fragment()


async def load(
    server: AppServer,
    act: Callable[[Visitor, random.Random], Awaitable[float]],
    sessions: int,
    seconds: float,
    files: list[str],
) -> Taken:
    """Let visitors come within the first seconds, act every other second, and leave."""
    taken = Taken()
    threads = ThreadPoolExecutor(THREADS)
    dice = random.Random(1)  # noqa: S311
    # The first visit makes the server load its modules.
    async with Visitor(server.url) as first:
        await first.open_page()
        await act(first, dice)
    others = Others()
    empty = memory(server.pid)
    visitors = [Visitor(server.url) for _ in range(sessions)]
    opened = asyncio.Event()
    done = 0

    async def visit(visitor: Visitor, comes: float, first: float) -> None:
        nonlocal done
        await asyncio.sleep(comes)
        came = time.perf_counter()
        try:
            if files:
                await fetch(server.url, files, threads)
            async with asyncio.timeout(PATIENCE):
                await connected.enter_async_context(visitor)
            await visitor.open_page()
            taken.openings.append(time.perf_counter() - came)
        except Exception as error:
            taken.errors.append(f"opening: {error!r}")
            return
        finally:
            done += 1
            if done == sessions:
                taken.memory = (memory(server.pid) - empty) / sessions
                opened.set()
        await opened.wait()
        visitor.take()
        await asyncio.sleep(first)
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            try:
                taken.commits.append(await act(visitor, dice))
            except Exception as error:
                taken.errors.append(f"commit: {error!r}")
                return
            taken.received.append(visitor.take())
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - began)))

    async with AsyncExitStack() as connected:
        # Each visitor comes and commits at moments of its own.
        visits = [
            asyncio.create_task(visit(visitor, dice.uniform(0, sessions * APART), dice.uniform(0, EVERY)))
            for visitor in visitors
        ]
        await opened.wait()
        cpu = used(server.pid)
        await asyncio.gather(*visits)
        taken.cpu = used(server.pid) - cpu
    threads.shutdown()
    taken.others = others.share()
    if failure := exception_in(server.log_text()):
        taken.errors.append(failure.splitlines()[-1])
    return taken


def percentiles(seconds: list[float]) -> str:
    """Return the 50th, 95th and 99th percentile in milliseconds, as text."""
    if not seconds:
        return "none"
    return " / ".join(f"{1000 * value:.0f}" for value in np.percentile(seconds, [50, 95, 99]))


def compare(sessions: int, seconds: float, options: list[str]) -> int:
    """Print both servers' numbers; return 1 if a bar is missed."""
    with Pinned("app.py", *options) as server:
        files = asyncio.run(files_of(server.url))
        at_rest(server.pid)
        ours = asyncio.run(load(server, commit, sessions, seconds, files))
    with Pinned("bench/empty_fragment.py", NO_COLLECTION) as server:
        empty = asyncio.run(load(server, rerun, sessions, min(seconds, BASELINE), []))
    ratio = ours.cpu_each / empty.cpu_each
    p95 = 1000 * float(np.percentile(ours.commits, 95)) if ours.commits else float("inf")
    size = float(np.median(ours.received)) if ours.received else float("inf")
    opening = float(np.percentile(ours.openings, 95)) if ours.openings else float("inf")
    print(
        f"{sessions} visitors come within {sessions * APART:g} s and fetch {len(files)} files each (the empty"
    )
    most = f"there at most {BASELINE:g}"
    print(f"fragment's none), then each commits every {EVERY:g} s for {seconds:g} s ({most})")
    print("                                        ours      empty fragment   bar")
    lines = [
        ("opening, ms (50 / 95 / 99 %)", percentiles(ours.openings), percentiles(empty.openings),
         f"95 % <= {1000 * MOST_OPENING:g}"),
        ("commit, ms (50 / 95 / 99 %)", percentiles(ours.commits), percentiles(empty.commits),
         f"95 % <= {MOST_P95:g}"),
        ("commits", str(len(ours.commits)), str(len(empty.commits)), ""),
        ("server CPU for each, ms", f"{ours.cpu_each:.1f}", f"{empty.cpu_each:.1f}", ""),
        ("  ratio", f"{ratio:.2f}", "1", f"<= {MOST_RATIO:g}"),
        ("bytes for each", f"{size:.0f}", f"{np.median(empty.received):.0f}", f"<= {MOST_BYTES}"),
        ("memory for each session, MB", f"{ours.memory / MB:.2f}", f"{empty.memory / MB:.2f}", ""),
        ("errors", str(len(ours.errors)), str(len(empty.errors)), "0"),
        ("other programs' share of the cores", f"{ours.others:.0%}", f"{empty.others:.0%}", ""),
    ]  # fmt: skip
    for what, here, there, bar in lines:
        print(f"{what:36}  {here:18}  {there:14}  {bar}")
    for error in (ours.errors + empty.errors)[:5]:
        print(f"  {error}")
    good = ratio <= MOST_RATIO and size <= MOST_BYTES and p95 <= MOST_P95 and opening <= MOST_OPENING
    good = good and not ours.errors
    print("every bar is met" if good else "a bar is missed")
    return int(not good)


async def soak(server: AppServer) -> int:
    """Print the server's memory over many commits and many visitors; return 1 if it grows."""
    dice = random.Random(2)  # noqa: S311
    seen: list[float] = []
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(Visitor(server.url)) for _ in range(SOAK_AT_ONCE)]
        for visitor in visitors:
            await visitor.open_page()

        async def some(visitor: Visitor, times: int) -> None:
            for _ in range(times):
                await commit(visitor, dice)

        portions = 10
        for portion in range(portions + 1):
            seen.append(memory(server.pid) / MB)
            print(f"after {portion * SOAK_COMMITS // portions:5} commits: {seen[-1]:.1f} MB", flush=True)
            if portion < portions:
                times = SOAK_COMMITS // portions // SOAK_AT_ONCE
                await asyncio.gather(*(some(visitor, times) for visitor in visitors))
    by_commits = seen[-1] - seen[len(seen) // 2]
    kept = 0.0
    for number in range(1, SOAK_SESSIONS + 1):
        async with Visitor(server.url) as visitor:
            await visitor.open_page()
            await commit(visitor, dice)
        if number in (1, KEPT_SESSIONS) or number % 40 == 0:
            now = memory(server.pid) / MB
            kept = now if number == KEPT_SESSIONS else kept
            print(f"after {number:5} visitors: {now:.1f} MB", flush=True)
    by_visitors = memory(server.pid) / MB - kept
    print(f"the second half of the commits added {by_commits:.1f} MB, bar {MOST_GROWTH:g}")
    print(
        f"visitors beyond the {KEPT_SESSIONS} that Streamlit keeps added {by_visitors:.1f} MB, bar the same"
    )
    failure = exception_in(server.log_text())
    if failure:
        print(failure)
    return int(max(by_commits, by_visitors) > MOST_GROWTH or bool(failure))


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sessions", type=int, default=60, help="visitors at once (60)")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long they commit (20)")
    parser.add_argument("--soak", action="store_true", help="memory over 10,000 commits and 1,000 visitors")
    parser.add_argument("--collect", action="store_true",
                        help="collect garbage after every run, as Streamlit does by itself")  # fmt: skip
    asked = parser.parse_args()
    options = ["--runner.postScriptGC=true"] if asked.collect else []
    if not asked.soak:
        return compare(asked.sessions, asked.seconds, options)
    with Pinned("app.py", *options) as server:
        return asyncio.run(soak(server))


if __name__ == "__main__":
    sys.exit(main())
