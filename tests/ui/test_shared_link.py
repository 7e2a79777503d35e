"""What a sender chooses in the dialog for sharing is what the link says, and nothing else."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.situation.scenario import Scenario
from ui.lesson import GROUPS, TITLES
from ui.shared_link import (
    EMBEDDED,
    Options,
    address,
    base_address,
    embed_code,
    options_of,
    parameters,
    questions,
)

HIDES = (*GROUPS["jacobian"], "formula", "curve")
CHANGES = {
    "present": (Options(present=True), {"present": "on"}),
    "hide": (Options(hide=frozenset(["jacobian-colours", "jacobian-numbers"])), {"hide": "jacobian"}),
    "lock": (Options(lock=frozenset(["temperature", "z"])), {"lock": "temperature,z"}),
    "ask": (Options(ask="sign-1-2"), {"ask": "sign-1-2"}),
    "theme": (Options(theme="dark_theme"), {"embed_options": "dark_theme"}),
    "embedded": (Options(shows=EMBEDDED), {"embed": "true"}),
    "one part": (Options(shows="board"), {"only": "board", "embed": "true"}),
}


@pytest.mark.parametrize(("options", "added"), CHANGES.values(), ids=CHANGES.keys())
def test_each_option_adds_its_own_parameters_and_leaves_the_situation(
    options: Options, added: dict[str, str]
) -> None:
    link = {"z": "1,2,3", "camera": "1,1,1"}
    assert parameters(link, options, HIDES) == link | added


def test_without_a_choice_the_link_stays_as_it_is() -> None:
    link = {
        "z": "1,2,3",
        "present": "on",
        "hide": "curve,loss",
        "shown": "curve",
        "lock": "z",
        "ask": "sign-1-1",
    }
    options = options_of(link, HIDES, ["", "sign-1-1"])
    assert options == Options(True, frozenset(["curve"]), frozenset(["z"]), "sign-1-1")
    assert parameters(link, options, HIDES) == link


def test_what_the_sender_has_revealed_is_hidden_again_in_another_task() -> None:
    link = {"hide": "curve", "shown": "all"}
    for other in (
        Options(hide=frozenset(["curve", "formula"])),
        Options(hide=frozenset(["curve"]), ask="sign-1-1"),
    ):
        assert "shown" not in parameters(link, other, HIDES)


def test_an_option_that_is_switched_off_leaves_the_link() -> None:
    link = {"present": "on", "hide": "curve", "lock": "z", "ask": "sign-1-1"}
    assert parameters(link, Options(), HIDES) == {}


def test_a_page_offers_only_questions_whose_answer_it_can_hide() -> None:
    now = Scenario(i=0, j=1)
    cell = ["sign-1-2", "formula-1-2", "value-1-2", "gains-2"]
    assert [question.text for question in questions(now, HIDES)] == ["", *cell]
    gradient = [question.text for question in questions(now, GROUPS["gradient"])]
    assert gradient == ["", "gradient-1", "gradient-2", "gradient-3"]
    assert [question.text for question in questions(now, ())] == [""]


def test_a_question_hides_only_what_the_page_has() -> None:
    for question in questions(Scenario(), HIDES):
        assert set(question.gives_away) <= set(HIDES)
    assert {item for question in questions(Scenario(), tuple(TITLES)) for item in question.gives_away} <= set(
        TITLES
    )


@pytest.mark.parametrize(
    "told",
    [
        None,
        7,
        "",
        "example.org",
        "javascript:alert(1)",
        "ftp://example.org/",
        "http:///path",
        "http://user:word@example.org/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://example.org/?z=1",
        "http://example.org/#a",
        'http://example.org/"><script>',
        "http://example.org/\n",
        "http://example.org/ü",
        f"http://example.org/{'a' * 500}",
    ],
)
def test_what_is_not_the_address_of_an_app_is_refused(told: object) -> None:
    assert base_address(told) is None


@pytest.mark.parametrize("told", ["http://localhost:8501", "https://example.org/a/b/", "http://[::1]:8501/"])
def test_the_address_of_an_app_ends_with_a_slash(told: str) -> None:
    assert base_address(told) == f"{told.rstrip('/')}/"


def test_the_embed_code_is_one_frame_whose_address_is_the_link() -> None:
    class Frames(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    found: list[tuple[str, dict[str, str | None]]] = []
    params = {"classes": '"><script>,&amp;,<b>', "z": "1,2,3"}
    Frames().feed(embed_code("https://example.org/", "derive", params, 'A "title" & more'))
    ((tag, attributes),) = found
    assert tag == "iframe"
    where = urlsplit(attributes["src"] or "")
    assert (where.netloc, where.path) == ("example.org", "/derive")
    assert dict(parse_qsl(where.query)) == params | {"embed": "true"}
    assert (attributes["width"], attributes["height"]) == ("800", "450")
    assert attributes["title"] == 'A "title" & more'


def test_an_address_without_a_query_has_no_question_mark() -> None:
    assert address("https://example.org/", "", "") == "https://example.org/"
    assert address("https://example.org/", "iris", "seed=2") == "https://example.org/iris?seed=2"
