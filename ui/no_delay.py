"""Small answers leave at once: the socket option that uvicorn leaves off (Kludex/uvicorn#3149)."""

import socket

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["NoDelayMiddleware"]


class NoDelayMiddleware:
    """ASGI middleware that switches Nagle's algorithm off for every connection.

    Streamlit opens its socket without saying that it is TCP, so asyncio leaves the algorithm on: the second
    of two small writes, headers and body, waits 40 ms for the first to be acknowledged, seventy times before
    the board is there. With a uvicorn that has mended Kludex/uvicorn#3149 this file can go.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the option, where the server is uvicorn, and pass the request on."""
        # Uvicorn's own method is what receives; other servers have no such transport.
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        connection = transport.get_extra_info("socket") if transport else None
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)
