"""The mark of the peak and its words keep clear of everything else, and come back from beyond the axis."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import chart, eventually, go, held, pull

# The two texts of the lower half: its title, and the words about the peak.
BOXES = """(chart) => {
  const box = (node) => { const { left, right, top, bottom } = node.getBoundingClientRect();
    return { left, right, top, bottom }; };
  const find = (css, text) => [...chart.querySelectorAll(css)].find((n) => n.textContent.includes(text));
  return { title: box(find(".annotation text", "its derivative")), chart: box(chart),
    words: box([...chart.querySelectorAll(".textpoint text")].find((n) => /highest|lowest|1\\/\\(4T/.test(
      n.textContent))) };
}"""


@pytest.mark.parametrize(
    ("path", "width", "height", "scheme"),
    [
        ("/?T=0.05", 1280, 720, "light"),
        ("/?T=0.3&present=on&classes=yes,no&z=2,-1", 1280, 720, "light"),
        ("/?T=0.3", 390, 844, "dark"),
        ("/?T=0.3", 980, 700, "light"),
    ],
)
def test_the_words_about_the_peak_have_room_beside_the_title(
    open_page: Callable[..., Page], path: str, width: int, height: int, scheme: str
) -> None:
    page = open_page(path, width=width, height=height, color_scheme=scheme)
    curve = chart(page, "curve")
    expect(curve).to_be_visible()

    def clear() -> None:
        found = curve.evaluate(BOXES)
        title, words = found["title"], found["words"]
        assert title["right"] + 4 < words["left"]
        assert words["right"] <= found["chart"]["right"]
        # They stand in one line.
        assert abs((title["top"] + title["bottom"]) - (words["top"] + words["bottom"])) < 8

    eventually(page, clear)


def test_a_peak_from_beyond_the_axis_is_marked_as_soon_as_it_is_on_it(loaded: Page) -> None:
    page = go(loaded, "/?z=0,4.7,4.7")
    curve = chart(page, "curve")
    words = curve.locator(".textpoint text", has_text="highest")
    expect(words).to_have_text("highest at 5.393 →")
    # The corner of the dotted lines in each half.
    seen = """(chart) => ["probability", "derivative"].map((half) => {
      const { uid } = chart._fullData.find(
        ({ meta }) => meta?.live === "curve-peak" && meta.quantity === half);
      const at = chart.querySelectorAll(`.trace${uid} .points path`)[1].getBoundingClientRect();
      const { left, right } = chart.querySelector(".gridlayer").getBoundingClientRect();
      return at.width > 0 && at.left > left && at.right < right + 8;
    })"""
    assert curve.evaluate(seen) == [False, False]
    with held(page, "versicolor"):
        pull(page, "versicolor", -60)
        expect(words).to_have_text("highest: 1/4 at p = 1/2")
        assert curve.evaluate(seen) == [True, True]
        page.keyboard.press("Escape")
        expect(words).to_have_text("highest at 5.393 →")
        assert curve.evaluate(seen) == [False, False]
