"""Answers, at addresses of its own choice, with files that are in memory: the packs, and smaller fonts."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server.addresses import below_base
from server.smaller_fonts import MORE, smaller_fonts
from ui.packs import packs

__all__ = ["File", "OwnFiles", "own_files"]

_FOREVER = "public, immutable, max-age=31536000"


@dataclass(frozen=True, slots=True)
class File:
    """A file and how it is sent.

    Attributes
    ----------
    body : bytes
        Its contents.
    kind : str
        Its media type.
    forever : bool
        Whether its address changes with its contents, so that a browser need never ask for it again.
        Otherwise the browser asks at each visit whether it has changed.
    """

    body: bytes
    kind: str
    forever: bool


class OwnFiles:
    """ASGI middleware that answers requests for some files itself.

    Attributes
    ----------
    app : ASGIApp
        The application that answers every other request, also one for the same file with the query `whole`.
    files : mapping of str to File
        The files by their addresses below the app's own, for a second font with its query.
    """

    def __init__(self, app: ASGIApp, files: Mapping[str, File]) -> None:
        self.app = app
        self.files = dict(files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        file = self._file(scope) if scope["type"] == "http" else None
        answer = self.app if file is None else _answer(file, Headers(scope=scope))
        await answer(scope, receive, send)

    def _file(self, scope: Scope) -> File | None:
        query = scope["query_string"]
        if scope["method"] not in ("GET", "HEAD") or query == b"whole":
            return None
        return self.files.get(below_base(scope["path"]) + (MORE if query == MORE[1:].encode() else ""))


def _answer(file: File, asked: Headers) -> Response:
    if file.forever:
        return Response(file.body, media_type=file.kind, headers={"cache-control": _FOREVER})
    tag = f'"{sha256(file.body).hexdigest()[:32]}"'
    headers = {"cache-control": "no-cache", "etag": tag}
    if asked.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(file.body, media_type=file.kind, headers=headers)


def own_files() -> dict[str, File]:
    """Return the packs and the smaller fonts, by their addresses."""
    both = packs()
    scripts = {"first.js": both.first, "rest.js": both.rest}
    return {
        **{
            f"app/static/{both.folder}/{name}": File(body, "text/javascript", forever=True)
            for name, body in scripts.items()
        },
        # Their addresses are Streamlit's, and do not change with the icons of this app.
        **{address: File(body, "font/woff2", forever=False) for address, body in smaller_fonts().items()},
    }
