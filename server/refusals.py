"""Refuses requests that no page of the app makes, and those that Streamlit would answer with an exception."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import net_util

from server.addresses import below_base

__all__ = ["Refusals", "ask_nobody_for_the_address"]

# Uploads, programs that drive the app, and logins. Uploads would fill the memory.
_UNUSED = ("_stcore/upload_file", "_stcore/agent", "auth", "oauth2callback")
# File systems accept names of 255 bytes; paths here are much shorter than this.
_LONGEST_NAME, _LONGEST_PATH = 255, 1000


class Refusals:
    """ASGI middleware that answers some requests before Streamlit sees them.

    Attributes
    ----------
    app : ASGIApp
        The application that answers all other requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request or pass it on."""
        status = _refused(scope) if scope["type"] in ("http", "websocket") else None
        if status is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse("Not found" if status == 404 else "Bad request", status)(
                scope, receive, send
            )
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})


def ask_nobody_for_the_address() -> None:
    """Keep Streamlit from looking up the server's address on the internet, now that the server has started.

    Streamlit 1.67 does so for each request from another origin, unless it has found the address before. If
    the server cannot reach the internet, everybody waits for two seconds.
    """
    known = getattr(net_util, "_external_ip", None)
    net_util.get_external_ip = lambda: known


def _refused(scope: Scope) -> int | None:
    """Return the status to refuse a request with, or None."""
    try:
        # Streamlit takes this header apart without expecting an error.
        _ = urlsplit(Headers(scope=scope).get("origin", "")).hostname
    except ValueError:
        return 400
    path = below_base(scope["path"])
    if path.startswith("app/static/"):
        names = path.encode(errors="replace").split(b"/")
        if len(path) > _LONGEST_PATH or any(len(name) > _LONGEST_NAME for name in names):
            return 404
    unused = any(path == name or path.startswith(f"{name}/") for name in _UNUSED)
    return 404 if unused else None
