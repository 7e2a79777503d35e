"""A full server refuses the next WebSocket, and has room again as soon as one ends."""

import asyncio
from contextlib import suppress

from starlette.types import Message, Receive, Scope, Send

from server.room import Room


def test_who_does_not_fit_is_refused_and_who_leaves_makes_room() -> None:
    async def visits() -> None:
        leave = asyncio.Event()
        seen: list[str] = []

        async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
            seen.append(scope["path"])
            await leave.wait()
            raise ConnectionError

        room = Room(streamlit, most=2)
        told: list[Message] = []

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message) -> None:
            told.append(message)

        async def visit(path: str, kind: str = "websocket") -> None:
            with suppress(ConnectionError):
                await room({"type": kind, "path": path}, receive, send)

        inside = [asyncio.create_task(visit(path)) for path in ("a", "b")]
        await asyncio.sleep(0)
        await visit("c")
        assert seen == ["a", "b"]
        assert told == [{"type": "websocket.close", "code": 1013}]
        leave.set()
        await asyncio.gather(*inside)
        await visit("d")
        assert seen == ["a", "b", "d"]
        room.most = 0
        await visit("e", "http")
        assert seen[-1] == "e"
        assert room.open == 0

    asyncio.run(visits())
