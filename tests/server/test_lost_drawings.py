"""What a run draws arrives at its page, whatever the page asks for meanwhile."""

import asyncio
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.visitor import BROWSER
from tests.browser.app_server import AppServer, exception_in
from tests.server.stranger import Stranger

# Together they keep the server so busy that it sends late.
VISITORS, ROUNDS = 8, 8


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    with AppServer() as running:
        yield running


class Drawer(Stranger):
    """A visitor who puts what arrives into its place, as Streamlit's page does.

    Attributes
    ----------
    misplaced : list of list of int
        Places that came before the place to their left, where Streamlit's page stops with an error.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.misplaced: list[list[int]] = []
        # Streamlit's page begins with four empty boxes.
        self._drawn: dict[int, Any] = {place: {} for place in range(4)}

    def _draw(self, message: ForwardMsg) -> None:
        super()._draw(message)
        box = self._drawn
        for place in message.metadata.delta_path:
            if place > len(box):
                self.misplaced.append(list(message.metadata.delta_path))
                return
            box = box.setdefault(place, {})


async def misplaced(url: str, dice: random.Random) -> list[list[int]]:
    """Return what one visitor misses whose page tells about the browser twice."""
    async with Drawer(url) as visitor:
        await visitor.ask(ClientState())
        await visitor.finish()
        ident, fragment = visitor.components["board"]
        report = WidgetState(id=ident, json_value=json.dumps({"browser": BROWSER}))
        for _ in range(2):
            await visitor.ask(visitor.state(fragment, report))
            # The second report comes before, while or after the whole page runs because of the first.
            await asyncio.sleep(dice.uniform(0, 0.6))
        for _ in range(2):
            await visitor.finish()
        return visitor.misplaced


def test_nothing_is_lost_that_a_run_draws_although_its_page_asks_for_another_one(server: AppServer) -> None:
    dice = random.Random(1)  # noqa: S311

    async def one_round() -> list[list[list[int]]]:
        return await asyncio.gather(*(misplaced(server.url, dice) for _ in range(VISITORS)))

    for _ in range(ROUNDS):
        assert not any(asyncio.run(one_round()))
    assert not exception_in(server.log_text())
