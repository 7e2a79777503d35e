"""A reload or a restart of the server loses nothing that a reader revealed, answered or played."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import GONE, AppServer
from tests.browser.hands import arrived
from tests.browser.visitors import Visitors

GATE = "The next step is yours to predict"


def opened(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("[data-ready]").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Copy link")).to_be_visible(timeout=20_000)


def reveal(page: Page) -> None:
    """Answer one question, have the result shown and go on to the last step."""
    opened(page, "/derive?step=result&z=2,1,0")
    expect(page.get_by_text(GATE)).to_be_visible()
    page.get_by_text("Positive", exact=True).click()
    expect(page.get_by_text("Yes: raising the raw output")).to_be_visible()
    page.get_by_role("button", name="Show the result").click()
    expect(page.get_by_text(GATE)).to_have_count(0)


def test_a_reload_keeps_what_was_revealed_and_another_reader_is_asked(page: Page, visitors: Visitors) -> None:
    reveal(page)
    page.wait_for_url(lambda url: "step=recognise" in url)
    place = page.locator(".steps .place").inner_text()
    page.reload()
    arrived(page, "Step by step")
    expect(page.locator(".steps .place")).to_have_text(place)
    expect(page.get_by_text(GATE)).to_have_count(0)
    other = visitors.new_page()
    opened(other, page.url)
    expect(other.get_by_text(GATE)).to_be_visible()


def test_a_reload_keeps_answers(page: Page) -> None:
    opened(page, "/derive?step=result")
    page.get_by_text("Positive", exact=True).click()
    expect(page.get_by_text("Yes: raising the raw output")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Yes: raising the raw output")).to_be_visible(timeout=20_000)


def test_another_link_in_the_same_tab_asks_anew(page: Page) -> None:
    reveal(page)
    opened(page, "/derive?step=result&z=0,0,0")
    expect(page.get_by_text(GATE)).to_be_visible()


def test_a_new_start_of_the_server_keeps_what_was_revealed(
    page: Page, server: AppServer, console_problems: list[str]
) -> None:
    reveal(page)
    place = page.locator(".steps .place").inner_text()
    app = page.get_by_test_id("stApp")
    try:
        server.stop()
        expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    finally:
        server.start()
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(".steps .place")).to_have_text(place)
    expect(page.get_by_text(GATE)).to_have_count(0)
    others = [said for said in console_problems if not GONE.search(said)]
    console_problems.clear()
    assert others == []


@pytest.mark.parametrize(
    ("path", "said", "shown"),
    [("/iris?trained=0", ".iris .said", "steps, "), ("/descend", ".loss .count", "steps taken")],
)
def test_a_reload_during_a_play_keeps_its_place(page: Page, path: str, said: str, shown: str) -> None:
    opened(page, path)
    page.get_by_role("button", name="Play").click()
    expect(page.locator(said)).to_have_text(re.compile(rf"^[1-9]\d.*{shown}|^[2-9] {shown}"))
    page.reload()
    page.wait_for_url(lambda url: re.search(r"(trained|steps)=[1-9]", url) is not None, timeout=20_000)
    expect(page.locator(said)).to_have_text(re.compile(rf"^[1-9]\d* .*{shown}"))
