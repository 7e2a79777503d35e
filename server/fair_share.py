"""Gives each visitor one run after the other, and at most a share of the server's time."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.run_reports import asks_for_a_run, report_of

__all__ = ["Allowance", "FairShare"]

# Each message costs at least this, because it may start a thread even if its run is stopped at once.
LEAST = 0.03  # s
# A visitor who opens a page on a busy server, or clicks quickly, uses this up before anything is delayed.
MOST_SAVED = 3.0  # s
# A message waits until the last run is over, but no longer than this: what takes so long has probably failed.
# Otherwise (seen in Streamlit 1.67) a request that arrives while a run begins takes that run's place, and the
# commit that the run was to take is lost. And one that arrives during a run starts its own right after that
# run; Streamlit then drops what of the first run it has not sent yet, so the page breaks on a busy server.
LONGEST_RUN = 10.0  # s
# A message waits so long for the last run to begin. After that, Streamlit has probably ignored the request.
BEGINS = 1.0  # s
# No delay is longer than what this debt takes, which matters to visitors of a crowded server.
MOST_OWED = 0.75  # s
# The part of the time in which one visitor's page may be running, in the long term.
SHARE = 0.25


class Core:
    """The server's core, which the pages that run at one moment share.

    In a crowd every run takes long because of the others. So of each second, every running page is charged
    its part alone.

    Attributes
    ----------
    clock : callable
        Returns the time in seconds.
    pages : int
        How many pages run.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.pages = clock, 0
        self._each, self._at = 0.0, clock()

    def each(self) -> float:
        """Return how many seconds of the core a page would have had that has always run."""
        now = self.clock()
        self._each += (now - self._at) / max(1, self.pages)
        self._at = now
        return self._each

    def note(self, begun: int) -> None:
        """Note that so many pages more run now."""
        self.each()
        self.pages += begun


class Allowance:
    """The time that a visitor may still use: it grows by `SHARE`, and shrinks while the page runs.

    Attributes
    ----------
    core : Core
        The core that the visitor's page shares with others.
    runs : bool
        Whether the visitor's page runs.
    """

    def __init__(self, core: Core | None = None) -> None:
        self.core = core or Core()
        self._left = MOST_SAVED
        self._at, self._had = self.core.clock(), self.core.each()
        self.runs = False

    def left(self) -> float:
        """Return what is left now, in seconds; negative if the visitor must wait."""
        now, had = self.core.clock(), self.core.each()
        used = had - self._had if self.runs else 0.0
        self._left = min(MOST_SAVED, max(-MOST_OWED, self._left + SHARE * (now - self._at) - used))
        self._at, self._had = now, had
        return self._left

    def spend(self, seconds: float) -> None:
        """Use up some of it."""
        self._left = self.left() - seconds

    def note(self, runs: bool) -> None:
        """Note that the visitor's page begins or ends to run."""
        self.left()
        self.core.note(runs - self.runs)
        self.runs = runs

    def wait(self) -> float:
        """Return after how many seconds there is something left, if the page does not run meanwhile."""
        return max(0.0, -self.left() / SHARE)


class FairShare:
    """ASGI middleware that delays the messages of a WebSocket while its page runs or keeps the server busy.

    While a message waits, nothing more is read from its connection, so the sender's own network buffers it.
    No message is lost, and a visitor's memory stays bounded.

    Attributes
    ----------
    app : ASGIApp
        The application that gets the messages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.core = Core()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; if it is a WebSocket, measure its runs and delay its messages."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        allowance = Allowance(self.core)
        # Whether the last message asks for a run, since when Streamlit has it, whether the run has begun, and
        # whether it is over.
        asked, taken = False, 0.0
        begun, over = asyncio.Event(), asyncio.Event()
        # Whether the run that ends has asked for another one, which follows at once.
        leads_on = False

        async def last_run_is_over() -> None:
            if not begun.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(taken + BEGINS):
                        await begun.wait()
            if begun.is_set() and not over.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(LONGEST_RUN):
                        await over.wait()

        async def in_time() -> Message:
            nonlocal asked, taken
            # Streamlit has taken the last message.
            taken = asyncio.get_running_loop().time()
            while (seconds := allowance.wait()) > 0:
                await asyncio.sleep(max(seconds, 0.01))
            message = await receive()
            if message["type"] == "websocket.receive":
                allowance.spend(LEAST)
                if asked:
                    # Only now: a run that began late, on a busy server, may be under way.
                    await last_run_is_over()
                asked = asks_for_a_run(message)
                if asked:
                    over.clear()
                    if not allowance.runs:
                        begun.clear()
            return message

        async def noted(message: Message) -> None:
            nonlocal leads_on
            report = report_of(message)
            if report in ("finished", "early"):
                leads_on = report == "early"
            elif report == "running":
                allowance.note(True)
                begun.set()
            elif report == "at rest":
                allowance.note(False)
                if leads_on:
                    leads_on = False
                elif begun.is_set():
                    # Otherwise it is the end of the run before, which Streamlit tells twice.
                    over.set()
            await send(message)

        try:
            await self.app(scope, in_time, noted)
        finally:
            allowance.note(False)
