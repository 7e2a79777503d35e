"""A visit to a running app in headless Chromium that drags a raw output and notes what the page did."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, TimeoutError, WebSocket, async_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import BROWSER_FLAGS, chromium_path

MOVES = 60
PACE = 0.016
PIXELS = 1
REST = 0.25
QUIET = 0.5

# A finger that has moved less than this may still be about to tap, so browsers say nothing of it.
SLOP = 20  # px

PROBE = (Path(__file__).parent / "drag_probe.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class App:
    """What to drag and what to watch in one of the two apps.

    `board` is the key of the board; in an app without one, `board_charts` show the probabilities and the
    Jacobian. `follower` is the chart whose changes are timed. `handle` selects the slider of class {k}.
    """

    name: str
    script: str
    board: str | None
    board_charts: tuple[str, ...]
    charts: tuple[str, ...]
    follower: str
    handle: str


OURS = App("ours", "app.py", "board", (), ("curve", "surface"), "curve", ".board [role=slider] >> nth={k}")
PLAIN = App(
    "plain", "bench/plain_streamlit.py", None, ("probabilities", "jacobian"), ("surface",), "surface",
    # The visible thumb; the range input inside it is hidden.
    ".st-key-z{k} input[type=range] >> xpath=../..",
)  # fmt: skip


@dataclass(frozen=True)
class Screen:
    """What a visitor looks at, and whether they use a finger."""

    width: int
    height: int
    touch: bool = False
    pixels: float = 1


DESK = Screen(1400, 900)
PHONE = Screen(390, 844, touch=True, pixels=2)


@dataclass
class Runs:
    """Script runs as the server announces them: every run, also a fragment's, begins with `new_session`."""

    begun: int = 0
    ended: int = 0
    asked: int = 0
    last: float = field(default_factory=time.monotonic)

    def listen(self, socket: WebSocket) -> None:
        """Read both directions of a page's connection."""
        socket.on("framereceived", self._received)
        socket.on("framesent", self._sent)

    def _received(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.last = time.monotonic()
            kind = ForwardMsg.FromString(payload).WhichOneof("type")
            self.begun += kind == "new_session"
            self.ended += kind == "script_finished"

    def _sent(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.last = time.monotonic()
            self.asked += BackMsg.FromString(payload).WhichOneof("type") == "rerun_script"

    async def settle(self) -> None:
        """Wait until no script has run and no message has come for a while."""
        while self.begun != self.ended or time.monotonic() - self.last < QUIET:
            await asyncio.sleep(0.05)


@dataclass(frozen=True)
class FirstView:
    """Milliseconds from navigation to the drawn board (or first chart), and to the first move of a drag."""

    drawn: float
    dragged: float


@dataclass
class Drag:
    """One drag and its release: the probe's notes, and the runs that the server announced."""

    notes: dict[str, Any]
    runs_while_dragging: int
    runs_at_release: int
    after: dict[str, Any]


@dataclass
class Visit:
    """One visitor's page."""

    app: App
    page: Page
    devtools: CDPSession
    runs: Runs
    screen: Screen = DESK

    async def first_view(self, k: int) -> FirstView:
        """Wait for the board (or the first chart) and, on a board, drag at once and put the value back."""
        await self.page.wait_for_function("probe.ready !== null", timeout=60_000)
        drawn = float(await self.page.evaluate("probe.ready"))
        if not self.app.board:
            return FirstView(drawn, float("nan"))
        x, y = await self._middle(k)
        await self._mouse("mousePressed", x, y, 1)
        await self._mouse("mouseMoved", x + 10, y, 1)
        await self.page.wait_for_function("probe.dragged !== null", timeout=10_000)
        await self.page.keyboard.press("Escape")
        await self._mouse("mouseReleased", x + 10, y, 0)
        return FirstView(drawn, float(await self.page.evaluate("probe.dragged")))

    async def settle(self) -> None:
        """Wait until everything is drawn and the page has nothing left to do, and begin to watch."""
        try:
            await self.page.wait_for_function("probe.allDrawn()", timeout=60_000)
        except TimeoutError as error:
            shown = await self.page.locator("[data-testid=stApp]").inner_text()
            raise RuntimeError(f"{self.app.name}: not all charts came ({self.runs}):\n{shown}") from error
        await self.runs.settle()
        await self.page.evaluate("probe.arm()")
        await self.page.wait_for_function("probe.isIdle()", timeout=60_000)

    async def drag(self, k: int, direction: int, slowdown: float = 1) -> Drag:
        """Drag the raw output of class k sideways, rest, let go, and wait for Python's values.

        Meanwhile, the page's thread gets only one part in `slowdown` of its time.
        """
        await self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        x, y = await self._middle(k)
        await self._mouse("mouseMoved", x, y, 0)
        await self._mouse("mousePressed", x, y, 1)
        if self.screen.touch:
            x += direction * SLOP
            await self._mouse("mouseMoved", x, y, 1)
        await asyncio.sleep(REST)
        await self.page.evaluate("probe.clear()")
        before = self.runs.begun
        await self._moves(x, y, direction)
        await asyncio.sleep(REST)
        while_dragging = self.runs.begun - before
        await self._mouse("mouseReleased", x + direction * PIXELS * MOVES, y, 0)
        try:
            await self.page.wait_for_function("probe.release?.done", timeout=20_000)
        except TimeoutError as error:
            raise RuntimeError(await self._why()) from error
        await self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        await self.runs.settle()
        notes = await self.page.evaluate(
            "({ moves: probe.moves, frames: probe.frames, rest: probe.rest, release: probe.release })"
        )
        after = await self.page.evaluate("probe.snapshot()")
        return Drag(notes, while_dragging, self.runs.begun - before - while_dragging, after)

    async def _why(self) -> str:
        if await self.page.evaluate("probe.cancelled"):
            return f"{self.app.name}: the browser took the drag away from the page (pointercancel)"
        return f"{self.app.name}: Python's values did not come after the release ({self.runs})"

    async def _middle(self, k: int) -> tuple[float, float]:
        box = await self.page.locator(self.app.handle.format(k=k)).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    async def _moves(self, x: float, y: float, direction: int) -> None:
        """Send the moves by the clock, so that a late page does not slow the pointer down."""
        begun = time.monotonic()
        sent = []
        for step in range(1, MOVES + 1):
            await asyncio.sleep(max(0.0, begun + step * PACE - time.monotonic()))
            sent.append(asyncio.ensure_future(self._mouse("mouseMoved", x + direction * PIXELS * step, y, 1)))
        await asyncio.gather(*sent)

    async def _mouse(self, kind: str, x: float, y: float, pressed: int) -> None:
        if self.screen.touch:
            await self._finger(kind, x, y, pressed)
            return
        # Playwright's own mouse would run scripts in the page at every move while a button is down.
        button = "left" if pressed or kind == "mouseReleased" else "none"
        clicks = 0 if kind == "mouseMoved" else 1
        await self.devtools.send(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x, "y": y, "button": button, "buttons": pressed, "clickCount": clicks},
        )

    async def _finger(self, kind: str, x: float, y: float, pressed: int) -> None:
        names = {"mousePressed": "touchStart", "mouseMoved": "touchMove", "mouseReleased": "touchEnd"}
        if pressed or kind == "mouseReleased":
            points = [{"x": x, "y": y}] if pressed else []
            await self.devtools.send("Input.dispatchTouchEvent", {"type": names[kind], "touchPoints": points})


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The machine's own Chromium, otherwise Playwright's, as it works for every visitor."""
    flags = list(BROWSER_FLAGS)
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser
        await browser.close()


@asynccontextmanager
async def visit(
    browser: Browser,
    app: App,
    address: str,
    screen: Screen = DESK,
    prepare: Callable[[CDPSession], Awaitable[None]] | None = None,
) -> AsyncIterator[Visit]:
    """A new visitor, with an empty cache, who goes to an address; `prepare` sets the browser up before."""
    # Playwright waits for the probe by eval, which the app's pages do not allow.
    context = await browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=screen.pixels,
        has_touch=screen.touch,
        is_mobile=screen.touch,
        bypass_csp=True,
    )
    page = await context.new_page()
    runs = Runs()
    page.on("websocket", runs.listen)
    watched = {
        "board": app.board,
        "boardCharts": app.board_charts,
        "charts": app.charts,
        "follower": app.follower,
    }
    await page.add_init_script(f"({PROBE})({json.dumps(watched)})")
    devtools = await context.new_cdp_session(page)
    if prepare:
        await prepare(devtools)
    await page.goto(address, wait_until="commit", timeout=60_000)
    yield Visit(app, page, devtools, runs, screen)
    await context.close()
