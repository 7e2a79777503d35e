"""New visitors for tests: blank pages without cookies or storage, in browser contexts that are reused.

A context that has opened the app before has the app's files cached, and its process keeps the code that V8
has compiled from them. So a page opens with two thirds of the work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

from tests.browser.app_server import HOST

__all__ = ["THEIR_NOISE", "Visitors", "note_problems"]

# What Streamlit, plotly.js and Chromium print on a page that is fine: "text (address of its source)".
THEIR_NOISE = [
    # Opened at a page's own address, Streamlit first looks for its server below that page, then above it.
    re.compile(r"responded with a status of 404 .*\(\S+://[^/]+/[^/]+/_stcore/(health|host-config)\)$"),
    # plotly.js reads its contour canvas back, and Chromium reports this once.
    re.compile(r"^Canvas2D: Multiple readback operations .*/PlotlyChart\.\S+\.js\)$"),
    # A busy machine may take seconds until the page uses a preloaded style sheet.
    re.compile(r"/static/live/[\w/]+\.css was preloaded using link preload but not used within"),
    # A release commits, and its click closes an open popover, so both reach Streamlit at the same moment.
    # Streamlit then names no fragment, so the whole page runs and draws both.
    re.compile(r"^Unexpected state: Multiple different fragmentIds .* for this batch\.  \(\S+\)$"),
    # Without a GPU Chromium draws 3D scenes in software, and reports each time it waits for a picture.
    re.compile(r"GL Driver Message .*GPU stall due to ReadPixels"),
]

# These can be set on a page; all other options belong to its context.
_OF_A_PAGE = ("color_scheme", "reduced_motion", "forced_colors")
# With motion, opening a page costs a tenth more.
_USUAL = {"color_scheme": "light", "reduced_motion": "reduce"}


class Visitors:
    """Browser contexts of one worker, each given to one visitor at a time.

    Parameters
    ----------
    browser : Browser
        The browser that all of them share.
    url : str
        Where the app is served.

    Attributes
    ----------
    problems : list of str
        Where to note what goes wrong: the list of the running test.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.problems: list[str] = []
        self._free: dict[str, list[Page]] = defaultdict(list)
        self._given: list[tuple[str, Page]] = []

    def new_page(self, *, width: int = 1400, height: int = 900, **options: Any) -> Page:
        """Return a blank page of a new visitor; `options` are those of Playwright's `new_context`."""
        media = _USUAL | {name: options.pop(name) for name in _OF_A_PAGE if name in options}
        kind = repr(sorted(options.items()))
        keeper = self._free[kind].pop() if self._free[kind] else self._new_keeper(options)
        self._given.append((kind, keeper))
        page = keeper.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**media)
        return page

    def leave(self, *, usable: bool) -> None:
        """Let all visitors go; after a failed test, discard their contexts too."""
        for kind, keeper in self._given:
            if usable:
                _forget(keeper)
                self._free[kind].append(keeper)
            else:
                keeper.context.close()
        self._given.clear()

    def close(self) -> None:
        """Close every context."""
        self.leave(usable=False)
        for keepers in self._free.values():
            for keeper in keepers:
                keeper.context.close()

    def _new_keeper(self, options: dict[str, Any]) -> Page:
        """Return the page that keeps a new context's process alive, because it stays when visitors go."""
        context = self.browser.new_context(base_url=self.url, **options)
        note_problems(context, lambda problem: self.problems.append(problem))
        keeper = context.new_page()
        keeper.goto("/_stcore/health")
        return keeper


def _forget(keeper: Page) -> None:
    """Close the pages of a context's visitor and empty its storage."""
    for page in keeper.context.pages:
        if page is not keeper:
            page.close()
    keeper.evaluate("localStorage.clear()")
    keeper.context.clear_cookies()


def note_problems(context: BrowserContext, note: Callable[[str], None]) -> None:
    """Note what goes wrong in the context's pages."""

    def console(message: ConsoleMessage) -> None:
        said = f"{message.text} ({message.location.get('url', '')})"
        if message.type in ("error", "warning") and not any(noise.search(said) for noise in THEIR_NOISE):
            note(f"console {message.type}: {said}")

    def request(sent: Request) -> None:
        parts = urlsplit(sent.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != HOST:
            note(f"the page asked another server: {sent.url}")

    def page_error(event: WebError) -> None:
        said = event.error
        note(f"page error: {said}\n{getattr(said, 'stack', '')}")

    context.on("console", console)
    context.on("weberror", page_error)
    context.on("request", request)
