"""Answers from memory, compressed, for files that never change, and lists what the board needs."""

from collections.abc import Iterable, Mapping
from functools import partial
from posixpath import normpath

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.compression import Smaller, accepted, compressed

__all__ = ["StaticCacheMiddleware"]


class StaticCacheMiddleware:
    """ASGI middleware in front of Streamlit's own server.

    Before anything appears, Streamlit sends some seventy files of its own: 2 MB, and 4.7 MB more for the
    charts. Each is read from disk by a thread and sent uncompressed, because compression at every request
    costs more than it saves. But the file names contain a hash, and Streamlit declares the files immutable.
    So this class compresses each file once, at the first request, and keeps the result. It also announces the
    modules that the board needs along with the page itself. Otherwise the browser would request them only
    after everything else has loaded.

    Attributes
    ----------
    app : ASGIApp
        The application that answers every request for something not kept.
    announced : dict
        The `Link` header of each page by the last part of its path; the key "" serves all other paths.
    kept : dict
        Answers by path and encoding; at most two for each file in Streamlit's package.
    """

    def __init__(self, app: ASGIApp, announced: Mapping[str, str] | None = None) -> None:
        self.app = app
        self.announced = dict(announced or {})
        self.kept: dict[tuple[str, str], list[Message]] = {}
        self._smaller = Smaller()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pass the request on and keep the answer if it will never change."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        encoding = _encoding(scope)
        key = (path, encoding)
        if encoding and key in self.kept:
            await _send_all(self.kept[key], send)
            return
        held: list[Message] = []

        async def relay(message: Message) -> None:
            nonlocal held
            starts = message["type"] == "http.response.start"
            continues = message["type"] == "http.response.body" and held
            if continues or (starts and encoding and _never_changes(message)):
                held.append(message)
                return
            sent, held = held, []
            await _send_all([*sent, self._announcing(path, message) if starts else message], send)

        await self.app(scope, receive, relay)
        if _is_whole(held):
            body = b"".join(part.get("body", b"") for part in held[1:])
            small = await to_thread.run_sync(compressed, body, encoding)
            # Another visitor may have asked meanwhile.
            if key not in self.kept:
                self._keep_first(key, held[0], body, small)
            held = self.kept[key]
        await _send_all(held, send)

    def _keep_first(self, key: tuple[str, str], start: Message, body: bytes, small: bytes) -> None:
        """Keep an answer, compressed unless it is a font or picture, which already is."""
        if len(small) >= 0.9 * len(body):
            self.kept[key] = [start, {"type": "http.response.body", "body": body}]
            return
        self._keep(key, start, small)
        if key[1] == "br":
            self._smaller.begin(body, partial(self._keep, key, start))

    def _keep(self, key: tuple[str, str], start: Message, body: bytes) -> None:
        """Keep a compressed answer."""
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-encoding"] = key[1]
        headers.add_vary_header("Accept-Encoding")
        # The original value identifies the uncompressed bytes.
        del headers["etag"]
        headers["content-length"] = str(len(body))
        self.kept[key] = [{**start, "headers": headers.raw}, {"type": "http.response.body", "body": body}]

    def _announcing(self, path: str, start: Message) -> Message:
        page = path.rpartition("/")[2]
        links = self.announced.get(page) or self.announced.get("")
        headers = MutableHeaders(raw=list(start["headers"]))
        if not links or not headers.get("content-type", "").startswith("text/html"):
            return start
        headers["link"] = links
        return {**start, "headers": headers.raw}


async def _send_all(messages: Iterable[Message], send: Send) -> None:
    for message in messages:
        await send(message)


def _encoding(scope: Scope) -> str:
    """Return the encoding in which a whole file is asked for, or an empty text if it cannot be kept.

    Each file is kept under one address only. The server also answers variants such as "/static/./a.js", and
    with any query; a stranger could fill the memory with them.
    """
    asked = Headers(scope=scope)
    if "range" in asked or scope.get("query_string") or normpath(scope["path"]) != scope["path"]:
        return ""
    return accepted(asked.get("accept-encoding", ""))


def _never_changes(start: Message) -> bool:
    said = Headers(raw=start["headers"]).get("cache-control", "")
    return start["status"] == 200 and "immutable" in said


def _is_whole(answer: list[Message]) -> bool:
    """Tell whether an answer is complete.

    When a visitor leaves, Starlette stops in the middle of a file without reporting it. A partial answer must
    not be kept: every later visitor would get only that part.
    """
    return len(answer) > 1 and not answer[-1].get("more_body", False)
