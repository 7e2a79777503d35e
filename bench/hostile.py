"""Measure what visitors feel of one who floods the server: `python -m bench.hostile`.

As in bench/load.py, every visitor opens Explore and then commits every other second, and the server has one
core. Meanwhile one stranger sends 1,000 messages a second, each of which asks for one of the most expensive
runs that the app knows:

- commits of ten classes with the 3D view,
- whole pages of it,
- links to a new training of the small network.

The baseline is the same server without a stranger. Ends with status 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.load import MB, Pinned, Taken, commit, load, memory, percentiles
from bench.visitor import Visitor

EACH_SECOND = 1000
# The 95th percentile of the others' commits may be this many times that without a stranger.
MOST_RATIO = 2.0
# The stranger may take this part of the core, whatever the others do.
MOST_SHARE = 0.35
MOST_GROWTH = 80.0  # MB, over what the visitors alone need
_LINE = "{:<16}{:>20}{:>9}{:>7}{:>22}{:>8}{:>12}"


def commits(stranger: Visitor, number: int) -> ClientState:
    """Return a commit that moves all raw outputs."""
    ident, fragment = stranger.components["board"]
    told = stranger.told["board"]
    z = [(number + k) % 100 / 10 for k in range(len(told["z"]))]
    payload = {"seq": told["ack"] + 1 + number, "z": z, "i": number % len(z), "j": 0}
    state = stranger._state(fragment)
    state.widget_states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{ident}__events",
        json_trigger_value=json.dumps([{"event": "commit", "value": payload}]),
    )
    return state


def pages(stranger: Visitor, _: int) -> ClientState:
    """Return a request for the whole page."""
    return stranger._state("")


def links(stranger: Visitor, number: int) -> ClientState:
    """Return what the browser sends when it goes back to a link; each needs a training of its own."""
    state = stranger._state("")
    state.page_script_hash, state.page_name = "", "iris"
    state.is_history_navigation = True
    stranger.query = urlencode({"seed": number + 1})
    return state


FLOODS: dict[str, Callable[[Visitor, int], ClientState]] = {
    "commits": commits,
    "whole pages": pages,
    "links": links,
}


async def flood(url: str, kind: str) -> None:
    """Send messages of a kind until this process is stopped."""
    classes = ",".join("ABCDEFGHIJ")
    query = urlencode({"classes": classes, "z": ",".join("0123456789"), "view": "3d"})
    async with Visitor(url, query) as stranger:
        await stranger.open_page()
        connection = stranger._connection
        assert connection

        async def read() -> None:
            async for _ in connection:
                pass

        reading = asyncio.create_task(read())
        for number in count():
            state = FLOODS[kind](stranger, number)
            state.query_string = stranger.query
            message: WidgetState | BackMsg = BackMsg(rerun_script=state)
            await connection.send(message.SerializeToString())
            await asyncio.sleep(1 / EACH_SECOND)
        await reading


@contextmanager
def stranger(url: str, kind: str) -> Iterator[None]:
    """Let a stranger flood the server from a process of its own."""
    command = [sys.executable, "-m", "bench.hostile", "--flood", kind, "--url", url]
    process = subprocess.Popen(command)
    try:
        yield
        assert process.poll() is None, f"the flood of {kind} ended early"
    finally:
        process.kill()
        process.wait()


def measured(sessions: int, seconds: float, kind: str = "") -> tuple[Taken, float]:
    """Return what visitors measured, and the server's memory at the end, with a stranger or without."""
    with Pinned("app.py") as server:
        if not kind:
            return asyncio.run(load(server, commit, sessions, seconds, [])), memory(server.pid) / MB
        with stranger(server.url, kind):
            return asyncio.run(load(server, commit, sessions, seconds, [])), memory(server.pid) / MB


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sessions", type=int, default=20, help="visitors at once (20)")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long they commit (20)")
    parser.add_argument("--flood", choices=FLOODS, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.flood:
        asyncio.run(flood(asked.url, asked.flood))
        return 0
    alone, least = measured(asked.sessions, asked.seconds)
    usual = float(np.percentile(alone.commits, 95))
    print(f"{asked.sessions} visitors, each commits every 2 s for {asked.seconds:g} s; ms (50 / 95 / 99 %)")
    print(_LINE.format("with a flood of", "commits", "95 %", "core", "openings", "errors", "memory, MB"))
    good = True
    for kind in ("", *FLOODS):
        taken, used = measured(asked.sessions, asked.seconds, kind) if kind else (alone, least)
        ratio = float(np.percentile(taken.commits, 95)) / usual if taken.commits else float("inf")
        # What the visitors need is the same as without a stranger.
        share = (taken.cpu - alone.cpu_each / 1000 * len(taken.commits)) / asked.seconds
        texts = (
            f"{ratio:.2f}x",
            f"{share:.0%}",
            percentiles(taken.openings),
            len(taken.errors),
            f"{used:.0f}",
        )
        print(_LINE.format(kind or "nothing", percentiles(taken.commits), *texts), flush=True)
        for error in taken.errors[:3]:
            print(f"  {error}")
        fair = ratio <= MOST_RATIO and share <= MOST_SHARE and used - least <= MOST_GROWTH
        good = good and fair and not taken.errors
    print(f"bars: 95 % <= {MOST_RATIO:g}x, core <= {MOST_SHARE:.0%}, no error, {MOST_GROWTH:g} MB more")
    print("every bar is met" if good else "a bar is missed")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
