"""Runs a Streamlit script in its own process, reachable only from this machine, for the browser tests."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).resolve().parents[2]

HOST = "127.0.0.1"
START_SECONDS = 60.0
STOP_SECONDS = 10.0

# Requests to a server on this machine must not go through a proxy that the environment names.
_opener = build_opener(ProxyHandler({}))


# The server logs this when a page script raises; visitors see only that something went wrong.
FAILED = "Traceback (most recent call last)"
_NO_OTHER = rf"(?:(?!{re.escape(FAILED)})[\s\S])*?"
# A visitor may leave at the moment when Streamlit closes the connection. Streamlit then takes "not connected"
# for a text frame and fails to close the closed connection. That is not our fault, and nothing is lost.
_CLOSED = r"(?:WebSocketDisconnected|RuntimeError): "
_LEFT_EARLY = re.compile(
    rf"(?:{re.escape(FAILED)}{_NO_OTHER}{_CLOSED}"
    r'WebSocket is not connected\. Need to call "accept" first\.\n\n'
    r"During handling of the above exception, another exception occurred:\n\n)?"
    rf'{re.escape(FAILED)}{_NO_OTHER}{_CLOSED}Cannot call "send" once a close message has been sent'
)


# What Chromium and Streamlit's page complain of while a server is gone.
GONE = re.compile("ERR_CONNECTION|WebSocket|_stcore|disconnected from server|server is not responding")


def exception_in(log: str) -> str:
    """Return the log from its first exception on, or an empty text if no exception matters."""
    rest = _LEFT_EARLY.sub("", log)
    return rest[rest.index(FAILED) :] if FAILED in rest else ""


def free_port() -> int:
    """Return a loopback port that no process listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class AppServer:
    """One `streamlit run` of one script with options; stop() and start() bring it back on the same port."""

    def __init__(
        self,
        script: str | Path = "app.py",
        *options: str,
        log: Path | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.script = ROOT / script
        self.options = options
        self.variables = dict(variables or {})
        self.port = free_port()
        (base,) = [option.partition("=")[2] for option in options if "baseUrlPath" in option] or [""]
        self.url = f"http://{HOST}:{self.port}/{base}".rstrip("/")
        self.log = log or Path(tempfile.mkdtemp(prefix="explorer-")) / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False

    @property
    def pid(self) -> int:
        """The server's process; it changes with every start()."""
        if self._process is None:
            raise RuntimeError("the app server is not running")
        return self._process.pid

    def start(self) -> None:
        """Start the server and return once it answers."""
        if self._process is not None:
            raise RuntimeError("the app server is running already")
        command = [
            *(sys.executable, "-m", "streamlit", "run", str(self.script)),
            "--server.headless=true",
            "--server.fileWatcherType=none",
            "--browser.gatherUsageStats=false",
            f"--server.address={HOST}",
            f"--server.port={self.port}",
            *self.options,
        ]
        # Only the app's own config.toml may configure it, not this shell or another test.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("STREAMLIT_", "EXPLORER_"))}
        environment |= self.variables
        # Appending keeps the log of a server that a test has killed.
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait_until_healthy()
        except BaseException:
            self.stop()
            raise

    def begin_to_stop(self) -> None:
        """Ask the server to stop, and return at once."""
        if self._process is not None:
            self._process.terminate()
            self._stopping = True

    def stop(self) -> int | None:
        """Stop the server and return its status once it is gone; do nothing if it is not running."""
        process, self._process = self._process, None
        if process is None:
            return None
        # A server that stops already would take a second signal for a wish that it ends at once.
        if not self._stopping:
            process.terminate()
        self._stopping = False
        try:
            return process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        process, self._process = self._process, None
        if process is None:
            raise RuntimeError("the app server is not running")
        process.kill()
        process.wait(STOP_SECONDS)

    def log_text(self) -> str:
        """Everything that the server has printed so far, over all its starts."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        between_tries = threading.Event()
        while not self._answers():
            assert self._process is not None
            if self._process.poll() is not None:
                raise RuntimeError(
                    f"the app server ended with {self._process.returncode}:\n{self.log_text()}"
                )
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer from {self.url} in {START_SECONDS:g} s:\n{self.log_text()}")
            between_tries.wait(0.05)

    def _answers(self) -> bool:
        try:
            with _opener.open(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False
