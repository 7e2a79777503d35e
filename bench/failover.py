"""Measures how long people wait whose instance is killed in the middle of their drags.

`python -m bench.failover --people 20 --latency 0` prints the seconds from the loss of the connection, or from
the release of the bar if that is later, until Python has the dragged value. With latency, everybody needs a
browser of their own (`--people 4 --browsers 4`): one browser connects one WebSocket after the other.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.browser.conftest import launch_chromium
from tests.browser.hall import Hall
from tests.browser.hands import eventually
from tests.browser.line import Line
from tests.browser.replicas import Replicas


def healthy(hall: Hall) -> float:
    """Let everybody drag while nothing fails; return the seconds until Python has all of it."""
    hall.grab()
    hall.pull_and_release()
    released = time.perf_counter()
    for person in hall.people:
        eventually(person.page, person.has_gone_on, seconds=60)
    return time.perf_counter() - released


def main(people: int, latency: float, browsers: int) -> None:
    """Kill one instance, then the other, and print what it cost those who were there."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Replicas(Path(folder)) as replicas,
        Line(replicas.port) as line,
        sync_playwright() as playwright,
        Hall([launch_chromium(playwright) for _ in range(browsers)], replicas, people, line.url) as hall,
    ):
        print(f"{people} people opened their pages in {hall.opening:.1f} s")
        line.latency = latency
        print(f"a drag of everybody, nothing fails: {healthy(hall):.1f} s until Python has all")
        first, other = replicas.apps
        for gone, to in ((first, other), (other, first)):
            moved = hall.on(gone)
            hall.grab()
            gone.kill()
            hall.pull_and_release()
            hall.goes_on(without=gone, to=to, within=math.inf)
            waited = sorted(person.went_on_after() for person in moved)
            print(f"{len(moved)} people moved: median {median(waited):.1f} s, longest {waited[-1]:.1f} s")
            replicas.start(gone)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds of a round trip")
    parser.add_argument("--browsers", type=int, default=1, help="how many browsers the people share")
    options = parser.parse_args()
    main(options.people, options.latency, options.browsers)
