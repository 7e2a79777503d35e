"""The app answers for its packs and smaller fonts itself, so that browsers keep them as long as they hold."""

import pytest

from server.own_files import File, OwnFiles, own_files
from server.smaller_fonts import smaller_fonts
from tests.server.asked import Answer, Streamlit, ask
from ui.packs import packs

FILES = {
    "app/static/a.js": File(b"export const a = 1;", "text/javascript", forever=True),
    "static/media/a.woff2": File(b"letters", "font/woff2", forever=False),
    "static/media/a.woff2?more": File(b"more letters", "font/woff2", forever=False),
}


APP = OwnFiles(Streamlit(), FILES)
STREAMLITS = b"the page"


def get(path: str, **headers: str) -> Answer:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    address, _, query = path.partition("?")
    return ask(APP, address, query_string=query.encode(), headers=named)


def test_a_file_whose_address_changes_with_it_is_never_asked_for_again() -> None:
    answer = get("/app/static/a.js")
    assert (answer.status, answer.body) == (200, b"export const a = 1;")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"


def test_a_font_at_streamlits_address_is_sent_again_only_if_it_has_changed() -> None:
    first = get("/static/media/a.woff2")
    assert (first.status, first.body) == (200, b"letters")
    assert first.headers["content-type"] == "font/woff2"
    assert first.headers["cache-control"] == "no-cache"
    for tag, expected in ((first.headers["etag"], (304, b"")), ('"other"', (200, b"letters"))):
        again = get("/static/media/a.woff2", if_none_match=tag)
        assert (again.status, again.body) == expected


def test_the_second_font_has_the_address_of_the_first_with_a_query() -> None:
    assert get("/static/media/a.woff2?more").body == b"more letters"


@pytest.mark.parametrize(
    "path", ["/static/media/a.woff2?whole", "/a.js", "/", "/app/static/", "/static/media/a.woff2/b"]
)
def test_streamlit_answers_for_the_whole_font_and_for_everything_else(path: str) -> None:
    assert get(path).body == STREAMLITS


def test_only_what_asks_for_a_file_is_answered() -> None:
    assert ask(APP, "/app/static/a.js", method="POST").body == STREAMLITS


def test_a_pack_that_was_lost_can_be_asked_for_under_another_address() -> None:
    assert get("/app/static/a.js?again").body == b"export const a = 1;"


def test_the_packs_and_all_smaller_fonts_are_there() -> None:
    files = own_files()
    pack = {f"app/static/{packs().folder}/{name}" for name in ("first.js", "rest.js")}
    assert files.keys() == pack | smaller_fonts().keys()
    assert all(files[address].forever == (address in pack) for address in files)
