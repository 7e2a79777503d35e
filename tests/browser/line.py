"""A bad network between browser and server: it takes time, or closes connections on which nothing is said."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import Self

from tests.browser.app_server import HOST

__all__ = ["Line"]


class Line:
    """A TCP proxy on this machine.

    Parameters
    ----------
    port : int
        Where it leads to.

    Attributes
    ----------
    url : str
        Where a browser finds it.
    latency : float
        Seconds that a question and its answer take together, as `ping` would tell. A new connection takes as
        long, too.
    patience : float, optional
        After so many seconds without a byte in either direction, a connection is closed.
    cut : int
        How many connections were closed for that.
    """

    def __init__(self, port: int) -> None:
        self.latency = 0.0
        self.patience: float | None = None
        self.cut = 0
        self.url = ""
        self._port = port
        self._ends: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.url = f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, HOST, 0)

    async def _close(self) -> None:
        self._server.close()
        for end in self._ends:
            end.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=5)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(HOST, self._port)
        except OSError:
            writer.transport.abort()
            return
        self._ends |= {writer, far_writer}
        heard = [self._loop.time()]
        ways = [
            asyncio.create_task(self._carry(reader, far_writer, heard, self.latency)),
            asyncio.create_task(self._carry(far_reader, writer, heard, 0.0)),
            asyncio.create_task(self._wait_for_silence(heard)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (writer, far_writer):
                end.transport.abort()
            self._ends -= {writer, far_writer}

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: list[float], first: float
    ) -> None:
        """Carry one direction; what is read while something is on its way follows it at its own time."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def arrive() -> None:
            while True:
                at, data = await on_the_way.get()
                await asyncio.sleep(at - self._loop.time())
                if not data or writer.is_closing():
                    return
                writer.write(data)
                with suppress(ConnectionError):
                    await writer.drain()

        arriving = asyncio.create_task(arrive())
        # The first bytes of a new connection wait until it is established.
        established = self._loop.time() + first
        try:
            with suppress(OSError):
                while data := await reader.read(65536):
                    heard[0] = self._loop.time()
                    await on_the_way.put((max(heard[0], established) + self.latency / 2, data))
            # The end takes as long as all else.
            await on_the_way.put((self._loop.time() + self.latency / 2, b""))
            await arriving
        finally:
            arriving.cancel()

    async def _wait_for_silence(self, heard: list[float]) -> None:
        while self.patience is None or self._loop.time() - heard[0] < self.patience:
            await asyncio.sleep(0.1)
        self.cut += 1
