"""Small answers leave at once: the socket option that uvicorn leaves off (Kludex/uvicorn#3149)."""

import socket

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["NoDelayMiddleware"]


class NoDelayMiddleware:
    """ASGI middleware that switches Nagle's algorithm off for every connection.

    Streamlit opens its socket without saying that it is TCP, so asyncio leaves the algorithm on. Headers and
    body are two small writes, and the second waits 40 ms until the first is acknowledged. This happens
    seventy times before the board is there. This file can go once uvicorn has fixed Kludex/uvicorn#3149.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the option if the server is uvicorn, and pass the request on."""
        # With uvicorn, `receive` is a method of the object that holds the transport. Other servers differ.
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        connection = transport.get_extra_info("socket") if transport else None
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)
