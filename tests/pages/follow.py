"""Follows a link within a session, as a reader does by Back, Forward or a click on a page."""

from collections.abc import Mapping
from unittest.mock import patch

from streamlit.testing.v1 import AppTest


def follow(test: AppTest, query: Mapping[str, str]) -> AppTest:
    """Go to a link to the page that is shown; AppTest itself has no history."""
    test.query_params.clear()
    for name, value in query.items():
        test.query_params[name] = value
    with patch("ui.state._went_through_history", return_value=True):
        return test.run()
