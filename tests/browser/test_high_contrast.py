"""Everything stays visible in Windows' high contrast, which replaces every colour, and at a zoom of 400 %."""

import io
from collections import Counter
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.hands import box_of, ready, slider

Colour = tuple[int, ...]


def frame(element: Locator, depth: int) -> Colour:
    """The most common colour at `depth` pixels inside an element's edge; a depth below 0 is outside it."""
    element.scroll_into_view_if_needed()
    box = box_of(element)
    clip: FloatRect = {
        "x": box["x"] - 4,
        "y": box["y"] - 4,
        "width": box["width"] + 8,
        "height": box["height"] + 8,
    }
    picture = Image.open(io.BytesIO(element.page.screenshot(clip=clip, animations="disabled"))).convert("RGB")

    def pixel(x: int, y: int) -> Colour:
        colour = picture.getpixel((x, y))
        assert isinstance(colour, tuple)
        return colour

    wide, high = picture.size
    at = depth + 4
    xs, ys = range(at, wide - at), range(at, high - at)
    pixels = [pixel(x, y) for x in xs for y in (at, high - 1 - at)]
    pixels += [pixel(x, y) for y in ys for x in (at, wide - 1 - at)]
    return Counter(pixels).most_common(1)[0][0]


def assert_stands_out(chosen: Locator, other: Locator, depth: int) -> None:
    ring, plain = frame(chosen, depth), frame(other, depth)
    assert sum(abs(a - b) for a, b in zip(ring, plain, strict=True)) > 150, (ring, plain)


@pytest.fixture(params=["light", "dark"])
def forced(open_page: Callable[..., Page], request: pytest.FixtureRequest) -> Callable[[str], Page]:
    def open_(path: str) -> Page:
        return open_page(path, forced_colors="active", color_scheme=request.param)

    return open_


def test_with_forced_colours_bars_and_choices_of_explore_can_be_seen(forced: Callable[[str], Page]) -> None:
    page = ready(forced("/?wrt=versicolor"))
    expect(page.get_by_role("radio", name="3D", exact=True)).to_be_visible()
    assert_stands_out(page.get_by_test_id("jacobian-0-1"), page.get_by_test_id("jacobian-1-2"), depth=1)
    chosen = page.get_by_role("radio", name="Contours", exact=True)
    assert_stands_out(chosen, page.get_by_role("radio", name="3D", exact=True), depth=3)
    # Each track has a visible edge, and each bar and knob a visible body.
    paper = frame(page.get_by_test_id("formula-line"), depth=-3)
    for bar in (slider(page, "setosa"), page.get_by_role("slider", name="temperature")):
        assert {frame(bar, depth) for depth in (-2, -1)} != {paper}
        assert frame(bar.locator(".bar"), depth=2) != paper
        assert frame(bar.locator(".knob"), depth=0) != paper
    assert frame(page.locator(".fill").first.locator(".."), depth=-1) != paper
    # Focus is visible on our controls and on Streamlit's.
    for control in (
        slider(page, "setosa"),
        page.get_by_role("slider", name="temperature"),
        page.get_by_test_id("jacobian-0-1"),
        page.get_by_role("button", name="Reset"),
        page.get_by_role("button", name="Copy link"),
        chosen,
    ):
        control.scroll_into_view_if_needed()
        before = control.evaluate("(node) => getComputedStyle(node).outline")
        page.keyboard.press("Shift")  # the last input came from the keyboard, so focus is shown
        control.focus()
        assert control.evaluate("(node) => parseFloat(getComputedStyle(node).outlineWidth)") >= 2
        assert control.evaluate("(node) => getComputedStyle(node).outline") != before


def test_with_forced_colours_the_choices_of_the_other_pages_can_be_seen(
    forced: Callable[[str], Page],
) -> None:
    page = forced("/derive?predict=off&show=all&step=check&read=names")
    expect(page.get_by_test_id("all-2-2")).to_be_visible()
    names = page.get_by_role("radio", name="Class names")
    assert_stands_out(names, page.get_by_role("radio", name="Symbols"), depth=3)
    cell = page.locator(".table .cell")
    assert_stands_out(cell.nth(0), cell.nth(1), depth=1)
    page.goto("/derive?step=factor")
    page.get_by_role("radio", name="Negative", exact=True).click()
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    negative, positive = (
        page.get_by_role("radio", name=name, exact=True) for name in ("Negative", "Positive")
    )
    assert_stands_out(negative, positive, depth=3)
    switch = page.get_by_test_id("stCheckbox").locator("label > div").first
    on = frame(switch, depth=3)
    page.get_by_text("Predict first").click()
    expect(page.get_by_role("switch", name="Predict first")).not_to_be_checked()
    expect(page.get_by_text("Your prediction", exact=True)).to_have_count(0)
    page.mouse.move(0, 0)
    assert frame(switch, depth=3) != on
    page.goto("/descend")
    expect(page.get_by_role("radio", name="Squared error")).to_be_visible()
    chosen = page.get_by_role("radio", name="Cross-entropy")
    assert_stands_out(chosen, page.get_by_role("radio", name="Squared error"), depth=3)


def test_the_sentence_is_pinned_only_where_there_is_height_for_it(open_page: Callable[..., Page]) -> None:
    for height, pinned in ((844, "sticky"), (256, "static")):
        page = ready(open_page("", width=390 if height > 500 else 320, height=height))
        line = page.get_by_test_id("formula-line")
        assert line.evaluate("(node) => getComputedStyle(node).position") == pinned
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # A bar and its number are completely visible at a zoom of 400 %.
    bar = slider(page, "versicolor")
    bar.scroll_into_view_if_needed()
    expect(bar).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("probability-1")).to_be_in_viewport(ratio=1)
