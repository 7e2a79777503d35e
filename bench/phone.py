"""Measure drags on a weak phone: `python -m bench.phone`.

A page of 390x844 with touch, two pixels to each of its own, in headless Chromium, gets one sixth of its time.
Drags as `bench.drag` does, in turn at this pace and at full pace, which is the baseline. Prints both, their
ratio and the bars; ends with status 1 if a bar is missed.

A slow page gets several moves in one event. They all count as followed if the board has changed before the
next event came; how many pictures they became is what the frames per second tell.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
from collections.abc import Awaitable
from statistics import median
from urllib.parse import urlencode

from bench.drag import CASES, Case, Row, Taken, at_least, at_most, p95, print_rows, undisturbed
from bench.machine import at_rest
from bench.visit import MOVES, OURS, PHONE, Drag, chromium, visit
from tests.browser.app_server import AppServer

SLOWDOWN = 6
FRAMES = {3: 50, 10: 30}  # per second, at least
FOLLOWED = 59  # of the moves, at least


def followed(taken: Taken) -> float:
    """Moves that the board has followed in the median drag."""
    counts = []
    for drag in taken.drags:
        events = drag.notes["moves"]
        nexts = [event["event"] for event in events[1:]] + [drag.notes["release"]["event"]]
        counts.append(
            sum(
                len(event["sent"])
                for event, after in zip(events, nexts, strict=True)
                if event["board"] is not None and event["board"] < after
            )
        )
    return median(counts)


def rows(frames: int) -> list[Row]:
    """Return what is measured and the bars."""
    return [
        Row(f"moves of {MOVES} that the board followed", followed, f">= {FOLLOWED}", at_least(FOLLOWED),
            "{:.0f}"),
        Row("frames per second", Taken.frames_per_second, f">= {frames}", at_least(frames)),
        Row("move to painted frame, p95, ms", lambda t: p95(t.times("painted", "stamp"))),
        Row("event to changed board, median, ms", lambda t: median(t.times("board"))),
        Row("event to changed board, p95, ms", lambda t: p95(t.times("board"))),
        Row("events", lambda t: median(len(d.notes["moves"]) for d in t.drags), form="{:.0f}"),
        Row("error at rest, board", lambda t: t.disagreements("board"), "<= 1e-12", at_most(1e-12), "{:.0e}"),
        Row("error at rest, points in charts", lambda t: t.disagreements("points"), "<= 1e-9", at_most(1e-9),
            "{:.0e}"),
        Row("script runs during a drag", lambda t: max(d.runs_while_dragging for d in t.drags), "0",
            at_most(0), "{:.0f}"),
        Row("other programs' part of the machine", lambda t: max(t.others), form="{:.0%}"),
    ]  # fmt: skip


async def measure(case: Case, drags: int, slowdown: float) -> tuple[Taken, Taken]:
    """Drag on one page in turn slowly and at full pace."""
    slow, full = Taken(OURS, case.scenario), Taken(OURS, case.scenario)
    async with chromium() as browser:
        with AppServer(OURS.script) as server:
            address = f"{server.url}/?{urlencode(case.scenario.to_query())}"
            async with visit(browser, OURS, address, PHONE) as page:
                await page.settle()
                await asyncio.to_thread(at_rest, server.pid)
                directions = itertools.cycle((case.direction, -case.direction))
                for number in range(-1, drags):
                    for taken, pace in ((slow, slowdown), (full, 1)):
                        # A drag that is repeated goes back, too: at the end of the axis nothing would move.
                        def one(pace: float = pace) -> Awaitable[Drag]:
                            return page.drag(case.dragged, next(directions), pace)

                        drag, share = await undisturbed(one)
                        if number >= 0:  # the first drags warm the page
                            taken.drags.append(drag)
                            taken.others.append(share)
    return slow, full


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", type=int, choices=CASES, help="only this number of classes")
    parser.add_argument("--drags", type=int, default=7, help="drags at each pace (7)")
    parser.add_argument("--slowdown", type=float, default=SLOWDOWN, help=f"of the page's thread ({SLOWDOWN})")
    options = parser.parse_args()
    good = True
    for n, case in CASES.items():
        if options.only in (None, n):
            slow, full = asyncio.run(measure(case, options.drags, options.slowdown))
            print(f"\n{n} classes: {options.drags} drags at each pace")
            good &= print_rows(rows(FRAMES[n]), slow, full, ("slow", "full pace"))
    print("\nevery bar is met" if good else "\na bar is missed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
