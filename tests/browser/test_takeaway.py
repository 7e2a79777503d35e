"""Charts and board can be taken away as files, made in the browser as they are shown."""

import io
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from core.handout.table import situation_csv
from core.situation.scenario import Scenario
from tests.browser.hands import charts_ready, go
from ui.handout.board_picture import board_svg

NOW = Scenario(("<b>x</b> & $y$", "=1+1", "c"), (1.5, -0.5, 0.25), 2.0, 0, 1)
SVG = "{http://www.w3.org/2000/svg}"


def taken(page: Page, button: str, name: str) -> bytes:
    """The file that a button downloads, which must have this name."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    assert download.value.suggested_filename == name
    return Path(download.value.path()).read_bytes()


def picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == "PNG"
    return image.convert("RGB")


def test_pictures_and_numbers_are_downloaded_as_they_are_shown(
    fresh_page: Page, console_problems: list[str]
) -> None:
    page = fresh_page
    page.emulate_media(color_scheme="dark")
    charts_ready(go(page, f"/?{urlencode(NOW.to_query())}"))
    shown = page.locator(".st-key-curve .js-plotly-plot .main-svg").first.bounding_box()
    assert shown
    page.get_by_role("button", name="Take away").click()
    expect(page.locator("[data-part=takeaway][data-ready]")).to_be_visible()

    curve = picture(taken(page, "Curve as PNG", "softmax-curve.png"))
    assert curve.size == (round(2 * shown["width"]), round(2 * shown["height"]))
    # The background is that of the dark page, and there is a blue curve upon it.
    assert curve.getpixel((1, 1)) == (0x12, 0x13, 0x15)
    pixels = np.asarray(curve).astype(int)
    assert (np.abs(pixels - (0x23, 0x64, 0xCF)).max(axis=2) < 8).sum() > 500

    drawing = ET.fromstring(taken(page, "Curve as SVG", "softmax-curve.svg"))  # noqa: S314
    texts = {"".join(text.itertext()) for text in drawing.iter(f"{SVG}text")}
    assert {"probability of <b>x</b> & $y$", "raw output of =1+1"} <= texts
    heights = [text for text in texts if text.startswith("−0.")]
    assert len(heights) == 2

    board = board_svg(NOW)
    assert taken(page, "Board as SVG", "softmax-board.svg").decode() == board
    size = ET.fromstring(board).attrib  # noqa: S314
    whole = picture(taken(page, "Board as PNG", "softmax-board.png"))
    assert whole.size == (2 * int(size["width"]), 2 * int(size["height"]))
    assert whole.getpixel((1, 1)) == (255, 255, 255)
    assert (np.asarray(whole).min(axis=2) < 100).mean() > 0.02

    assert taken(page, "Numbers (CSV)", "softmax-situation.csv").decode() == situation_csv(NOW)
    expect(page.get_by_role("status").filter(has_text="softmax-board.png is downloaded.")).to_be_visible()

    # A chart that is not there costs a sentence.
    page.evaluate("document.querySelector('.st-key-curve .js-plotly-plot').remove()")
    page.get_by_role("button", name="Curve as PNG").click()
    expect(page.get_by_text("Curve: this picture could not be made.")).to_be_visible()
    assert "the chart curve is not drawn yet" in console_problems.pop()


def test_the_drawings_of_the_irises_are_files_that_stand_alone(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/iris")
    expect(page.locator(".st-key-training .main-svg").first).to_be_visible()
    page.get_by_role("button", name="Take away").click()
    expect(page.locator("[data-part=takeaway][data-ready]")).to_be_visible()

    network = ET.fromstring(taken(page, "Network as SVG", "softmax-network.svg"))  # noqa: S314
    texts = {"".join(text.itertext()) for text in network.iter(f"{SVG}text")}
    assert {"scaled inputs", "softmax", "3.045", "0.935"} <= texts
    # Everything that the style sheets say stands in the file.
    assert all("font-size" in text.attrib["style"] for text in network.iter(f"{SVG}text"))

    plane = picture(taken(page, "Plane of the flowers as PNG", "softmax-plane.png"))
    shown = page.locator(".plane svg").bounding_box()
    assert shown
    assert plane.size == (2 * round(shown["width"]), 2 * round(shown["height"]))
    pixels = np.asarray(plane).astype(int)
    # The regions behind the flowers are in it, and the flowers in the colours of their classes.
    for colour in ((0x23, 0x64, 0xCF), (0xA8, 0x40, 0x6F), (0x94, 0x96, 0x20)):
        assert (np.abs(pixels - colour).max(axis=2) < 8).sum() > 300
    assert (pixels.min(axis=2) < 240).mean() > 0.6
