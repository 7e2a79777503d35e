"""A run finds its own session, and asks Streamlit for it once."""

from typing import Any

import pytest
import streamlit as st

from core.situation.scenario import Scenario
from ui import session
from ui.session_data import Session


class Asked(dict[str, Any]):
    """A session state that counts how often it is asked."""

    times = 0

    def __getitem__(self, key: str) -> Any:
        self.times += 1
        return super().__getitem__(key)


def test_one_thread_finds_the_session_of_each_run_with_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario()
    states = [Asked({session.KEY: Session(scenario, scenario, f"page{k}", {})}) for k in range(2)]
    runs = [object(), object()]
    for at in (0, 1, 0):
        monkeypatch.setattr(session, "get_script_run_ctx", lambda at=at, **_: runs[at])
        monkeypatch.setattr(st, "session_state", states[at])
        for _ in range(50):
            assert session._now().page == f"page{at}"
    assert [state.times for state in states] == [2, 1]


def test_outside_of_a_run_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario()
    monkeypatch.setattr(session, "get_script_run_ctx", lambda **_: None)
    for k in range(2):
        monkeypatch.setattr(st, "session_state", {session.KEY: Session(scenario, scenario, f"page{k}", {})})
        assert session._now().page == f"page{k}"
