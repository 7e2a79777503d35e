"""Pointer input beside a plain drag: two fingers, a scaled page, a point in a plane, a click on a number."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Fingers, Reruns, go, middle, ready, slider, until, value_of

PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


def wide(text: str) -> str:
    """The text in full-width characters."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def whole(page: Page) -> None:
    """Wait until the rest of the page has followed the board."""
    expect(page.get_by_text("Shown as contours")).to_be_attached(timeout=30_000)


def opened(page: Page, query: str = "") -> Page:
    """The plane of the irises, with everything around it."""
    go(page, f"/iris?{query}")
    expect(page.locator(".iris[data-ready]")).to_be_visible(timeout=30_000)
    expect(page.locator(".st-key-training:not([data-retained]) .main-svg").first).to_be_attached(
        timeout=30_000
    )
    return page


def point(page: Page) -> Locator:
    return page.get_by_role("slider", name="Point in the plane")


def place(page: Page) -> str | None:
    return point(page).get_attribute("aria-valuetext")


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop"))


def test_two_fingers_move_two_bars_and_both_values_are_kept(open_page: Callable[..., Page]) -> None:
    page = ready(open_page("", **PHONE))
    reruns = Reruns(page)
    page.reload()
    ready(page)
    whole(page)
    fingers = Fingers(page)
    (x, y), (u, v) = middle(slider(page, "setosa")), middle(slider(page, "versicolor"))
    reruns.count = 0
    fingers.put((x, y))
    fingers.put((x, y), (u, v))
    for step in range(1, 9):
        fingers.put((x + 3 * step, y), (u - 2 * step, v))
    first, second = value_of(page, "setosa"), value_of(page, "versicolor")
    assert first > 1.9
    assert second < -0.8
    assert reruns.count == 0
    # The second finger still holds its bar, so Python does not know its value yet.
    fingers.put(None, (u - 16, v))
    page.wait_for_url(lambda url: f"z={first}%2C-0.4%2C0.23" in url)
    fingers.put(None, (u - 20, v))
    assert value_of(page, "setosa") == first
    assert value_of(page, "versicolor") < second
    last = value_of(page, "versicolor")
    fingers.put()
    page.wait_for_url(lambda url: f"z={first}%2C{last}%2C0.23" in url)
    assert (value_of(page, "setosa"), value_of(page, "versicolor")) == (first, last)
    assert reruns.count == 2


def test_a_bar_put_back_while_another_finger_has_moved_one_is_not_in_the_link(
    open_page: Callable[..., Page],
) -> None:
    page = ready(open_page("", **PHONE))
    whole(page)
    fingers = Fingers(page)
    (x, y), (u, v) = middle(slider(page, "setosa")), middle(slider(page, "versicolor"))
    fingers.put((x, y))
    fingers.put((x, y), (u, v))
    fingers.put((x + 20, y), (u + 20, v))
    fingers.put(None, (u + 20, v))
    page.keyboard.press("Escape")
    fingers.put()
    page.wait_for_url(lambda url: "z=" in url)
    expect(slider(page, "versicolor")).to_have_attribute("aria-valuenow", "-0.4")
    assert "%2C-0.4%2C0.23" in page.url
    assert value_of(page, "setosa") > 1.43


def test_under_a_scaled_ancestor_the_bar_stays_under_the_pointer(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/")
    ready(page)
    whole(page)
    for style in ("zoom: 0.6", "zoom: 1.4", "transform: scale(0.5)"):
        page.get_by_test_id("stApp").evaluate("(app, style) => { app.style.cssText = style; }", style)
        for name in ("virginica raw output", "temperature"):
            bar = page.get_by_role("slider", name=name, exact=True)
            bar.scroll_into_view_if_needed()
            knob = bar.locator(".knob")
            x, y = middle(knob)
            box = bar.bounding_box()
            assert box
            page.mouse.move(x, y)
            page.mouse.down()
            away = 0.2 * box["width"]
            page.mouse.move(x + away, y, steps=4)
            # Within two pixels: a temperature is rounded to two digits.
            expect(bar).to_have_class("track held")
            assert middle(knob)[0] == pytest.approx(x + away, abs=2)
            page.keyboard.press("Escape")
            page.mouse.up()
            expect(bar).not_to_have_class("track held")


@pytest.mark.parametrize(("key", "end"), [("Home", -10), ("End", 10)])
def test_home_and_end_go_to_the_ends_of_the_axis_that_is_shown(page: Page, key: str, end: int) -> None:
    go(page, "/?z=7,0,0")
    ready(page)
    slider(page, "virginica").press(key)
    assert value_of(page, "virginica") == end
    page.wait_for_url(lambda url: f"z=7%2C0%2C{end}" in url)


@pytest.mark.parametrize("name", ["setosa raw output, as a number", "temperature, as a number"])
def test_an_emptied_number_box_puts_the_old_number_back_without_a_complaint(
    counted: tuple[Page, Reruns], name: str
) -> None:
    page, reruns = counted
    asked = reruns.count
    number = page.get_by_role("textbox", name=name)
    before = number.input_value()
    for nothing in ("", "  "):
        number.fill(nothing)
        number.press("Enter")
        expect(number).to_have_value(before)
        expect(page.get_by_role("alert").filter(has_text="not a number")).to_have_count(0)
    assert reruns.count == asked


@pytest.mark.parametrize("name", ["setosa raw output, as a number", "temperature, as a number"])
def test_a_click_into_a_number_box_selects_the_number(page: Page, name: str) -> None:
    go(page, "/?z=2.5,0,0&T=2.5")
    ready(page)
    number = page.get_by_role("textbox", name=name)
    number.click()
    page.keyboard.type(wide("3"))
    page.keyboard.press("Enter")
    expect(number).to_have_value("3.00" if "raw" in name else "3")


def test_a_finger_drags_the_point_and_beside_it_the_page_scrolls(open_page: Callable[..., Page]) -> None:
    page = opened(open_page("/iris", **PHONE))
    point(page).scroll_into_view_if_needed()
    before, at = place(page), scrolled(page)
    fingers = Fingers(page)
    x, y = middle(page.locator(".point .ring"))
    fingers.put((x, y))
    for step in range(1, 16):
        fingers.put((x - 3 * step, y + 6 * step))
    # The finger has moved further than the distance at which a browser would start to scroll.
    assert middle(page.locator(".point .ring")) == pytest.approx((x - 45, y + 90), abs=3)
    assert scrolled(page) == at
    fingers.put()
    page.wait_for_url(lambda url: "at=" in url)
    assert place(page) != before
    # Now the finger is on the plane, but not on the point.
    moved, (x, y) = place(page), middle(page.locator(".plane"))
    fingers.put((x + 100, y + 60))
    for step in range(1, 16):
        fingers.put((x + 100, y + 60 - 6 * step))
    fingers.put()
    until(page, "(at) => document.querySelector('[data-testid=stMain]').scrollTop > at + 20", arg=at)
    assert place(page) == moved


@pytest.mark.parametrize("query", ["flower=71", "at=1,3"])
def test_escape_during_the_drag_of_the_point_puts_it_back(page: Page, query: str) -> None:
    reruns = Reruns(page)
    opened(page, query)
    who, before, address = page.locator(".who").inner_text(), place(page), page.url
    reruns.count = 0
    x, y = middle(page.locator(".point .ring"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 30, steps=4)
    assert place(page) != before
    page.keyboard.press("Escape")
    assert place(page) == before
    page.mouse.move(x - 90, y, steps=2)
    page.mouse.up()
    expect(page.locator(".who")).to_have_text(who)
    assert (place(page), page.url, reruns.count) == (before, address, 0)


@pytest.mark.parametrize(
    ("key", "at"), [("Home", "0%2C3"), ("End", "2.6%2C3"), ("Shift+ArrowDown", "1%2C2.5")]
)
def test_keys_move_the_point_further(page: Page, key: str, at: str) -> None:
    opened(page, "at=1,3")
    point(page).press(key)
    page.wait_for_url(lambda url: f"at={at}" in url)
