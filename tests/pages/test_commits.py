"""A part's commit counts once, and only the part that sent it gets the confirmation."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def committed(*commits: tuple[str, object]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return which of some commits, given with their parts, count, and the number confirmed to each part."""

    def script(commits: tuple[tuple[str, object], ...]) -> None:
        from types import SimpleNamespace

        import streamlit as st

        from ui import session

        session.begin("", {"": ()})
        found = []
        for key, sent in commits:
            st.session_state[key] = SimpleNamespace(commit=sent)
            found.append(session.take_commit(key))
        keys = ("temperature", "board", "steps")
        st.session_state["found"] = found, {key: session.acknowledged(key) for key in keys}

    app = AppTest.from_function(script, args=(commits,)).run()
    assert not app.exception
    counted, heard = app.session_state["found"]
    return counted, heard


def test_a_later_commit_of_one_part_confirms_none_of_another() -> None:
    _, heard = committed(("temperature", {"seq": 200}), ("board", {"seq": 100}))
    assert heard == {"temperature": 200, "board": 100, "steps": 0}


def test_a_commit_that_is_sent_again_counts_once() -> None:
    first, later = {"seq": 100, "z": [1]}, {"seq": 101, "z": [2]}
    counted, heard = committed(
        ("board", first), ("board", first), ("board", later), ("board", first), ("steps", first)
    )
    assert counted == [first, {}, later, {}, first]
    assert heard["board"] == 101


@pytest.mark.parametrize(
    "seq",
    [float("nan"), float("inf"), 1e300, 2**53 + 2, -1, 1.5, True, "7", None, [7], 10**400],
    ids=repr,
)
def test_what_has_no_number_is_no_commit(seq: object) -> None:
    counted, heard = committed(("board", {"seq": 5}), ("board", {"seq": seq, "z": [1]}))
    assert counted == [{"seq": 5}, {}]
    assert heard["board"] == 5


@pytest.mark.parametrize("sent", [None, 7, "seq", [("seq", 7)], SimpleNamespace(seq=7)], ids=repr)
def test_what_is_no_object_is_no_commit(sent: object) -> None:
    assert committed(("board", sent)) == ([{}], {"temperature": 0, "board": 0, "steps": 0})


def taken_late(commits: list[object], key: str = "board") -> tuple[list[object], int]:
    """Return what the callback of a component takes that Streamlit has not called, and the number of runs."""

    def script(commits: list[object], key: str) -> None:
        from types import SimpleNamespace
        from unittest.mock import patch

        import streamlit as st

        from ui import component, session

        found = st.session_state.setdefault("found", [])
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        session.begin("", {"": ()})

        def take() -> None:
            found.append(session.take_commit(key))
            # A callback may ask for fragments.
            session.redraw("another")

        told = SimpleNamespace(commit=commits.pop(0) if commits else None)
        st.session_state[key] = told
        with patch("streamlit.components.v2.component", lambda *_, **__: lambda **_: told):
            component.declare("board", "")(key=key, data={}, on_commit_change=take)

    app = AppTest.from_function(script, args=(commits, key)).run()
    assert not app.exception
    return app.session_state["found"], app.session_state["runs"]


def test_a_commit_that_comes_with_the_first_run_of_a_session_counts_and_draws_the_page_again() -> None:
    commit = {"seq": 100, "z": [1]}
    assert taken_late([commit]) == ([commit], 2)
    # What comes again with the second run has counted.
    assert taken_late([commit, commit]) == ([commit], 2)


@pytest.mark.parametrize("sent", [None, 7, {}, {"seq": "7"}, {"seq": 1e300}, {"seq": 0}], ids=repr)
def test_what_is_no_commit_makes_no_run(sent: object) -> None:
    assert taken_late([sent]) == ([], 1)
