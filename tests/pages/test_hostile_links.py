"""Whatever a link says, every page opens; what it refuses costs one sentence each, and the rest is shown.

`LINKS=5000 python -m pytest -n0 tests/pages/test_hostile_links.py` tries that many links of each page, and a
tenth as many on whole pages; by itself it tries few.
"""

import os
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from streamlit.runtime.state.query_params import QueryParams
from streamlit.testing.v1 import AppTest

from core.softmax import softmax
from pages import derive, descend, explore, iris, tour, worksheet
from tests.pages.corners import corners, opened
from tests.pages.follow import follow
from ui import links, session
from ui.lesson import SHARED
from ui.page import Page
from ui.settings import Setting

PAGES: dict[str, Page] = {
    page.path or "explore": page
    for page in (explore.PAGE, tour.PAGE, derive.PAGE, descend.PAGE, iris.PAGE, worksheet.PAGE)
}
on_every_page = pytest.mark.parametrize("path", PAGES)

LINKS = int(os.environ.get("LINKS", "60"))
SITUATION = ("classes", "z", "T", "of", "wrt")

# How a sentence names each parameter of the situation; it names all others by their names in the link.
NAMED = {
    "classes": ("class", "name"),
    "z": ("raw output", "z in the link"),
    "T": ("temperature", "T in the link"),
    "page": ("no page",),
}
BAD = [
    *(
        "",
        " ",
        "nan",
        "-0",
        "inf",
        "1e400",
        "-1e400",
        "1e-400",
        "0x10",
        "1_0",
        "\uff11\uff12",
        "\u0663",
        "1,5",
    ),
    *("−1", "²", "\u2167", "," * 5000, "1," * 3000, ",", ",,", "9" * 5000, "0." + "0" * 3000 + "1", "true"),
    *("1e" + "9" * 50, "null", "\u202e1", "\u2066x\u2069", "\ufeff1", "\x00", "\r\nX: y", "\u0301", "<b>"),
    *(
        "$x$",
        "%",
        "%00",
        "../../etc/passwd",
        "javascript:x",
        "${7*7}",
        "{{x}}",
        "a" * 25,
        "a,a",
        "a,A",
        "\uff41,a",
    ),
    *("é,e\u0301", "👩‍🔬" * 8, "ﷺ" * 9, "__class__", "setosa,setosa", "p99", "j1-", "value-0-0", "sign-11-1"),
    *("-1", "1000000", "1.0", "+3", "1-2-3"),
]
NAMES = (
    "",
    "Z",
    "z[]",
    " z",
    "classes ",
    "__proto__",
    "page",
    "embed",
    "embed_options",
    "x" * 500,
    "\u202ez",
)


def specs(page: Page) -> tuple[Setting, ...]:
    return (*page.settings, *SHARED)


def good(path: str) -> list[dict[str, str]]:
    """Return links that the page accepts."""
    found = list(corners(path))
    return [{}, *found[:: max(1, len(found) // 12)]]


def values() -> st.SearchStrategy[str]:
    characters = st.characters(exclude_categories=["Cs"])
    numbers = st.one_of(st.floats().map(str), st.integers().map(str))
    return st.one_of(
        st.sampled_from(BAD),
        st.text(characters, max_size=30),
        numbers,
        st.lists(st.one_of(numbers, st.text(characters, max_size=5)), max_size=12).map(",".join),
    )


def queries(path: str) -> st.SearchStrategy[dict[str, list[str]]]:
    """Return links that the page accepts, with some parameters left out, changed, added or repeated."""
    page = PAGES[path]
    names = st.sampled_from((*SITUATION, *(spec.name for spec in specs(page)), *NAMES))
    changed = st.dictionaries(names, st.lists(values(), min_size=1, max_size=3), max_size=6)
    dropped = st.sets(st.sampled_from(SITUATION), max_size=2)

    def put(base: Mapping[str, str], drop: set[str], new: Mapping[str, list[str]]) -> dict[str, list[str]]:
        kept = {name: [value] for name, value in base.items() if name not in drop}
        # The last value counts.
        return kept | {name: [*kept.get(name, []), *several] for name, several in new.items()}

    return st.builds(put, st.sampled_from(good(path)), dropped, changed)


def encoded(query: Mapping[str, list[str]], style: Callable[[str], str]) -> str:
    return "&".join(f"{style(name)}={style(value)}" for name, several in query.items() for value in several)


def as_read(text: str) -> dict[str, str]:
    """Return the parameters of a query as Streamlit and `session.begin` take them from the address."""
    params = QueryParams()
    params.populate_from_query_string(text)
    return {name: found[-1] for name in params if (found := params.get_all(name))}


# Encodings that a browser, a chat or a hand gives a link, and one whose bytes are no UTF-8.
STYLES: list[Callable[[str], str]] = [
    quote,
    quote_plus,
    lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    lambda text: quote(text, safe=",:/?@!$'()*<>\"{}|\\^`[] "),
    lambda text: text.replace("%", "%zz").replace("&", "&&"),
    lambda text: quote(text.encode("utf-16"), safe=""),
    lambda text: quote(text) + "%ff%c0%af",
    lambda text: quote(quote(text)),
]


def assert_read_rightly(params: Mapping[str, str], page: Page) -> links.Link:
    """Check that what a link says is taken as it stands or costs one sentence that names it."""
    base = page.base(params) if page.base else None
    found = links.read(params, specs(page), base)
    refused = [problem.parameter for problem in found.problems]
    assert len(refused) == len(set(refused))
    assert set(refused) <= params.keys()
    for problem in found.problems:
        named = NAMED.get(problem.parameter, (f"{problem.parameter} in the link",))
        assert any(name in problem.message for name in named), problem
        assert len(problem.message) < 900, problem
        assert problem.message.endswith("."), problem
    # What was refused says nothing, and what was accepted is written as it is read.
    rest = {name: value for name, value in params.items() if name not in refused}
    again = links.read(rest, specs(page), page.base(rest) if page.base else None)
    assert again == links.Link(found.situation, found.settings, [])
    written = links.written(found.situation, found.settings, specs(page), base)
    assert links.read(written, specs(page), page.base(written) if page.base else None) == again
    p = softmax(np.array(found.situation.z) / found.situation.temperature)
    assert abs(p.sum() - 1) <= 1e-12
    return found


@on_every_page
def test_every_parameter_of_a_link_is_taken_or_refused_in_one_sentence(path: str) -> None:
    @settings(max_examples=LINKS, suppress_health_check=list(HealthCheck))
    @given(queries(path), st.sampled_from(STYLES))
    def check(query: dict[str, list[str]], style: Callable[[str], str]) -> None:
        assert_read_rightly(as_read(encoded(query, style)), PAGES[path])

    check()


@on_every_page
def test_text_that_is_no_query_is_read_as_one(path: str) -> None:
    @settings(max_examples=LINKS // 2)
    @given(st.text(st.sampled_from("&=;?#%+,-.1ezTof wrt\x00\ud800é"), max_size=60))
    def check(text: str) -> None:
        assert_read_rightly(as_read(text), PAGES[path])

    check()


@on_every_page
def test_every_value_of_every_parameter_alone_is_taken_or_refused(path: str) -> None:
    page = PAGES[path]
    for name in (*SITUATION, *(spec.name for spec in specs(page)), *NAMES):
        for value in BAD:
            assert_read_rightly({name: value}, page)


@on_every_page
def test_every_page_shows_what_of_a_link_it_accepts_and_says_what_it_refuses(path: str) -> None:
    test = opened(path)
    page = PAGES[path]

    @settings(max_examples=LINKS // 10, phases=[Phase.explicit, Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(queries(path))
    def check(query: dict[str, list[str]]) -> None:
        assert_shown(test, query, page)

    check()


def assert_shown(test: AppTest, query: Mapping[str, list[str]], page: Page) -> None:
    # Streamlit keeps the parameters of embedding to itself.
    query = {name: several for name, several in query.items() if not name.startswith("embed")}
    last = {name: several[-1] for name, several in query.items()}
    found = links.read(last, specs(page), page.base(last) if page.base else None)
    if last == test.session_state[session.KEY].url:
        # A link to what is shown already is not read again.
        follow(test, {})
    follow(test, query)
    assert not test.exception, query
    now = test.session_state[session.KEY]
    assert now.page == page.path
    assert now.situation == found.situation
    assert [problem.message for problem in now.problems] == [problem.message for problem in found.problems]
    assert len(test.warning) == len(found.problems)
    assert found.settings.items() <= now.settings.items()
