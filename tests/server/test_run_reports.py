"""What Streamlit tells a page about its runs is read from the bytes that pass by, and nothing else is."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.proto.SessionStatus_pb2 import SessionStatus

from server.run_reports import asks_for_a_run, report_of

STATUS = ForwardMsg.ScriptFinishedStatus


def said(message: ForwardMsg) -> str | None:
    return report_of({"type": "websocket.send", "bytes": message.SerializeToString()})


@pytest.mark.parametrize(
    ("message", "report"),
    [
        (ForwardMsg(session_status_changed=SessionStatus(script_is_running=True)), "running"),
        (ForwardMsg(session_status_changed=SessionStatus(script_is_running=False)), "at rest"),
        (ForwardMsg(script_finished=STATUS.FINISHED_SUCCESSFULLY), "finished"),
        (ForwardMsg(script_finished=STATUS.FINISHED_FRAGMENT_RUN_SUCCESSFULLY), "finished"),
        (ForwardMsg(script_finished=STATUS.FINISHED_WITH_COMPILE_ERROR), "finished"),
        (ForwardMsg(script_finished=STATUS.FINISHED_EARLY_FOR_RERUN), "early"),
        (ForwardMsg(new_session=NewSession(name="app")), None),
        (ForwardMsg(), None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_report_of_a_run_is_understood(message: ForwardMsg, report: str | None) -> None:
    assert said(message) == said(message) == report


def test_the_fragments_and_the_run_that_a_report_names_change_nothing() -> None:
    message = ForwardMsg(script_finished=STATUS.FINISHED_EARLY_FOR_RERUN)
    message.metadata.active_script_hash = "0123456789abcdef" * 4
    assert said(message) == "early"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "websocket.send", "text": "a text"},
        {"type": "websocket.send", "bytes": None},
        {"type": "websocket.send", "bytes": b""},
        {"type": "websocket.send", "bytes": b"\xff no message"},
        {"type": "websocket.close", "code": 1000},
    ],
)
def test_what_is_no_message_of_streamlit_is_no_report(message: dict[str, object]) -> None:
    assert report_of(message) is None


def test_what_draws_something_is_not_read() -> None:
    drawn = ForwardMsg(session_status_changed=SessionStatus(script_is_running=True))
    drawn.metadata.active_script_hash = "x" * 600
    assert said(drawn) is None


def test_only_a_request_for_a_run_asks_for_one() -> None:
    def asks(message: BackMsg) -> bool:
        return asks_for_a_run({"type": "websocket.receive", "bytes": message.SerializeToString()})

    assert asks(BackMsg(rerun_script=ClientState(query_string="z=1,2", fragment_id="a")))
    assert asks(BackMsg(rerun_script=ClientState()))
    assert not asks(BackMsg(stop_script=True))
    assert not asks_for_a_run({"type": "websocket.receive", "text": "a text"})
    assert not asks_for_a_run({"type": "websocket.disconnect"})


def test_a_request_for_a_run_is_seen_behind_something_else() -> None:
    data = (
        BackMsg(stop_script=True).SerializeToString()
        + BackMsg(rerun_script=ClientState()).SerializeToString()
    )
    assert BackMsg.FromString(data).WhichOneof("type") == "rerun_script"
    assert asks_for_a_run({"type": "websocket.receive", "bytes": data})


def test_bytes_that_are_no_message_ask_for_nothing() -> None:
    assert not asks_for_a_run({"type": "websocket.receive", "bytes": b"\xff no message"})
