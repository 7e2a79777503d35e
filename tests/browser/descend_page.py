"""Loss and descent, opened by a visitor of the tests."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.hands import board_values, eventually, go, linger, ready

# The page says this while `linger` holds a play.
SOME_STEPS = "6 steps taken."
CHARTS = ("cross_entropy", "squared_error", "simplex")


def opened(page: Page, query: str = "") -> Page:
    linger(page, "parts/loss.js")
    go(page, f"/descend?{query}")
    ready(page)
    expect(page.locator(".loss[data-ready]")).to_be_visible()
    for key in CHARTS:
        expect(page.locator(f".st-key-{key}:not([data-retained]) .main-svg").first).to_be_visible()
    return page


def assert_at(page: Page, z: list[float]) -> None:
    """The board comes to show these raw outputs."""

    def check() -> None:
        assert board_values(page)["z"] == z

    eventually(page, check)
