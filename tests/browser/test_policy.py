"""No page breaks the app's Content-Security-Policy, which stops foreign scripts, addresses and frames."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pages import explore
from tests.browser.app_server import HOST, AppServer
from tests.browser.hands import charts_ready, go, held, pull, ready, until, visit
from tests.browser.test_embed import Quiet
from ui.shared_link import embed_code

# Also notes what Chromium does not tell on the console.
WATCH = """document.addEventListener("securitypolicyviolation", (event) => {
  (window.violations ??= []).push(`${event.effectiveDirective} ${event.blockedURI} (${event.sourceFile})`);
})"""


def violations(page: Page) -> list[str]:
    """What a page has tried to do against its policy since it was loaded."""
    found: list[str] = page.evaluate("window.violations ?? []")
    return found


@pytest.fixture
def watched(fresh_page: Page) -> Page:
    """A new page that notes violations."""
    fresh_page.add_init_script(WATCH)
    return fresh_page


def test_every_page_and_dialog_keeps_to_the_policy(watched: Page) -> None:
    page = watched
    charts_ready(go(page, "/"))
    with held(page, "setosa"):
        pull(page, "setosa", 30)
    for path, there in (
        ("/tour", "[data-ready]:visible"),
        ("/derive?read=numbers", ".steps[data-ready]"),
        ("/descend", ".loss[data-ready]"),
        ("/iris", ".st-key-training .main-svg"),
        ("/worksheet", "[data-ready]:visible, .st-key-worksheet"),
        ("/?view=3d", ".st-key-surface .js-plotly-plot"),
    ):
        visit(page, path)
        expect(page.locator(there).first).to_be_visible()
    until(
        page,
        """() => document.querySelector(".st-key-surface:not([data-retained]) .js-plotly-plot")
          ?._fullLayout?.scene?._scene?.glplot && true""",
    )
    page.get_by_role("button", name="Take away").click()
    expect(page.locator("[data-part=takeaway][data-ready]")).to_be_visible()
    with page.expect_download():
        page.get_by_role("button", name="Curve as PNG").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("dialog", name="Share this view").locator("svg").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("query", ["present=on&hide=p", "embed=true&only=board"])
def test_presenter_mode_and_embedded_parts_keep_to_the_policy(watched: Page, query: str) -> None:
    ready(go(watched, f"/?{query}"))
    expect(watched.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    assert violations(watched) == []
    # Now the browser has the page, and the server answers only that it has not changed.
    watched.reload()
    ready(watched)
    assert violations(watched) == []


def test_what_a_stranger_could_put_into_a_page_neither_runs_nor_reaches_another_site(
    watched: Page, console_problems: list[str]
) -> None:
    page = watched
    ready(go(page, "/"))
    page.evaluate(
        """async () => {
          window.ran = [];
          const script = document.createElement("script");
          script.textContent = "ran.push('inline script')";
          const foreign = document.createElement("script");
          foreign.src = "http://localhost:9/a.js";
          const link = document.createElement("a");
          link.href = "javascript:ran.push('link')";
          document.body.append(script, foreign, link);
          link.click();
          const box = document.createElement("div");
          box.innerHTML = '<img src="app/static/none" onerror="ran.push(1)"><img src="http://localhost:9/z=1">';
          document.body.append(box);
          setTimeout("ran.push('text')");
          await fetch("http://localhost:9/z=1").catch(() => {});
        }"""
    )
    until(page, "() => window.violations?.length >= 7")
    assert page.evaluate("window.ran") == []
    told = sorted(violation.split(" (")[0] for violation in violations(page))
    assert told == [
        "connect-src http://localhost:9/z=1",
        "img-src http://localhost:9/z=1",
        "script-src eval",
        "script-src-attr inline",
        "script-src-elem http://localhost:9/a.js",
        "script-src-elem inline",
        "script-src-elem inline",
    ]
    console_problems.clear()


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A folder that two other servers serve, and their origins."""
    servers = [ThreadingHTTPServer((HOST, 0), partial(Quiet, directory=str(tmp_path))) for _ in range(2)]
    for server in servers:
        Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, [f"http://{HOST}:{server.server_address[1]}" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


def test_only_the_sites_that_were_set_show_the_app_in_a_frame_and_it_works_below_a_path(
    new_context: Callable[..., Any], sites: tuple[Path, list[str]], console_problems: list[str]
) -> None:
    folder, (allowed, other) = sites
    variables = {"EXPLORER_FRAME_ANCESTORS": f"self {allowed}"}
    with AppServer("app.py", "--server.baseUrlPath=softmax", variables=variables) as server:
        code = embed_code(f"{server.url}/", explore.PAGE.path, {"only": "board"}, "Board")
        (folder / "index.html").write_text(f"<!DOCTYPE html><title>Notes</title>{code}")
        page = new_context().new_page()
        page.add_init_script(WATCH)
        page.goto(allowed)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".board[data-ready]")).to_be_visible()
        assert frame.locator("body").evaluate("() => window.violations ?? []") == []
        assert console_problems == []
        assert page.request.get(f"{server.url}/readyz").ok
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(other)
        expect(frame.locator(".board")).to_have_count(0)
        console_problems.clear()
