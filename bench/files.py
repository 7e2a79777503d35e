"""The files of a page, fetched by a visitor without a browser as a browser does: over six connections."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from http.client import HTTPConnection
from urllib.parse import urlsplit

from bench.visit import OURS, chromium, visit

# A browser opens this many connections to one server.
CONNECTIONS = 6
PATIENCE = 60.0
HEADERS = {"Accept-Encoding": "gzip, br"}


async def files_of(url: str) -> list[str]:
    """Return the paths of all files that Chromium fetches for a page, the page itself first."""
    async with chromium() as browser, visit(browser, OURS, url) as shown:
        await shown.settle()
        found: list[str] = await shown.page.evaluate(
            "() => performance.getEntriesByType('resource').map((entry) => entry.name)"
        )
    paths = [urlsplit(address).path for address in found if address.startswith(url)]
    return ["/", *dict.fromkeys(paths)]


async def fetch(url: str, paths: list[str], threads: Executor) -> None:
    """Fetch the page, then all its files; raise if one of them is not there."""
    at = urlsplit(url)
    loop = asyncio.get_running_loop()

    def take(own: list[str]) -> None:
        connection = HTTPConnection(at.netloc, timeout=PATIENCE)
        try:
            for path in own:
                connection.request("GET", path, headers=HEADERS)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{path} was answered with {answer.status}")
        finally:
            connection.close()

    await loop.run_in_executor(threads, take, paths[:1])
    shares = [paths[1 + k :: CONNECTIONS] for k in range(CONNECTIONS)]
    await asyncio.gather(*(loop.run_in_executor(threads, take, own) for own in shares))
