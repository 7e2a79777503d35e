"""A teacher leads a class: large type in every window, keys, hiding and revealing, pointing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import chart, eventually, go, held, pull, slider, until, value_of

TYPE_SIZES = (Path(__file__).parent / "type_sizes.js").read_text(encoding="utf-8")
TEN = "classes=zero,one,two,three,four,five,six,seven,eight,nine&z=-1.5,2.5,0.25,3.5,-2,1,-0.5,4,0.75,3"
LONG = "classes=a name of 24 characters.,another one that is long,b&z=1,2,3"
SCENES = (
    "/?present=on",
    f"/?present=on&{TEN}&of=seven&wrt=three",
    f"/?present=on&{LONG}",
    f"/?present=on&stage=on&T=0.05&{LONG}",
    f"/?present=on&stage=on&{TEN}",
    "/derive?present=on&step=result",
    f"/derive?present=on&step=softmax&read=numbers&{TEN}&of=seven&wrt=three",
    "/descend?present=on",
    f"/descend?present=on&{TEN}&T=0.5",
    f"/descend?present=on&why=on&{LONG}&T=0.5",
    "/descend?present=on&why=on&label=0.8&T=0.5",
    "/iris?present=on",
    "/iris?present=on&flower=71&weight=3-2&trained=300&way=8",
)
CHARTS = {"/": "surface", "/derive": None, "/descend": "cross_entropy", "/iris": None}
PARTS = {"/": "board", "/derive": "steps", "/descend": "loss", "/iris": "iris"}


def present(page: Page, path: str) -> Page:
    """Open a scene and wait until it is drawn for this window."""
    go(page, path)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".lesson[data-ready]")).to_be_attached()
    expect(page.locator(f".{PARTS[path.partition('?')[0]]}[data-ready]")).to_be_visible()
    # Python has drawn the page for this window.
    size = page.viewport_size or {"width": 0, "height": 0}
    first = page.locator(".board[data-ready], .iris[data-ready]")
    expect(first).to_have_attribute("data-window", f"{size['width']},{size['height']}")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    key = CHARTS[path.partition("?")[0]]
    if "stage=on" in path and TEN in path:
        # The stage between leaves no room for charts.
        expect(page.locator(f".st-key-{key}")).to_have_count(0)
    elif key:
        expect(chart(page, key)).to_be_visible()
    return page


def written(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(TYPE_SIZES)
    assert len(found) > 12
    return found


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1280, 720, "light"), (1920, 1080, "dark"), (1024, 768, "light")]
)
def test_the_back_row_reads_everything_and_nothing_scrolls(
    loaded: Page, width: int, height: int, scheme: Any
) -> None:
    loaded.set_viewport_size({"width": width, "height": height})
    loaded.emulate_media(color_scheme=scheme)
    unit = min(width / 1280, height / 720)
    for scene in SCENES:
        present(loaded, scene)

        def fits(scene: str = scene) -> None:
            found = written(loaded)
            least = [one for one in found if one["size"] < (16 if one["index"] else 24) * unit - 0.3]
            assert least == [], scene
            beyond = [one for one in found if one["bottom"] > height + 1 or one["right"] > width + 1]
            assert beyond == [], scene
            main = loaded.get_by_test_id("stMain")
            assert main.evaluate("(main) => main.scrollHeight <= main.clientHeight + 1"), scene
            assert max(one["bottom"] for one in found) > 0.45 * height, f"{scene} leaves the window empty"

        eventually(loaded, fits)


def test_the_keys_lead_through_presets_steps_and_classes(open_page: Callable[..., Page]) -> None:
    # A session that has begun with other raw outputs is at no preset, so this needs a new one.
    page = open_page("/", width=1280, height=720)
    press = page.keyboard.press
    expect(page.locator(".lesson[data-ready]")).to_be_attached()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    # While someone types, a letter is a letter.
    box = page.get_by_role("textbox", name="setosa raw output, as a number")
    box.click()
    press("p")
    press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    press("p")
    page.wait_for_url(re.compile("present=on"))
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    press("2")
    page.wait_for_url(re.compile("of=versicolor"))
    press("Shift+3")
    page.wait_for_url(re.compile("wrt=virginica"))
    press("PageDown")
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "0")
    press("PageUp")
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "1.43")
    with held(page, "setosa"):
        pull(page, "setosa", 40)
        moved = value_of(page, "setosa")
        # While something is dragged, no key acts.
        press("z")
        press("PageDown")
    page.wait_for_url(re.compile(rf"z={moved}"))
    press("z")
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "1.43")
    press("f")
    until(page, "() => document.fullscreenElement !== null")
    press("f")
    until(page, "() => document.fullscreenElement === null")
    press("?")
    card = page.get_by_role("dialog", name="Keys")
    expect(card).to_contain_text("Page Down")
    press("Escape")
    expect(card).to_be_hidden()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    present(page, "/derive?present=on")
    press("PageDown")
    expect(page.get_by_text("Step 2 of 12")).to_be_visible()
    press("PageUp")
    expect(page.get_by_text("Step 1 of 12")).to_be_visible()
    present(page, "/descend?present=on")
    press("PageDown")
    expect(page.get_by_text("1 step taken.")).to_be_visible()
    press("ArrowRight")
    expect(page.get_by_text("2 steps taken.")).to_be_visible()
    press("ArrowLeft")
    expect(page.get_by_text("1 step taken.")).to_be_visible()
    present(page, "/iris?present=on&trained=100")
    press("PageDown")
    expect(page.get_by_text("110 of 600 steps")).to_be_visible()


def test_what_is_hidden_is_revealed_one_by_one_or_all_at_once(loaded: Page) -> None:
    page, press = loaded, loaded.keyboard.press
    present(page, "/?present=on&hide=probability-numbers,jacobian,formula,curve&wrt=versicolor")
    cell, other = page.get_by_test_id("jacobian-0-1"), page.get_by_test_id("jacobian-2-2")
    probability, bar = page.get_by_test_id("probability-0"), slider(page, "setosa")
    line = page.get_by_test_id("formula-line")
    for hidden in (cell, other, probability, page.get_by_test_id("row-sum-0")):
        expect(hidden).to_have_text("?")
        expect(hidden).to_have_attribute("data-value", "")
    assert "0." not in line.inner_text()
    expect(bar).to_have_attribute("aria-valuetext", re.compile("probability hidden"))
    expect(page.get_by_role("button", name="Show the curve")).to_be_visible()
    expect(page.locator(".st-key-curve")).to_have_count(0)
    cell.click()
    expect(cell).to_have_text("−0.075")
    expect(other).to_have_text("?")
    page.wait_for_url(re.compile("shown=j1-2"))
    # A sum is hidden with any of its cells.
    expect(page.get_by_test_id("row-sum-0")).to_have_text("?")
    # Without a mouse, too; a screen reader hears what was revealed.
    probability.focus()
    press("Enter")
    expect(probability).to_have_text("0.684")
    expect(page.get_by_role("status").filter(has_text="Revealed: 0.684")).to_be_attached()
    expect(page.get_by_test_id("probability-1")).to_have_text("?")
    # What is revealed follows a drag.
    with held(page, "setosa"):
        pull(page, "setosa", 30)
        expect(probability).not_to_have_text("0.684")
        expect(other).to_have_text("?")
    press("Escape")
    press("h")
    expect(other).not_to_have_text("?")
    expect(line).to_contain_text("0.")
    expect(chart(page, "curve")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Everything is revealed.")).to_be_attached()
    page.wait_for_url(re.compile("shown=all"))
    press("h")
    expect(cell).to_have_text("?")
    page.get_by_role("button", name="Show the curve").click()
    expect(chart(page, "curve")).to_be_visible()
    expect(cell).to_have_text("?")


def test_what_the_teacher_points_at_stands_out_with_all_that_belongs_to_it(loaded: Page) -> None:
    page = loaded
    present(page, "/?present=on")
    back = re.compile("steps-back")
    cell, other = page.get_by_test_id("jacobian-0-1"), page.get_by_test_id("jacobian-2-2")
    cell.click()
    expect(other).to_have_class(back)
    expect(cell).not_to_have_class(back)
    rows = page.locator(".bars .row[data-belongs]")
    expect(rows.nth(0)).not_to_have_class(back)
    expect(rows.nth(2)).to_have_class(back)
    page.locator(".bars .name", has_text="virginica").click()
    expect(rows.nth(2)).not_to_have_class(back)
    expect(other).not_to_have_class(back)
    expect(page.get_by_test_id("jacobian-0-0")).to_have_class(back)
    page.keyboard.press("Escape")
    expect(page.locator(".steps-back")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    # A term of the formula; outside presenter mode a click only chooses.
    page.locator(".formula .term").last.click()
    expect(rows.nth(0)).to_have_class(back)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    other.click()
    expect(page.locator(".steps-back")).to_have_count(0)


def test_after_presenting_the_icon_for_help_is_as_large_as_before(loaded: Page) -> None:
    page = present(loaded, "/?present=on")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    icon = page.locator(".st-key-quantity").get_by_test_id("stTooltipIcon").locator("svg")
    # Streamlit writes 26 pixels of presenter mode into it.
    expect(icon).to_have_css("width", "15px")
    expect(icon).to_have_css("height", "15px")


def test_the_page_fits_again_when_the_window_was_larger_while_presenting(page: Page) -> None:
    page.goto("/")
    expect(chart(page, "curve")).to_be_visible()
    before = chart(page, "curve").bounding_box()
    present(page, "/?present=on")
    page.set_viewport_size({"width": 1800, "height": 1000})
    expect(page.locator(".board[data-ready]")).to_have_attribute("data-window", "1800,1000")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.set_viewport_size({"width": 1400, "height": 900})

    def fits() -> None:
        assert chart(page, "curve").bounding_box() == before

    eventually(page, fits)


def test_beside_the_steps_the_names_of_the_irises_are_whole(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    present(page, "/derive?present=on&step=result")
    names = page.locator(".board :is(.col, .row-name .label)")
    expect(names).to_have_count(6)
    assert names.evaluate_all("(names) => names.every((name) => name.scrollWidth <= name.clientWidth)")
