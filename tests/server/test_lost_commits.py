"""A commit counts, whatever else its page asks for at the same time."""

import asyncio
import json
import random
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.browser.app_server import AppServer, exception_in
from tests.server.stranger import Stranger

# More from one visitor would be delayed (server/fair_share.py).
VISITORS, ROUNDS = 4, 15


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    with AppServer() as running:
        yield running


async def lost_commits(url: str, dice: random.Random) -> list[list[float]]:
    """Return the raw outputs of those commits of a visitor that Python has not taken."""
    lost = []
    async with Stranger(url) as visitor:
        await visitor.open_page()
        for _ in range(ROUNDS):
            z = [round(dice.uniform(-4, 4), 2) for _ in range(3)]
            seq = max(time.time_ns() // 1_000_000, visitor.told["board"]["ack"] + 1)
            ident, fragment = visitor.components["board"]
            commit = [{"event": "commit", "value": {"seq": seq, "z": z, "i": 0, "j": 0}}]
            key = f"$$STREAMLIT_INTERNAL_KEY_{ident}__events"
            sent = WidgetState(id=key, json_trigger_value=json.dumps(commit))
            await visitor.ask(visitor.state(fragment, sent))
            # The second request comes before, while or after the first is handled.
            await asyncio.sleep(dice.uniform(0, 0.02))
            await visitor.ask(visitor.state(""))
            with suppress(TimeoutError):
                async with asyncio.timeout(10):
                    while visitor.told["board"]["ack"] < seq:
                        await visitor.finish()
            if visitor.told["board"]["z"] != z:
                lost.append(z)
    return lost


def test_a_commit_followed_by_a_request_for_the_whole_page_is_never_lost(server: AppServer) -> None:
    dice = random.Random(1)  # noqa: S311

    async def all_of_them() -> list[list[float]]:
        return [z for _ in range(VISITORS) for z in await lost_commits(server.url, dice)]

    assert asyncio.run(all_of_them()) == []
    assert not exception_in(server.log_text())
