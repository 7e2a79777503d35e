"""Every callback accepts whatever a browser may send; impossible values change nothing and raise nothing."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.errors import StreamlitAPIException

from core.situation.scenario import Scenario
from pages import derive, descend, explore, iris, tour, worksheet
from ui import (
    board,
    browser,
    controls,
    cover,
    iris_part,
    lead,
    loss_part,
    prediction,
    questions,
    session as app_session,
    sidebar,
    task,
    tour_resume,
    tour_task,
)
from ui.choices import Choice
from ui.lesson import SHARED

MODULES = (
    board,
    browser,
    controls,
    cover,
    derive,
    descend,
    explore,
    iris,
    iris_part,
    lead,
    loss_part,
    prediction,
    questions,
    sidebar,
    task,
    tour,
    tour_resume,
    tour_task,
    worksheet,
)
PAGES = {
    module.PAGE.path: (*module.PAGE.settings, *SHARED)
    for module in (explore, tour, derive, descend, iris, worksheet)
}
# The arguments of each callback, besides the value that arrives.
GIVEN: dict[str, list[tuple[object, ...]]] = {
    "ui.board._take_board": [
        ("board", "", lambda _: {}, lambda _, __: None, False),
        ("board", "", explore._take_view, explore._draw_choices_too, True),
    ],
    # `_take_board` calls it, see above.
    "pages.explore._take_view": [],
    "ui.iris_part._take": [("iris", lambda _: None), ("iris", iris._draw_others_too)],
    "ui.controls._take_temperature": [("temperature",)],
    "ui.sidebar._take_name": [(0,), (2,), (3,), (9,)],
    "ui.browser._take_browser": [],
    "ui.controls._take_kept": [("link",)],
    "ui.loss_part._take": [(descend._choice, "", lambda: None)],
    # `_take` calls it.
    "ui.loss_part._take_steps": [],
    "ui.lead._take": [((), lambda: None, None), (("step", "flower"), lambda: None, lead.turn_to_preset)],
    "ui.lead._take_hidden": [(("curve", "surface"),)],
    "ui.tour_resume._take": [(tour._open,)],
    "ui.tour_task._take_choice": [("slope",), ("outputs",), ("nowhere",)],
    "ui.tour_task._take_number": [("formulas",), ("slope",)],
    "ui.questions._take": [("matrix",), ("cancel",)],
    "ui.task._take_answer": [("sign-1-2",), ("formula-1-1",), ("value-2-1",), ("gradient-3",), ("gains-1",)],
    "ui.prediction._take_answer": [("sign_0_0",), ("formula_0_1",), ("value_1_0",)],
}

HOSTILE: list[Any] = [
    None, True, False, 0, -1, 3, 10, 2.5, -0.0, float("nan"), float("inf"), -float("inf"), 10**400, -(2**63),
    2**53 + 1, "", "setosa", "3", "nan", "x" * 5000, "\ud800", b"1", [], [1, 2], [[1]], ["setosa"], {},
    {"z": 1}, (1,), set(),
]  # fmt: skip
RIGHT: dict[str, Any] = {
    "seq": 7, "z": [1.0, 2.0, 3.0], "i": 1, "j": 2, "temperature": 2.0, "steps": 3, "step": "result",
    "reading": "numbers", "all": True, "at": [1.0, 3.0], "flower": 5, "trained": 10, "weight": "1-1",
    "way": 3, "present": True, "hide": "curve", "turn": 1, "start": False, "share": True,
    "webgl": "none", "camera": "1,1,1", "stage": True, "why": True, "width": 1280, "height": 730,
    "pinned": [1.0, 2.0, 3.0], "shown": [[0, 1]], "answers": {"sign_0_0": "positive", "value_0_0": 0.2},
}  # fmt: skip


class Session(dict[str, Any]):
    """A session in which every widget, whatever its key, has the value that was sent."""

    sent: Any = None

    def __missing__(self, key: str) -> Any:
        if key.startswith("softmax_"):
            raise KeyError(key)
        return self.sent

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key, default) if key.startswith("softmax_") or key in self else self.sent


class Address(dict[str, str]):
    """The query parameters of a session."""

    def get_all(self, key: str) -> list[str]:
        return [self[key]]

    def from_dict(self, query: dict[str, str]) -> None:
        self.clear()
        self.update(query)


def callbacks(module: ModuleType) -> list[partial[None]]:
    found: list[partial[None]] = []
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and name.startswith(("_take", "_reset", "_start_wrong")):
            found += [partial(function, *args) for args in GIVEN.get(f"{module.__name__}.{name}", [()])]
    choices = inspect.getmembers(module, lambda member: isinstance(member, Choice))
    return found + [partial(Choice.take, choice) for _, choice in choices]


CALLBACKS = [callback for module in MODULES for callback in callbacks(module)]


def named(callback: partial[None]) -> str:
    given = [
        argument.key if isinstance(argument, Choice) else getattr(argument, "__name__", argument)
        for argument in callback.args
    ]
    return f"{callback.func.__module__}.{callback.func.__name__}{given or ''}"


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    session = Session()
    monkeypatch.setattr(st, "session_state", session)
    monkeypatch.setattr(st, "query_params", Address())
    return session


def opened(session: Session, page: str) -> None:
    session.clear()
    st.query_params.clear()
    app_session.begin(page, PAGES)


def assert_sound() -> None:
    """Check that the session's state can be shown, and that its link brings it back."""
    found, problems = Scenario.from_query(dict(st.query_params))
    assert not problems
    assert found == app_session.scenario()
    for specs in PAGES.values():
        for spec in specs:
            value = st.session_state[app_session.KEY].settings.get(spec.name, "")
            assert value == "" or spec.accepts(value, found), (spec.name, value)


def test_every_callback_of_the_interface_is_among_those_tested() -> None:
    wired = {
        name
        for module in MODULES
        for name in re.findall(r"\bon_\w+=(?:lambda: )?(_\w+)", inspect.getsource(module))
    }
    # The choices are not among these, because `ui/choices.py` sets their callback.
    assert len(wired) > 9
    tested = {callback.func.__name__ for callback in CALLBACKS}
    # These get only values that Python itself gave their buttons.
    assert wired - tested == {"_show", "_show_answer", "_open", "_reveal", "_reveal_all", "_present"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("callback", CALLBACKS, ids=named)
def test_what_cannot_be_changes_nothing_and_raises_nothing(
    session: Session, callback: Callable[[], None], page: str
) -> None:
    for value in HOSTILE:
        for sent in (value, SimpleNamespace(commit=value), SimpleNamespace(other=value)):
            opened(session, page)
            session.sent = sent
            callback()
            assert_sound()


PARTS = [
    pytest.param(callback, key, id=f"{named(callback)}-{key}")
    for callback in CALLBACKS
    for key in RIGHT
    if "commit(" in (source := inspect.getsource(callback.func))
    if key in source or key in ("flower", "trained", "shown", "answers", "camera", "pinned")
]


@pytest.mark.parametrize(("callback", "key"), PARTS)
def test_a_component_that_sends_one_wrong_thing_raises_nothing(
    session: Session, callback: Callable[[], None], key: str
) -> None:
    wrong = [RIGHT | {key: value} for value in HOSTILE]
    wrong += [RIGHT | {key: [value, value, value]} for value in HOSTILE]
    wrong += [{name: value for name, value in RIGHT.items() if name != key}, {key: RIGHT[key]}]
    for payload in wrong:
        opened(session, "")
        session.sent = SimpleNamespace(commit=payload, kept=payload)
        callback()
        assert_sound()


def test_a_browser_that_tells_nonsense_of_itself_is_not_believed(session: Session) -> None:
    for value in HOSTILE:
        for told in (
            value,
            {"webgl": value, "width": 1280, "height": 730},
            {"webgl": "none", "width": 1280, "height": value},
        ):
            opened(session, "")
            browser._take_browser(told)
            known = browser.browser()
            assert known is None or (known.webgl == "none" and 0 <= known.spare <= 300)


def test_situations_are_added_to_a_worksheet_only_if_all_of_them_exist(session: Session) -> None:
    for sent in (["saturated", "nobody"], ["saturated", "saturated"], ["saturated", 1]):
        opened(session, "worksheet")
        session["with_situations"] = sent
        worksheet._take_added()
        assert app_session.setting(worksheet.WITH) == ""
    session["with_situations"] = ["saturated", "two-classes"]
    worksheet._take_added()
    assert app_session.setting(worksheet.WITH) == "saturated,two-classes"


def test_the_text_of_an_option_that_is_no_longer_offered_is_no_choice(session: Session) -> None:
    opened(session, "")
    session["class_over"] = "setosa"
    explore._OTHER_CHOICE.take()
    assert app_session.started()
    assert app_session.setting(explore.OTHER) == ""
    session["class_over"] = 2
    explore._OTHER_CHOICE.take()
    assert app_session.setting(explore.OTHER) == "virginica"


def test_a_choice_that_arrives_before_its_page_is_there_raises_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_there(_: object) -> None:
        raise StreamlitAPIException("No fragment found for target")

    opened(session, "")
    monkeypatch.setattr(st, "rerun", not_there)
    session["class_i"] = 2
    explore._take_cell()
    assert app_session.scenario().i == 2


def test_a_stale_choice_does_not_take_the_place_of_the_page_that_back_leads_to(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    opened(session, "")
    monkeypatch.setattr(st, "rerun", asked.append)
    session["class_i"] = 2
    explore._take_cell()
    assert len(asked) == 1
    # A run of fragments alone would never read the link, so after Back no such run is requested.
    monkeypatch.setattr("ui.session._went_through_history", lambda: True)
    explore._take_cell()
    assert len(asked) == 1
