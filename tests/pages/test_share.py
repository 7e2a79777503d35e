"""The dialog for sharing on every page: each option writes itself into its link and changes nothing else."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from core.situation.scenario import Scenario
from pages import derive, descend, explore, iris, worksheet
from tests.pages.follow import follow, opened_at, turn_to
from tests.pages.sent import sent_to
from tests.ui.qr_reader import picture, read
from ui import session, share
from ui.lesson import SHARED, TITLES, hide_text
from ui.page import Page
from ui.shared_link import Options

PAGES = {page.title: page for page in (explore.PAGE, derive.PAGE, descend.PAGE, iris.PAGE)}
on_every_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())


def opened(page: Page, **query: str) -> AppTest:
    """A page as a user sees it after opening a link."""
    test = opened_at(page.path, query)
    # Only the run that reads a link tells what is wrong with it.
    assert not test.warning
    return test


def shared(test: AppTest) -> AppTest:
    """Open the dialog."""
    test.button(key="share").click().run()
    assert not test.exception
    return test


def link(test: AppTest) -> dict[str, str]:
    """The parameters of the link in the dialog."""
    return dict(parse_qsl(sent_to(test, "share")["query"]))


def settings(test: AppTest) -> dict[str, str]:
    found: dict[str, str] = test.session_state[session.KEY].settings
    return found


@on_every_page
def test_the_link_says_what_the_sender_sees_and_the_code_holds_its_address(page: Page) -> None:
    query = {"present": "on", "hide": hide_text(page.hides), "shown": "p1"}
    test = shared(opened(page, **query))
    assert link(test) == query
    message = sent_to(test, "share")
    assert read(picture(message["qr"])) == (message["address"], "M")
    assert message["address"].endswith(f"/{page.path}?{message['query']}")
    assert test.toggle(key="share_present").value is True
    assert test.pills(key="share_hide").value == list(page.hides)


def present(test: AppTest, page: Page) -> None:
    test.toggle(key="share_present").set_value(True)


def hide(test: AppTest, page: Page) -> None:
    test.pills(key="share_hide").set_value([page.hides[-1], page.hides[0]])


def part(test: AppTest, page: Page) -> None:
    test.selectbox(key="share_shows").set_value(next(iter(page.alone)))


def lock(test: AppTest, page: Page) -> None:
    test.pills(key="share_lock").set_value(["z", "classes"])


def ask(test: AppTest, page: Page) -> None:
    test.selectbox(key="share_ask").set_value("sign-1-1" if page is not descend.PAGE else "gradient-2")


OPTIONS: dict[str, Callable[[AppTest, Page], None]] = {"present": present, "hide": hide, "only": part}


@pytest.mark.parametrize(
    "page", [page for page in PAGES.values() if page.has_situation], ids=lambda page: page.title
)
def test_the_dialog_makes_a_task_that_the_reader_gets(page: Page) -> None:
    test = shared(opened(page))
    lock(test, page)
    ask(test.run(), page)
    found = link(test.run())
    assert (found["lock"], found["ask"]) == ("classes,z", test.selectbox(key="share_ask").value)
    assert found["hide"], "nothing hides the answer"
    reader = opened(page, **found)
    assert not reader.warning
    assert reader.session_state[session.KEY].settings.items() >= found.items() - {("embed", "true")}
    assert any(text.value.startswith("**Task** ") for text in reader.markdown)


def test_a_question_about_another_derivative_stays_in_the_link() -> None:
    test = shared(opened(explore.PAGE, ask="value-2-3"))
    assert test.selectbox(key="share_ask").value == "value-2-3"
    assert link(test)["ask"] == "value-2-3"


def test_the_worksheet_can_be_shared_though_it_hides_nothing() -> None:
    test = shared(opened(worksheet.PAGE, solutions="off"))
    assert not test.exception
    assert link(test) == {"solutions": "off"}


@on_every_page
@pytest.mark.parametrize("name", OPTIONS)
def test_whoever_opens_the_link_gets_what_the_option_promises(page: Page, name: str) -> None:
    test = shared(opened(page))
    before = dict(test.query_params)
    OPTIONS[name](test, page)
    found = link(test.run())
    assert dict(test.query_params) == before, "the sender's own page has changed"
    wanted = {
        "present": {"present": "on"},
        "hide": {"hide": hide_text([page.hides[0], page.hides[-1]])},
        "only": {"only": next(iter(page.alone)), "embed": "true"},
    }[name]
    assert found == wanted
    reader = opened(page, **found)
    assert not reader.warning
    assert {key: settings(reader)[key] for key in wanted if key != "embed"} == {
        key: value for key, value in wanted.items() if key != "embed"
    }


@on_every_page
def test_theme_and_navigation_are_left_to_streamlits_own_parameters(page: Page) -> None:
    test = shared(opened(page))
    test.segmented_control(key="share_theme").set_value("dark_theme")
    test.selectbox(key="share_shows").set_value("embed")
    assert link(test.run()) == {"embed": "true", "embed_options": "dark_theme"}


@pytest.mark.parametrize(
    ("page", "question", "hidden"),
    [
        (explore.PAGE, "sign-1-2", "jacobian,formula,curve,surface"),
        (derive.PAGE, "formula-1-2", "formula"),
        (explore.PAGE, "value-1-2", "jacobian-numbers,formula,curve,surface"),
        (descend.PAGE, "gradient-3", "gradient"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.title,
)
def test_a_question_hides_its_answer_and_going_back_shows_it_again(
    page: Page, question: str, hidden: str
) -> None:
    test = shared(opened(page, wrt="versicolor"))
    test.pills(key="share_lock").set_value(["z"])
    test.selectbox(key="share_ask").set_value(question)
    test.run()
    assert link(test) == {"wrt": "versicolor", "hide": hidden, "lock": "z", "ask": question}
    assert any("honesty" in caption.value for caption in test.caption)
    test.selectbox(key="share_ask").set_value("")
    assert link(test.run()) == {"wrt": "versicolor", "lock": "z"}


def test_after_back_to_another_cell_the_old_question_is_not_asked() -> None:
    test = shared(opened(explore.PAGE, wrt="versicolor"))
    test.selectbox(key="share_ask").set_value("formula-1-2").run()
    follow(test, {"wrt": "virginica"})
    assert not test.exception
    assert test.selectbox(key="share_ask").value == ""
    assert "ask" not in link(test)


def test_names_of_classes_in_a_question_stay_text() -> None:
    test = shared(opened(explore.PAGE, classes="<b>,:red[x]", wrt=":red[x]"))
    assert "Sign of ∂p <b> / ∂z :red[x]" in test.selectbox(key="share_ask").options


def test_the_flowers_have_their_own_raw_outputs_so_nothing_is_locked_or_asked() -> None:
    test = shared(opened(iris.PAGE))
    assert test.selectbox(key="share_shows").value == ""
    assert not {"share_ask", "share_lock"} & {element.key for element in (*test.selectbox, *test.pills)}


def test_the_dialog_begins_anew_whenever_it_is_opened() -> None:
    test = shared(opened(explore.PAGE))
    test.toggle(key="share_present").set_value(True)
    assert link(test.run()) == {"present": "on"}
    assert link(shared(test)) == {}


@pytest.mark.parametrize(
    "values",
    [
        {"share_hide": ["answers", 7]},
        {"share_hide": "curve"},
        {"share_lock": ["everything"]},
        {"share_present": "yes"},
        {"share_theme": "blink"},
        {"share_shows": "network"},
        {"share_ask": "sign-9-9"},
    ],
    ids=str,
)
def test_what_is_not_offered_does_not_reach_the_link(
    values: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = session.Session(Scenario(), Scenario(), "", {"": (*explore.PAGE.settings, *SHARED)})
    monkeypatch.setattr("ui.share.st.session_state", values | {session.KEY: found})
    assert share._options(explore.PAGE) == Options()


def test_every_page_hides_only_what_has_a_title_and_accepts_its_parts_alone() -> None:
    for page in PAGES.values():
        assert set(page.hides) <= set(TITLES)
        (only,) = (spec for spec in page.settings if spec.name == "only")
        assert all(only.accepts(name, Scenario()) for name in page.alone)


@pytest.mark.parametrize(
    ("told", "base"),
    [("https://example.org/app/", "https://example.org/app/"), ("javascript:x", None), (["http://a/"], None)],
    ids=str,
)
def test_only_an_address_that_the_browser_may_tell_is_taken(
    told: object, base: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    values: dict[str, object] = {}
    monkeypatch.setattr("ui.share.st.session_state", values)
    monkeypatch.setattr(share, "sent", lambda *_: {"base": told})
    share._take_base()
    assert (values == {}) if base is None else (share._base(explore.PAGE) == base)


def test_on_another_page_the_dialog_is_closed_for_good() -> None:
    test = shared(opened(explore.PAGE))
    turn_to(test, "iris").run()
    turn_to(test, "").run()
    assert not test.exception
    assert "share_present" not in {toggle.key for toggle in test.toggle}
