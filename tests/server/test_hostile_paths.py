"""No path, method or header leads to a file outside the static ones, to an exception or to another site."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from streamlit import net_util

from server.refusals import ask_nobody_for_the_address
from tests.browser.app_server import ROOT, AppServer, exception_in
from tests.server.raw_http import ask, asked

# Each leads to a file that exists, if it is taken apart in the wrong order or not at all.
OUT = (
    *("../app.py", "../../app.py", "live/../../app.py", "..%2fapp.py", "%2e%2e/app.py", "%2e%2e%2fapp.py"),
    *(
        "%252e%252e%252fapp.py",
        "..%252fapp.py",
        "..\\app.py",
        "..%5capp.py",
        "%2e%2e%5capp.py",
        "....//app.py",
    ),
    *(
        "..;/app.py",
        "%c0%ae%c0%ae/app.py",
        "%u002e%u002e/app.py",
        ".%00./app.py",
        "../app.py%00.js",
        "..%00/app.py",
    ),
    *("/etc/passwd", "%2fetc/passwd", "//etc/passwd", "file:///etc/passwd", "~root/.profile", "C:/app.py"),
    *(
        "C:%5capp.py",
        "%5c%5cserver%5cshare",
        "\\\\server\\share",
        "%3f%3f/app.py",
        "..%2f" * 9 + "etc/passwd",
    ),
    *("live/store.js%00", "live/store.js::$DATA", "live/store.js%20", "CON", ".", "..", "%", "%zz", "%ff%fe"),
    *("x" * 5000, "x/" * 3000, "%2e" * 3000, "é", "%0d%0aSet-Cookie:%20a=b", "outside.py"),
)
UNDER = (
    "/app/static/",
    "/static/",
    "/media/",
    "/component/x/",
    "/_stcore/bidi-components/x/",
    "/derive/",
    "/",
)


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    with AppServer() as running:
        yield running


@pytest.fixture(autouse=True)
def no_exception(server: AppServer) -> Iterator[None]:
    before = len(server.log_text())
    yield
    assert not exception_in(server.log_text()[before:])


@pytest.mark.parametrize("under", UNDER)
def test_no_path_leads_out_of_the_static_files(under: str, server: AppServer) -> None:
    for path in OUT:
        answer = ask(server.port, asked("GET", under + path))
        shown = f"{under}{path[:60]}: {answer.status}"
        assert answer.status in (301, 307, 308, 400, 404, 414), shown
        assert b"open_page" not in answer.body, shown
        assert b"root:" not in answer.body, shown
        assert "set-cookie" not in answer.headers or "a=b" not in answer.headers["set-cookie"], shown
        where = urlsplit(answer.headers.get("location", ""))
        assert where.netloc in ("", "app"), shown
        if under == "/app/static/":
            assert answer.status >= 400, shown


def test_the_static_files_hold_no_link_out_of_them() -> None:
    root = ROOT / "static"
    assert not [path for path in root.rglob("*") if not path.resolve().is_relative_to(root.resolve())]


def test_a_link_in_a_file_system_leads_nowhere(server: AppServer) -> None:
    link = ROOT / "static" / "live" / "linked-by-a-test.js"
    link.symlink_to(ROOT / "app.py")
    try:
        answer = ask(server.port, asked("GET", "/app/static/live/linked-by-a-test.js"))
    finally:
        link.unlink()
    assert answer.status in (400, 404)


@pytest.mark.parametrize(
    "path", ["//", "//evil.example/", "/\\evil.example", "/%2f%2fevil.example", "*", "/" * 5000]
)
def test_no_path_leads_to_another_site(path: str, server: AppServer) -> None:
    answer = ask(server.port, asked("GET", path))
    assert answer.status in (200, 307, 400, 404)
    assert not urlsplit(answer.headers.get("location", "")).netloc
    assert not answer.headers.get("location", "").startswith(("//", "/\\"))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_only_reading_methods_are_answered(method: str, server: AppServer) -> None:
    for path in (
        "/",
        "/derive",
        "/nowhere",
        "/app/static/live/store.js",
        "/_stcore/health",
        "/_stcore/stream",
    ):
        assert ask(server.port, asked(method, path)).status in (400, 404, 405)


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        *(
            "/_stcore/upload_file/a/b",
            "/_stcore/agent/interact",
            "/_stcore/agent/mcp",
            "/_stcore/agent/openapi.json",
        ),
        *("/auth/login", "/auth/logout", "/oauth2callback"),
    ],
)
def test_what_the_app_does_not_use_is_not_there(path: str, method: str, server: AppServer) -> None:
    assert ask(server.port, asked(method, path)).status == 404


@pytest.mark.parametrize(
    "header",
    [
        *(
            "X: " + "a" * 200_000,
            "Cookie: _streamlit_session=\xff\xfe",
            "Accept-Encoding: \xff",
            "Range: bytes=9-1",
        ),
        *("Range: bytes=99999999999999999999-", "Content-Length: -5", "Transfer-Encoding: gzip, chunked"),
        *(
            "If-None-Match: " + '"x",' * 5000,
            "Origin: http://[é",
            "Origin: null",
            "Host: [é",
            "X-Forwarded-For: é",
        ),
        *("Upgrade: h2c", "Expect: 7", "Accept: \x00"),
    ],
    ids=lambda header: header[:24],
)
@pytest.mark.parametrize(
    "path", ["/", "/app/static/live/store.js", "/_stcore/health", "/_stcore/host-config"]
)
def test_no_header_causes_an_exception(path: str, header: str, server: AppServer) -> None:
    assert 200 <= ask(server.port, asked("GET", path, header)).status < 500


UPGRADE = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/_stcore/stream", "Origin: http://[é"),
        ("/_stcore/stream", "Origin: http://evil.example"),
        ("/_stcore/stream", "Origin: null"),
        ("/_stcore/upload_file/a/b", "Origin: http://app"),
        ("/nowhere", "Origin: http://app"),
        ("/../_stcore/stream", "Origin: http://app"),
    ],
)
def test_no_other_site_and_no_other_path_opens_a_connection(
    path: str, header: str, server: AppServer
) -> None:
    request = asked("GET", path, header, *UPGRADE).replace(b"Connection: close", b"Connection: Upgrade")
    assert ask(server.port, request).status in (400, 403, 404)


@pytest.mark.parametrize(
    "data", [b"\x00\xff" * 5000, b"GET / HTTP/x\r\n\r\n", b"GET\r\n\r\n", b"\r\n" * 9 + b"x" * 99_000]
)
def test_what_is_no_request_is_refused(data: bytes, server: AppServer) -> None:
    assert ask(server.port, data + b"\r\n\r\n").status in (0, 400)


def test_no_request_makes_the_server_ask_the_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("the server asks for its address")

    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", connect)
    ask_nobody_for_the_address()
    assert net_util.get_external_ip() is None
