"""Whatever a browser sends, its session goes on or ends, others notice nothing, the log has no traceback."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from bench.load import MB, commit, memory
from tests.browser.app_server import AppServer, exception_in
from tests.server.stranger import Stranger, commits, json_texts, values
from ui.session import KEY

Act = Callable[[Stranger], Awaitable[None]]
# A session that sends this much at once is not delayed yet (server/fair_share.py).
AT_ONCE = 25


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    with AppServer() as running:
        yield running


@pytest.fixture
def strangers(server: AppServer) -> Iterator[Callable[..., None]]:
    """Lets strangers act on open pages; then checks what another visitor and the log see of it."""
    before = len(server.log_text())

    def act(*acts: Act) -> None:
        async def all_together() -> None:
            async with Stranger(server.url) as other:
                await other.open_page()
                await commit(other, random.Random(3))  # noqa: S311
                told = other.told["board"]
                for one in acts:
                    async with Stranger(server.url) as stranger:
                        await stranger.open_page()
                        await one(stranger)
                await other.say(other.state())
                assert other.told["board"] | {"link": 0} == told | {"link": 0}

        asyncio.run(all_together())

    yield act
    assert not exception_in(server.log_text()[before:])


async def still_works(stranger: Stranger, z: list[float] | None = None) -> None:
    """Check that a session draws its page, with these raw outputs if given, and takes a commit."""
    await stranger.say(stranger.state(""))
    assert z is None or stranger.told["board"]["z"] == z
    await commit(stranger, random.Random(3))  # noqa: S311


START = [1.43, -0.4, 0.23]


@pytest.mark.parametrize("key", ["board", "board__events", "number_of_classes", "class_name_0", "view"])
def test_a_value_of_any_kind_and_size_does_no_harm(key: str, strangers: Callable[..., None]) -> None:
    async def send(stranger: Stranger) -> None:
        idents = {ident.rpartition("-")[2]: ident for ident in stranger.widgets}
        idents["board__events"] = f"$$STREAMLIT_INTERNAL_KEY_{idents['board']}__events"
        for number, value in enumerate(values()):
            value.id = idents[key]
            await stranger.say(stranger.state("" if number % 3 else None, value))
        # Streamlit takes the nearest possible number of classes.
        await still_works(stranger, None if key == "number_of_classes" else START)

    strangers(send)


def test_a_value_is_read_even_after_one_that_cannot_be(strangers: Callable[..., None]) -> None:
    async def send(stranger: Stranger) -> None:
        box = next(ident for ident in stranger.widgets if ident.endswith("-number_of_classes"))
        for value in (WidgetState(id=box, string_value="4"), WidgetState(id=box, int_value=2)):
            await stranger.say(stranger.state("", value))
        assert stranger.told["board"]["z"] == START[:2]

    strangers(send)


@pytest.mark.parametrize(
    ("part", "right"),
    [
        ("board", {"z": START, "i": 0, "j": 0, "camera": "1,1,1", "pinned": START}),
        ("temperature", {"temperature": 1}),
        ("lesson", {"present": False, "hide": "", "turn": 0}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_commit_with_a_wrong_value_changes_nothing(
    part: str, right: dict[str, Any], strangers: Callable[..., None]
) -> None:
    def sending(texts: list[str]) -> Act:
        async def send(stranger: Stranger) -> None:
            for text in texts:
                await stranger.event(part, text)
            await still_works(stranger, START)

        return send

    texts = list(commits(right))
    strangers(*(sending(texts[k : k + AT_ONCE]) for k in range(0, len(texts), AT_ONCE)))


@pytest.mark.parametrize("path", ["derive", "descend", "iris", "tour", "worksheet"])
def test_nonsense_for_the_parts_of_every_page_does_no_harm(
    path: str, server: AppServer, strangers: Callable[..., None]
) -> None:
    async def send(_: Stranger) -> None:
        async with Stranger(server.url, path) as stranger:
            await stranger.open_page()
            parts = dict(stranger.told)
            assert len(parts) >= 3
            for part in parts:
                for text in islice(json_texts(), 2, None, 2):
                    await stranger.event(part, text)
            stranger.told.clear()
            await stranger.say(stranger.state(""))
            assert stranger.told.keys() == parts.keys()

    strangers(send)


def test_what_the_page_does_not_have_is_ignored(strangers: Callable[..., None]) -> None:
    async def send(stranger: Stranger) -> None:
        await stranger.ignored(BackMsg(rerun_script=stranger.state("0" * 64)))
        page = stranger.page
        for unknown in ("0" * 32, "\u202e/../", "x" * 100_000):
            state = stranger.state("")
            state.page_script_hash = state.page_name = unknown
            await stranger.say(state)
            assert stranger.page == page
        await still_works(stranger, START)

    strangers(send)


def test_large_queries_and_contexts_do_no_harm(strangers: Callable[..., None]) -> None:
    async def send(stranger: Stranger) -> None:
        for query in (
            "z=" + "1," * 100_000,
            "&".join(f"{k}=1" for k in range(20_000)),
            "%ff=%00&&==&z",
            "?" * 9,
        ):
            stranger.query = query
            state = stranger.state("")
            state.is_history_navigation = True
            state.cached_message_hashes.extend(["x" * 1000] * 100)
            await stranger.say(state)
        stranger.query = ""
        await still_works(stranger)

    strangers(send)


def test_unknown_widgets_and_large_values_do_not_pile_up(
    server: AppServer, strangers: Callable[..., None]
) -> None:
    async def send(stranger: Stranger) -> None:
        before = 0
        for number in range(AT_ONCE):
            if number == AT_ONCE // 3:
                # By now the allocator holds what a message of this size takes for a moment.
                before = memory(server.pid)
            unknown = [
                WidgetState(id=f"$$ID-{number}-{k}-x", json_trigger_value="x" * 200) for k in range(2000)
            ]
            unknown.append(WidgetState(id=f"$$ID-{number}-y", string_value="x" * 300_000))
            await stranger.say(stranger.state("" if number % 2 else None, *unknown))
        # These two thirds alone were 14 MB, and twice that as objects.
        assert memory(server.pid) - before < 10 * MB
        await still_works(stranger, START)

    strangers(send)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("text", 1003),
        (b"\xff\xfe garbage", 1002),
        (BackMsg(app_heartbeat=True).SerializeToString() + b"\x0a", 1002),
        (BackMsg(rerun_script=ClientState(query_string="x" * 1_000_000)).SerializeToString(), 1009),
        (b"\x00" * 5_000_000, 1009),
    ],
    ids=["text", "garbage", "half a message", "too large", "far too large"],
)
def test_what_is_no_message_closes_its_connection_alone(
    data: str | bytes, code: int, strangers: Callable[..., None]
) -> None:
    async def send(stranger: Stranger) -> None:
        with suppress(ConnectionClosed):
            await stranger.send(data)
        assert await stranger.closed() == code

    async def half(stranger: Stranger) -> None:
        # The connection ends within a message.
        await stranger.send(BackMsg(rerun_script=stranger.state("")).SerializeToString()[:-1])

    strangers(send, half)


def test_messages_that_no_page_sends_change_nothing_for_anybody(strangers: Callable[..., None]) -> None:
    async def send(stranger: Stranger) -> None:
        files, operation = BackMsg(), BackMsg()
        files.file_urls_request.file_names.extend(["x"] * 1000)
        operation.backend_operation_request.request_id = "x"
        for message in (
            *(BackMsg(), files, operation),
            BackMsg(rerun_script=stranger.state("", WidgetState(id=KEY, string_value="x"))),
            *(BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg(load_git_info=True)),
            *(BackMsg(debug_disconnect_websocket=True), BackMsg(debug_shutdown_runtime=True)),
        ):
            await stranger.ignored(message)
        await stranger.send(BackMsg(stop_script=True))
        await still_works(stranger, START)

    strangers(send)


def test_a_flood_ends_with_what_was_sent_last(server: AppServer, strangers: Callable[..., None]) -> None:
    async def send(stranger: Stranger) -> None:
        async with Stranger(server.url) as other:
            await other.open_page()
            flood = [BackMsg(rerun_script=stranger.state("")) for _ in range(60)]
            for message in flood:
                await stranger.send(message)
            await commit(other, random.Random(4))  # noqa: S311
        ident, fragment = stranger.components["board"]
        last = {"event": "commit", "value": {"seq": 2**52, "z": [3, 2, 1], "i": 1, "j": 2}}
        events = WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{ident}__events", json_trigger_value=json.dumps([last])
        )
        await stranger.send(BackMsg(rerun_script=stranger.state(fragment, events)))
        while stranger.told["board"]["ack"] != 2**52:
            await stranger._run()
        assert stranger.told["board"]["z"] == [3, 2, 1]

    strangers(send)
