"""While a bar is held, the board shows what has changed; a pin keeps that, and a sum says why it is 0."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.change import probability_change
from core.derivatives import jacobian
from core.situation.scenario import MAX_CLASSES
from tests.browser.hands import (
    Fingers,
    box_of,
    chart,
    charts_ready,
    eventually,
    go,
    held,
    middle,
    pull,
    ready,
    slider,
    value_of,
)
from tests.browser.mirrored import assert_same, run
from ui import theme

START = [1.43, -0.4, 0.23]
NAMES = ("setosa", "versicolor", "virginica")


def shown(page: Page) -> Locator:
    """The bar with the gains and losses."""
    return page.get_by_test_id("change")


def raw_outputs(page: Page) -> list[float]:
    return [value_of(page, name) for name in NAMES]


def assert_compared(page: Page, before: list[float], temperature: float = 1.0) -> None:
    """Check that every mark compares what is shown with these raw outputs."""
    now = raw_outputs(page)
    was = jacobian(before, temperature)
    changes = probability_change(before, now, temperature)
    for i, change in enumerate(changes):
        text = f"{change:+.3f}".replace("-", "−")
        expect(page.get_by_test_id(f"gain-{i}")).to_have_text("0.000" if abs(change) < 5e-4 else text)
        for j in range(len(now)):
            cell = page.get_by_test_id(f"jacobian-{i}-{j}")
            expect(cell).to_have_attribute("data-was", theme.signed(was[i, j]))
    numbers = re.findall(r"\d\.\d{3}", shown(page).inner_text())
    sizes = [f"{abs(change):.3f}" for change in (*changes[changes > 0], *changes[changes < 0])]
    assert numbers == sizes


def test_the_browser_computes_the_changes_of_core(origin: Page) -> None:
    random = np.random.default_rng(13)
    cases: list[dict[str, Any]] = []
    for _ in range(300):
        n = int(random.integers(2, MAX_CLASSES + 1))
        before = random.uniform(-50, 50, n) * random.choice([0.02, 0.2, 1.0])
        moved = random.uniform(-50, 50, n) * random.choice([1e-9, 0.1, 1.0]) * random.integers(0, 2, n)
        case = {"before": before.tolist(), "after": np.clip(before + moved, -50, 50).tolist()}
        cases.append(case | {"t": float(np.exp(random.uniform(np.log(0.05), np.log(20))))})
    call = """async (m, cases) => {
      const { read } = await import(new URL("app/static/live/math/softmax.js", document.baseURI));
      return cases.map(({ before, after, t }) =>
        m.probabilityChange(before, after, t, read(before, t).p, read(after, t).p));
    }"""
    for case, found in zip(cases, run(origin, "math/change.js", call, cases), strict=True):
        expected = probability_change(case["before"], case["after"], case["t"])
        # Gains and losses of one class may cancel if several raw outputs have moved.
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)
        (moved,) = np.nonzero(np.subtract(case["after"], case["before"]))
        if len(moved) == 1:
            assert_same(found, expected)


def test_a_held_bar_shows_what_was_and_what_it_changes_until_a_moment_after_the_release(
    open_page: Callable[..., Page],
) -> None:
    page = charts_ready(open_page("/?wrt=versicolor", width=1280, height=720))
    line, words = page.get_by_test_id("formula-line"), page.locator(".line .words")
    places = [box_of(place) for place in (page.locator(".board"), chart(page, "curve"))]
    with held(page, "virginica"):
        expect(line).to_contain_text("You hold virginica: raise it, and setosa at first loses 0.141")
        pull(page, "virginica", 24)
        move = value_of(page, "virginica") - START[2]
        assert_compared(page, START)
        loss = -probability_change(START, raw_outputs(page))[0]
        expect(page.locator(".said-of-change .in-full")).to_have_text(
            f"You raise virginica by {move:.2f}: setosa loses {loss:.3f} of probability; "
            "at first it lost 0.141 for each 1."
        )
        expect(words).to_be_hidden()
        pull(page, "virginica", -10)
        expect(line).to_contain_text("You lower virginica by")
        assert_compared(page, START)
        # Nothing has made room for it.
        assert [box_of(place) for place in (page.locator(".board"), chart(page, "curve"))] == places
        # A lesson may hide the numbers at any time: none of the marks may tell them.
        page.evaluate(
            """async () => {
              const { changeLesson } = await (await livePacks).later("lesson.js");
              changeLesson({ hide: "probability-numbers,probability-bars,jacobian-numbers,formula" });
            }"""
        )
        expect(page.get_by_test_id("gain-0")).to_be_hidden()
        assert not re.search(r"0\.\d{3}|setosa loses|setosa gains prob", line.inner_text())
        expect(page.locator("[data-was]")).to_have_count(0)
        expect(page.locator(".was:not([hidden])")).to_have_count(0)
        expect(page.locator(".change .scale")).to_be_hidden()
    expect(page.locator(".board > [role=status]")).to_contain_text("You lowered virginica by")
    expect(words).to_be_visible()
    for mark in (page.get_by_test_id("gain-0"), shown(page), page.locator(".was").first):
        expect(mark).to_be_hidden()


def test_pinned_marks_stay_for_further_moves_and_in_the_link(loaded: Page) -> None:
    page = loaded
    ready(go(page, "/"))
    pin = page.get_by_role("button", name="Keep marks")
    expect(pin).to_have_attribute("aria-pressed", "false")
    slider(page, "virginica").press("PageUp")
    assert_compared(page, START)
    pin.click()
    page.wait_for_url(re.compile(r"from=1\.43%2C-0\.4%2C0\.23"))
    expect(pin).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".line .words")).to_be_visible()
    # A typed number is compared with the marks, too, and has a sentence of its own.
    box = page.get_by_role("textbox", name="setosa raw output, as a number")
    box.fill("0.43")
    box.press("Enter")
    expect(page.locator(".said-of-change .in-full")).to_contain_text("You lower setosa by 1.00: it loses")
    assert_compared(page, START)
    expect(page.locator(".line .words")).to_be_visible()
    assert_compared(page, START)
    page.wait_for_url(re.compile(r"z=0\.43"))
    # Whoever opens the link sees the same.
    go(page, "/?z=0,0,0")
    expect(shown(page)).to_be_hidden()
    go(page, "/?z=0.43,-0.4,1.23&from=1.43,-0.4,0.23&T=2")
    eventually(page, lambda: assert_compared(page, START, 2.0))
    pin.click()
    page.wait_for_url(lambda url: "from=" not in url)
    expect(shown(page)).to_be_hidden()
    expect(page.locator(".line .formula")).to_be_visible()


def test_keeping_marks_after_a_drag_moves_no_box(page: Page) -> None:
    ready(go(page, "/"))
    boxes = page.get_by_role("textbox", name=re.compile("raw output, as a number"))
    expect(boxes).to_have_count(3)
    before = [box_of(box) for box in boxes.all()]
    with held(page, "setosa"):
        pull(page, "setosa", -60)
    page.get_by_role("button", name="Keep marks").click()
    page.wait_for_url(re.compile(r"from="))
    expect(page.get_by_role("button", name="Keep marks")).to_have_attribute("aria-pressed", "true")
    assert [box_of(box) for box in boxes.all()] == before


def test_a_sum_says_why_it_is_0(loaded: Page) -> None:
    page, press = loaded, loaded.keyboard.press
    ready(go(page, "/?wrt=virginica"))
    line, back = page.get_by_test_id("formula-line"), page.locator(".steps-back")
    column, row = page.get_by_test_id("column-sum-2"), page.get_by_test_id("row-sum-0")
    column.click()
    expect(line).to_contain_text("What virginica gains, the others lose: the probabilities always add up")
    expect(shown(page)).to_contain_text("gained 0.164 = lost 0.141 + 0.023 for each 1")
    expect(column).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_test_id("jacobian-0-2")).not_to_have_class(re.compile("steps-back"))
    expect(page.get_by_test_id("jacobian-0-1")).to_have_class(re.compile("steps-back"))
    expect(page.locator(".row.steps-back")).to_have_count(0)
    expect(page.locator(".board > [role=status]")).to_contain_text("What virginica gains")
    column.click()
    expect(back).to_have_count(0)
    # By keyboard: the sums are the last cells of the grid.
    page.get_by_test_id("jacobian-0-2").focus()
    press("ArrowRight")
    expect(row).to_be_focused()
    press("Enter")
    expect(line).to_contain_text("Raising all raw outputs by the same amount changes nothing")
    expect(shown(page)).to_contain_text("up 0.216 = down 0.075 + 0.141")
    press("Escape")
    expect(back).to_have_count(0)
    press("ArrowLeft")
    expect(page.get_by_test_id("jacobian-0-2")).to_be_focused()
    # A bar that is taken and another choice end it.
    column.click()
    expect(back).not_to_have_count(0)
    with held(page, "setosa"):
        expect(back).to_have_count(0)
    column.click()
    page.get_by_test_id("jacobian-1-1").click()
    expect(back).to_have_count(0)
    # What is hidden is not explained.
    go(page, "/?hide=jacobian")
    column.click()
    expect(column).to_have_text("?")
    expect(shown(page)).to_be_hidden()
    expect(back).to_have_count(0)
    # In presenter mode it is the teacher's tool.
    go(page, "/?present=on&wrt=virginica")
    column.click()
    expect(shown(page)).to_contain_text("gained 0.164 = lost 0.141 + 0.023")
    expect(page.get_by_test_id("jacobian-0-1")).to_have_class(re.compile("steps-back"))
    press("Escape")
    expect(back).to_have_count(0)


@pytest.mark.parametrize("classes", [3, 10])
def test_on_a_phone_nothing_moves_while_two_fingers_drag(
    open_page: Callable[..., Page], classes: int
) -> None:
    ten = "?classes=setosa,versicolor,virginica,d,e,f,g,h,i,j&z=1.43,-0.4,0.23,1,-2,3,0.5,-1,2,-3"
    query = "" if classes == 3 else ten
    page = ready(open_page(query, width=390, height=844, has_touch=True, is_mobile=True))
    # Until the fonts are there, the line has another height.
    page.evaluate("document.fonts.ready.then(() => null)")
    fingers = Fingers(page)
    line = page.get_by_test_id("formula-line")
    height = box_of(line)["height"]
    (x, y), (_, other) = middle(slider(page, "setosa")), middle(slider(page, "versicolor"))
    start = value_of(page, "setosa")
    for right in (0, 10, 30, 45):
        fingers.put((x + right, y))
        expect(line).to_contain_text("setosa")
        assert box_of(line)["height"] == height
    fingers.put((x + 45, y), (x, other))
    fingers.put((x + 45, y), (x + 20, other))
    # The sentence is about the last bar taken, and the marks are where the first finger took hold.
    expect(page.locator(".said-of-change .in-short")).to_contain_text(re.compile("^Raised versicolor by"))
    assert start == START[0]
    if classes == 3:
        assert_compared(page, START)
    assert box_of(line)["height"] == height
    expect(shown(page)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    fingers.put()
    expect(shown(page)).to_be_hidden()


@pytest.mark.parametrize("touch", [False, True])
def test_in_a_narrow_window_the_button_for_marks_leaves_the_axis_free(
    open_page: Callable[..., Page], touch: bool
) -> None:
    page = ready(open_page("/", width=390, height=844, has_touch=touch, is_mobile=touch))
    pin, ticks = (box_of(page.locator(what)) for what in (".bars > .pin", ".row.axis .ticks"))
    assert pin["y"] >= ticks["y"] + ticks["height"]
    assert pin["height"] >= (44 if touch else 24)
