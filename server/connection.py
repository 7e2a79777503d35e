"""One open websocket of a page: whether a run that the page asked for is under way, and how it is closed."""

import asyncio
import contextlib

from starlette.types import Message, Receive, Send

from server.run_reports import asks_for_a_run, report_of

__all__ = ["Connection"]

# "The server restarts": a page that is told so connects again.
RESTART = 1012
# Streamlit may begin another run right after the end of one. Only after so many seconds without a message is
# nothing under way.
_QUIET = 0.1


class Connection:
    """A websocket between server and application.

    Parameters
    ----------
    receive, send : callable
        What the server offers for the connection.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._asked = False
        self._closed = False
        self._last = 0.0

    async def receive(self) -> Message:
        """Return the next message of the page, and note whether it asks for a run."""
        message = await self._receive()
        if asks_for_a_run(message):
            self._asked = True
            self._last = asyncio.get_running_loop().time()
        return message

    async def send(self, message: Message) -> None:
        """Send a message, and note whether it ends a run; after the end of the connection, drop it."""
        if self._closed:
            return
        self._closed = message["type"] == "websocket.close"
        if self._asked:
            self._last = asyncio.get_running_loop().time()
            if report_of(message) == "finished":
                self._asked = False
        await self._send(message)

    def is_idle(self) -> bool:
        """Tell whether no run that the page asked for is under way."""
        return not self._asked and asyncio.get_running_loop().time() - self._last > _QUIET

    async def close(self) -> None:
        """Tell the page that the server stops."""
        if self._closed:
            return
        self._closed = True
        # The page may be closing the connection at this moment.
        with contextlib.suppress(OSError, RuntimeError):
            await self._send({"type": "websocket.close", "code": RESTART, "reason": "The server restarts."})
