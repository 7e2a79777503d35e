"""What every page has, even if it draws little itself."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest


def script_with_a_board() -> None:
    import streamlit as st

    from ui import session
    from ui.board import board
    from ui.page import Page, open_page

    open_page([Page("", "Test", "", "Do this first.", (), lambda: board("board", fragment="", paper=[]))])
    st.session_state["first"] = session.first_run()


def script_with_text_alone() -> None:
    import streamlit as st

    from ui import session
    from ui.page import Page, open_page

    open_page([Page("", "Test", "", "Do this first.", (), lambda: st.write("text"))])
    st.session_state["first"] = session.first_run()


@pytest.mark.parametrize(("script", "waits"), [(script_with_a_board, True), (script_with_text_alone, False)])
def test_a_page_is_completed_by_its_board_or_else_at_once(script: Callable[[], None], waits: bool) -> None:
    app = AppTest.from_function(script).run()
    assert not app.exception
    assert app.session_state["first"] is waits
    assert app.markdown[0].value == "Do this first."
