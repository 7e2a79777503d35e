"""Asks an ASGI application without a server, and returns what it answers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Answer", "Streamlit", "ask"]


@dataclass
class Answer:
    """An answer to a request."""

    status: int
    headers: dict[str, str]
    body: bytes


class Streamlit:
    """Stands where Streamlit does: answers every request in the same way, and counts them."""

    def __init__(
        self,
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        told = {"content-type": kind, **(headers or {})}
        self.headers = [(name.encode(), value.encode()) for name, value in told.items()]
        self.status = status
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in two parts."""
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"the ", "more_body": True})
        await send({"type": "http.response.body", "body": b"page"})


def ask(app: ASGIApp, path: str = "/", method: str = "GET", **scope: Any) -> Answer:
    """Return the answer to a request; an exception of the application is raised."""
    got: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        got.append(message)

    async def run() -> None:
        asked = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": [], **scope}
        await app(asked, receive, send)

    asyncio.run(run())
    start, *parts = got
    names = [name for name, _ in start["headers"]]
    assert len(names) == len(set(names)), "a header is sent twice"
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], told, b"".join(part.get("body", b"") for part in parts))
