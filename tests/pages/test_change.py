"""Pinned marks are part of the link to Explore: checked on their way in, and gone when the classes change."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.sent import sent_to
from tests.pages.test_explore import opened, shown
from ui import session


def pinned(test: AppTest) -> list[float]:
    found: list[float] = sent_to(test, "board")["pinned"]
    return found


def test_pinned_marks_come_with_the_link_and_stay_in_it() -> None:
    test = opened(**{"z": "0.43,-0.4,1.23", "from": "1.43,-0.4,0.23"})
    assert not test.warning
    assert sent_to(test, "board")["pin"] is True
    assert pinned(test) == [1.43, -0.4, 0.23]
    # They are about raw outputs, not about how these came about.
    test.session_state[session.KEY].situation = shown(test).with_z([1, 2, 3])
    test.run()
    assert pinned(test) == [1.43, -0.4, 0.23]
    test.selectbox(key="preset").select("saturated").run()
    assert test.query_params["from"] == "1.43,-0.4,0.23"


@pytest.mark.parametrize("bad", ["1,2", "1,2,3,4", "a,b,c", "1,2,51", "nan,0,0", "1;2;3"])
def test_marks_that_cannot_be_cost_one_notice(bad: str) -> None:
    test = opened(**{"z": "1,2,3", "from": bad})
    assert len(test.warning) == 1
    assert "one number from −50 to 50 for each class" in test.warning[0].value
    assert pinned(test) == []
    assert shown(test).z == (1, 2, 3)


def test_marks_end_when_the_number_of_classes_changes() -> None:
    test = opened(**{"z": "1,2,3", "from": "1,0,0"})
    test.number_input(key="number_of_classes").set_value(4).run()
    assert not test.exception
    assert pinned(test) == []
    assert "from" not in test.query_params


def test_marks_cannot_be_pinned_beside_a_chart_alone_or_on_other_pages() -> None:
    for query in ({"only": "curve"}, {"only": "surface"}):
        test = opened(**query, **{"from": "1,0,0"})
        assert (sent_to(test, "board")["pin"], pinned(test)) == (False, [])


def committed(commit: dict[str, Any], *, before: str = "") -> str:
    """The marks in the link after a commit of the board, with these marks before."""

    def script(commit: object, before: str) -> None:
        import streamlit as st

        from pages.explore import PAGE, _draw_choices_too, _take_view
        from ui import board, session

        session.begin("", {"": PAGE.settings})
        if not session.first_run():
            return
        session.change(None, **{"from": before})
        st.session_state["board"] = commit
        board._take_board("board", "", _take_view, _draw_choices_too, True)

    test = AppTest.from_function(script, args=(SimpleNamespace(commit=commit), before)).run()
    assert not test.exception
    assert shown(test).z == (1, 2, 3)
    return str(test.session_state[session.KEY].settings.get("from", ""))


COMMIT = {"seq": 7, "z": [1, 2, 3], "i": 0, "j": 0, "camera": "", "lost": False}


def test_a_commit_pins_the_marks_and_lets_go_of_them() -> None:
    assert committed(COMMIT | {"pinned": [1.43, -0.4, 0]}) == "1.43,-0.4,0"
    assert committed(COMMIT | {"pinned": []}, before="1,1,1") == ""


@pytest.mark.parametrize(
    "pinned",
    [None, 7, "1,2,3", [1, 2], [1, 2, 3, 4], [1, 2, "3"], [1, 2, 51], [1, 2, float("nan")], [True] * 3],
)
def test_what_is_no_list_of_raw_outputs_pins_nothing(pinned: object) -> None:
    assert committed(COMMIT | {"pinned": pinned}, before="1,1,1") == "1,1,1"
