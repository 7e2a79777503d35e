"""Reads from the messages that pass by whether a page asks for a run, and what Streamlit says about it."""

from functools import lru_cache
from typing import Literal

from google.protobuf.message import DecodeError
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

__all__ = ["asks_for_a_run", "report_of"]

# "early" is the end of a run that has asked for another one, which follows at once.
Report = Literal["running", "at rest", "finished", "early"]

# A report has 80 bytes, a little more with several fragments. What is longer draws something and is not read.
_LONGEST = 512
# How a page's message begins that asks for a run.
_ASKS = BackMsg(rerun_script=ClientState(query_string="x")).SerializeToString()[:1]


def asks_for_a_run(message: Message) -> bool:
    """Tell whether that is what a message to Streamlit does."""
    data = message.get("bytes") or b""
    if data.startswith(_ASKS):
        return True
    # A stranger's program may put another request before it in one message. Streamlit acts on the last one.
    try:
        return bool(BackMsg.FromString(data).WhichOneof("type") == "rerun_script")
    except DecodeError:
        return False


def report_of(message: Message) -> Report | None:
    """Return what a message to a page says about its run; None if it is about something else."""
    data = message.get("bytes")
    return _read(data) if data and len(data) <= _LONGEST else None


# Several parts of the server ask for each message, and most reports are the same few bytes.
@lru_cache(maxsize=256)
def _read(data: bytes) -> Report | None:
    try:
        found = ForwardMsg.FromString(data)
    except DecodeError:
        return None
    match found.WhichOneof("type"):
        case "session_status_changed":
            return "running" if found.session_status_changed.script_is_running else "at rest"
        case "script_finished":
            early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
            return "early" if found.script_finished == early else "finished"
    return None
