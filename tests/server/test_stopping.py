"""A server that is asked to end answers what is under way, tells every open page, and ends soon."""

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
import streamlit
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus

from bench.visitor import Visitor
from server.service import Connections, Service
from tests.browser.app_server import HOST, AppServer, exception_in

RESTART = 1012
VISITORS = 6
ASKS = BackMsg(rerun_script=ClientState(query_string="z=1,2,3")).SerializeToString()
ENDS = ForwardMsg(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY).SerializeToString()
ENDS_EARLY = ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN).SerializeToString()
DRAWS = ForwardMsg(delta=Delta(fragment_id="a" * 64)).SerializeToString()

_opener = build_opener(ProxyHandler({}))


class Socket:
    """A websocket whose page has asked for a run; an application then sends what a test says."""

    def __init__(self, service: Service) -> None:
        self.app = Connections(self._answer, service)
        self.sent: list[Message] = []
        self.answers: asyncio.Queue[bytes] = asyncio.Queue()
        self._from_page: asyncio.Queue[Message] = asyncio.Queue()
        self._from_page.put_nowait({"type": "websocket.receive", "bytes": ASKS})

    async def open(self) -> None:
        """Live until the connection is closed."""

        async def send(message: Message) -> None:
            self.sent.append(message)
            if message["type"] == "websocket.close":
                self._from_page.put_nowait({"type": "websocket.disconnect", "code": message["code"]})

        await self.app({"type": "websocket", "extensions": {}}, self._from_page.get, send)

    async def _answer(self, _: Scope, receive: Receive, send: Send) -> None:
        async def answer() -> None:
            while True:
                await send({"type": "websocket.send", "bytes": await self.answers.get()})

        answering = asyncio.create_task(answer())
        while (await receive())["type"] != "websocket.disconnect":
            pass
        answering.cancel()

    @property
    def codes(self) -> list[int]:
        """The codes with which the page was told to leave."""
        return [message["code"] for message in self.sent if message["type"] == "websocket.close"]


async def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


def test_a_connection_is_closed_when_the_last_of_its_runs_is_over_and_not_before() -> None:
    async def stop() -> tuple[list[int], list[int]]:
        service = Service()
        page = Socket(service)
        living = asyncio.create_task(page.open())
        for answer in (DRAWS, ENDS_EARLY, DRAWS):
            page.answers.put_nowait(answer)
        await until(lambda: len(page.sent) == 3)
        closing = asyncio.create_task(service.close_connections(20))
        await asyncio.sleep(0.3)
        before = page.codes
        page.answers.put_nowait(ENDS)
        await closing
        await living
        assert [message.get("bytes") for message in page.sent[:4]] == [DRAWS, ENDS_EARLY, DRAWS, ENDS]
        assert not service.connections
        return before, page.codes

    assert asyncio.run(stop()) == ([], [RESTART])


def test_a_run_that_does_not_end_is_not_waited_for_longer_than_agreed() -> None:
    async def stop() -> list[int]:
        service = Service()
        page = Socket(service)
        living = asyncio.create_task(page.open())
        await until(lambda: service.connections)
        await service.close_connections(0.1)
        # What the run sends now has nowhere to go, which is no error.
        page.answers.put_nowait(DRAWS)
        await living
        assert [message["type"] for message in page.sent] == ["websocket.close"]
        return page.codes

    assert asyncio.run(stop()) == [RESTART]


@pytest.mark.parametrize("extensions", [{"websocket.http.response": {}}, {}])
def test_no_connection_is_opened_once_the_server_stops(extensions: dict[str, object]) -> None:
    async def never(_: Scope, __: Receive, ___: Send) -> None:
        raise AssertionError("the app was asked")

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def connect() -> None:
        service = Service()
        service.state = "stopping"
        await Connections(never, service)({"type": "websocket", "extensions": extensions}, receive, send)

    asyncio.run(connect())
    assert sent[0].get("status", sent[0].get("code")) == (503 if extensions else RESTART)


def status(url: str) -> int:
    """Return the status of the answer to a request."""
    try:
        with _opener.open(url, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def test_a_run_under_way_is_answered_while_the_server_takes_no_new_visitors(tmp_path: Path) -> None:
    server = AppServer("tests/server/slow_app.py", variables={"FOLDER": str(tmp_path)})

    async def stop() -> None:
        async with Visitor(server.url) as visitor:
            opening = asyncio.create_task(visitor.open_page())
            await until((tmp_path / "began").exists)
            assert await asyncio.to_thread(status, f"{server.url}/readyz") == 200
            server.begin_to_stop()
            while await asyncio.to_thread(status, f"{server.url}/readyz") != 503:
                pass
            assert await asyncio.to_thread(status, f"{server.url}/healthz") == 200
            assert await asyncio.to_thread(status, f"{server.url}/_stcore/health") == 503
            with pytest.raises(InvalidStatus, match="503"):
                await Visitor(server.url).__aenter__()
            (tmp_path / "go").touch()
            await opening
            assert await visitor.told_to_leave() == RESTART

    with server:
        asyncio.run(stop())
    assert exception_in(server.log_text()) == ""


def test_commits_are_answered_and_the_server_ends_though_a_visitor_does_not_listen() -> None:
    chart = next((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js"))
    asks = f"GET /static/js/{chart.name} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()

    async def commit(visitor: Visitor, z: list[float]) -> int | None:
        await visitor.commit("board", {"seq": 1, "z": z, "i": 0, "j": 1})
        assert visitor.told["board"]["z"] == z
        return await visitor.told_to_leave()

    async def stop(server: AppServer) -> list[int | None]:
        async with AsyncExitStack() as here:
            visitors = [await here.enter_async_context(Visitor(server.url)) for _ in range(VISITORS)]
            for visitor in visitors:
                await visitor.open_page()
            committing = [
                asyncio.create_task(commit(visitor, [k, 2.0, 1.0])) for k, visitor in enumerate(visitors)
            ]
            # What has begun to be sent is on its way.
            await asyncio.sleep(0)
            server.begin_to_stop()
            return await asyncio.gather(*committing)

    with AppServer() as server, socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        silent.connect((HOST, server.port))
        silent.sendall(asks)
        assert silent.recv(1)
        assert asyncio.run(stop(server)) == [RESTART] * VISITORS
        # It has not been killed, as it would be if it still ran after some seconds.
        assert server.stop() == -signal.SIGTERM
    assert exception_in(server.log_text()) == ""
    assert "websocket /_stcore/stream closed with 1012" in server.log_text()


def test_a_wrong_setting_costs_a_sentence_at_the_start() -> None:
    server = AppServer(variables={"EXPLORER_FRAME_ANCESTORS": "https://a.example; script-src *"})
    with pytest.raises(RuntimeError, match="the app server ended with 1:"), server:
        raise AssertionError("the server has started")
    log = server.log_text()
    assert "The explorer does not start: EXPLORER_FRAME_ANCESTORS is 'https://a.example; script-src *'" in log
    assert "Traceback" not in log
