"""Goes through the app within a session, as a reader does by Back, Forward or a click on a page."""

from collections.abc import Mapping
from unittest.mock import patch

from streamlit.testing.v1 import AppTest


def turn_to(test: AppTest, page: str) -> AppTest:
    """Have the next run show the page at an address below the app's.

    `AppTest.switch_page` finds pages by their files; ours are functions, which have none.
    """
    pages = test._registered_pages
    test._page_hash = next(key for key, info in pages.items() if info.get("url_pathname") == page)
    return test


def follow(test: AppTest, query: Mapping[str, str]) -> AppTest:
    """Go to a link to the page that is shown; AppTest itself has no history."""
    test.query_params.clear()
    for name, value in query.items():
        test.query_params[name] = value
    with patch("ui.session._went_through_history", return_value=True):
        return test.run()
