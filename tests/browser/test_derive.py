"""Step by step in a browser: steps by keyboard, numbers during a drag, predictions, print, names."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from core.derivation.steps import STEP_KEYS
from core.derivatives import jacobian
from core.softmax import softmax
from tests.browser.app_server import AppServer
from tests.browser.hands import board_values, go, held, pull, ready, slider, until


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


def opened(page: Page, query: str = "") -> Page:
    go(page, f"/derive?{query}")
    ready(page)
    expect(page.locator(".steps[data-ready]")).to_be_visible()
    return page


def step(page: Page, key: str) -> Locator:
    return page.get_by_test_id(f"step-{key}")


def words(locator: Locator) -> str:
    """What a formula shows, without the spaces between its parts."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", locator.inner_text()))


def test_steps_go_forth_and_back_by_button_and_by_keyboard_and_are_in_the_link(page: Page) -> None:
    opened(page, "predict=off")
    expect(step(page, "question")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(step(page, "softmax")).to_be_visible()
    expect(step(page, "question")).to_be_hidden()
    page.wait_for_url(lambda url: "step=softmax" in url)
    for key in STEP_KEYS[2:]:
        page.keyboard.press("ArrowRight")
        expect(step(page, key)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(step(page, "check")).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    expect(step(page, "number")).to_be_visible()
    page.wait_for_url(lambda url: "step=number" in url)


def test_each_line_reads_as_symbols_names_or_numbers(page: Page) -> None:
    opened(page, "predict=off&step=softmax&wrt=versicolor")
    formula = step(page, "softmax").locator(".reading:visible")
    assert words(formula) == "pi=ezi∑kezk"
    page.get_by_role("radio", name="Class names").click()
    assert words(formula) == "psetosa=ezsetosaezsetosa+ezversicolor+ezvirginica"
    page.get_by_role("radio", name="Class names").press("ArrowRight")
    expect(page.get_by_role("radio", name="Numbers")).to_be_focused()
    assert words(formula) == "psetosa=e1.43e1.43+e−0.40+e0.23"
    page.wait_for_url(lambda url: "read=numbers" in url)


@pytest.mark.parametrize("read", ["symbols", "names", "numbers"])
def test_the_last_steps_end_in_numbers_however_they_are_read(page: Page, read: str) -> None:
    opened(page, f"predict=off&step=number&read={read}&wrt=versicolor")
    shown = words(step(page, "number").locator(".reading:visible"))
    assert shown.endswith("=−0.684×0.110=−0.075")
    assert shown.count("=") == (2 if read == "numbers" else 3)
    page.get_by_role("button", name="Next").click()
    shown = words(step(page, "check").locator(".reading:visible"))
    assert re.search(r"≈0\.68\d+−0\.68\d+0\.002$", shown)
    assert shown.count("≈") == (1 if read == "numbers" else 2)


@pytest.mark.parametrize("read", ["symbols", "names", "numbers"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_formula_is_written_as_large_as_it_has_room(
    open_page: Callable[..., Page], width: int, read: str
) -> None:
    page = opened(open_page("", width=width, height=800), f"predict=off&show=all&wrt=versicolor&read={read}")
    lines = page.locator(".equation")
    assert lines.count() > len(STEP_KEYS)
    assert lines.evaluate_all("(all) => all.every((line) => line.scrollWidth <= line.clientWidth)")
    sizes = page.locator(".reading:visible").evaluate_all(
        "(all) => all.map((row) => parseFloat(getComputedStyle(row).fontSize))"
    )
    assert min(sizes) > 0.6 * max(sizes)


def test_next_stays_where_it_is_from_step_to_step(page: Page) -> None:
    opened(page, "predict=off")
    places = set()
    for key in STEP_KEYS:
        expect(step(page, key)).to_be_visible()
        box = page.get_by_role("button", name="Next").bounding_box()
        assert box
        places.add((box["x"], box["y"]))
        page.keyboard.press("ArrowRight")
    assert len(places) == 1


def test_the_numbers_in_the_step_follow_while_dragging(page: Page) -> None:
    opened(page, "predict=off&step=number&read=numbers&of=setosa&wrt=versicolor")
    until(
        page, "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
    )
    before = page.url
    value = step(page, "number").locator(".now")
    with held(page, "versicolor"):
        for pixels in (15, 35):
            pull(page, "versicolor", pixels)
            z = board_values(page)["z"]
            exact = jacobian(z)[0, 1]
            assert float(value.get_attribute("data-value") or "nan") == pytest.approx(exact, rel=1e-12)
            p = softmax(z)
            shown = words(step(page, "number").locator(".reading:visible"))
            assert shown.endswith(f"=−{p[0]:.3f}×{p[1]:.3f}=−{-exact:.3f}")
        assert page.url == before
    page.wait_for_url(lambda url: "z=" in url)
    assert float(value.get_attribute("data-value") or "nan") == pytest.approx(exact, rel=1e-12)


def test_all_steps_can_stand_at_once_and_the_table_of_all_below(page: Page) -> None:
    opened(page, "predict=off")
    page.get_by_role("button", name="All steps at once").click()
    for key in STEP_KEYS:
        expect(step(page, key)).to_be_visible()
    page.wait_for_url(lambda url: "show=all" in url)
    expect(page.get_by_test_id("all-2-1")).to_have_text("−0.023")
    with held(page, "virginica"):
        pull(page, "virginica", 25)
        z = board_values(page)["z"]
        shown = float(page.get_by_test_id("all-2-1").get_attribute("data-value") or "nan")
        assert shown == pytest.approx(jacobian(z)[2, 1], rel=1e-12)


def test_a_cell_of_the_table_leads_to_its_derivation(page: Page) -> None:
    opened(page, "predict=off&step=check")
    page.get_by_test_id("all-1-2").click()
    page.wait_for_url(lambda url: "of=versicolor" in url and "wrt=virginica" in url and "step" not in url)
    expect(step(page, "question")).to_be_visible()
    expect(step(page, "question")).to_contain_text("Raise the raw output of “virginica”")


def test_the_result_waits_for_a_prediction_and_answers_get_a_word(fresh_page: Page) -> None:
    page = fresh_page
    opened(page, "step=factor&wrt=versicolor")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    expect(page.get_by_test_id("jacobian-0-1")).to_have_text("?")
    page.get_by_role("radio", name="Positive").or_(page.get_by_role("button", name="Positive")).click()
    expect(page.get_by_test_id("stAlert")).to_have_count(1)
    page.get_by_role("radio", name="Negative").or_(page.get_by_role("button", name="Negative")).click()
    expect(page.get_by_test_id("stAlert").filter(has_text="Yes")).to_have_count(1)
    value = page.get_by_role("textbox", name="What is its value")
    value.fill("0.075")
    value.press("Enter")
    expect(page.get_by_text("look at the sign")).to_be_visible()
    value.fill("-0.075")
    value.press("Enter")
    expect(page.get_by_test_id("stAlert").filter(has_text="Yes")).to_have_count(2)
    page.get_by_role("button", name="Show the result").click()
    expect(step(page, "recognise")).to_be_visible()
    expect(page.get_by_test_id("jacobian-0-1")).to_have_text("−0.075")
    page.get_by_role("button", name="Next").click()
    expect(step(page, "result")).to_be_visible()


@pytest.mark.parametrize("by", ["button", "keyboard"])
def test_with_all_three_answers_right_next_leads_on(fresh_page: Page, by: str) -> None:
    page = fresh_page
    opened(page, "step=factor&wrt=versicolor")
    forwards = page.get_by_role("button", name="Next")
    expect(forwards).to_be_disabled()
    value = page.get_by_role("textbox", name="What is its value")
    value.fill("-0.075")
    value.press("Enter")
    for name in ("Negative", "−pᵢ pⱼ"):
        page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).click()
    expect(page.get_by_test_id("stAlert").filter(has_text="Yes")).to_have_count(3)
    expect(forwards).to_be_enabled()
    if by == "button":
        forwards.click()
    else:
        forwards.focus()
        page.keyboard.press("ArrowRight")
    expect(step(page, "recognise")).to_be_visible()
    expect(page.get_by_test_id("jacobian-0-1")).to_have_text("−0.075")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    page.wait_for_url(lambda url: "step=recognise" in url)
    page.keyboard.press("ArrowRight")
    expect(step(page, "result")).to_be_visible()


def test_printed_it_is_a_handout_of_the_numbers_and_every_step(fresh_page: Page) -> None:
    page = fresh_page
    opened(page, "predict=off&read=numbers")
    page.emulate_media(media="print")
    for key in STEP_KEYS:
        expect(step(page, key)).to_be_visible()
    for reading in ("symbols", "names", "numbers"):
        expect(step(page, "softmax").locator(f".reading.{reading}")).to_be_visible()
    expect(page.get_by_role("heading", name="The derivative of the probability of setosa")).to_be_visible()
    expect(page.locator(".board")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    pdf = page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 4


@pytest.mark.parametrize("name", ["$}{\\href{x}{y}", "\\input{/etc/passwd}", "<img src=x>%{z}", "שלום 🌸"])
def test_hostile_names_stay_text_in_formulas_and_latex(fresh_page: Page, name: str) -> None:
    page = fresh_page
    opened(page, f"classes={quote(name)},b&z=1,2&predict=off&read=names&step=softmax&wrt=b")
    expect(step(page, "softmax").locator(".reading:visible mtext").first).to_have_text(name)
    expect(step(page, "softmax")).to_contain_text(f"“{name}”")
    assert page.locator("img, a[href='x'], .katex").count() == 0
    page.get_by_role("button", name="LaTeX").click()
    code = page.locator("code").filter(has_text="documentclass")
    expect(code).to_be_visible()
    assert "\\href" not in code.inner_text()
    assert "\\input{" not in code.inner_text()


def test_every_formula_is_mathml_with_a_sentence_in_words(page: Page) -> None:
    opened(page, "predict=off&show=all")
    found: dict[str, Any] = page.locator(".steps").evaluate(
        """(root) => {
          const lines = [...root.querySelectorAll(".equation")];
          return {
            lines: lines.length,
            maths: lines.filter((line) => line.querySelector("math")).length,
            sentences: lines.filter((line) =>
              line.querySelector(".screen-reader-text").textContent.endsWith(".")).length,
            namespace: root.querySelector("math").namespaceURI,
          };
        }"""
    )
    assert found["lines"] == found["maths"] == found["sentences"] > 12
    assert found["namespace"] == "http://www.w3.org/1998/Math/MathML"


def test_a_class_can_be_taken_away(page: Page) -> None:
    opened(page, "classes=a,b,c,d&z=1,2,3,4&wrt=d&predict=off&show=all")
    expect(page.get_by_role("heading", name="All 16 derivatives: two formulas")).to_be_visible()
    # An error in the browser would fail this test at its end.
    page.get_by_test_id("stNumberInputStepDown").click()
    expect(slider(page, "d")).to_have_count(0)
    page.wait_for_url(lambda url: "a%2Cb%2Cc&" in url)
    expect(page.locator(".steps")).to_contain_text("p")
    with held(page, "a"):
        pull(page, "a", 30)
    page.wait_for_url(lambda url: "z=1%2C" not in url)


def test_raw_outputs_go_along_from_page_to_page(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/?z=2,1,0")
    page.get_by_role("link", name="Step by step").click()
    expect(page.locator(".steps[data-ready]")).to_be_visible()
    page.wait_for_url(lambda url: "/derive?z=2" in url)
    assert board_values(page)["z"] == [2, 1, 0]
    slider(page, "setosa").press("PageUp")
    page.wait_for_url(lambda url: "z=3" in url)
    page.get_by_role("link", name="Explore").click()
    expect(page.get_by_role("combobox", name="Probability of")).to_be_visible()
    assert board_values(page)["z"] == [3, 1, 0]


def test_it_fits_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page("/derive?step=substitute&predict=off&read=names", width=390, height=844, has_touch=True,
                     is_mobile=True)  # fmt: skip
    expect(step(page, "substitute")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("window.innerWidth") == 390


def test_the_address_of_the_page_works_for_the_first_visitor_of_a_fresh_server(
    fresh_page: Page, server: AppServer
) -> None:
    page = fresh_page
    server.stop()
    server.start()
    opened(page, "step=rule&z=3,2,1")
    expect(step(page, "rule")).to_be_visible()
    expect(page.get_by_role("button", name="Reset")).to_be_visible()
    assert board_values(page)["z"] == [3, 2, 1]
