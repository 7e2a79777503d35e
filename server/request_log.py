"""The request log: one line per page, error and connection, without personal data or a situation."""

import contextlib
import json
import logging
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.addresses import Address
from server.options import Log

__all__ = ["RequestLog", "keep_visitors_out_of_uvicorns_log"]

# Anything else that a stranger may send as a method is written as "other".
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# The visitor left before an answer began. It is no status of HTTP; nginx writes it, too.
LEFT = 499


class RequestLog:
    """ASGI middleware that writes a line when an answer has been sent, a websocket opened, or closed.

    A line never holds an address of a visitor, a query (which is the situation), a header, or a path that a
    stranger made up. A visit asks for a page and seventy files, so 200 people who open a link together would
    cause 15,000 lines. So files and health checks have a line only if the server failed, or if everything is
    asked for.

    Attributes
    ----------
    app : ASGIApp
        The application that answers.
    pages : frozenset of str
        The paths of the pages, which are written as they are.
    log : {"plain", "json", "off"}
        How the lines are written.
    everything : bool
        Whether files and health checks have a line too.
    write : callable
        Takes each line.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: Collection[str],
        log: Log = "plain",
        *,
        everything: bool = False,
        write: Callable[[str], None] | None = None,
    ) -> None:
        self.app = app
        self.pages = frozenset(pages)
        self.log = log
        self.everything = everything
        self.write = write or _print

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write what became of it."""
        if self.log == "off" or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self._websocket(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        status, size = LEFT, 0

        async def count(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, count)
        except Exception:
            status = 500 if status == LEFT else status
            raise
        finally:
            address = Address.of(scope["path"], self.pages)
            if self.everything or status >= 500 or not address.routine:
                method = scope["method"] if scope["method"] in _METHODS else "other"
                took = round(1000 * (time.perf_counter() - began), 1)
                self._write(
                    f"{method} {address.shown} {status}, {size} bytes, {took} ms",
                    event="request", method=method, path=address.shown, status=status, bytes=size, ms=took,
                )  # fmt: skip

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        shown = Address.of(scope["path"], self.pages).shown
        received = received_bytes = sent = sent_bytes = 0
        # A refused websocket has a status instead of a code.
        opened, code = False, 1006

        async def count_in() -> Message:
            nonlocal received, received_bytes, code
            message = await receive()
            if message["type"] == "websocket.receive":
                received += 1
                received_bytes += len(message.get("bytes") or message.get("text") or b"")
            elif message["type"] == "websocket.disconnect":
                code = message.get("code", 1005)
            return message

        async def count_out(message: Message) -> None:
            nonlocal sent, sent_bytes, opened, code
            if message["type"] == "websocket.accept":
                opened = True
                self._write(f"websocket {shown} opened", event="opened", path=shown)
            elif message["type"] == "websocket.send":
                sent += 1
                sent_bytes += len(message.get("bytes") or message.get("text") or b"")
            elif message["type"] == "websocket.close":
                code = message.get("code", 1000)
            await send(message)

        try:
            await self.app(scope, count_in, count_out)
        finally:
            seconds = round(time.perf_counter() - began, 1)
            if opened:
                self._write(
                    f"websocket {shown} closed with {code} after {seconds} s, {received} messages and "
                    f"{received_bytes} bytes in, {sent} and {sent_bytes} out",
                    event="closed", path=shown, code=code, seconds=seconds, received=received,
                    received_bytes=received_bytes, sent=sent, sent_bytes=sent_bytes,
                )  # fmt: skip
            else:
                self._write(f"websocket {shown} refused", event="refused", path=shown)

    def _write(self, line: str, **fields: str | float) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.write(json.dumps({"time": now, **fields}) if self.log == "json" else f"{now} {line}")


def _print(line: str) -> None:
    # Nobody may read the log any more. Visitors are answered all the same.
    with contextlib.suppress(OSError, ValueError):
        print(line, flush=True)


def keep_visitors_out_of_uvicorns_log() -> None:
    """Drop the lines of uvicorn that hold an address of a visitor or a query.

    Streamlit switches uvicorn's access log off; `uvicorn app:app` does not. For each websocket uvicorn writes
    address and query in its error log, whatever is set.
    """
    logging.getLogger("uvicorn.access").addFilter(_is_nothing)
    logging.getLogger("uvicorn.error").addFilter(_is_of_no_visitor)


def _is_nothing(_: logging.LogRecord) -> bool:
    return False


def _is_of_no_visitor(record: logging.LogRecord) -> bool:
    return not (isinstance(record.msg, str) and record.msg.startswith('%s - "'))
