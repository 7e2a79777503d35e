"""A link to a page that does not exist leads to Explore and keeps its query."""

import asyncio
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.types import Message, Receive, Scope, Send

from server.known_pages import KnownPages

PAGES = ("", "derive", "iris")


def answered(path: str, query: str = "", kind: bytes = b"text/html", method: str = "GET") -> list[Message]:
    """Return the answer to a request for a path, when Streamlit answers every path with its page."""
    sent: list[Message] = []

    async def streamlit(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b"the page"})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    app = KnownPages(streamlit, PAGES, other_names={"explore": ""})
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    return sent


def where(sent: list[Message]) -> str | None:
    """Return the address that an answer redirects to, or None if the answer is the page itself."""
    if sent[0]["status"] == 200:
        return None
    assert sent[0]["status"] == 307
    # No part of the page follows.
    assert [message.get("body", b"") for message in sent[1:]] == [b""]
    location: bytes = dict(sent[0]["headers"])[b"location"]
    return location.decode()


@pytest.mark.parametrize("path", ["/", "/derive", "/iris/"])
def test_a_page_is_answered_with_the_page(path: str) -> None:
    assert where(answered(path, "z=1,2")) is None


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", ["nowhere", "derive/more", "<b>x</b>", "%0d%0aSet-Cookie: a=b", "名"])
def test_any_other_address_leads_to_explore_which_is_told_of_it(name: str, method: str) -> None:
    sent_to = where(answered(f"/{name}", "z=1%2C2&T=2&page=old", method=method))
    assert sent_to
    assert urlsplit(sent_to).path == "/"
    assert parse_qsl(urlsplit(sent_to).query) == [("z", "1,2"), ("T", "2"), ("page", name)]
    assert sent_to.isascii()
    assert not set("\r\n<> ") & set(sent_to)


def test_another_name_of_a_page_leads_there_without_a_word() -> None:
    assert where(answered("/explore", "z=1%2C2")) == "/?z=1%2C2"
    assert where(answered("/explore")) == "/"


def test_what_is_no_page_and_what_is_not_asked_for_passes() -> None:
    assert where(answered("/nowhere", kind=b"application/json")) is None
    assert where(answered("/nowhere", method="POST")) is None


def test_a_long_address_is_told_in_short() -> None:
    sent_to = where(answered("/" + "x" * 5000))
    assert sent_to
    assert len(sent_to) < 200
