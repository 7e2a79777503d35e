"""Fixtures for tests that use the app as its visitors do: a real server and a real browser.

Nothing here leaves this machine: the server listens on loopback, the browser can resolve no other host,
and a page that asks for one fails its test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error as PlaywrightError,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.browser.app_server import HOST, AppServer, exception_in
from tests.browser.hands import Reruns, charts_ready, go, hurry, note_sockets, ready
from tests.browser.visitors import Visitors, note_problems

HERE = Path(__file__).parent
# Opening a page takes 2 s, and ten times as long on a busy machine.
expect.set_options(timeout=20_000)

BROWSER_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # These stop Chromium from looking up its maker's hosts at every start.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    # Successive visitors share a process, and so the code that V8 has parsed (`Visitors`).
    "--process-per-site",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
]
# What makes tests cheaper and would falsify what a bench measures.
CHEAPER = [
    # A test's page lives only for seconds, so V8's fastest code never pays off. Compiling it is a quarter of
    # the cost of opening a page. What V8 has compiled for one visitor is kept for the next.
    "--js-flags=--no-opt,--no-flush-bytecode",
    # V8 has parsed the code for an earlier visitor. Chromium would parse it again as it comes, just in case.
    "--disable-features=ScriptStreaming",
    # Without a GPU, a process of its own for it only costs messages.
    "--in-process-gpu",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder as browser tests, and run them last.

    They run last because Playwright's synchronous interface keeps an event loop running in this thread for
    the rest of the session. Besides, a wrong formula should be reported before ten browser tests fail
    because of it.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")
            if os.environ.get("CI"):
                # Two browsers and two servers share CI's two cores. Only a test that fails twice is a fault.
                item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on a test that it failed, so that `loaded` can see it."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The app's server; a test that stops it must start it again."""
    with AppServer("app.py", log=tmp_path_factory.mktemp("server") / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, which drives Chromium and Firefox; one thread cannot start it twice."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium, otherwise the one that Playwright downloaded."""
    launched = launch_chromium(playwright)
    yield launched
    launched.close()


def chromium_path() -> str | None:
    """The machine's own Chromium; the windowless one, with two thirds of the work for a page, comes first."""
    programs = ("chromium-headless-shell", "chromium", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, programs)), None)


def launch_chromium(playwright: Playwright) -> Browser:
    executable = chromium_path()
    flags = [*BROWSER_FLAGS, *CHEAPER]
    # Chromium refuses to start its sandbox as root, which CI's containers are.
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    try:
        return playwright.chromium.launch(executable_path=executable, args=flags)
    except PlaywrightError as error:
        reason = f"no browser to test with: {error.message.strip().splitlines()[0]}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(f"{reason} (install Debian's chromium, or run `playwright install chromium`)")


@pytest.fixture
def console_problems(server: AppServer) -> Iterator[list[str]]:
    """What went wrong in this test's pages and in the server; the list must be empty at the end.

    A test that causes trouble on purpose (killing the server, say) looks at the list and clears it.
    """
    problems: list[str] = []
    said_before = len(server.log_text())
    yield problems
    if exception := exception_in(server.log_text()[said_before:]):
        problems.append(f"the server's log has an exception:\n{exception}")
    assert not problems, "\n".join(problems)


@pytest.fixture
def new_context(
    browser: Browser, server: AppServer, console_problems: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """A factory of separate contexts, for what stays with a context: permissions, scripts, a clock."""
    contexts: list[BrowserContext] = []

    def make(*, width: int = 1400, height: int = 900, **context_options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, **context_options
        )
        note_problems(context, console_problems.append)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def all_visitors(browser: Browser, server: AppServer) -> Iterator[Visitors]:
    """The visitors of all tests."""
    found = Visitors(browser, server.url)
    yield found
    found.close()


@pytest.fixture
def visitors(
    all_visitors: Visitors, console_problems: list[str], request: pytest.FixtureRequest
) -> Iterator[Visitors]:
    """The visitors of one test."""
    all_visitors.problems = console_problems
    yield all_visitors
    all_visitors.leave(usable=not (FAILED in request.node.stash or console_problems))


@pytest.fixture
def fresh_page(visitors: Visitors) -> Page:
    """A blank page, 1400x900, of a new visitor; `page.goto("/")` goes to the app."""
    return visitors.new_page()


@pytest.fixture
def page(fresh_page: Page) -> Page:
    """The page of a test: fresh, unless its file says otherwise."""
    return fresh_page


@dataclass
class Used:
    """The page that tests share one after the other, and what went wrong in it."""

    page: Page | None = None
    server: int = 0
    problems: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def used() -> Used:
    """The shared page, not yet opened."""
    return Used()


@pytest.fixture
def loaded(
    used: Used,
    browser: Browser,
    server: AppServer,
    console_problems: list[str],
    request: pytest.FixtureRequest,
) -> Iterator[Page]:
    """A page of the app that other tests have used, for tests that do not depend on its past.

    `go(page, path)` goes on from its current address, in a sixth of the time that loading takes. After a
    failed test the next one gets a new page.
    """
    if used.page and used.server != server.pid:
        # A test has restarted the server, so the page's session is gone.
        used.page.context.close()
        used.page = None
    if used.page is None:
        used.server = server.pid
        context = browser.new_context(
            base_url=server.url, viewport={"width": 1400, "height": 900}, reduced_motion="reduce"
        )
        note_problems(context, used.problems.append)
        used.page = context.new_page()
        note_sockets(used.page)
        # The session starts at the plain address, whichever link a test opens first.
        used.page.goto("/")
        ready(used.page)
    page = used.page
    used.problems.clear()
    yield page
    console_problems += used.problems
    if FAILED in request.node.stash or console_problems:
        page.context.close()
        used.page = None
    else:
        page.emulate_media(media="null", color_scheme="light")
        page.set_viewport_size({"width": 1400, "height": 900})
        page.mouse.move(0, 0)
        hurry(page)


@pytest.fixture
def origin(loaded: Page) -> Page:
    """A page on the app's own origin, so that a test can import its modules."""
    return loaded


@pytest.fixture
def counted(page: Page) -> tuple[Page, Reruns]:
    """The app with all its charts, and a count of what it asks the server to run."""
    reruns = Reruns(page)
    charts_ready(go(page, "/"))
    expect(page.get_by_text("Shown as contours")).to_be_visible()
    return page, reruns


@pytest.fixture
def open_page(visitors: Visitors, settled: Callable[[Page], Page]) -> Callable[..., Page]:
    """A factory: `open_page("?T=2", width=390, height=844, has_touch=True)` is a new visitor's settled page.

    Each call is a new visitor. All arguments but width and height are options of Playwright's `new_context`.
    """

    def open_(path: str = "", *, width: int = 1400, height: int = 900, **context_options: Any) -> Page:
        page = visitors.new_page(width=width, height=height, **context_options)
        page.goto(path if path.startswith("/") else f"/{path}")
        return settled(page)

    return open_


@pytest.fixture
def settled() -> Callable[[Page], Page]:
    """A function that waits until the page's script has run and Streamlit has drawn what it sent."""

    def wait(page: Page) -> Page:
        # A page that has not started is "notRunning" too, so the other three conditions are needed.
        app = page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(page.get_by_test_id("stMain").get_by_test_id("stElementContainer")).not_to_have_count(0)
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.locator("[data-testid=stAppSkeleton], [data-testid=stSkeleton]")).to_have_count(0)
        return page

    return wait
