"""A visitor who sends what no page sends, over a real WebSocket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from bench.visitor import BROWSER, PATIENCE, Visitor

__all__ = ["Stranger", "commits", "json_texts", "values"]


class Stranger(Visitor):
    """A visitor of a page, by default Explore, who may send anything.

    Attributes
    ----------
    path : str
        The page's path.
    """

    def __init__(self, url: str, path: str = "") -> None:
        super().__init__(url)
        self.path = path

    async def open_page(self) -> float:
        """Open the page; its first part tells about the browser, which completes it."""
        seconds = await super().open_page()
        if len(self.components) == 1:
            ((ident, fragment),) = self.components.values()
            self.widgets[ident] = WidgetState(id=ident, json_value=json.dumps({"browser": BROWSER}))
            await self.say(self.state(fragment))
        return seconds

    async def _ask(self, state: ClientState) -> None:
        if not state.page_script_hash:
            state.page_name = self.path
        await super()._ask(state)

    def state(self, fragment: str | None = None, *extra: WidgetState) -> ClientState:
        """Return what the page would send to run a fragment, by default the board's, with some values."""
        state = self._state(self.components["board"][1] if fragment is None else fragment)
        replaced = {value.id for value in extra}
        kept = [widget for widget in state.widget_states.widgets if widget.id not in replaced]
        del state.widget_states.widgets[:]
        state.widget_states.widgets.extend([*kept, *extra])
        return state

    async def say(self, state: ClientState) -> None:
        """Send it, and wait until the run that it causes is over; raise if the page shows an exception."""
        await self._ask(state)
        await self._run()

    async def ask(self, state: ClientState) -> None:
        """Send it, and wait for nothing."""
        await self._ask(state)

    async def finish(self) -> None:
        """Receive until the end of a run."""
        await self._run()

    async def ignored(self, data: bytes | BackMsg) -> None:
        """Send a message and make sure that nothing answers it before what is sent next, not even a run."""
        await self.send(data)
        await self.send(BackMsg(app_heartbeat=True))
        while (kind := (await self.next()).WhichOneof("type")) != "heartbeat_ack":
            # The end of the run before this is told twice.
            assert kind == "session_status_changed"

    async def send(self, data: bytes | str | BackMsg) -> None:
        assert self._connection
        await self._connection.send(data if isinstance(data, bytes | str) else data.SerializeToString())

    async def next(self) -> ForwardMsg:
        """Return the next message of the server."""
        assert self._connection
        async with asyncio.timeout(PATIENCE):
            data = await self._connection.recv()
        assert isinstance(data, bytes)
        found: ForwardMsg = ForwardMsg.FromString(data)
        return found

    async def closed(self) -> int | None:
        """Return the code with which the server closes the connection."""
        try:
            while True:
                await self.next()
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else None

    async def event(self, part: str, text: str) -> None:
        """Send a JSON text as what a part commits, and wait for the end of the run."""
        ident, fragment = self.components[part]
        await self.say(
            self.state(
                fragment,
                WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{ident}__events", json_trigger_value=text),
            )
        )


def values() -> Iterator[WidgetState]:
    """Return a value of every kind that the protocol knows, in sizes and forms that no page sends."""
    yield WidgetState()
    yield WidgetState(bool_value=True)
    yield WidgetState(trigger_value=True)
    yield WidgetState(bytes_value=b"\xff\x00" * 50_000)
    yield WidgetState(int_value=-(2**62))
    yield WidgetState(double_value=float("nan"))
    for text in ("", "x" * 500_000, "\x00\u202e"):
        yield WidgetState(string_value=text)
    for text in json_texts():
        yield WidgetState(json_value=text)
        yield WidgetState(json_trigger_value=text)
    several = [WidgetState() for _ in range(7)]
    several[0].double_array_value.data.extend([float("inf")] * 10_000)
    several[1].int_array_value.data.extend([2**62] * 10_000)
    several[2].string_array_value.data.extend(["x"] * 20_000)
    several[3].string_array_value.SetInParent()
    several[4].string_trigger_value.data = "x"
    several[5].chat_input_value.data = "x"
    several[6].file_uploader_state_value.uploaded_file_info.add(file_id="../x", name="../x", size=2**60)
    yield from several


def json_texts() -> Iterator[str]:
    """Return texts that are no JSON, and JSON that no part sends."""
    yield from ("[", "1e400", '"\\ud800"', "{}", '[{"event": 7}]', "1" * 5000, "[" * 100_000)
    events = [{"event": "commit"}, {"event": "kept"}, {"event": "__class__"}, {"value": 1}, [], None]
    yield json.dumps(events)
    yield json.dumps([{"event": "commit", "value": {"seq": 1, "z": [1] * 100_000}}])


def commits(right: dict[str, Any]) -> Iterator[str]:
    """Return commits as JSON, each with one value that is wrong, also values that only text can hold."""
    wrong = ["null", "true", "-1", "1e400", "NaN", "1" * 4000, '"\\ud800"', "{}", "[]", "[[1, 2]]"]
    wrong += [
        "[NaN, 1, 2]",
        "[true, false, true]",
        "[1e400, 0, 0]",
        '["1", "2", "3"]',
        json.dumps([0] * 50_000),
    ]
    wrong += ["[" * 500 + "]" * 500, json.dumps("x" * 300_000)]
    for seq, (name, text) in enumerate(product(right, wrong), start=1):
        values = {key: text if key == name else json.dumps(value) for key, value in right.items()}
        values = {"seq": str(seq)} | values
        parts = ", ".join(f"{json.dumps(key)}: {value}" for key, value in values.items())
        yield f'[{{"event": "commit", "value": {{{parts}}}}}]'
