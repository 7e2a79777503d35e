"""Who keeps the server busy waits; who does not, never does; and nothing that was sent is lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server.fair_share import LEAST, MOST_OWED, MOST_SAVED, SHARE, UNHURRIED, Allowance, Core, FairShare


class Clock:
    """A clock that tests set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_visitor_who_lets_the_page_run_for_less_than_the_share_never_waits() -> None:
    clock = Clock()
    allowance = Allowance(Core(clock))
    for _ in range(1000):
        # A commit every two seconds, as slow as 200 visitors on one core make it.
        allowance.spend(LEAST)
        allowance.note(True)
        clock.now += 0.3
        allowance.note(False)
        assert allowance.wait() == 0
        clock.now += 1.7


def test_quick_clicks_for_ten_seconds_are_not_delayed() -> None:
    clock = Clock()
    allowance = Allowance(Core(clock))
    for _ in range(80):
        assert allowance.wait() == 0
        allowance.spend(LEAST)
        allowance.note(True)
        clock.now += 0.02
        allowance.note(False)
        clock.now += 0.105


def test_in_a_crowd_nobody_is_charged_for_the_runs_of_the_others() -> None:
    clock = Clock()
    core = Core(clock)
    crowd = [Allowance(core) for _ in range(100)]
    for _ in range(200):
        # All run at once, and for more than a quarter of the time.
        for allowance in crowd:
            allowance.spend(LEAST)
            allowance.note(True)
        clock.now += 1.0
        for allowance in crowd:
            allowance.note(False)
            assert allowance.wait() == 0
        clock.now += 1.0
    assert core.pages == 0


@pytest.mark.parametrize("run", [0.0, 0.02, 0.2, 5.0])
def test_a_flood_gets_its_share_and_what_was_saved(run: float) -> None:
    clock = Clock()
    allowance = Allowance(Core(clock))
    used = 0.0
    while clock.now < 1000:
        clock.now += allowance.wait()
        allowance.spend(LEAST)
        allowance.note(True)
        clock.now += run
        allowance.note(False)
        used += run + LEAST
    # What is owed beyond the most is forgiven, so that no wait is long.
    most = SHARE * clock.now + MOST_SAVED + max(0.0, run - MOST_OWED) * clock.now / (run + MOST_OWED / SHARE)
    assert used <= most + run + 1
    assert allowance.wait() <= MOST_OWED / SHARE


def test_what_is_not_used_is_saved_up_to_a_limit() -> None:
    clock = Clock()
    allowance = Allowance(Core(clock))
    clock.now = 1e6
    assert allowance.left() == MOST_SAVED


def status(runs: bool) -> Message:
    message = ForwardMsg()
    message.session_status_changed.script_is_running = runs
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


def sent(count: int) -> AsyncIterator[Message]:
    async def messages() -> AsyncIterator[Message]:
        for number in range(count):
            yield {"type": "websocket.receive", "bytes": bytes([number])}
        yield {"type": "websocket.disconnect"}

    return messages()


def test_a_flood_arrives_completely_in_order_and_one_run_after_the_other() -> None:
    count, at_once = 30, round(UNHURRIED / LEAST) + 1
    got: list[int] = []
    running = most_running = 0

    async def streamlit(_: Scope, receive: Receive, send: Send) -> None:
        nonlocal running, most_running
        runs: set[asyncio.Task[None]] = set()

        async def run() -> None:
            nonlocal running, most_running
            running += 1
            if len(got) > at_once + 1:
                most_running = max(most_running, running)
            await send(status(True))
            for _ in range(5):
                await asyncio.sleep(0)
            running -= 1
            if not running:
                await send(status(False))

        while (message := await receive())["type"] == "websocket.receive":
            got.append(message["bytes"][0])
            runs.add(asyncio.create_task(run()))
        await asyncio.gather(*runs)

    messages = sent(count)

    async def receive() -> Message:
        return await anext(messages)

    async def send(message: Message) -> None:
        """Take what is sent to the browser."""

    asyncio.run(FairShare(streamlit)({"type": "websocket"}, receive, send))
    assert got == list(range(count))
    assert most_running == 1


def test_what_is_no_websocket_passes() -> None:
    seen: list[Scope] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        """Take nothing."""

    asyncio.run(FairShare(streamlit)({"type": "http"}, receive, send))
    assert seen == [{"type": "http"}]
