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
