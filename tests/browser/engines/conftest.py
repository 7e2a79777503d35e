"""Firefox and WebKit, each started once; a machine without them skips these tests, unless `CI` is set."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from glob import glob

import pytest
from playwright.sync_api import Browser, Playwright
from selenium.webdriver import WebKitGTK

from tests.browser.app_server import AppServer
from tests.browser.engines import firefox, webkit
from tests.browser.engines.engine import Engine
from tests.browser.visitors import THEIR_NOISE

NOISE = [
    *THEIR_NOISE,
    # A page that is left loses its connection and the modules that it is still loading. That is no fault.
    re.compile(r"WebSocket onclose"),
    re.compile(r"error loading dynamically imported module"),
]


class Starter:
    """Starts each engine when it is first asked for."""

    def __init__(self, playwright: Playwright, stack: ExitStack) -> None:
        self.playwright = playwright
        self.stack = stack
        self.firefox: Browser | None = None
        self.webkit: WebKitGTK | None = None

    def engine(self, name: str, base: str) -> Engine:
        if name == "firefox":
            if self.firefox is None:
                require(firefox.PROGRAM)
                self.firefox = firefox.launch(self.playwright)
                self.stack.callback(self.firefox.close)
            return firefox.Firefox(self.firefox, base)
        if self.webkit is None:
            require(*webkit.PROGRAMS, found=bool(glob(webkit.BROWSERS)))
            self.webkit = self.stack.enter_context(webkit.launch())
        return webkit.WebKit(self.webkit, base)


def require(*programs: str, found: bool = True) -> None:
    """Skip where a program is missing; fail where `CI` is set."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing or not found:
        reason = f"no {' and no '.join(missing) or 'MiniBrowser'} to test with (.ci/run names the packages)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def starter(playwright: Playwright) -> Iterator[Starter]:
    """The starter of the engines, which ends them after the last test."""
    with ExitStack() as stack:
        yield Starter(playwright, stack)


@pytest.fixture(params=["firefox", "webkit"])
def engine(
    request: pytest.FixtureRequest, starter: Starter, server: AppServer, console_problems: list[str]
) -> Iterator[Engine]:
    """A new visitor in each of the engines; anything that goes wrong in the page fails the test."""
    opened = starter.engine(request.param, server.url)
    yield opened
    said = opened.problems()
    opened.close()
    console_problems += [problem for problem in said if not any(noise.search(problem) for noise in NOISE)]
