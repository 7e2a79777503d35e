"""The layout on projector and phone, light and dark, with and without 3D, with and without motion."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import (
    box_of,
    chart,
    charts_ready,
    eventually,
    held,
    pull,
    ready,
    remember_charts,
    slider,
    until,
    value_of,
    visit,
    wait_for_pythons_charts,
)

TEN = "z=0,1,2,3,4,-1,-2,-3,-4,0.5"


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1280, 720, "light"), (1280, 720, "dark"), (1400, 900, "light")]
)
def test_board_line_curve_and_surface_are_all_on_screen_at_once(
    open_page: Callable[..., Page], width: int, height: int, scheme: str
) -> None:
    page = charts_ready(open_page("", width=width, height=height, color_scheme=scheme))
    for z in ("1.43,-0.4,0.23", TEN.removeprefix("z="), "1,0"):
        visit(page, f"/?z={z}")
        expect(page.locator(".board").get_by_role("slider")).to_have_count(z.count(",") + 1)
        places = [
            page.locator(".board"),
            page.get_by_test_id("formula-line"),
            chart(page, "curve"),
            chart(page, "surface"),
        ]
        for place in places:
            expect(place).to_be_visible()
            # A chart may be replaced by a new one at any moment.
            eventually(page, partial(_is_within, place, height))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


# Where the curve begins, if it is there now.
TOP_OF_CURVE = """() => document.querySelector(".st-key-curve .js-plotly-plot")?.getBoundingClientRect().y"""


@pytest.mark.parametrize("width", [1400, 1280])
def test_what_is_below_the_board_stays_in_place_while_the_temperature_changes(
    open_page: Callable[..., Page], width: int
) -> None:
    page = charts_ready(open_page("", width=width, height=900))
    before = until(page, TOP_OF_CURVE)
    bar = page.get_by_role("slider", name="temperature")
    for key in ("ArrowLeft", "Home", "End"):
        bar.press(key)
        expect(page.locator(".formula")).to_contain_text("/ T")
        # After each commit Streamlit puts a new chart in place of the old one; in between there is none.
        top = until(page, TOP_OF_CURVE)
        assert top == before


def _is_within(place: Locator, height: int) -> None:
    box = box_of(place)
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= height


@pytest.mark.parametrize("query", ["", f"?{TEN}"], ids=["3 classes", "10 classes"])
def test_a_phone_needs_no_sideways_scrolling_and_keeps_the_derivative_in_view(
    open_page: Callable[..., Page], query: str
) -> None:
    page = ready(open_page(query, width=390, height=844, has_touch=True, is_mobile=True))
    # A phone would zoom out a page that is too wide, so the widths of its elements are checked too.
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("window.innerWidth") == 390
    line = page.get_by_test_id("formula-line")
    for k, bar in enumerate(page.locator(".board").get_by_role("slider").all()):
        bar.scroll_into_view_if_needed()
        box = box_of(bar)
        assert box["width"] >= 100
        assert box["height"] >= 44
        # A row may begin at a fraction of a pixel, and the page scrolls by whole ones.
        expect(bar).to_be_in_viewport(ratio=0.99)
        expect(page.get_by_test_id(f"probability-{k}")).to_be_in_viewport(ratio=0.99)
        expect(line).to_be_in_viewport(ratio=0.99)


# The boxes, in pixels, of the numbers beside points, of the chart's titles, and of the chart.
_BOXES = """(chart) => {
  const box = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  const titles = [...chart.querySelectorAll(".annotation-text, .g-xtitle text, .g-ytitle text")];
  const numbers = [...chart.querySelectorAll(".textpoint text")];
  return { numbers: numbers.map(box), titles: titles.map(box), all: box(chart) };
}"""
# Firefox writes the same text 6 px wider.
_WIDER = 6


def assert_numbers_stand_free(chart: Locator) -> None:
    found = chart.evaluate(_BOXES)
    assert found["numbers"]
    for number in found["numbers"]:
        assert found["all"]["left"] + _WIDER <= number["left"]
        assert number["right"] + _WIDER <= found["all"]["right"]
        for title in found["titles"]:
            beside = number["right"] <= title["left"] or title["right"] <= number["left"]
            assert beside or number["bottom"] <= title["top"] + 2 or title["bottom"] - 2 <= number["top"]


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (320, 640)])
def test_no_number_at_a_point_lies_on_a_title_or_leaves_its_chart(
    open_page: Callable[..., Page], width: int, height: int
) -> None:
    page = charts_ready(open_page("", width=width, height=height))
    for query in ("z=1,45,0", "z=-45,-45,0&wrt=versicolor", "z=45,45,0&over=versicolor", TEN):
        remember_charts(page)
        visit(page, f"/?{query}")
        wait_for_pythons_charts(page)
        for key in ("curve", "surface"):
            eventually(page, partial(assert_numbers_stand_free, chart(page, key)))


def test_a_number_turns_while_its_point_is_dragged_and_stays_there_once_it_is_let_go(
    open_page: Callable[..., Page],
) -> None:
    page = charts_ready(open_page("", width=1280, height=720))
    remember_charts(page)
    with held(page, "versicolor"):
        pull(page, "versicolor", 150)
        eventually(page, lambda: assert_numbers_stand_free(chart(page, "surface")))
        assert value_of(page, "versicolor") > 4
        before = chart(page, "surface").evaluate(_BOXES)["numbers"]
    wait_for_pythons_charts(page)
    assert value_of(page, "versicolor") < 4.75, "the axes must be the same to compare places on them"
    after = chart(page, "surface").evaluate(_BOXES)["numbers"]
    assert after[0]["left"] == pytest.approx(before[0]["left"], abs=2)
    assert after[0]["top"] == pytest.approx(before[0]["top"], abs=2)


def test_without_webgl_the_surface_is_drawn_as_contours_with_a_plain_word_why(
    page: Page,
) -> None:
    page.add_init_script(
        """const real = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return /webgl/.test(kind) ? null : real.call(this, kind, ...rest);
        };"""
    )
    page.goto("/?view=3d")
    charts_ready(page)
    expect(page.get_by_text("this browser cannot draw 3D")).to_be_visible()
    assert chart(page, "surface").evaluate("(chart) => chart.data[0].type") == "contour"
    with held(page, "setosa"):
        pull(page, "setosa", 30)
    page.wait_for_url(lambda url: "z=" in url)


def test_with_reduced_motion_nothing_glides(open_page: Callable[..., Page]) -> None:
    page = ready(open_page("", reduced_motion="reduce"))
    moving = slider(page, "setosa").locator(".rail")
    assert moving.evaluate("(node) => getComputedStyle(node).transitionDuration") == "0s"
    still = ready(open_page("", reduced_motion="no-preference"))
    glides = slider(still, "setosa").locator(".rail")
    assert glides.evaluate("(node) => getComputedStyle(node).transitionDuration") != "0s"


def test_charts_take_the_room_of_a_window_that_has_become_larger(open_page: Callable[..., Page]) -> None:
    wanted = charts_ready(open_page(""))
    page = charts_ready(open_page("", width=1024, height=768))

    def height(shown: Page) -> float:
        return box_of(chart(shown, "curve"))["height"]

    def fills() -> None:
        assert height(page) == height(wanted)

    with pytest.raises(AssertionError):
        fills()
    page.set_viewport_size({"width": 1400, "height": 900})
    eventually(page, fills)
    # The board knows it, too, and asks for nothing more.
    assert page.locator(".board").get_attribute("data-window") == "1400,900"
