"""Compresses what is kept in memory: at once for the visitor who waits, and then as small as it gets."""

import gzip
import os
import re
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue

import brotli

__all__ = ["ENCODINGS", "Smaller", "accepted", "compressed"]

# The better one first. Browsers accept Brotli only over HTTPS and from their own machine.
ENCODINGS = ("br", "gzip")

# Level 6 of gzip and level 5 of Brotli take 0.2 s for plotly.js (4.7 MB); they make 1.42 and 1.24 MB of it.
_GZIP = 6
_BROTLI = 5
# Level 11 makes 1.06 MB of it in 11 s, level 10 1.08 MB in 7 s, level 9 1.18 MB in 0.8 s.
_SMALLEST = 11

_REFUSED = re.compile(r";\s*q=0(?:\.0*)?\s*$")


def accepted(header: str) -> str:
    """Return the best encoding that an `Accept-Encoding` header names, or an empty text."""
    names = {part.split(";")[0].strip().lower() for part in header.split(",") if not _REFUSED.search(part)}
    return next((encoding for encoding in ENCODINGS if encoding in names), "")


def compressed(body: bytes, encoding: str) -> bytes:
    """Return a body in one of `ENCODINGS`, in a short time."""
    return gzip.compress(body, _GZIP) if encoding == "gzip" else brotli.compress(body, quality=_BROTLI)


class Smaller:
    """A thread that compresses one body after the other as small as Brotli can, while nobody waits for it.

    All files of a first visit take it 17 s of CPU time. It holds no lock of Python's while it compresses, and
    Linux gives it only the time that no other thread wants.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[bytes, Callable[[bytes], None]]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def begin(self, body: bytes, done: Callable[[bytes], None]) -> None:
        """Compress a body some time, and hand over the result in the thread."""
        self._waiting.put((body, done))
        if self._thread is None:
            # The server may stop at any time without waiting for it.
            self._thread = threading.Thread(target=self._run, name="compression", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        if sys.platform == "linux":
            # There, the priority of a process is that of a thread.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        while True:
            body, done = self._waiting.get()
            done(brotli.compress(body, quality=_SMALLEST))
            del body, done
