"""Files that never change are sent compressed and from memory, and the page lists what the board needs."""

import asyncio
import gc
import gzip
import os
import random
import re
import socket
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import streamlit
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from server.early_links import early_links
from server.lifespan import serving
from server.no_delay import NoDelayMiddleware
from server.own_files import own_files
from server.static_files import StaticCacheMiddleware
from tests.browser.app_server import ROOT

BODY = b"export const p = 1;\n" * 200
IMMUTABLE = (b"cache-control", b"public, immutable, max-age=31536000")


class Behind:
    """A server that sends each answer in two parts and counts the answers."""

    def __init__(self, *headers: tuple[bytes, bytes], body: bytes = BODY, status: int = 200) -> None:
        self.headers, self.body, self.status, self.answers = list(headers), body, status, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.answers += 1
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body[:10], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[10:]})


async def nothing() -> Message:
    return {"type": "http.request"}


def ask(
    app: ASGIApp,
    receive: Receive = nothing,
    path: str = "/static/js/a.js",
    method: str = "GET",
    **asked: str,
) -> tuple[int, dict[str, str], bytes]:
    """Ask for a file, by a path with or without a query, and return status, headers and body."""
    got: list[Message] = []

    async def send(message: Message) -> None:
        got.append(message)

    async def answered() -> None:
        await app({**scope, "query_string": query.encode()}, receive, send)

    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items()]
    address, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": address, "headers": headers}
    asyncio.run(answered())
    told = {name.decode(): value.decode() for name, value in got[0]["headers"]}
    return got[0]["status"], told, b"".join(message.get("body", b"") for message in got[1:])


@pytest.mark.parametrize(
    ("accepts", "encoding", "undo"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("br;q=1.0, gzip;q=0.8", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
    ],
)
def test_a_file_that_never_changes_is_compressed_and_asked_for_once(
    accepts: str, encoding: str, undo: Callable[[bytes], bytes]
) -> None:
    behind = Behind(IMMUTABLE, (b"content-type", b"text/javascript"), (b"etag", b'"x"'))
    app = StaticCacheMiddleware(behind)
    for _ in range(3):
        status, headers, body = ask(app, accept_encoding=accepts)
        assert status == 200
        assert headers["content-encoding"] == encoding
        assert headers["vary"] == "Accept-Encoding"
        assert int(headers["content-length"]) == len(body) < len(BODY)
        assert "etag" not in headers
        assert undo(body) == BODY
    assert behind.answers == 1


def test_browsers_with_and_without_brotli_get_what_they_can_read() -> None:
    app = StaticCacheMiddleware(Behind(IMMUTABLE))
    for accepts, encoding in (("gzip", "gzip"), ("gzip, br", "br"), ("gzip", "gzip")):
        assert ask(app, accept_encoding=accepts)[1]["content-encoding"] == encoding


def test_a_file_becomes_smaller_while_nobody_waits() -> None:
    # Long texts from few words, in which more patience finds shorter descriptions.
    words = [f"word{k}".encode() for k in range(50)]
    picked = random.Random(7)  # noqa: S311
    body = b" ".join(picked.choice(words) for _ in range(20_000))
    finished = threading.Event()

    class Watched(StaticCacheMiddleware):
        def _keep(self, key: tuple[str, str], start: Message, body: bytes) -> None:
            super()._keep(key, start, body)
            if threading.current_thread() is not threading.main_thread():
                finished.set()

    app = Watched(Behind(IMMUTABLE, body=body))
    first = ask(app, accept_encoding="br")[2]
    assert finished.wait(60)
    _, headers, second = ask(app, accept_encoding="br")
    assert len(second) < len(first)
    assert int(headers["content-length"]) == len(second)
    assert brotli.decompress(first) == brotli.decompress(second) == body


def test_a_picture_is_kept_as_it_is() -> None:
    noise = bytes(range(256))
    behind = Behind(IMMUTABLE, (b"content-type", b"font/woff2"), body=noise)
    app = StaticCacheMiddleware(behind)
    for _ in range(2):
        _, headers, body = ask(app, accept_encoding="gzip")
        assert body == noise
        assert "content-encoding" not in headers
    assert behind.answers == 1


def test_what_may_change_or_is_asked_for_in_part_passes_untouched() -> None:
    for behind, asked in [
        (Behind((b"cache-control", b"no-cache")), {"accept_encoding": "gzip"}),
        (Behind(IMMUTABLE, status=404), {"accept_encoding": "gzip"}),
        (Behind(IMMUTABLE), {}),
        (Behind(IMMUTABLE), {"accept_encoding": "gzip", "range": "bytes=0-9"}),
    ]:
        app = StaticCacheMiddleware(behind)
        for _ in range(2):
            assert ask(app, nothing, **asked)[2] == BODY
        assert behind.answers == 2


def test_other_spellings_of_a_path_are_answered_but_not_kept() -> None:
    app = StaticCacheMiddleware(Behind(IMMUTABLE))
    for path in ("/static/./js/a.js", "/static//js/a.js", "/static/js/b/../a.js", "/static/js/a.js?b"):
        assert ask(app, path=path, accept_encoding="gzip")[2] == BODY
    assert app.kept == {}


def test_a_visitor_who_leaves_in_the_middle_of_a_file_leaves_the_next_one_all_of_it(tmp_path: Path) -> None:
    file = tmp_path / "font.woff2"
    file.write_bytes(os.urandom(1_000_000))
    here = True
    first = True

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_and_lose(message: Message) -> None:
            nonlocal here
            await send(message)
            if message["type"] == "http.response.body":
                here = not first

        # Uvicorn's version. With it, Starlette silently stops sending when the visitor is gone.
        scope["asgi"] = {"spec_version": "2.3"}
        response = FileResponse(file, headers={"cache-control": "public, immutable, max-age=9"})
        await response(scope, receive, send_and_lose)

    async def leaving() -> Message:
        while here:
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    app = StaticCacheMiddleware(serve)
    assert len(ask(app, leaving, accept_encoding="gzip")[2]) < 1_000_000
    first, here = False, True
    for _ in range(2):
        _, headers, body = ask(app, leaving, accept_encoding="gzip")
        assert body == file.read_bytes()
        assert headers["content-length"] == "1000000"


def test_a_file_that_the_server_sends_by_its_path_passes_untouched() -> None:
    async def by_path(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [IMMUTABLE]})
        await send({"type": "http.response.pathsend", "path": "/a.js"})

    got: list[str] = []

    async def send(message: Message) -> None:
        got.append(message["type"])

    app = StaticCacheMiddleware(by_path)
    scope = {"type": "http", "method": "GET", "path": "/a.js", "headers": [(b"accept-encoding", b"gzip")]}
    asyncio.run(app(scope, nothing, send))
    assert got == ["http.response.start", "http.response.pathsend"]
    assert app.kept == {}


def test_a_page_names_what_it_needs_and_nothing_else_does() -> None:
    announced = {"": "<./a.js>; rel=modulepreload", "iris": "<./b.js>; rel=modulepreload"}
    page = StaticCacheMiddleware(Behind((b"content-type", b"text/html; charset=utf-8")), announced)
    for path, links in (("/", ""), ("/derive", ""), ("/iris", "iris"), ("/below/iris", "iris")):
        assert ask(page, path=path)[1]["link"] == announced[links]
    assert "link" not in ask(StaticCacheMiddleware(Behind((b"content-type", b"text/css")), announced))[1]


@pytest.mark.parametrize("part", ["board", "iris"])
def test_everything_announced_exists(part: str) -> None:
    links = early_links(part)
    addresses = re.findall(r"<\./([^>]*)>; rel=modulepreload", links)
    assert "<./_stcore/health>; rel=preload; as=fetch; crossorigin" in links
    announced = [address for address in addresses if address in own_files()]
    assert any(f'"parts/{part}.js"'.encode() in own_files()[address].body for address in announced)
    for kind in ("BidiComponent", "Html", "PageLink"):
        assert any(f"/{kind}." in address for address in addresses)
    for address in set(addresses) - set(announced):
        assert (Path(streamlit.__file__).parent / "static" / address).is_file(), address


def test_small_answers_do_not_wait_for_an_acknowledgement() -> None:
    with socket.socket() as connection:

        class Transport:
            def get_extra_info(self, name: str) -> object:
                return connection if name == "socket" else None

        class Connection:
            transport = Transport()

            async def receive(self) -> Message:
                return {"type": "http.request"}

        ask(NoDelayMiddleware(Behind()), Connection().receive)
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_running_server_leaves_what_was_there_at_its_start_to_itself() -> None:
    async def seen() -> tuple[int, tuple[int, int, int]]:
        async with serving(None):
            return gc.get_freeze_count(), gc.get_threshold()

    before, usual = gc.get_freeze_count(), gc.get_threshold()
    frozen, rare = asyncio.run(seen())
    assert frozen > before + 10_000
    assert rare[0] > usual[0]
    assert gc.isenabled()
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, usual)


def test_garbage_is_collected_when_there_is_much_and_not_after_every_run() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
    # Streamlit ignores a wrong name of an option, and this option is hidden from its help.
    assert "runner.postScriptGC" in config.get_config_options()
