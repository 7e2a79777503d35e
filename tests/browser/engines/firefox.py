"""Debian's Firefox, driven by Playwright."""

from __future__ import annotations

import shutil
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Playwright

from tests.browser.engines.engine import Engine

PROGRAM = "firefox-esr"


def launch(playwright: Playwright) -> Browser:
    """Start Firefox without a window."""
    return playwright.firefox.launch(channel="moz-firefox", executable_path=shutil.which(PROGRAM))


class Firefox(Engine):
    """One visitor of the app in Firefox."""

    def __init__(self, browser: Browser, base: str) -> None:
        super().__init__(base)
        self.context = browser.new_context(viewport={"width": 1400, "height": 900})
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.heard.append(f"page error: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.heard.append(f"console: {said.text} ({said.location.get('url', '')})")

    def visit(self, address: str) -> None:
        self.page.goto(address)

    def run(self, body: str, arg: Any) -> Any:
        return self.page.evaluate(f"(arg) => {{ {body} }}", arg)

    def mouse(self, kind: str, x: float = 0, y: float = 0) -> None:
        if kind == "move":
            self.page.mouse.move(x, y)
        elif kind == "down":
            self.page.mouse.down()
        else:
            self.page.mouse.up()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def go(self, by: int) -> None:
        self.page.evaluate("(by) => history.go(by)", by)

    def problems(self) -> list[str]:
        # Playwright delivers the page's messages only while it waits for an answer.
        self.page.evaluate("0")
        return self.heard

    def close(self) -> None:
        self.context.close()
