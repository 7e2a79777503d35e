"""Answers whether the process is alive (/healthz) and whether it takes new visitors (/readyz)."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.addresses import ALIVE, READY, STREAMLITS_HEALTH, below_base
from server.service import Service

__all__ = ["Health"]


class Health:
    """ASGI middleware in front of Streamlit, which would answer these addresses with its page.

    While the server stops, it also answers Streamlit's own health check: a page that has lost its connection
    asks for it, and then waits longer and longer until a server takes it.

    Attributes
    ----------
    app : ASGIApp
        The application that answers every other request.
    service : Service
        Knows the state of the server.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a health check; pass any other request on."""
        state = self.service.state
        name = below_base(scope["path"]) if scope["type"] == "http" else ""
        if name == ALIVE:
            answer = JSONResponse({"status": "alive"})
        elif name == READY or (name in STREAMLITS_HEALTH and state == "stopping"):
            answer = JSONResponse({"status": state}, 200 if state == "ready" else 503)
        else:
            await self.app(scope, receive, send)
            return
        answer.headers["cache-control"] = "no-store"
        await answer(scope, receive, send)
