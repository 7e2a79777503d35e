"""Compares each page's most expensive link with the page's start: `python -m bench.corners`.

Prints for each page the processor time of its start, the multiple of it that the most expensive link costs
the server, and that link.
"""

from __future__ import annotations

import logging
import time
from urllib.parse import urlencode

from streamlit.testing.v1 import AppTest

from tests.pages.corners import PAGES, corners, opened

ROUNDS = 4


def seconds(test: AppTest, query: dict[str, str], rounds: int = ROUNDS) -> float:
    """Return the least processor time of some runs of this link; other programs disturb the slower runs."""
    found = []
    for _ in range(rounds):
        test.query_params.clear()
        for name, value in query.items():
            test.query_params[name] = value
        begun = time.process_time()
        test.run()
        found.append(time.process_time() - begun)
        assert not test.exception
    return min(found)


def main() -> None:
    """Print one line for each page."""
    logging.disable(logging.WARNING)
    print(f"{'page':<9}{'start':>9}{'dearest':>10}  link")
    for page in PAGES:
        test = opened(page)
        start = seconds(test, {}, 2 * ROUNDS)
        # The training of a seed is cached, so only its first run shows the cost.
        costs = [(seconds(test, query, 1 if "seed" in query else ROUNDS), query) for query in corners(page)]
        cost, query = max(costs, key=lambda pair: pair[0])
        print(f"{page:<9}{1000 * start:>6.1f} ms{cost / start:>9.2f}x  {urlencode(query)}")


if __name__ == "__main__":
    main()
