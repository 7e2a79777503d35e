"""One part alone, inside a page of another origin, is live."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from pages import derive, descend, explore, iris
from tests.browser.app_server import HOST, AppServer
from tests.browser.hands import middle
from ui.page import Page as AppPage
from ui.shared_link import embed_code

PARTS = [(page, part) for page in (explore.PAGE, derive.PAGE, descend.PAGE, iris.PAGE) for part in page.alone]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder that another server serves, so its pages have another origin; and its address."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with ThreadingHTTPServer((HOST, 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://{HOST}:{server.server_address[1]}"
        server.shutdown()


def embedded(
    page: Page, server: AppServer, elsewhere: tuple[Path, str], shown: AppPage, part: str, **query: str
) -> FrameLocator:
    """A page of another origin that holds one part of ours."""
    folder, origin = elsewhere
    code = embed_code(f"{server.url}/", shown.path, {"only": part, **query}, shown.title)
    (folder / f"{shown.path}{part}.html").write_text(f"<!DOCTYPE html><title>Notes</title>{code}")
    page.goto(f"{origin}/{shown.path}{part}.html")
    return page.frame_locator("iframe")


def test_every_part_alone_fits_its_frame_in_a_page_of_another_origin(
    fresh_page: Page, server: AppServer, elsewhere: tuple[Path, str]
) -> None:
    for shown, part in PARTS:
        frame = embedded(fresh_page, server, elsewhere, shown, part)
        expect(frame.locator("[data-ready]:visible").first).to_be_visible()
        expect(frame.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        expect(frame.locator(".lesson[data-ready]")).to_be_attached()
        for around in ("stSidebar", "stHeader"):
            expect(frame.get_by_test_id(around).filter(visible=True)).to_have_count(0)
        main = frame.get_by_test_id("stMain")
        expect(main).to_have_js_property("clientHeight", 450)
        assert main.evaluate("(main) => main.scrollHeight") <= 451, (shown.title, part)
        assert main.evaluate("(main) => main.scrollWidth") <= 801, (shown.title, part)


def test_a_curve_alone_follows_the_bar_that_stands_with_it(
    fresh_page: Page, server: AppServer, elsewhere: tuple[Path, str]
) -> None:
    frame = embedded(fresh_page, server, elsewhere, explore.PAGE, "curve", wrt="virginica")
    bars = frame.get_by_role("slider")
    expect(bars).to_have_count(1)
    expect(bars).to_have_accessible_name("virginica raw output")
    number = frame.locator(".st-key-curve .textpoint text").first
    expect(number).to_have_text("0.684")
    x, y = middle(bars)
    fresh_page.mouse.move(x, y)
    fresh_page.mouse.down()
    fresh_page.mouse.move(x + 80, y, steps=8)
    # While it is held, the curve's number is that of the board.
    shown = frame.get_by_test_id("probability-2")
    expect(shown).not_to_have_text("0.206")
    expect(number).not_to_have_text("0.684")
    moved = bars.get_attribute("aria-valuenow") or "nan"
    fresh_page.mouse.up()
    assert float(moved) > 1
    expect(bars).to_have_attribute("aria-valuenow", moved)
    expect(frame.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(bars).to_have_attribute("aria-valuenow", moved)
