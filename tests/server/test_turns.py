"""Runs begin in the order of their messages, few at once, and none keeps the others waiting for long."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server.turns import AT_ONCE, LONGEST, InTurn, Turns


def test_turns_are_given_in_order_and_few_at_once() -> None:
    async def scenario() -> list[int]:
        turns, begun, running = Turns(), list[int](), 0

        async def run(number: int) -> None:
            nonlocal running
            end = await turns.take()
            begun.append(number)
            running += 1
            assert running <= AT_ONCE
            await asyncio.sleep(0)
            running -= 1
            end()
            end()  # a run may be said to be over more than once

        await asyncio.gather(*(run(number) for number in range(50)))
        return begun

    assert asyncio.run(scenario()) == list(range(50))


def test_long_runs_lose_their_turns() -> None:
    async def scenario() -> float:
        turns, began = Turns(), time.monotonic()
        for _ in range(3 * AT_ONCE):
            await turns.take()
        return time.monotonic() - began

    assert asyncio.run(scenario()) >= 2 * LONGEST * 0.9


def test_who_leaves_while_waiting_takes_no_turn_along() -> None:
    async def scenario() -> None:
        turns = Turns()
        held: list[Callable[[], None]] = [await turns.take() for _ in range(AT_ONCE)]
        waiting = [asyncio.create_task(turns.take()) for _ in range(4)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        held[0]()  # the second in line gets this turn,
        waiting[1].cancel()  # and leaves before it can take it
        held[1]()
        ends = [await each for each in waiting[2:]]
        assert len(ends) == AT_ONCE
        for end in ends:
            end()
        for _ in range(AT_ONCE):
            await asyncio.wait_for(turns.take(), LONGEST / 2)

    asyncio.run(scenario())


def status(runs: bool) -> Message:
    message = ForwardMsg()
    message.session_status_changed.script_is_running = runs
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


def asked(message: BackMsg, count: int) -> AsyncIterator[Message]:
    async def messages() -> AsyncIterator[Message]:
        for _ in range(count):
            yield {"type": "websocket.receive", "bytes": message.SerializeToString()}
        yield {"type": "websocket.disconnect"}

    return messages()


async def visit(app: InTurn, message: BackMsg, count: int) -> None:
    """Send a message so many times, and leave."""
    messages = asked(message, count)

    async def receive() -> Message:
        return await anext(messages)

    async def send(message: Message) -> None:
        """Take what is sent to the browser."""

    await app({"type": "websocket"}, receive, send)


def test_the_runs_of_twenty_visitors_begin_two_at_a_time_and_all_of_them_end() -> None:
    running = most_running = answered = 0

    async def streamlit(_: Scope, receive: Receive, send: Send) -> None:
        nonlocal running, most_running, answered
        while (await receive())["type"] == "websocket.receive":
            running += 1
            most_running = max(most_running, running)
            await send(status(True))
            await asyncio.sleep(0)
            running -= 1
            answered += 1
            await send(status(False))

    async def scenario() -> None:
        app = InTurn(streamlit)
        rerun = BackMsg()
        rerun.rerun_script.query_string = "z=1,2,3"
        await asyncio.gather(*(visit(app, rerun, 3) for _ in range(20)))

    asyncio.run(scenario())
    assert answered == 60
    assert most_running <= AT_ONCE


@pytest.mark.parametrize("message", [BackMsg(app_heartbeat=True), BackMsg(stop_script=True)])
def test_what_starts_no_run_takes_no_turn(message: BackMsg) -> None:
    got = 0

    async def streamlit(_: Scope, receive: Receive, __: Send) -> None:
        nonlocal got
        while (await receive())["type"] == "websocket.receive":
            got += 1

    async def scenario() -> float:
        app, began = InTurn(streamlit), time.monotonic()
        await visit(app, message, 100)
        return time.monotonic() - began

    assert asyncio.run(scenario()) < 100 * LONGEST / AT_ONCE / 4
    assert got == 100


def test_a_visitor_who_leaves_during_a_run_leaves_the_turn_to_others() -> None:
    async def streamlit(_: Scope, receive: Receive, __: Send) -> None:
        await receive()

    async def scenario() -> None:
        app = InTurn(streamlit)
        rerun = BackMsg()
        rerun.rerun_script.query_string = ""
        for _ in range(3 * AT_ONCE):
            await visit(app, rerun, 1)
        for _ in range(AT_ONCE):
            await asyncio.wait_for(app.turns.take(), LONGEST / 2)

    asyncio.run(scenario())
