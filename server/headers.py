"""Security headers on every answer: what a page may load, who may frame it, what other sites learn of it."""

import base64
import hashlib
import re
from http import HTTPStatus
from pathlib import Path

import streamlit
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.addresses import folder_of

__all__ = ["SecurityHeaders", "page_policy"]

_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

# What the code of Streamlit 1.67 and of this app needs beyond files from this server. In a directive, 'self'
# also stands for the websocket of the same host, whichever proxy is in front.
_SOURCES = {
    "default-src": "'none'",
    # blob: Streamlit makes a module of the inline code of a component (ui/component.py), by a blob address.
    # 'wasm-unsafe-eval': protobuf.js uses WebAssembly for 64-bit integers. This does not allow eval.
    # `page_policy` adds a hash for the inline script of Streamlit's page. Nothing needs 'unsafe-eval', not
    # even Plotly's 3D scenes.
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    # 'unsafe-inline': styles of Streamlit (React, styled-components, st.html), of Plotly and of our parts are
    # inline. Their texts differ from page to page, so hashes are not possible.
    "style-src": "'self' 'unsafe-inline'",
    # data: contours and heatmaps, Streamlit's cursors and masks. blob: pictures to be taken away as PNG.
    "img-src": "'self' data: blob:",
    # data: the smallest fonts of KaTeX are in Streamlit's style sheet; Plotly's and the tables' too.
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
# Anything else that an answer may be is no document. Opened by its own address it loads and runs nothing.
_NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'"

# The app needs none of these, and neither does a page in its place.
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")


def page_policy(frame_ancestors: str = "", index: str | None = None) -> str:
    """Return the Content-Security-Policy of the app's pages.

    Parameters
    ----------
    frame_ancestors : str
        The sites that may show a page in a frame. Without it there is no such directive: "*" would still
        refuse slides that were opened from a disk.
    index : str, optional
        Streamlit's page, otherwise that of the installed version.
    """
    page = _INDEX.read_text(encoding="utf-8") if index is None else index
    hashes = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in _INLINE.findall(page)
    ]
    scripts = " ".join([_SOURCES["script-src"], *(f"'sha256-{known}'" for known in hashes)])
    directives = {**_SOURCES, "script-src": scripts}
    if frame_ancestors:
        directives["frame-ancestors"] = frame_ancestors
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


class SecurityHeaders:
    """ASGI middleware that adds the headers, and answers an error that nothing else has answered.

    Such an error would otherwise be answered outside of all middleware, without these headers. It is raised
    again, so that the server's log has it.

    Attributes
    ----------
    app : ASGIApp
        The application that answers.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: str = "") -> None:
        self.app = app
        all_have = [
            (b"x-content-type-options", b"nosniff"),
            # An address holds a situation. Other sites do not learn it when a link is followed.
            (b"referrer-policy", b"same-origin"),
        ]
        pages_have = [
            (b"content-security-policy", page_policy(frame_ancestors).encode()),
            (b"permissions-policy", ", ".join(f"{name}=()" for name in _UNUSED).encode()),
        ]
        # The policy of the pages is long, and the first visit asks for seventy files.
        self._of_page = [*all_have, *pages_have]
        self._of_rest = [*all_have, (b"content-security-policy", _NO_DOCUMENT.encode())]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def complete(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": self._completed(message, scope["path"])}
            await send(message)

        try:
            await self.app(scope, receive, complete)
        except Exception:
            if not started:
                plain = [(b"content-type", b"text/plain; charset=utf-8")]
                await complete({"type": "http.response.start", "status": 500, "headers": plain})
                await send({"type": "http.response.body", "body": b"Something went wrong on the server."})
            raise

    def _completed(self, start: Message, path: str) -> list[tuple[bytes, bytes]]:
        headers = list(start.get("headers", ()))
        # "Not modified" names no type, and the browser takes its headers in place of those that it has kept.
        is_page = (
            not folder_of(path)
            if start["status"] == HTTPStatus.NOT_MODIFIED
            else Headers(raw=headers).get("content-type", "").startswith("text/html")
        )
        ours = self._of_page if is_page else self._of_rest
        names = {name for name, _ in ours}
        return [*(header for header in headers if header[0].lower() not in names), *ours]
