"""Measure the first visit on a slow network: `python -m bench.network`.

Starts the explorer and the plain page and opens each in Chromium with an empty cache at 1.6 Mbit/s, 150 ms.
Drags a raw output as soon as there is one, waits until all charts are drawn and nothing more arrives, and
prints times and bytes. Ends with status 1 if a bar is missed. `--waterfall` prints every request.

Chromium slows its own network down (Network.emulateNetworkConditions). All connections share the bandwidth,
WebSockets too. Each request waits for one round trip; a WebSocket does only when it opens, its messages do
not. Opening a connection and TCP's slow start cost nothing. So a real network of this kind takes a few round
trips more, for both pages.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from playwright.async_api import Browser, CDPSession

from bench.visit import OURS, PLAIN, App, chromium, visit
from tests.browser.app_server import AppServer
from ui.chunks import chunks

MEGABIT = 1_000_000 / 8
# No request under way for this many seconds: everything has arrived.
QUIET = 1.5
PATIENCE = 120.0

# The worst that is good enough, in seconds.
BOARD, EVERYTHING = 4.5, 13.0

# What a request is for; the first pattern that is found in its address counts.
KINDS = {
    "plotly.js": r"/static/js/PlotlyChart",
    "icon font": r"/static/media/MaterialSymbols",
    "text fonts": r"/static/media/",
    "our code": r"/app/static/(live|packs)/",
    "Streamlit's code": r"/static/(js|css)/",
    "the rest": r"",
}
SOCKET = "messages (WebSocket)"


@dataclass
class Sent:
    """One request: when it was sent and had arrived, in seconds of the browser's clock, and its bytes."""

    address: str
    sent: float
    done: float = float("nan")
    size: int = 0

    def kind(self) -> str:
        """Return what it was for."""
        return next(kind for kind, pattern in KINDS.items() if re.search(pattern, self.address))


@dataclass
class Traffic:
    """What Chromium's network reports of one page."""

    requests: dict[str, Sent] = field(default_factory=dict)
    messages: int = 0
    last: float = 0.0

    async def follow(self, devtools: CDPSession, bandwidth: float, latency: float) -> None:
        """Slow the network down and listen to it."""
        devtools.on("Network.requestWillBeSent", self._sent)
        devtools.on("Network.loadingFinished", self._done)
        devtools.on("Network.webSocketFrameReceived", self._message)
        await devtools.send("Network.enable")
        conditions = {"downloadThroughput": bandwidth, "uploadThroughput": bandwidth, "latency": latency}
        await devtools.send("Network.emulateNetworkConditions", {"offline": False, **conditions})

    def _sent(self, event: dict[str, Any]) -> None:
        address = event["request"]["url"]
        if not address.startswith(("data:", "blob:")):
            self.requests[event["requestId"]] = Sent(address, event["timestamp"])
            self.last = time.monotonic()

    def _done(self, event: dict[str, Any]) -> None:
        if request := self.requests.get(event["requestId"]):
            request.done, request.size = event["timestamp"], int(event["encodedDataLength"])
            self.last = time.monotonic()

    def _message(self, event: dict[str, Any]) -> None:
        # Chromium tells binary messages in base64.
        self.messages += len(event["response"]["payloadData"]) * 3 // 4
        self.last = time.monotonic()

    async def settle(self) -> None:
        """Wait until nothing has arrived for a while."""
        while time.monotonic() - self.last < QUIET:
            await asyncio.sleep(0.05)

    def begun(self) -> float:
        """Return when the page itself was requested."""
        return min(request.sent for request in self.requests.values())

    def arrived(self) -> float:
        """Return the seconds from the first request to the last byte of the last one."""
        return max(request.done for request in self.requests.values() if request.size) - self.begun()

    def sizes(self) -> Counter[str]:
        """Return the bytes of each kind."""
        sizes = Counter({SOCKET: self.messages})
        for request in self.requests.values():
            sizes[request.kind()] += request.size
        return sizes


@dataclass
class Seen:
    """One visit: seconds to the board or first chart, the first dragged move, all charts, all bytes."""

    drawn: float
    dragged: float
    charts: float
    arrived: float
    sizes: Counter[str]

    def everything(self) -> float:
        """Return the seconds until all was there."""
        return max(self.charts, self.arrived)


async def look(browser: Browser, app: App, address: str, options: argparse.Namespace) -> tuple[Seen, Traffic]:
    """Visit a page for the first time."""
    traffic = Traffic()

    async def slow(devtools: CDPSession) -> None:
        await traffic.follow(devtools, options.megabits * MEGABIT, options.latency)

    async with visit(browser, app, address, prepare=slow) as page:
        view = await page.first_view(2)
        await page.page.wait_for_function("probe.charts !== null", timeout=1000 * PATIENCE)
        charts = float(await page.page.evaluate("probe.charts"))
        await traffic.settle()
    times = (view.drawn / 1000, view.dragged / 1000, charts / 1000, traffic.arrived())
    return Seen(*times, traffic.sizes()), traffic


def print_waterfall(traffic: Traffic) -> None:
    """Print every request: when it was sent and done, its bytes and its address."""
    begun = traffic.begun()
    for request in sorted(traffic.requests.values(), key=lambda request: request.sent):
        line = f"{request.sent - begun:7.2f} {request.done - begun:7.2f} {request.size:>9,}"
        print(line, re.sub(r"^https?://[^/]*", "", request.address))


def print_table(ours: list[Seen], plain: list[Seen]) -> bool:
    """Print times and bytes of both pages; return whether every bar is met."""
    line = "{:<42} {:>9} {:>9} {:>9}  {:<9}{}"
    print(line.format("measure", "ours", "plain", "ratio", "bar", ""))
    good = True

    def row(measure: str, what: str, bar: float | None = None) -> None:
        nonlocal good
        a, b = (
            median(
                getattr(seen, what)() if what == "everything" else getattr(seen, what) for seen in all_seen
            )
            for all_seen in (ours, plain)
        )
        met = bar is None or a <= bar
        good &= met
        said = ("", "") if bar is None else (f"<= {bar:g}", "met" if met else "MISSED")
        print(line.format(measure, f"{a:.2f}", f"{b:.2f}", f"{a / b:.2f}", *said))

    row("board / first chart drawn, s", "drawn")
    row("first dragged move, s", "dragged", BOARD)
    row("all charts drawn, s", "charts")
    row("everything there, s", "everything", EVERYTHING)
    for kind in (*KINDS, SOCKET):
        a, b = (median(seen.sizes[kind] for seen in all_seen) / 1000 for all_seen in (ours, plain))
        print(line.format(f"kB, {kind}", f"{a:,.0f}", f"{b:,.0f}", f"{a / b:.2f}" if b else "-", "", ""))
    a, b = (median(seen.sizes.total() for seen in all_seen) / 1000 for all_seen in (ours, plain))
    print(line.format("kB, all", f"{a:,.0f}", f"{b:,.0f}", f"{a / b:.2f}", "", ""))
    return good


async def compressed(address: str) -> None:
    """Wait until the largest file has become smaller than at first, and with it all that came before it."""

    def size() -> int:
        request = Request(address, headers={"accept-encoding": "br"})  # noqa: S310
        with build_opener(ProxyHandler({})).open(request) as answer:
            return int(answer.headers["content-length"])

    first, deadline = await asyncio.to_thread(size), time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline and await asyncio.to_thread(size) > 0.9 * first:
        await asyncio.sleep(1)


async def measure(options: argparse.Namespace) -> bool:
    """Visit both pages in turn, and print."""
    seen: dict[str, list[Seen]] = {OURS.name: [], PLAIN.name: []}
    async with chromium() as browser:
        with AppServer(OURS.script) as our_server, AppServer(PLAIN.script) as plain_server:
            places = [(OURS, f"{our_server.url}/"), (PLAIN, f"{plain_server.url}/")]
            # The first visits warm the servers; ours then compresses in the background.
            for app, address in places:
                async with visit(browser, app, address) as page:
                    await page.settle()
            await compressed(f"{our_server.url}/{chunks('PlotlyChart')[0]}")
            for _ in range(options.visits):
                for app, address in places:
                    found, traffic = await look(browser, app, address, options)
                    seen[app.name].append(found)
                    if options.waterfall and app is OURS:
                        print_waterfall(traffic)
    print(f"{options.visits} first visits at {options.megabits:g} Mbit/s and {options.latency:g} ms")
    return print_table(seen[OURS.name], seen[PLAIN.name])


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--visits", type=int, default=3, help="first visits to each page (3)")
    parser.add_argument("--megabits", type=float, default=1.6, help="bandwidth in Mbit/s (1.6)")
    parser.add_argument("--latency", type=float, default=150, help="round trip in ms (150)")
    parser.add_argument("--waterfall", action="store_true", help="print every request of the explorer")
    good = asyncio.run(measure(parser.parse_args()))
    print("\nevery bar is met" if good else "\na bar is missed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
