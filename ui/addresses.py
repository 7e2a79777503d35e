"""Which addresses are pages: a link to any other opens Explore with what it carries, and Explore says so."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from core.text import shortened
from ui.links import UNKNOWN_PAGE

__all__ = ["KnownPages"]


class KnownPages:
    """ASGI middleware that sends a reader on who asks for a page that does not exist.

    Streamlit answers every address with its one page and then covers that with a dialog of its own, in words
    about files and folders.

    Attributes
    ----------
    app : ASGIApp
        What answers everything else.
    pages : frozenset of str
        The paths of the pages.
    other_names : mapping of str to str
        Names that lead to a page, too, and its path.
    """

    def __init__(self, app: ASGIApp, pages: Iterable[str], other_names: Mapping[str, str]) -> None:
        self.app = app
        self.pages = frozenset(pages)
        self.other_names = other_names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; Streamlit's page at an unknown address becomes a redirect."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        root = "/" + config.get_option("server.baseUrlPath").strip("/")
        name = scope["path"].removeprefix(root).strip("/")
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
