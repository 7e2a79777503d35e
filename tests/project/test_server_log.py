"""All exceptions in a server's log fail a browser test, except one that is Streamlit's own."""

from tests.browser.app_server import exception_in

LEFT = """Exception in ASGI application
Traceback (most recent call last):
  File "streamlit/web/server/starlette/starlette_websocket.py", line 516, in _websocket_endpoint
    data = await websocket.receive_bytes()
starlette.websockets.WebSocketDisconnected: WebSocket is not connected. Need to call "accept" first.

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "uvicorn/protocols/websockets/websockets_sansio_impl.py", line 409, in run_asgi
    result = await self.app(self.scope, self.receive, self.send)
  File "streamlit/web/server/starlette/starlette_websocket.py", line 524, in _websocket_endpoint
    await websocket.close()
    raise WebSocketDisconnected('Cannot call "send" once a close message has been sent.')
starlette.websockets.WebSocketDisconnected: Cannot call "send" once a close message has been sent.
"""
OURS = """Traceback (most recent call last):
  File "pages/explore.py", line 9, in <module>
    instrument()
ValueError: z is empty
"""


def test_a_visitor_who_leaves_while_the_connection_closes_is_no_failure() -> None:
    assert exception_in(LEFT) == ""
    assert exception_in(LEFT[LEFT.rindex("Traceback") :]) == ""
    assert exception_in(LEFT * 2) == ""
    assert exception_in("You can now view your Streamlit app in your browser.") == ""


def test_an_exception_of_ours_is_told_whatever_stands_around_it() -> None:
    for log in (OURS, OURS + LEFT, LEFT + OURS, LEFT + OURS + LEFT):
        assert "z is empty" in exception_in(log)


def test_the_first_half_of_a_departure_alone_is_told() -> None:
    half = LEFT[: LEFT.index("During")]
    assert "not connected" in exception_in(half)
    assert "not connected" in exception_in(half + OURS)
