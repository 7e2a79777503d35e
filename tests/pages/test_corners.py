"""No link costs the server much more than the start of its page: counted in calls, not in time."""

import threading
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.corners import PAGES, corners
from tests.pages.follow import follow, turn_to

APP = str(Path(__file__).parents[2] / "app.py")


class Calls:
    """Counts the calls of Python functions in threads that start meanwhile, such as a page's run."""

    def __enter__(self) -> "Calls":
        self.count = 0
        threading.setprofile(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        threading.setprofile(None)

    def _called(self, _frame: FrameType, event: str, _argument: Any) -> None:
        self.count += event == "call"


def opened(page: str) -> AppTest:
    """A page in a session of its own."""
    test = AppTest.from_file(APP, default_timeout=60)
    test.run()
    if page != "explore":
        turn_to(test, page)
    return test.run()


def calls_to_follow(test: AppTest, query: dict[str, str]) -> int:
    """How many calls it takes to follow a link in a page that is there."""
    with Calls() as calls:
        follow(test, query)
    assert not test.exception
    assert not test.warning, test.warning[0].value
    return calls.count


@pytest.mark.parametrize("page", [page for page in PAGES if page != "explore"])
def test_no_link_costs_twice_the_work_of_the_pages_start(page: str) -> None:
    test = opened(page)
    start = min(calls_to_follow(test, {}) for _ in range(2))
    assert start > 5_000
    for query in corners(page):
        cost = calls_to_follow(test, query)
        # The first questions of Step by step in a process also load Streamlit's code for them.
        if cost > 2 * start and "seed" not in query:
            cost = calls_to_follow(test, query)
        assert cost <= 2 * start, f"{cost / start:.2f} times the {start} calls of the start: {query}"
