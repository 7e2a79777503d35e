"""Whether the server takes new visitors, and how it stops: what is under way ends, open pages are told."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from server.connection import Connection
from server.lifespan import serving
from server.request_log import keep_visitors_out_of_uvicorns_log

__all__ = ["Connections", "Service"]

# Seconds in which runs under way may end; then every page is told at once.
LONGEST_RUN = 3.0
# Seconds after that for the server to end. A visitor who reads a file slowly could hold it for ever.
LONGEST_STOP = 2.0
_BETWEEN_LOOKS = 0.05

State = Literal["starting", "ready", "stopping"]
_Handler = Callable[[int, FrameType | None], object]


class Service:
    """The state of the server, and its open connections.

    Attributes
    ----------
    state : {"starting", "ready", "stopping"}
        Only when it is "ready", new visitors should be sent here.
    connections : set of Connection
        The websockets that are open.
    """

    def __init__(self) -> None:
        self.state: State = "starting"
        self.connections: set[Connection] = set()
        self._stopping: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def lifespan(self, app: object) -> AsyncIterator[None]:
        """Be ready while the server runs, and stop gracefully when the process is asked to end."""
        keep_visitors_out_of_uvicorns_log()
        async with serving(app):
            with self._told_of_the_end():
                self.state = "ready"
                yield
                self.state = "stopping"

    @contextmanager
    def _told_of_the_end(self) -> Iterator[None]:
        """Handle SIGTERM before the server does: it would cut off all runs at once."""
        servers = signal.getsignal(signal.SIGTERM)
        # Only the main thread handles signals. A server without a handler of its own stops in another way.
        if threading.current_thread() is not threading.main_thread() or not callable(servers):
            yield
            return
        loop = asyncio.get_running_loop()

        def handle(number: int, frame: FrameType | None) -> None:
            # Whoever asks a second time does not want to wait.
            if self.state == "stopping":
                servers(number, frame)
            else:
                self.state = "stopping"
                loop.call_soon_threadsafe(self._begin_to_stop, servers)

        signal.signal(signal.SIGTERM, handle)
        try:
            yield
        finally:
            if signal.getsignal(signal.SIGTERM) is handle:
                signal.signal(signal.SIGTERM, servers)

    def _begin_to_stop(self, servers: _Handler) -> None:
        self._stopping = asyncio.create_task(self._stop(servers))

    async def _stop(self, servers: _Handler) -> None:
        await self.close_connections(LONGEST_RUN)
        asyncio.get_running_loop().call_later(LONGEST_STOP, _end_at_once)
        servers(signal.SIGTERM, None)

    async def close_connections(self, seconds: float) -> None:
        """Close each connection once the run that its page asked for is over, or after so many seconds."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + seconds
        closing: set[asyncio.Task[None]] = set()
        while self.connections and loop.time() < latest:
            # First of all, what has already arrived is taken in.
            await asyncio.sleep(_BETWEEN_LOOKS)
            closing |= {asyncio.create_task(one.close()) for one in self.connections if one.is_idle()}
        closing |= {asyncio.create_task(one.close()) for one in self.connections}
        if closing:
            # A visitor who takes nothing in any more cannot be told.
            await asyncio.wait(closing, timeout=_BETWEEN_LOOKS)


def _end_at_once() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.raise_signal(signal.SIGTERM)


class Connections:
    """ASGI middleware that notes which websockets are open, and refuses new ones while the server stops.

    Attributes
    ----------
    app : ASGIApp
        The application that answers.
    service : Service
        Knows the state of the server, and the connections.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a websocket on, or refuse it in such a way that a proxy asks another server."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if self.service.state == "stopping":
            await _refuse(scope, send)
            return
        connection = Connection(receive, send)
        self.service.connections.add(connection)
        try:
            await self.app(scope, connection.receive, connection.send)
        finally:
            self.service.connections.discard(connection)


async def _refuse(scope: Scope, send: Send) -> None:
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1012})
        return
    headers = [(b"content-length", b"0"), (b"retry-after", b"1")]
    await send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
