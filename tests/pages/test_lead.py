"""The sidebar presents a page and hides parts of it; a lesson's commits change what they say."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages import derive, descend, explore, iris, tour
from tests.pages.follow import opened_at
from ui import lead, session
from ui.lesson import TITLES, hidden, hide_text, is_hidden
from ui.page import Page

PAGES = {page.title: page for page in (explore.PAGE, tour.PAGE, derive.PAGE, descend.PAGE, iris.PAGE)}


def opened(page: Page, **query: str) -> AppTest:
    """A page as a user sees it after opening a link."""
    return opened_at(page.path, query)


def query(test: AppTest) -> dict[str, str]:
    return {name: "".join(value) for name, value in test.query_params.items()}


@pytest.fixture
def commit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that lets the part that leads a lesson tell something; a press of a button stands for it."""
    told: dict[str, Any] = {}
    monkeypatch.setattr("ui.session.take_commit", lambda _: told)
    monkeypatch.setattr(
        "ui.lead._present", lambda: lead._take(iris.PAGE.resets, lambda: None, lead.turn_to_preset)
    )

    def send(test: AppTest, **values: Any) -> None:
        told.clear()
        told.update(values)
        test.button(key="present").click().run()
        assert not test.exception

    return send


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_press_presents_the_page_and_leaves_out_what_is_secondary(page: Page) -> None:
    test = opened(page)
    said = [text.value for text in test.markdown]
    assert not page.intro or page.intro in said
    test.button(key="present").click().run()
    assert not test.exception
    assert query(test) == {"present": "on"}
    assert not page.intro or page.intro not in [text.value for text in test.markdown]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_everything_that_a_page_can_hide_is_in_its_link_and_can_be_shown_again(page: Page) -> None:
    assert set(page.asks) <= set(page.hides) <= set(TITLES)
    test = opened(page, hide=hide_text(page.hides))
    assert not test.warning
    assert hidden(query(test)["hide"]) == tuple(item for item in TITLES if item in page.hides)
    # The first scene of the tour has no chart.
    if "curve" in page.hides and page.title != "Tour":
        assert [button for button in test.button if "Show the curve" in button.label]
        # A chart that is hidden is not drawn at all.
        assert len(test.get("plotly_chart")) == {"Explore": 0, "Loss and descent": 1}[page.title]


def test_a_hidden_chart_is_shown_by_a_press_and_the_others_stay_hidden() -> None:
    test = opened(explore.PAGE, hide="curve,surface")
    next(button for button in test.button if button.label == "? Show the surface").click().run()
    assert not test.exception
    assert query(test) == {"hide": "curve,surface", "shown": "surface"}
    assert len(test.get("plotly_chart")) == 1
    assert is_hidden("curve", "curve,surface", "surface")


@pytest.mark.parametrize(
    ("shown", "said"),
    [("", "Reveal everything"), ("curve", "Reveal everything"), ("curve,surface", "Hide again"),
     ("all", "Hide again")],
)  # fmt: skip
def test_what_is_offered_depends_on_whether_anything_is_still_hidden(shown: str, said: str) -> None:
    test = opened(explore.PAGE, hide="curve,surface", **({"shown": shown} if shown else {}))
    test.session_state["hide"] = True
    test.run()
    assert test.button(key="reveal_all").label == said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hide", "everything"),
        ("hide", "curve,,loss"),
        ("shown", "p1;p2"),
        ("shown", "x9"),
        ("present", "yes"),
    ],
)
def test_what_a_link_cannot_ask_costs_one_sentence(name: str, value: str) -> None:
    test = opened(explore.PAGE, **{name: value})
    assert len(test.warning) == 1
    assert name in test.warning[0].value
    assert query(test.run()) == {}


def test_a_clicker_goes_through_the_presets_and_back(commit: Callable[..., None]) -> None:
    test = opened(explore.PAGE)
    commit(test, turn=1)
    assert test.session_state[session.KEY].situation.z == (0, 0, 0)
    # Before the first preset there is none.
    for _ in range(2):
        commit(test, turn=-1)
        assert test.session_state[session.KEY].situation.z == (1.43, -0.4, 0.23)


def test_back_to_the_start_is_back_to_the_link_that_was_opened(commit: Callable[..., None]) -> None:
    test = opened(iris.PAGE, trained="0", flower="3", present="on")
    commit(test, present=True, hide="loss", shown="")
    test.session_state[session.KEY].settings |= {"trained": "50", "flower": "7"}
    commit(test, start=True)
    assert query(test) == {"trained": "0", "flower": "3", "present": "on", "hide": "loss"}
