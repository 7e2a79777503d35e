"""Runs begin in the order of their messages, few at once, and none keeps the others waiting for long."""

import asyncio
import time
from collections.abc import Callable

from server.turns import AT_ONCE, LONGEST, Turns


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
