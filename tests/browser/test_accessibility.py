"""In our own parts axe-core finds no fault for people with disabilities, and nothing is too small to press.

The tests open every page in its different states: first and last, few classes and ten, wide and on a
phone, light and dark, with notices, lists and popovers.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.hands import charts_ready

OPTIONS: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    # Reporting the nodes without a fault, too, would take axe twice as long.
    "resultTypes": ["violations"],
}
# Faults of Streamlit's own markup, which the app cannot mend: rule, place, and why.
STREAMLITS = [
    # Streamlit draws open lists at the end of the body, outside every landmark.
    ("region", "[data-testid=stSelectboxVirtualDropdown]"),
    # Only Chromium's and Firefox's own keys scroll Streamlit's block of code; its button copies all of it.
    ("scrollable-region-focusable", "[data-testid=stCode]"),
]
TEN = "z=0,1,2,3,4,-1,-2,-3,-4,0.5"
PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1280, "height": 720}
LEAST = 24  # CSS pixels, WCAG 2.5.8

# Every visible control by name and size. A label that presses its control counts as part of the control.
TARGETS = """() => {
  const pressed = `a[href], button, input, select, textarea, summary, [role=slider], [role=button],
    [role=option], [role=radio], [role=checkbox], [role=switch], [role=tab], [role=combobox]`;
  const found = [];
  const hidden = (node) => {
    for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) {
      const { width, height } = at.getBoundingClientRect();
      if (getComputedStyle(at).display !== "contents" && width <= 1 && height <= 1) return true;
    }
    return !node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (!node.matches(pressed)) continue;
      const target = (node.matches("input") && node.closest("label")) || node;
      const { width, height, right } = target.getBoundingClientRect();
      if (right <= 0 || hidden(target)) continue;
      found.push({ name: node.getAttribute("aria-label") ?? node.textContent.trim(), width, height });
    }
  };
  walk(document);
  return found;
}"""


def wrong(page: Page, state: str) -> list[str]:
    """The faults of a page in this state, in words."""
    told = []
    for violation in Axe().run(page, options=OPTIONS).response["violations"]:
        for node in violation["nodes"]:
            ours = not any(
                violation["id"] == rule and _inside(page, node["target"], place) for rule, place in STREAMLITS
            )
            if ours:
                told.append(f"{state}: {violation['id']}: {node['target']} {node['failureSummary']}")
    targets = page.evaluate(TARGETS)
    assert len(targets) > 5, state
    told += [
        f"{state}: “{target['name'][:60]}” is {target['width']:.1f} by {target['height']:.1f} px"
        for target in targets
        if min(target["width"], target["height"]) < LEAST - 0.01
    ]
    return told


def _inside(page: Page, target: list[Any], place: str) -> bool:
    return isinstance(target[0], str) and bool(
        page.evaluate("([at, place]) => document.querySelector(at)?.closest(place)", [target[0], place])
    )


def explore(open_page: Callable[..., Page]) -> Iterator[tuple[Page, str]]:
    page = charts_ready(open_page("?of=nobody"))
    page.get_by_text("Class names", exact=True).click()
    expect(page.get_by_label("Class 3", exact=True)).to_be_visible()
    yield page, "a notice and the names"
    page.get_by_role("combobox", name="Probability of").click()
    expect(page.get_by_role("option")).to_have_count(3)
    page.emulate_media(color_scheme="dark")
    yield page, "an open list, dark"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Take away").click()
    expect(page.get_by_role("button", name="Board as SVG")).to_be_visible()
    yield page, "what to take away, dark"
    page.close()
    page = charts_ready(open_page(f"?{TEN}&T=0.5"))
    slider = page.get_by_role("textbox", name="class 1 raw output, as a number")
    slider.fill("many")
    slider.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="many")).to_be_visible()
    yield page, "ten classes and a complaint"
    page.close()
    page = charts_ready(open_page(f"?{TEN}", **PHONE, color_scheme="dark", has_touch=True, is_mobile=True))
    yield page, "ten classes on a phone, dark"


def present(open_page: Callable[..., Page]) -> Iterator[tuple[Page, str]]:
    page = charts_ready(open_page("?present=on&hide=jacobian,probability-numbers,formula", **PROJECTOR))
    yield page, "presented and partly hidden"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    yield page, "the card of keys, dark"
    page.keyboard.press("Escape")
    cell = page.get_by_test_id("jacobian-0-1")
    cell.click()
    expect(cell).to_have_text("−0.075")
    cell.click()
    expect(page.locator(".steps-back").first).to_be_attached()
    page.close()
    page = open_page("/descend?present=on&hide=curve,gradient,loss", **PROJECTOR, color_scheme="dark")
    expect(page.get_by_role("button", name="Show the curve of squared error")).to_be_visible()
    yield page, "a loss presented, dark"
    page.close()
    page = open_page("/iris?present=on&hide=network,loss", **PHONE, has_touch=True)
    expect(page.locator(".iris[data-ready]")).to_be_visible()
    yield page, "the irises presented on a phone"
    page.close()
    page = open_page("/derive?only=steps&embed=true&hide=formula", width=800, height=450)
    expect(page.locator(".steps[data-ready]")).to_be_visible()
    yield page, "steps alone"


def derive(open_page: Callable[..., Page]) -> Iterator[tuple[Page, str]]:
    page = open_page("/derive?step=factor")
    page.get_by_role("radio", name="Negative", exact=True).click()
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    yield page, "a prediction"
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="LaTeX").click()
    expect(page.locator("code").filter(has_text="documentclass")).to_be_visible()
    yield page, "a prediction and LaTeX, dark"
    page.close()
    page = open_page(f"/derive?{TEN}&predict=off&show=all&step=check&read=numbers", color_scheme="dark")
    expect(page.get_by_test_id("all-9-9")).to_be_visible()
    yield page, "ten classes, all at once, dark"
    page.close()
    page = open_page("/derive?predict=off&show=all&step=check&read=names&T=2", **PHONE, has_touch=True)
    expect(page.get_by_test_id("all-2-2")).to_be_visible()
    yield page, "all at once on a phone"


def descend(open_page: Callable[..., Page]) -> Iterator[tuple[Page, str]]:
    page = open_page("/descend?label=0.9&loss=squared+error")
    page.get_by_role("button", name="Take one step").click()
    expect(page.get_by_text("1 step taken.")).to_be_visible()
    yield page, "a step"
    page.close()
    page = open_page(f"/descend?{TEN}", **PHONE, color_scheme="dark", has_touch=True)
    expect(page.locator(".loss[data-ready]")).to_be_visible()
    yield page, "ten classes on a phone, dark"


def iris(open_page: Callable[..., Page]) -> Iterator[tuple[Page, str]]:
    page = open_page("/iris?trained=100")
    expect(page.locator(".st-key-training .main-svg").first).to_be_visible()
    yield page, "in training"
    page.close()
    page = open_page("/iris?at=1.5,2.5", **PHONE, color_scheme="dark", has_touch=True)
    expect(page.locator(".iris[data-ready]")).to_be_visible()
    yield page, "a point of one's own on a phone, dark"


def worksheet(open_page: Callable[..., Page]) -> Iterator[tuple[Page, str]]:
    page = open_page("/worksheet?wrt=versicolor&with=ten-classes")
    expect(page.locator(".worksheet .sheet")).to_have_count(4)
    yield page, "two worksheets"
    page.close()
    page = open_page(f"/worksheet?{TEN}", **PHONE, color_scheme="dark", has_touch=True)
    expect(page.locator(".worksheet .sheet")).to_have_count(2)
    yield page, "ten classes on a phone, dark"


def questions(open_page: Callable[..., Page]) -> Iterator[tuple[Page, str]]:
    phone = {**PHONE, "color_scheme": "dark", "has_touch": True, "is_mobile": True}
    page = open_page(f"?{TEN}&question=outer&hide=jacobian-numbers", **phone)
    expect(page.locator(".picture[data-ready] table")).to_have_count(3)
    yield page, "grids of ten classes on a phone, dark"
    page.close()
    page = open_page("/descend?question=squared")
    expect(page.locator(".picture[data-ready] table")).to_have_count(2)
    yield page, "two lists"


@pytest.mark.parametrize(
    "states",
    [explore, present, derive, descend, iris, worksheet, questions],
    ids=lambda states: states.__name__,
)
def test_axe_finds_nothing_wrong_and_nothing_pressed_is_too_small(
    open_page: Callable[..., Page], states: Callable[..., Iterator[tuple[Page, str]]]
) -> None:
    told: list[str] = []
    for page, state in states(open_page):
        expect(page.get_by_role("button", name="Copy link", include_hidden=True)).to_be_attached()
        told += wrong(page, state)
    assert not told, "\n".join(told)
