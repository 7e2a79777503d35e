"""Measure a drag on the explorer against the same views in plain Streamlit: `python -m bench.drag`.

Starts both apps, opens them in headless Chromium at 1400x900 with 3 and with 10 classes, drags a raw output
(60 moves, 16 ms apart by the clock, whether or not the page keeps up), rests, lets go, and repeats. Prints
both apps' numbers, their ratio and the bars; ends with status 1 if a bar is missed.

Chromium delivers mouse moves to the page once a frame. So the time to a changed board is measured from the
pointer event that the page receives; times to the screen are measured from the move itself (up to 17 ms
earlier). 60 moves meet only 57 or 58 frames, so up to 3 moves that share an event with the next move count
as having changed the board. A measurement is repeated if other programs used much of the machine meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import math
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any, TypeVar
from urllib.parse import urlencode

import numpy as np
import plotly
import streamlit

from bench.agreement import disagreement
from bench.machine import Others, at_rest, quiet
from bench.visit import MOVES, OURS, PACE, PLAIN, App, Drag, FirstView, chromium, visit
from core.situation.presets import find
from core.situation.scenario import Scenario
from tests.browser.app_server import AppServer

# If other programs use more than this share of the cores, a measurement is repeated, up to RETRIES times.
BUSY = 0.1
RETRIES = 6
PATIENCE = 60.0

# Moves that 60 frames a second cannot tell apart.
MERGED = math.ceil(MOVES * (1 - 60 * PACE))


_T = TypeVar("_T")


@dataclass(frozen=True)
class Case:
    """A situation and the dragged class, which is on neither axis of the charts, so that all charts move."""

    scenario: Scenario
    dragged: int
    direction: int
    median: float
    p95: float


def _preset(key: str) -> Scenario:
    found = find(key)
    assert found
    return found.scenario


CASES = {
    3: Case(_preset("worked-example"), dragged=2, direction=1, median=2, p95=5),
    10: Case(_preset("ten-classes"), dragged=3, direction=-1, median=4, p95=8),
}


@dataclass
class Taken:
    """All measurements of one app in one case."""

    app: App
    scenario: Scenario
    views: list[FirstView] = field(default_factory=list)
    drags: list[Drag] = field(default_factory=list)
    others: list[float] = field(default_factory=list)

    @property
    def moves(self) -> list[dict[str, Any]]:
        """The pointer events of all drags."""
        return [move for drag in self.drags for move in drag.notes["moves"]]

    def changed(self) -> float:
        """Moves that changed the board before the next move came, in the median drag."""
        counts = []
        for drag in self.drags:
            events = drag.notes["moves"]
            nexts = [event["event"] for event in events[1:]] + [drag.notes["release"]["event"]]
            changed = sum(
                event["board"] is not None and event["board"] < after
                for event, after in zip(events, nexts, strict=True)
            )
            merged = sum(len(event["sent"]) for event in events) - len(events)
            counts.append(changed + min(merged, MERGED) if changed else 0)
        return median(counts)

    def frames_per_second(self) -> float:
        """Frames of all drags over their time."""
        frames = time = 0.0
        for drag in self.drags:
            first, last = drag.notes["moves"][0]["event"], drag.notes["moves"][-1]["event"]
            inside = [at for at in drag.notes["frames"] if first <= at <= last]
            frames += len(inside) - 1
            time += inside[-1] - inside[0]
        return 1000 * frames / time

    def pace(self) -> float:
        """Median time between moves, as the browser stamped them."""
        return median(
            float(gap)
            for drag in self.drags
            for gap in np.diff([stamp for move in drag.notes["moves"] for stamp in move["sent"]])
        )

    def times(self, what: str, since: str = "event") -> list[float]:
        """Milliseconds from each pointer event (or move, since="stamp") to what followed."""
        return [move[what] - move[since] for move in self.moves if move[what] is not None]

    def disagreements(self, what: str) -> float:
        """Largest error against core/, both 100 ms after the pointer came to rest and after release."""
        return max(
            disagreement(self.scenario, shown, what)
            for drag in self.drags
            for shown in (drag.notes["rest"], drag.after)
        )

    def releases(self) -> list[float]:
        """Milliseconds from letting go to Python's values on the page."""
        return [drag.notes["release"]["done"] - drag.notes["release"]["event"] for drag in self.drags]


@dataclass(frozen=True)
class Row:
    """One line of the table; `bar` tells whether (ours, plain) is good enough."""

    measure: str
    value: Callable[[Taken], float]
    said: str = ""
    bar: Callable[[float, float], bool] | None = None
    form: str = "{:.1f}"


def at_most(limit: float) -> Callable[[float, float], bool]:
    """Return a bar that a value meets if it is no larger."""
    return lambda ours, _: ours <= limit


def at_least(limit: float) -> Callable[[float, float], bool]:
    """Return a bar that a value meets if it is no smaller."""
    return lambda ours, _: ours >= limit


def p95(times: list[float]) -> float:
    """Return the 95th percentile, or NaN for an empty list."""
    return float(np.percentile(times, 95)) if times else float("nan")


def rows(case: Case) -> list[Row]:
    """Return what is measured and the bars."""

    def timed(
        measure: str,
        what: str,
        limit: float,
        of: Callable[[list[float]], float] = p95,
        since: str = "event",
    ) -> Row:
        return Row(f"{measure}, ms", lambda t: of(t.times(what, since)), f"<= {limit:g}", at_most(limit))

    return [
        Row(f"moves of {MOVES} that changed the board", Taken.changed, ">= 59", at_least(59), "{:.0f}"),
        Row("frames per second", Taken.frames_per_second, ">= 55", at_least(55)),
        timed("event to changed board, median", "board", case.median, median),
        timed("event to changed board, p95", "board", case.p95),
        timed("move to painted frame, p95", "painted", 33, since="stamp"),
        timed("move to changed Plotly chart, p95", "chart", 33, since="stamp"),
        Row("error at rest, board", lambda t: t.disagreements("board"), "<= 1e-12", at_most(1e-12), "{:.0e}"),
        Row("error at rest, points in charts", lambda t: t.disagreements("points"), "<= 1e-9", at_most(1e-9),
            "{:.0e}"),
        Row("error at rest, curve and surface", lambda t: t.disagreements("pictures"), "<= 1e-4",
            at_most(1e-4), "{:.0e}"),
        Row("script runs during a drag", lambda t: max(d.runs_while_dragging for d in t.drags), "0",
            at_most(0), "{:.0f}"),
        Row("script runs at release", lambda t: max(d.runs_at_release for d in t.drags), "1",
            lambda ours, _: ours == 1, "{:.0f}"),
        Row("release to Python's values, median, ms", lambda t: median(t.releases()), "<= 250", at_most(250),
            "{:.0f}"),
        Row("navigation to board / first chart, ms", lambda t: median(v.drawn for v in t.views),
            "<= 0.3 x plain", lambda ours, plain: ours <= 0.3 * plain, "{:.0f}"),
        Row("navigation to first dragged move, ms", lambda t: median(v.dragged for v in t.views),
            form="{:.0f}"),
        Row("time between moves, median, ms", Taken.pace),
        Row("move to changed board, p95, ms", lambda t: p95(t.times("board", "stamp"))),
        Row("event to painted frame, p95, ms", lambda t: p95(t.times("painted"))),
        Row("event to changed Plotly chart, p95, ms", lambda t: p95(t.times("chart"))),
        Row("other programs' part of the machine", lambda t: max(t.others), form="{:.0%}"),
    ]  # fmt: skip


def print_table(n: int, case: Case, ours: Taken, plain: Taken) -> bool:
    """Print one case; return whether every bar is met."""
    print(f"\n{n} classes: {len(ours.views)} visits to each app, {len(ours.drags)} drags on each")
    return print_rows(rows(case), ours, plain, ("ours", "plain"))


def print_rows(measures: list[Row], measured: Taken, baseline: Taken, names: tuple[str, str]) -> bool:
    """Print what was measured beside its baseline; return whether every bar is met."""
    line = "{:<42} {:>9} {:>9} {:>9}  {:<15}{}"
    print(line.format("measure", *names, "ratio", "bar", ""))
    good = True
    for row in measures:
        a, b = row.value(measured), row.value(baseline)
        met = row.bar is None or row.bar(a, b)
        good &= met
        ratio = f"{a / b:.3g}" if b and np.isfinite(b) else "-"
        verdict = "" if row.bar is None else "met" if met else "MISSED"
        print(line.format(row.measure, row.form.format(a), row.form.format(b), ratio, row.said, verdict))
    return good


async def undisturbed(action: Callable[[], Awaitable[_T]]) -> tuple[_T, float]:
    """Repeat an action until other programs do not disturb it; return its result and their core share."""
    for _ in range(RETRIES):
        await quiet(BUSY, PATIENCE)
        others = Others()
        result = await action()
        share = others.share()
        if share < BUSY:
            break
    return result, share


async def measure(case: Case, visits: int, drags: int) -> tuple[Taken, Taken]:
    """Visit both apps in turn, then drag on each."""
    query = urlencode(case.scenario.to_query())
    both = [Taken(app, case.scenario) for app in (OURS, PLAIN)]
    async with chromium() as browser:
        with AppServer(OURS.script) as our_server, AppServer(PLAIN.script) as plain_server:
            places = [
                (taken, f"{server.url}/?{query}")
                for taken, server in zip(both, (our_server, plain_server), strict=True)
            ]

            async def look(app: App, address: str) -> FirstView:
                async with visit(browser, app, address) as page:
                    return await page.first_view(case.dragged)

            # The first visits warm the servers.
            for number in range(-1, visits):
                for server in (our_server, plain_server):
                    await asyncio.to_thread(at_rest, server.pid)
                for taken, address in places:
                    view, share = await undisturbed(partial(look, taken.app, address))
                    if number >= 0:
                        taken.views.append(view)
                        taken.others.append(share)
            for taken, address in places:
                async with visit(browser, taken.app, address) as page:
                    await page.settle()
                    # Drag there and back, so that the raw output stays on its axis.
                    directions = itertools.cycle((case.direction, -case.direction))
                    for _ in range(drags):
                        drag, share = await undisturbed(lambda: page.drag(case.dragged, next(directions)))  # noqa: B023
                        taken.drags.append(drag)
                        taken.others.append(share)
    return both[0], both[1]


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", type=int, choices=CASES, help="only this number of classes")
    parser.add_argument("--visits", type=int, default=5, help="navigations to each app (5)")
    parser.add_argument("--drags", type=int, default=9, help="drags on each app (9)")
    options = parser.parse_args()
    print(f"Streamlit {streamlit.__version__}, Plotly {plotly.__version__}, {os.cpu_count()} cores")
    good = True
    for n, case in CASES.items():
        if options.only in (None, n):
            good &= print_table(n, case, *asyncio.run(measure(case, options.visits, options.drags)))
    print("\nevery bar is met" if good else "\na bar is missed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
