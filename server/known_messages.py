"""Keeps from Streamlit what the app's pages never send: broken messages, and what affects all visitors."""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.state.common import GENERATED_ELEMENT_ID_PREFIX
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

__all__ = ["KnownMessages"]

# All other kinds are ignored: some empty caches that all visitors share, ask for addresses of uploads, read
# the git repository or write files, and no page of this app needs one of them. "deferred_file" asks for a
# download that is made only then.
_KINDS = frozenset({"rerun_script", "stop_script", "app_heartbeat", "deferred_file"})

# How the name of every widget begins. Streamlit fails when it looks for a value under another name.
_WIDGETS = (GENERATED_ELEMENT_ID_PREFIX, STREAMLIT_INTERNAL_KEY_PREFIX)

# Reasons for closing a connection, by RFC 6455.
_UNREADABLE, _TEXT = 1002, 1003


class KnownMessages:
    """ASGI middleware that passes on only those WebSocket messages that Streamlit's page sends in this app.

    Streamlit 1.67 answers a text frame, or bytes that are no message, by closing the connection and with a
    traceback in the log. Here the connection is closed without one. A message of a kind that no page needs is
    ignored, and so is one with values for what is no widget. How large a message may be is set in
    `.streamlit/config.toml`.

    Attributes
    ----------
    app : ASGIApp
        The application that gets the other messages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with a filter for what arrives if it is a WebSocket."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        closed = False

        async def known() -> Message:
            nonlocal closed
            while not closed:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                kind = _kind(message)
                if kind in _KINDS:
                    return message
                if kind is None:
                    closed = True
                    code = _TEXT if message.get("bytes") is None else _UNREADABLE
                    await send({"type": "websocket.close", "code": code})
            return {"type": "websocket.disconnect", "code": 1000}

        async def while_open(message: Message) -> None:
            # Nothing may follow the closing, and Streamlit may still have something to say.
            if not closed:
                await send(message)

        await self.app(scope, known, while_open)


def _kind(message: Message) -> str | None:
    """Return the kind of a message; None if it is none of Streamlit's, empty if no page sends it."""
    if message.get("bytes") is None:
        return None
    try:
        found = BackMsg.FromString(message["bytes"])
    except DecodeError:
        return None
    named = all(widget.id.startswith(_WIDGETS) for widget in found.rerun_script.widget_states.widgets)
    kind = found.WhichOneof("type")
    if kind == "backend_operation_request":
        kind = found.backend_operation_request.WhichOneof("payload")
    return kind or "" if named else ""
