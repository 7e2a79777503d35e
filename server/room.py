"""Refuses new WebSockets while as many are open as the server's memory is meant for."""

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["MOST", "Room"]

# A session takes 0.15 MB (`python -m bench.load`), so this many take 300. One core serves 200 busy visitors.
MOST = 2000


class Room:
    """ASGI middleware that limits how many WebSockets are open at once; the pages of those stay usable.

    A browser that is refused tries again at intervals.

    Attributes
    ----------
    app : ASGIApp
        The application that gets all other requests.
    most : int
        How many may be open.
    open : int
        How many are open.
    """

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self.app, self.most, self.open = app, most, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it before anything is known of it."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if self.open >= self.most:
            await receive()
            await send({"type": "websocket.close", "code": 1013})
            return
        self.open += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.open -= 1
