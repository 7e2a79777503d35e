"""One visitor without a browser: Streamlit's own messages over a real WebSocket, as its page sends them."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

# After this time, a visitor considers the page broken.
PATIENCE = 60.0
# The board's message on a laptop without a graphics card, where the surface is drawn as contours.
BROWSER: dict[str, object] = {"webgl": "software", "width": 1400, "height": 900}
# The parts that send it.
REPORTING = ("board", "iris")


class Visitor:
    """An open page: the state of its widgets, and what it has received.

    Parameters
    ----------
    url, query, page : str
        The address of the app, and the query and the path of the page's link.

    Attributes
    ----------
    received : int
        Bytes of all messages since the last `take`.
    told : dict
        What Python last told each component, by its key.
    """

    def __init__(self, url: str, query: str = "", page: str = "") -> None:
        self.url, self.query, self.path = url, query, page
        self.received = 0
        self.widgets: dict[str, WidgetState] = {}
        self.components: dict[str, tuple[str, str]] = {}
        self.told: dict[str, dict[str, Any]] = {}
        self.fragments: list[str] = []
        self.page = ""
        self._connection: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        at = urlsplit(self.url)
        self._connection = await connect(
            f"ws://{at.netloc}/_stcore/stream",
            # The second word stands where a token would.
            subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")],
            origin=Origin(self.url),
            max_size=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection:
            await self._connection.close()

    async def open_page(self) -> float:
        """Ask for the page and tell its first part of the browser; return the seconds until all is there."""
        began = time.perf_counter()
        await self._ask(ClientState(page_name=self.path))
        await self._run()
        first = next((part for part in REPORTING if part in self.components), None)
        if first:
            ident, fragment = self.components[first]
            told = WidgetState(id=ident, json_value=json.dumps({"browser": BROWSER}))
            self.widgets[ident] = told
            await self._ask(self._state(fragment))
            # The part's fragment ends early and the whole page runs.
            await self._run()
        return time.perf_counter() - began

    async def commit(self, part: str, payload: dict[str, Any]) -> float:
        """Send a commit of a part; return the seconds until the run that it causes is over."""
        ident, fragment = self.components[part]
        state = self._state(fragment)
        state.widget_states.widgets.add(
            id=f"$$STREAMLIT_INTERNAL_KEY_{ident}__events",
            json_trigger_value=json.dumps([{"event": "commit", "value": payload}]),
        )
        began = time.perf_counter()
        await self._ask(state)
        await self._run()
        return time.perf_counter() - began

    async def rerun_page(self) -> float:
        """Run the whole page again; return the seconds until that is over."""
        began = time.perf_counter()
        await self._ask(self._state(""))
        await self._run()
        return time.perf_counter() - began

    async def rerun_fragment(self) -> float:
        """Run the page's first fragment again; return the seconds until that is over."""
        began = time.perf_counter()
        await self._ask(self._state(self.fragments[0]))
        await self._run()
        return time.perf_counter() - began

    async def told_to_leave(self) -> int | None:
        """Receive until the server closes the connection; return the code that it says."""
        assert self._connection
        with suppress(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                async for _ in self._connection:
                    pass
        return self._connection.close_code

    def take(self) -> int:
        """Return how many bytes have arrived, and count from 0 again."""
        received, self.received = self.received, 0
        return received

    def _state(self, fragment: str) -> ClientState:
        state = ClientState(page_script_hash=self.page, fragment_id=fragment)
        state.widget_states.widgets.extend(self.widgets.values())
        return state

    async def _ask(self, state: ClientState) -> None:
        assert self._connection
        state.query_string = self.query
        info = state.context_info
        info.timezone, info.timezone_offset, info.locale = "UTC", 0, "en-US"
        info.url, info.is_embedded, info.color_scheme = f"{self.url}/", False, "light"
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())

    async def _run(self) -> None:
        """Receive messages until a run is over and no other follows it at once."""
        assert self._connection
        async with asyncio.timeout(PATIENCE):
            async for data in self._connection:
                assert isinstance(data, bytes)
                self.received += len(data)
                message = ForwardMsg.FromString(data)
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    self.page = message.new_session.page_script_hash
                elif kind == "navigation":
                    self.page = message.navigation.page_script_hash
                elif kind == "page_info_changed":
                    self.query = message.page_info_changed.query_string
                elif kind == "delta":
                    self._draw(message)
                elif kind == "script_finished":
                    status = ForwardMsg.ScriptFinishedStatus
                    if message.script_finished == status.FINISHED_EARLY_FOR_RERUN:
                        continue
                    if message.script_finished == status.FINISHED_WITH_COMPILE_ERROR:
                        raise RuntimeError("the page does not compile")
                    return
        raise RuntimeError("the server closed the connection")

    def _draw(self, message: ForwardMsg) -> None:
        fragment = message.delta.fragment_id
        if fragment and fragment not in self.fragments:
            self.fragments.append(fragment)
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"{element.exception.type}: {element.exception.message}")
        if kind == "bidi_component":
            ident = element.bidi_component.id
            key = ident.rsplit("-", 1)[-1]
            self.components[key] = (ident, fragment)
            # The message stands in a list (ui/component.py).
            [self.told[key]] = json.loads(element.bidi_component.json)
        elif (widget := _value_of(element)) is not None:
            self.widgets[widget.id] = widget


def _value_of(element: Element) -> WidgetState | None:
    """Return the state that a page sends for a newly drawn widget; None if the element is no widget."""
    if element.HasField("selectbox"):
        box = element.selectbox
        value = box.raw_value if box.set_value else box.options[box.default] if box.options else ""
        # A page sends no value for a list in which nothing is chosen.
        return WidgetState(id=box.id, string_value=value) if value else WidgetState(id=box.id)
    if element.HasField("number_input"):
        number = element.number_input
        value = int(number.value if number.set_value else number.default)
        return WidgetState(id=number.id, int_value=value)
    if element.HasField("text_input"):
        text = element.text_input
        return WidgetState(id=text.id, string_value=text.value if text.set_value else text.default)
    if element.HasField("button_group"):
        group = element.button_group
        chosen = WidgetState(id=group.id)
        chosen.string_array_value.data.extend(group.raw_values if group.set_value else [])
        return chosen
    return None
