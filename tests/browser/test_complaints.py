"""A wrong number that was typed causes one sentence, which disappears with its cause."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Reruns, charts_ready, go, ready, slider, value_of


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


def test_a_typed_word_costs_nothing_but_a_sentence(page: Page) -> None:
    ready(go(page, "/"))
    number = page.get_by_role("textbox", name="setosa raw output")
    number.fill("many")
    number.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="many")).to_contain_text("not a number from −50 to 50")
    expect(number).to_have_value("1.43")
    assert value_of(page, "setosa") == 1.43


@pytest.mark.parametrize(
    ("field", "bar"),
    [("setosa raw output", "virginica raw output"), ("temperature, as a number", "temperature")],
)
def test_what_was_wrong_with_a_number_is_told_until_the_next_move(
    counted: tuple[Page, Reruns], field: str, bar: str
) -> None:
    page, _ = counted
    number = page.get_by_role("textbox", name=field)
    complaint = page.get_by_role("alert").filter(has_text="many")
    moves: tuple[Callable[[], None], ...] = (
        lambda: page.get_by_role("slider", name=bar, exact=True).press("ArrowRight"),
        lambda: page.get_by_test_id("stNumberInputStepUp").click(),
    )
    for move in moves:
        number.fill("many")
        number.press("Enter")
        expect(complaint).to_be_visible()
        move()
        expect(complaint).to_have_count(0)


def test_reset_forgets_a_number_of_classes_that_was_not_accepted(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/")
    number = page.get_by_role("spinbutton", name="Number of classes (2 to 10)")
    number.fill("12")
    number.press("Enter")
    expect(number).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Reset").click()
    expect(number).to_have_value("3")
    number.fill("4")
    number.press("Enter")
    expect(slider(page, "class 4")).to_be_visible()


def test_what_was_said_of_a_move_is_gone_with_what_it_was_about(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/")
    charts_ready(page)
    heard = page.locator(".board > .screen-reader-text")
    slider(page, "setosa").press("ArrowRight")
    expect(heard).to_contain_text("setosa")
    page.wait_for_url(lambda url: "z=" in url)
    expect(heard).to_contain_text("setosa")
    page.get_by_role("button", name="Reset").click()
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "1.43")
    expect(heard).to_have_text("")
