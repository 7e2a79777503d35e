"""Goes through the app within a session, as a reader does with Back, Forward or a click on a page."""

from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest


def turn_to(test: AppTest, page: str) -> AppTest:
    """Make the next run show the page at an address below the app's.

    `AppTest.switch_page` finds pages by their files, but our pages are functions and have none.
    """
    pages = test._registered_pages
    test._page_hash = next(key for key, info in pages.items() if info.get("url_pathname") == page)
    return test


def follow(test: AppTest, query: Mapping[str, str | list[str]]) -> AppTest:
    """Follow a link to the page that is shown; AppTest itself has no history."""
    test.query_params.clear()
    for name, value in query.items():
        test.query_params[name] = value
    with patch("ui.session._went_through_history", return_value=True):
        return test.run()


def opened_at(path: str, query: Mapping[str, str]) -> AppTest:
    """A page as a user sees it in a new session, after following a link to it."""
    test = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=30).run()
    if path:
        turn_to(test, path)
    follow(test, query)
    assert not test.exception
    return test
