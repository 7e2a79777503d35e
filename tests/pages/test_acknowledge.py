"""Each part of a page hears of its own commits, whatever a browser calls them."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest


def ran(script: Callable[[], None]) -> AppTest:
    app = AppTest.from_function(script).run()
    assert not app.exception
    return app


def test_a_later_commit_of_one_part_confirms_none_of_another() -> None:
    def script() -> None:
        import streamlit as st

        from ui import session

        session.begin("", {"": ()})
        session.acknowledge("temperature", 200)
        session.acknowledge("board", 100)
        session.acknowledge("board", 90)
        st.session_state["found"] = [session.acknowledged(key) for key in ("temperature", "board", "steps")]

    assert ran(script).session_state["found"] == [200, 100, 0]


@pytest.mark.parametrize(
    "sent", ["nan", "inf", "-inf", "1e300", "2**53 + 2", "-1", "1.5", "True", "'7'", "None", "[7]", "10**400"]
)
def test_what_is_no_number_of_a_commit_confirms_nothing(sent: str) -> None:
    source = f"""
import streamlit as st
from math import inf, nan
from ui import session

session.begin("", {{"": ()}})
session.acknowledge("board", 5)
session.acknowledge("board", {sent})
st.session_state["found"] = session.acknowledged("board")
"""
    app = AppTest.from_string(source).run()
    assert not app.exception
    assert app.session_state["found"] == 5
