"""Every answer has security headers, and whoever runs the server may say which sites show it in a frame."""

import base64
import hashlib

import pytest
from starlette.types import Receive, Scope, Send

from server.headers import SecurityHeaders, page_policy
from server.options import FRAME_ANCESTORS, LOG, LOG_ALL, Options
from tests.server.asked import Streamlit, ask

POLICY = "content-security-policy"


def directives(policy: str) -> dict[str, list[str]]:
    """Return the sources of each directive."""
    parts = [part.split() for part in policy.split(";")]
    assert len({name for name, *_ in parts}) == len(parts), "a directive that is repeated is ignored"
    return {name: sources for name, *sources in parts}


def test_nothing_but_streamlits_own_inline_script_may_run() -> None:
    script = "\n  window.prerenderReady = false\n"
    page = f'<script>{script}</script><script type="module" src="./a.js"></script>'
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = directives(page_policy(index=page))["script-src"]
    assert allowed == ["'self'", "blob:", "'wasm-unsafe-eval'", f"'sha256-{digest}'"]
    installed = directives(page_policy())["script-src"]
    assert len(installed) == 4
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(installed)


def test_nothing_is_loaded_from_or_sent_to_another_site() -> None:
    told = directives(page_policy())
    assert told["default-src"] == ["'none'"]
    everywhere = {source for sources in told.values() for source in sources}
    local = {"'self'", "'none'", "'unsafe-inline'", "'wasm-unsafe-eval'", "data:", "blob:"}
    assert {source for source in everywhere - local if not source.startswith("'sha256-")} == set()
    # An address of data can be made of anything that is on the page.
    assert told["connect-src"] == ["'self'"]


def test_a_page_is_answered_with_its_policy_and_anything_else_with_a_stricter_one() -> None:
    page = ask(SecurityHeaders(Streamlit())).headers
    file = ask(SecurityHeaders(Streamlit("text/javascript"))).headers
    assert page[POLICY] == page_policy()
    assert directives(file[POLICY]) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}
    for headers in (page, file):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in page["permissions-policy"]


def test_a_page_that_has_not_changed_keeps_its_policy_in_the_browsers_cache() -> None:
    unchanged = SecurityHeaders(Streamlit("", status=304))
    for path in ("/", "/derive", "/nowhere"):
        assert ask(unchanged, path).headers[POLICY] == page_policy()
    for path in ("/static/js/a.js", "/app/static/live/mount.js"):
        assert ask(unchanged, path).headers[POLICY] != page_policy()


def test_headers_that_streamlit_sends_are_replaced_not_repeated() -> None:
    theirs = {
        "X-Content-Type-Options": "nosniff",
        "referrer-policy": "unsafe-url",
        "cache-control": "no-cache",
    }
    headers = ask(SecurityHeaders(Streamlit(headers=theirs))).headers
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-cache"
    assert "X-Content-Type-Options" not in headers


def test_an_error_is_answered_with_the_headers_and_raised() -> None:
    sent: list[int] = []

    async def broken(_: Scope, __: Receive, ___: Send) -> None:
        raise RuntimeError("setosa=1.43")

    app = SecurityHeaders(broken)

    async def outside(scope: Scope, receive: Receive, send: Send) -> None:
        with pytest.raises(RuntimeError):
            await app(scope, receive, send)
        sent.append(1)

    answer = ask(outside)
    assert sent == [1]
    assert answer.status == 500
    assert "setosa" not in answer.body.decode()
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("value", "sources"),
    [
        ("*", None),
        ("none", ["'none'"]),
        ("self", ["'self'"]),
        (" self  https://moodle.example.edu ", ["'self'", "https://moodle.example.edu"]),
        (
            "https://*.example.edu http://localhost:8000 https://a.example:*",
            ["https://*.example.edu", "http://localhost:8000", "https://a.example:*"],
        ),
    ],
)
def test_the_sites_that_may_frame_a_page_are_those_that_were_set(
    value: str, sources: list[str] | None
) -> None:
    chosen = Options.read({FRAME_ANCESTORS: value}).frame_ancestors
    assert directives(page_policy(chosen)).get("frame-ancestors") == sources


@pytest.mark.parametrize(
    "value",
    [
        "", "  ", "* self", "none self", "example.edu", "https://", "https://*", "https://a.example/path",
        "'self'", "https://a.example; script-src *", "https://a.example, https://b.example",
        "https://a.example\nb: c", "javascript:alert()", "https://user@a.example", "https://a..example",
    ],
)  # fmt: skip
def test_any_other_value_is_refused_with_a_sentence(value: str) -> None:
    with pytest.raises(ValueError, match=r"^EXPLORER_FRAME_ANCESTORS is .*https://moodle\.example\.edu"):
        Options.read({FRAME_ANCESTORS: value})


def test_the_log_is_plain_json_or_off_and_has_files_if_asked() -> None:
    assert Options.read({}) == Options(frame_ancestors="", log="plain", log_all=False)
    assert Options.read({LOG: "json", LOG_ALL: "yes"}) == Options("", "json", log_all=True)
    for name, value in ((LOG, "JSON"), (LOG, ""), (LOG_ALL, "1")):
        with pytest.raises(ValueError, match=f"^{name} is '{value}', but must be"):
            Options.read({name: value})
