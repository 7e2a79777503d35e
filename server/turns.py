"""Lets few runs begin at once, so that each ends soon; the others begin a little later."""

import asyncio
from collections import deque
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.run_reports import asks_for_a_run, report_of

__all__ = ["InTurn", "Turns"]

AT_ONCE = 2
# A run that takes longer no longer keeps others from beginning.
LONGEST = 0.05  # s


class Turns:
    """Turns to begin a run, given in the order in which they were asked for.

    Python runs one thread at a time. Twenty runs that begin together take as long as one after the other, but
    all of them end at the end, and each answer in between waits for twenty threads.
    """

    def __init__(self) -> None:
        self._free = AT_ONCE
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> Callable[[], None]:
        """Wait for a turn; return what ends it, which happens by itself after `LONGEST`."""
        loop = asyncio.get_running_loop()
        if self._free:
            self._free -= 1
        else:
            turn = loop.create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._end()
                raise
        ended = False

        def end() -> None:
            nonlocal ended
            timer.cancel()
            if not ended:
                ended = True
                self._end()

        timer = loop.call_later(LONGEST, end)
        return end

    def _end(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class InTurn:
    """ASGI middleware that passes on what starts a run when it is its turn.

    It stands behind all that drops messages, so only a message that costs a run takes a turn.

    Attributes
    ----------
    app : ASGIApp
        The application that gets the messages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; if it is a WebSocket, give turns to its runs."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        ends: list[Callable[[], None]] = []

        def end() -> None:
            while ends:
                ends.pop()()

        async def in_turn() -> Message:
            message = await receive()
            if asks_for_a_run(message):
                end()
                ends.append(await self.turns.take())
            return message

        async def noted(message: Message) -> None:
            if report_of(message) == "at rest":
                end()
            await send(message)

        try:
            await self.app(scope, in_turn, noted)
        finally:
            end()
