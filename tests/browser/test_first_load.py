"""What a first visit loads: the board first, everything else after it, and nothing moves when it comes."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from server.smaller_fonts import SMALLER
from tests.browser.hands import PAGES, box_of, charts_ready, ready

# What moved after the board could be dragged: how far, and which elements.
SHIFTS = """() => {
  globalThis.shifts = [];
  const name = (node) => node?.parentElement?.closest("[class*=st-key-]")?.className;
  new PerformanceObserver((list) => {
    for (const { startTime, value, sources } of list.getEntries())
      shifts.push({ at: startTime, value, what: sources.map(({ node }) => String(name(node))) });
  }).observe({ type: "layout-shift", buffered: true });
}"""


class Later:
    """Requests of a page that wait until they are let go."""

    def __init__(self, page: Page, *patterns: str) -> None:
        self.waiting: list[Route] = []
        self.open = False
        for pattern in patterns:
            page.route(pattern, self._ask)

    def _ask(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self) -> None:
        """Let all of them go, and those to come."""
        self.open = True
        for route in self.waiting:
            route.continue_()


def test_a_board_can_be_dragged_before_anything_else_has_come_and_then_nothing_moves(
    fresh_page: Page,
) -> None:
    page = fresh_page
    page.add_init_script(f"({SHIFTS})()")
    others = Later(
        page, "**/rest.js*", "**/PlotlyChart.*", "**/Selectbox.*", "**/NumberInput.*", "**/Button.*"
    )
    page.goto("/")
    ready(page)
    expect(page.get_by_role("slider", name="setosa raw output")).to_be_visible()
    assert page.locator(".js-plotly-plot").count() == 0
    place, began = box_of(page.locator(".board")), page.evaluate("performance.now()")
    expect(page.locator("[data-testid=stSkeleton]").nth(2)).to_be_attached()
    others.let_go()
    charts_ready(page)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    late: list[dict[str, Any]] = [shift for shift in page.evaluate("shifts") if shift["at"] > began]
    assert box_of(page.locator(".board")) == place
    # Streamlit may move its menu by a pixel when the font of the icons comes; 0.0003 is one of its lines.
    assert sum(shift["value"] for shift in late) < 1e-4, json.dumps(late, indent=1)


@pytest.mark.parametrize("path", ["/", "/descend"])
def test_streamlits_first_questions_are_asked_once_and_early(fresh_page: Page, path: str) -> None:
    page = fresh_page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/", 3)[3]))
    page.goto(path)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    for question in ("_stcore/health", "_stcore/host-config"):
        # Streamlit's own question would come after the last of its modules, and would be a second one.
        assert asked.count(question) == 1
        assert asked.index(question) < len(asked) / 2


@pytest.mark.parametrize("path", [path for path, _ in PAGES.values()])
def test_every_icon_of_a_page_is_drawn_as_a_picture(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    icons = page.get_by_test_id("stIconMaterial")
    expect(icons.first).to_be_attached()
    page.evaluate("document.fonts.ready")
    # A name that the font lacks is written out, much wider than it is high.
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll("[data-testid=stIconMaterial]")]
          .filter((icon) => icon.scrollWidth > 1.5 * parseFloat(getComputedStyle(icon).fontSize) + 1)
          .map((icon) => icon.textContent)"""
        )
        == []
    )


def test_other_letters_come_from_other_fonts_and_only_then(fresh_page: Page) -> None:
    page = fresh_page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/?classes=cat,dog&z=1,2")
    charts_ready(page)
    page.evaluate("document.fonts.ready")
    fonts = [url for url in asked if ".woff2" in url]
    assert {url.split("/", 3)[3] for url in fonts} <= SMALLER.keys()
    with page.expect_request("**/SourceSansVF-Upright.*?more"):
        page.goto("/?classes=Zürich,Genève&z=1,2")
    charts_ready(page)
    assert not [url for url in asked if url.endswith("?whole")]
    with page.expect_request("**/SourceSansVF-Upright.*?whole"):
        page.goto("/?classes=кот,пёс&z=1,2")
    ready(page)
