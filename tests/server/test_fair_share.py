"""Who keeps the server busy waits; who does not, never does; and nothing that was sent is lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server import fair_share
from server.fair_share import LEAST, MOST_OWED, MOST_SAVED, SHARE, Allowance, Core, FairShare


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


def sent(count: int, apart: float = 0) -> AsyncIterator[Message]:
    async def messages() -> AsyncIterator[Message]:
        for number in range(count):
            await asyncio.sleep(apart * bool(number))
            asks = BackMsg(rerun_script=ClientState(query_string=str(number)))
            yield {"type": "websocket.receive", "bytes": asks.SerializeToString()}
        yield {"type": "websocket.disconnect"}

    return messages()


def ended_early() -> Message:
    early = ForwardMsg(script_finished=ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN)
    return {"type": "websocket.send", "bytes": early.SerializeToString()}


class Streamlit:
    """Makes a run for each message, and tells of it as Streamlit does.

    Parameters
    ----------
    turn, before, during : float
        The seconds until a message is taken, until its run begins, and until that ends.
    leads_on : bool
        Whether each run ends early, because it asks for another one.

    Attributes
    ----------
    got : list of int
        What has arrived.
    most_running : int
        How many runs were asked for and not over at one time.
    """

    def __init__(self, turn: float, before: float, during: float, *, leads_on: bool = False) -> None:
        self.turn, self.before, self.during, self.leads_on = turn, before, during, leads_on
        self.got: list[int] = []
        self.running = self.most_running = 0

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Take messages until the connection ends."""

        async def run() -> None:
            await asyncio.sleep(self.before)
            await send(status(True))
            if self.leads_on:
                await send(ended_early())
                await send(status(False))
                await asyncio.sleep(self.before)
                await send(status(True))
            await asyncio.sleep(self.during)
            self.running -= 1
            # Streamlit tells the end twice.
            await send(status(False))
            await asyncio.sleep(self.before / 2)
            await send(status(False))

        runs: set[asyncio.Task[None]] = set()
        while (message := await receive())["type"] == "websocket.receive":
            # Before Streamlit gets it, a message may wait for its turn.
            await asyncio.sleep(self.turn)
            self.got.append(int(BackMsg.FromString(message["bytes"]).rerun_script.query_string))
            self.running += 1
            self.most_running = max(self.most_running, self.running)
            runs.add(asyncio.create_task(run()))
        await asyncio.gather(*runs)

    def hear(self, count: int, apart: float = 0) -> None:
        """Let a page send so many messages, at once or so many seconds apart."""
        messages = sent(count, apart)

        async def receive() -> Message:
            return await anext(messages)

        async def send(message: Message) -> None:
            """Take what is sent to the browser."""

        asyncio.run(FairShare(self)({"type": "websocket"}, receive, send))


@pytest.mark.parametrize("turn", [0, 2 * LEAST], ids=["at once", "after its turn"])
@pytest.mark.parametrize(
    ("before", "during"),
    [(0, 0), (LEAST / 4, 0), (LEAST / 4, 0.7 * LEAST), (LEAST / 4, 2 * LEAST)],
    ids=["in no time", "short", "as long as a message counts", "long"],
)
def test_messages_arrive_in_order_and_each_waits_for_the_end_of_the_run_before(
    turn: float, before: float, during: float
) -> None:
    streamlit = Streamlit(turn, before, during)
    streamlit.hear(12)
    assert streamlit.got == list(range(12))
    assert streamlit.most_running == 1


def test_a_message_waits_for_a_run_that_began_late_on_a_busy_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair_share, "BEGINS", 0.1)
    streamlit = Streamlit(turn=0, before=0.15, during=0.2)
    streamlit.hear(2, apart=0.2)
    assert streamlit.got == [0, 1]
    assert streamlit.most_running == 1


@pytest.mark.parametrize("apart", [0, LEAST])
def test_a_message_waits_for_the_run_that_another_run_leads_on_to(apart: float) -> None:
    streamlit = Streamlit(turn=0, before=LEAST, during=2 * LEAST, leads_on=True)
    streamlit.hear(6, apart)
    assert streamlit.got == list(range(6))
    assert streamlit.most_running == 1


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
