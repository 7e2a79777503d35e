"""Sends bytes to a server as they are: no client of HTTP would send these paths."""

import socket
from typing import NamedTuple

from tests.browser.app_server import HOST

__all__ = ["Answer", "ask", "asked"]


class Answer(NamedTuple):
    """What a server answered: 0 and nothing if it closed the connection without a word."""

    status: int
    headers: dict[str, str]
    body: bytes


def asked(method: str, path: str, *headers: str) -> bytes:
    """Return a request; a character of the path or of a header is one byte."""
    lines = [f"{method} {path} HTTP/1.1", "Host: app", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


def ask(port: int, request: bytes, seconds: float = 20.0) -> Answer:
    """Send a request and return the whole answer."""
    received = b""
    with socket.create_connection((HOST, port), timeout=seconds) as connection:
        try:
            connection.sendall(request)
            while part := connection.recv(65536):
                received += part
        except ConnectionError:
            # The server may close the connection before it has read everything.
            pass
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if not first:
        return Answer(0, {}, b"")
    headers = (line.partition(":") for line in lines)
    return Answer(int(first.split()[1]), {name.lower(): value.strip() for name, _, value in headers}, body)
