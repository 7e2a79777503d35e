"""Every page prints cleanly: title, situation, numbers, whole charts; no controls and no dark colours."""

import html
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, expect

from core.situation.scenario import Scenario
from tests.browser.hands import until

DPI = 100
MARGIN = 10 / 25.4  # inches: two millimetres less than the margins of the paper
LEAST_HEIGHT = 965  # CSS pixels between the margins of Letter, the shorter paper
LEAST_WIDTH = 703  # CSS pixels between the margins of A4, the narrower paper
TEN = Scenario(
    classes=tuple(f"class {k}" for k in range(1, 11)), z=(2, 1, 0.5, -1, -2, 3, 0.25, -0.5, 1.5, -3)
)
TEN_IN_LINK = "z=" + ",".join(map(str, TEN.z))


class Sheet(NamedTuple):
    """A page to print, and what must be on it."""

    path: str
    title: str
    situation: Scenario | None
    charts: tuple[str, ...]
    pages: int
    width: int = 1400
    height: int = 900


DERIVATIVE = "The derivative of the probability of setosa with respect to the raw output of versicolor"
DESCENT = ("cross_entropy", "squared_error", "simplex")
SHEETS = {
    "Explore": Sheet(
        "/?T=0.5&wrt=versicolor", DERIVATIVE, Scenario(temperature=0.5), ("curve", "surface"), 1
    ),
    "Explore in 3D": Sheet(
        "/?view=3d&T=0.123&wrt=versicolor", DERIVATIVE, Scenario(temperature=0.123), ("curve", "surface"), 1
    ),
    "one step": Sheet("/derive?predict=off&wrt=versicolor&step=result", DERIVATIVE, Scenario(), (), 5),
    "all steps": Sheet("/derive?predict=off&wrt=versicolor&show=all", DERIVATIVE, Scenario(), (), 5),
    "Loss": Sheet("/descend", "Loss and gradient descent", Scenario(), DESCENT, 1),
    "Irises": Sheet(
        "/iris", "From an iris to its raw outputs, its loss and one weight", None, ("training",), 1
    ),
    "ten classes": Sheet(
        f"/?{TEN_IN_LINK}", DERIVATIVE.replace("setosa", "class 1").replace("versicolor", "class 1"), TEN,
        ("curve", "surface"), 2,
    ),
    "a phone's Explore": Sheet(
        "/?wrt=versicolor", DERIVATIVE, Scenario(), ("curve", "surface"), 1, 390, 844
    ),
    "a phone's Loss": Sheet(
        f"/descend?{TEN_IN_LINK}", "Loss and gradient descent", TEN, DESCENT, 2, 390, 844
    ),
}  # fmt: skip


class Word(NamedTuple):
    """A word on paper and its box, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def on(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The part of a picture that the word takes up."""
        left, top, right, bottom = (max(0, round(side * DPI / 72)) for side in self[1:])
        return picture[top : bottom + 1, left : right + 1]


class Printed(NamedTuple):
    """A sheet of paper: its text by lines, its words, its picture in grey and in colour."""

    text: str
    words: list[Word]
    light: NDArray[np.uint8]
    colour: NDArray[np.uint8]


def squeezed(text: str) -> str:
    """The text without spaces, because spaces on paper may differ."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def printed(page: Page, size: str, folder: Path) -> list[Printed]:
    """Print the page, and read what came out."""
    if not (shutil.which("pdftotext") and shutil.which("pdftoppm")) and not os.environ.get("CI"):
        pytest.skip("nothing reads PDF here (install Debian's poppler-utils)")
    pdf = folder / f"{size}.pdf"
    page.pdf(path=pdf, format=size)
    said = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout
    boxes = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", pdf, folder / size], check=True)
    pictures = sorted(folder.glob(f"{size}-*.png"))
    found = []
    for text, sheet, picture in zip(
        said.split("\f")[: len(pictures)], boxes.split("<page ")[1:], pictures, strict=True
    ):
        words = [
            Word(html.unescape(word), *map(float, box))
            for *box, word in re.findall(
                r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', sheet
            )
        ]
        with Image.open(picture) as image:
            light, colour = np.asarray(image.convert("L")), np.asarray(image.convert("RGB"))
        found.append(Printed(text, words, light, colour))
    return found


def labels_of_controls(page: Page) -> set[str]:
    """The texts on and above all controls, and in the sidebar."""
    places = page.locator(
        "[data-testid=stWidgetLabel], [data-testid=stSidebar], [data-testid=stTopNavLink], "
        "[data-testid=stPageLink], button:not([role=gridcell])"
    )
    lines = {line.strip() for text in places.all_inner_texts() for line in text.splitlines()}
    return {line for line in lines if re.search(r"[^\W\d_]{2}", line)}


def numbers_shown(page: Page) -> set[str]:
    """The numbers that the page's own parts show as text."""
    return {text for text in page.locator("[data-testid][data-value]:visible").all_inner_texts() if text}


def opened(open_page: Callable[..., Page], sheet: Sheet, theme: str) -> Page:
    page = open_page(sheet.path, width=sheet.width, height=sheet.height, color_scheme=theme)
    expect(
        page.locator("[data-part][data-ready], .board[data-ready], .iris[data-ready]").first
    ).to_be_visible()
    if sheet.path.startswith("/derive"):
        expect(page.locator(".steps[data-ready]")).to_be_attached()
    for key in sheet.charts:
        drawn = page.locator(f".st-key-{key}:not([data-retained]) .js-plotly-plot .main-svg").first
        expect(drawn).to_be_attached(timeout=30_000)
    if "3d" in sheet.path:
        expect(page.locator(".st-key-surface:not([data-retained]) canvas").first).to_be_attached(
            timeout=30_000
        )
    return page


CHARTS_ON_PAPER = """() => {
 const plots = [...document.querySelectorAll(".js-plotly-plot")].filter((plot) => plot._fullLayout);
 return plots.map((plot) => {
  const place = plot.closest("[data-testid=stElementContainer]");
  const box = (node) => node.getBoundingClientRect().toJSON();
  const picture = plot.querySelector("canvas.paper-picture");
  let ink = null;
  if (picture) {
    const { data } = picture.getContext("2d").getImageData(0, 0, picture.width, picture.height);
    ink = 0;
    const dark = (k) => Math.min(data[k], data[k + 1], data[k + 2]) < 200 && data[k + 3] > 0;
    for (let k = 0; k < data.length; k += 4) ink += dark(k);
    ink /= data.length / 4;
  }
  return {
    place: box(place),
    drawing: box(plot.querySelector(".main-svg")),
    whole: getComputedStyle(place).breakInside,
    scene: Boolean(plot._fullLayout.scene),
    ink,
    texts: [...plot.querySelectorAll(".main-svg text")].map((text) => text.textContent).filter(Boolean),
  };
 });
}"""


def charts_on_paper(page: Page) -> list[dict[str, Any]]:
    """The properties of each chart while the page is laid out for paper."""
    page.emulate_media(media="print")
    until(page, "() => Boolean(document.querySelector('.paper-heading'))")
    charts: list[dict[str, Any]] = page.evaluate(CHARTS_ON_PAPER)
    # "null" lets the browser decide again. With "screen" it would print the screen's layout.
    page.emulate_media(media="null")
    expect(page.locator(".paper-heading")).to_have_count(0)
    return charts


def assert_charts_are_whole(charts: list[dict[str, Any]], sheet: Sheet) -> None:
    assert len(charts) == len(sheet.charts)
    for chart in charts:
        place, drawing = chart["place"], chart["drawing"]
        assert chart["whole"] == "avoid"
        assert 100 < place["height"] <= LEAST_HEIGHT
        assert 100 < place["width"] <= LEAST_WIDTH
        for start, size in (("x", "width"), ("y", "height")):
            assert drawing[start] >= place[start] - 1
            assert drawing[start] + drawing[size] <= place[start] + place[size] + 2
    assert [chart["scene"] for chart in charts].count(True) == ("3d" in sheet.path)
    for chart in charts:
        assert chart["ink"] is None if not chart["scene"] else chart["ink"] > 0.08


def assert_black_on_white(paper: Printed) -> None:
    """The margins are bare, most of the paper is white, and every word is dark on light."""
    edge = round(MARGIN * DPI)
    bare = np.ones_like(paper.light, dtype=bool)
    bare[edge:-edge, edge:-edge] = False
    assert (paper.light[bare] == 255).all(), "something reaches into the margins"
    assert (paper.light > 240).mean() > 0.6
    assert (paper.light < 100).mean() > 0.001, "a sheet without ink"
    for word in paper.words:
        if re.search(r"\w{3}", word.text):
            under = word.on(paper.light)
            assert under.min() < 150, f"{word.text!r} is pale"
            assert under.max() > 140, f"{word.text!r} stands on something dark"


def assert_surface_has_ink(papers: list[Printed]) -> None:
    """Check that there is a coloured picture below the surface's title."""
    for paper in papers:
        titles = [word for word in paper.words if word.text == "derivative" and word.top > 40]
        if titles:
            left, top = round(titles[-1].left * DPI / 72), round(titles[-1].top * DPI / 72)
            under = paper.colour[top + 25 : top + 220, left : left + 280].astype(int)
            assert (np.ptp(under, axis=2) > 20).mean() > 0.04
            return
    raise AssertionError("the surface has no title")


@pytest.mark.parametrize(
    ("name", "theme"), [*((name, "dark") for name in SHEETS), ("Explore", "light"), ("Irises", "light")]
)
def test_a_page_prints_as_a_clean_sheet(
    open_page: Callable[..., Page], tmp_path: Path, name: str, theme: str
) -> None:
    sheet = SHEETS[name]
    page = opened(open_page, sheet, theme)
    labels, numbers = labels_of_controls(page), numbers_shown(page)
    labels -= set(sheet.situation.classes if sheet.situation else ())
    charts = charts_on_paper(page)
    assert_charts_are_whole(charts, sheet)
    for size in ("A4", "Letter"):
        papers = printed(page, size, tmp_path)
        assert len(papers) <= sheet.pages
        everything = squeezed("".join(paper.text for paper in papers))
        assert everything.startswith(squeezed(sheet.title))
        if sheet.situation:
            named = zip(sheet.situation.classes, sheet.situation.z, strict=True)
            outputs = ", ".join(f"{label} = {value:.2f}" for label, value in named).replace("-", "−")
            said = f"Raw outputs: {outputs}. Temperature {sheet.situation.temperature:.4g}."
            assert squeezed(said) in everything
        assert len(numbers) > 5
        assert {number for number in numbers if squeezed(number) not in everything} == set()
        lines = {line.strip() for paper in papers for line in paper.text.splitlines()}
        assert labels & lines == set()
        for chart in charts:
            # Single words are compared, because words beside an upright title are mixed with its own.
            texts = [squeezed(word) for text in chart["texts"] for word in text.split()]
            assert texts
            missing = [[word for word in texts if word not in squeezed(paper.text)] for paper in papers]
            assert [] in missing, f"a chart is not whole on one sheet: {missing}"
        for paper in papers:
            assert len(paper.words) > 8
            assert_black_on_white(paper)
        if sheet.charts and "surface" in sheet.charts:
            assert_surface_has_ink(papers)


def test_a_page_whose_charts_are_still_on_their_way_prints_without_an_empty_sheet(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page()
    expect(page.locator(".board[data-ready]")).to_be_visible()
    # Before plotly.js has arrived, the places of the charts exist, but not their drawings.
    page.locator("[data-testid=stPlotlyChart] .main-svg").first.wait_for(timeout=30_000)
    page.evaluate(
        """() => document.querySelectorAll(".js-plotly-plot").forEach((plot) => {
          plot.querySelectorAll(".main-svg").forEach((svg) => svg.remove());
          delete plot._fullLayout;
          plot.style.height = "3000px";
        })"""
    )
    papers = printed(page, "A4", tmp_path)
    assert len(papers) == 1
    assert "probability" in papers[0].text


def test_after_printing_the_screen_is_as_it_was(open_page: Callable[..., Page]) -> None:
    page = opened(open_page, SHEETS["Explore in 3D"], "dark")
    look = """() => [
      document.querySelectorAll('[class^=paper-], [class*=" paper-"]').length,
      ...[...document.querySelectorAll("[data-testid=stElementContainer]")].map((node) => node.style.cssText),
    ]"""
    before = page.evaluate(look)
    charts_on_paper(page)
    page.pdf(format="A4")
    assert page.evaluate(look) == before
    expect(page.locator(".st-key-surface canvas").first).to_be_visible()


def test_what_streamlit_measures_is_on_paper_as_large_as_on_the_screen(
    open_page: Callable[..., Page],
) -> None:
    page = opened(open_page, SHEETS["Explore"], "light")
    frames = """() => [...document.querySelectorAll("[data-testid=stFullScreenFrame]:has(.js-plotly-plot)")]
      .map((frame) => frame.getBoundingClientRect()).map(({ width, height }) => [width, height])"""
    before = page.evaluate(frames)
    assert len(before) == 2
    page.emulate_media(media="print")
    until(page, "() => Boolean(document.querySelector('.paper-heading'))")
    # If it were smaller, Streamlit would draw the charts anew while the browser asks how to print.
    np.testing.assert_allclose(page.evaluate(frames), before, atol=1)


def test_where_predictions_are_open_paper_gives_nothing_away(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/derive?wrt=versicolor&show=all")
    expect(page.locator(".steps[data-ready]")).to_be_attached()
    everything = squeezed("".join(paper.text for paper in printed(page, "A4", tmp_path)))
    assert squeezed(DERIVATIVE) in everything
    assert "0.075" not in everything
    assert "0.684" in everything
