"""The request log has one line per page, error and connection, and nothing of a visitor or a situation."""

import asyncio
import json
import logging
from collections.abc import Iterable
from typing import Any

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.options import Log
from server.request_log import RequestLog, keep_visitors_out_of_uvicorns_log
from tests.server.asked import Streamlit, ask

PAGES = ("", "derive")
# What must never be in the log.
PRIVATE = ("192.0.2.7", "Anna", "1.43", "Firefox", "cookie", "moodle")
REQUEST: dict[str, Any] = {
    "client": ("192.0.2.7", 50000),
    "query_string": b"classes=Anna,b&z=1.43,0",
    "headers": [(b"user-agent", b"Firefox"), (b"cookie", b"cookie"), (b"referer", b"https://moodle.example")],
}


def lines(
    path: str, app: ASGIApp | None = None, *, log: Log = "json", everything: bool = False, method: str = "GET"
) -> list[str]:
    """Return what is written of one request."""
    written: list[str] = []
    logged = RequestLog(app or Streamlit(), PAGES, log, everything=everything, write=written.append)
    ask(logged, path, method, **REQUEST)
    for line in written:
        assert not [word for word in PRIVATE if word in line]
        assert "\n" not in line
    return written


def test_a_page_has_one_line_with_what_was_answered() -> None:
    (line,) = lines("/derive")
    told = json.loads(line)
    assert told.pop("ms") >= 0
    assert told.pop("time").endswith("Z")
    assert told == {"event": "request", "method": "GET", "path": "/derive", "status": 200, "bytes": 8}
    (plain,) = lines("/derive", log="plain")
    assert " GET /derive 200, 8 bytes, " in plain
    assert lines("/derive", log="off") == []


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/Anna", "(unknown)"),
        ("/derive/Anna", "(unknown)"),
        ("/Anna\nGET /", "(unknown)"),
        ("/media/Anna.csv", "/media/*"),
        ("/_stcore/upload_file/Anna", "/_stcore/*"),
        ("/_stcore/Anna", "/_stcore/*"),
    ],
)
def test_of_an_address_that_a_stranger_made_up_only_its_class_is_written(path: str, shown: str) -> None:
    (line,) = lines(path)
    assert json.loads(line)["path"] == shown


def test_a_method_that_a_stranger_made_up_is_not_written() -> None:
    (line,) = lines("/", method="ANNA")
    assert json.loads(line)["method"] == "other"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/static/js/index.abc.js", "/static/*"),
        ("/app/static/live/mount.js", "/app/static/*"),
        ("/healthz", "/healthz"),
        ("/readyz", "/readyz"),
        ("/_stcore/health", "/_stcore/health"),
        ("/derive/_stcore/host-config", "/*/_stcore/*"),
    ],
)
def test_files_and_health_checks_have_a_line_only_if_asked_for_or_failed(path: str, shown: str) -> None:
    assert lines(path) == []
    (line,) = lines(path, everything=True)
    assert json.loads(line)["path"] == shown
    (line,) = lines(path, Streamlit(status=500))
    assert json.loads(line)["status"] == 500


def test_an_exception_is_a_line_with_status_500() -> None:
    async def broken(_: Scope, __: Receive, ___: Send) -> None:
        raise RuntimeError("Anna")

    written: list[str] = []
    with pytest.raises(RuntimeError):
        ask(RequestLog(broken, PAGES, "json", write=written.append), "/", **REQUEST)
    (line,) = written
    assert json.loads(line)["status"] == 500
    assert "Anna" not in line


def test_a_visitor_who_leaves_before_the_answer_is_no_error_of_the_server() -> None:
    async def left(_: Scope, __: Receive, ___: Send) -> None:
        pass

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def ignore(_: Message) -> None:
        pass

    written: list[str] = []
    logged = RequestLog(left, PAGES, "json", write=written.append)
    for path in ("/derive", "/static/js/a.js"):
        asyncio.run(_ask_once(logged, path, nothing, ignore))
    (line,) = written
    assert json.loads(line)["status"] == 499


async def _ask_once(app: ASGIApp, path: str, receive: Receive, send: Send) -> None:
    await app({"type": "http", "method": "GET", "path": path, **REQUEST}, receive, send)


def events(received: Iterable[Message], sent: Iterable[Message]) -> list[dict[str, object]]:
    """Return what is written of a websocket on which an application receives and sends these messages."""
    written: list[str] = []
    incoming = iter(received)

    async def receive() -> Message:
        return next(incoming)

    async def send(_: Message) -> None:
        pass

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        for message in sent:
            await send(message)
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def run() -> None:
        scope = {"type": "websocket", "path": "/_stcore/stream", **REQUEST}
        await RequestLog(app, PAGES, "json", write=written.append)(scope, receive, send)

    asyncio.run(run())
    assert not [word for word in PRIVATE if word in "".join(written)]
    return [json.loads(line) for line in written]


def test_a_connection_has_a_line_when_it_opens_and_one_with_its_counts_when_it_ends() -> None:
    opened, closed = events(
        [{"type": "websocket.receive", "bytes": b"Anna"}, {"type": "websocket.disconnect", "code": 1001}],
        [{"type": "websocket.accept"}, *[{"type": "websocket.send", "bytes": b"Anna" * 10}] * 3],
    )
    assert (opened["event"], opened["path"]) == ("opened", "/_stcore/stream")
    assert closed.pop("time")
    assert isinstance(closed.pop("seconds"), float)
    assert closed == {
        "event": "closed",
        "path": "/_stcore/stream",
        "code": 1001,
        "received": 1,
        "received_bytes": 4,
        "sent": 3,
        "sent_bytes": 120,
    }


def test_a_refused_connection_has_one_line() -> None:
    (refused,) = events([{"type": "websocket.disconnect"}], [{"type": "websocket.close", "code": 1008}])
    assert refused["event"] == "refused"


def test_uvicorn_writes_no_address_and_no_query(caplog: pytest.LogCaptureFixture) -> None:
    access, errors = logging.getLogger("uvicorn.access"), logging.getLogger("uvicorn.error")
    keep_visitors_out_of_uvicorns_log()
    try:
        with caplog.at_level(logging.INFO):
            access.info('%s - "%s %s HTTP/%s" %d', "192.0.2.7:1", "GET", "/?z=1.43", "1.1", 200)
            errors.info('%s - "WebSocket %s" [accepted]', "192.0.2.7:1", "/_stcore/stream?z=1.43")
            errors.error("Exception in ASGI application")
    finally:
        for logger in (access, errors):
            logger.filters.clear()
    assert caplog.messages == ["Exception in ASGI application"]
