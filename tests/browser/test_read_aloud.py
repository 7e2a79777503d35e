"""A screen reader reads each formula once and no class glued to its letter, by the browser's own tree."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.hands import go, ready


def heard(page: Page, place: Locator) -> str:
    """All text of an element that a screen reader reads, in order."""
    session = page.context.new_cdp_session(page)
    handle = place.element_handle()
    handle.evaluate("(node) => { window.heardPlace = node; }")
    found = session.send("Runtime.evaluate", {"expression": "window.heardPlace"})["result"]["objectId"]
    root = session.send("DOM.describeNode", {"objectId": found})["node"]["backendNodeId"]
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    start = next(node for node in nodes if node.get("backendDOMNodeId") == root)

    def texts(node: dict[str, Any]) -> list[str]:
        if not node["ignored"] and node["role"]["value"] == "StaticText":
            return [node["name"]["value"]]
        return [text for child in node.get("childIds", []) if child in by_id for text in texts(by_id[child])]

    return " ".join(" ".join(texts(start)).split())


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


@pytest.mark.parametrize("read", ["symbols", "names"])
def test_a_formula_in_letters_is_read_once_in_words(page: Page, read: str) -> None:
    go(page, f"/derive?predict=off&step=softmax&wrt=versicolor&read={read}")
    step = page.get_by_test_id("step-softmax")
    expect(step).to_be_visible()
    said = heard(page, step.locator(".equation").first)
    assert said.count("the probability of setosa equals") == 1
    # The drawn formula is not read in addition to the words.
    assert "e z" not in said
    assert "∑" not in said
    assert said.endswith(".")


def test_a_formula_in_numbers_is_read_as_it_stands_and_not_in_words_too(page: Page) -> None:
    go(page, "/derive?predict=off&step=softmax&wrt=versicolor&read=numbers")
    step = page.get_by_test_id("step-softmax")
    expect(step).to_be_visible()
    said = heard(page, step.locator(".equation").first)
    assert "equals" not in said
    assert "1.43" in said
    assert "0.23" in said


def test_what_a_step_comes_to_is_read_with_its_number(page: Page) -> None:
    go(page, "/derive?predict=off&step=number&wrt=versicolor&read=names")
    step = page.get_by_test_id("step-number")
    expect(step).to_be_visible()
    said = heard(page, step)
    # The words have letters instead of the last numbers, so the numbers are read from the formula.
    assert "0.684" in said
    assert "−0.075" in said


def test_a_class_is_not_glued_to_its_letter(page: Page) -> None:
    ready(go(page, "/?wrt=versicolor"))
    assert heard(page, page.get_by_test_id("formula-line").locator(".formula")).startswith(
        "∂p of setosa / ∂z of versicolor = − p of setosa · p of versicolor"
    )


def test_a_sentence_that_was_spoken_is_not_met_a_second_time(
    new_context: Callable[..., BrowserContext],
) -> None:
    # A clock stays with its context, so this test needs a context of its own.
    page = new_context().new_page()
    page.clock.install()
    ready(go(page, "/"))
    spoken = page.locator(".board > .screen-reader-text")
    page.get_by_role("slider", name="setosa raw output", exact=True).press("ArrowRight")
    page.clock.run_for(1000)
    expect(spoken).to_contain_text("setosa")
    page.clock.run_for(5000)
    expect(spoken).to_have_text("")
