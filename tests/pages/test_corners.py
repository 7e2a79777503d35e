"""No link costs the server much more than the start of its page, measured in calls, not in time."""

import threading
from types import FrameType

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.corners import PAGES, corners, opened
from tests.pages.follow import follow


class Calls:
    """Counts the calls of Python functions in threads that start meanwhile, such as a page's run."""

    def __enter__(self) -> "Calls":
        self.count = 0
        threading.setprofile(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        threading.setprofile(None)

    def _called(self, _frame: FrameType, event: str, _argument: object) -> None:
        self.count += event == "call"


def calls_to_follow(test: AppTest, query: dict[str, str]) -> int:
    """Return how many calls it takes to follow a link in an open page."""
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
        # In each process, the first questions of Step by step also load Streamlit's code for them.
        if cost > 2 * start and "seed" not in query:
            cost = calls_to_follow(test, query)
        assert cost <= 2 * start, f"{cost / start:.2f} times the {start} calls of the start: {query}"
