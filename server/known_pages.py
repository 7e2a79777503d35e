"""Redirects an unknown address to Explore with its query, where a notice names the address."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from core.text import shortened
from server.addresses import below_base
from ui.links import UNKNOWN_PAGE

__all__ = ["KnownPages"]


class KnownPages:
    """ASGI middleware that redirects requests for pages that do not exist.

    Streamlit answers every address with its one page. At an unknown address it then covers that page with a
    dialog about files and folders.

    Attributes
    ----------
    app : ASGIApp
        The application that answers every other request.
    pages : frozenset of str
        The paths of the pages.
    other_names : mapping of str to str
        Other names of pages, and the path that each leads to.
    """

    def __init__(self, app: ASGIApp, pages: Iterable[str], other_names: Mapping[str, str]) -> None:
        self.app = app
        self.pages = frozenset(pages)
        self.other_names = other_names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; at an unknown address, replace Streamlit's page by a redirect."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        root = "/" + config.get_option("server.baseUrlPath").strip("/")
        name = below_base(scope["path"])
        sent_on = False

        async def relay(message: Message) -> None:
            nonlocal sent_on
            if message["type"] == "http.response.start" and _is_page(message) and name not in self.pages:
                sent_on = True
                where = self._instead(name, scope["query_string"].decode("latin-1"), root)
                headers = [(b"location", where.encode("ascii")), (b"content-length", b"0")]
                await send({"type": "http.response.start", "status": 307, "headers": headers})
                await send({"type": "http.response.body", "body": b""})
            elif not sent_on:
                await send(message)

        await self.app(scope, receive, relay)

    def _instead(self, name: str, query: str, root: str) -> str:
        known = [(key, value) for key, value in parse_qsl(query) if key != UNKNOWN_PAGE]
        if name not in self.other_names:
            known.append((UNKNOWN_PAGE, shortened(name)))
        path = f"{root.rstrip('/')}/{quote(self.other_names.get(name, ''))}"
        return f"{path}?{urlencode(known)}" if known else path


def _is_page(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html")
