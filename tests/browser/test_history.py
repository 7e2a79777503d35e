"""A page switch makes one entry in the history; the copied link, the address and a second browser agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise, permutations
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import (
    PAGES,
    arrived,
    board_values,
    charts_ready,
    eventually,
    forget_soon,
    held,
    pull,
    ready,
    slider,
    two_frames,
)
from tests.browser.visitors import Visitors

SETUP = "z=2,-1,0.5&T=0.5"


def opened(page: Page, name: str, query: str = SETUP) -> None:
    page.goto(f"{PAGES[name][0]}?{query}")
    arrived(page, name)
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def query_of(page: Page) -> str:
    return str(page.evaluate("new URLSearchParams(location.search).toString()"))


def other_than(before: str) -> Callable[[str], bool]:
    return lambda url: url != before


def act(page: Page, name: str) -> None:
    """Do something on a page that changes its address."""
    before = page.url
    if name == "Irises":
        back = page.get_by_role("button", name="Back to the start", exact=True)
        more = page.get_by_role("button", name="10 steps", exact=True)
        (back if back.is_enabled() else more).click()
    else:
        slider(page, "setosa").press("PageUp")
    page.wait_for_url(other_than(before))


# A walk over all pages, from each page to each other page once. Back leads once from and to each page.
WALK = ("Explore", "Step by step", "Explore", "Loss and descent", "Explore", "Irises", "Step by step",
        "Loss and descent", "Step by step", "Irises", "Loss and descent", "Irises", "Explore")  # fmt: skip
BACK = (("Explore", "Step by step"), ("Step by step", "Loss and descent"), ("Loss and descent", "Irises"),
        ("Irises", "Explore"))  # fmt: skip


def test_a_page_switch_is_one_entry_that_carries_the_situation_from_every_page_to_every_page(
    page: Page,
) -> None:
    assert set(pairwise(WALK)) == set(permutations(PAGES, 2))
    opened(page, WALK[0])
    for first, second in pairwise(WALK):
        act(page, first)
        before, count, left = query_of(page), entries(page), page.url
        page.get_by_role("link", name=second).first.click()
        arrived(page, second)
        assert entries(page) == count + 1
        reached = page.url
        assert "T=0.5" in reached
        assert query_of(page).split("&")[0] == before.split("&")[0]
        if (first, second) not in BACK:
            continue
        page.go_back()
        arrived(page, first)
        assert (page.url, query_of(page)) == (left, before)
        page.go_forward()
        arrived(page, second)
        assert page.url == reached


def test_back_leads_over_a_commit_to_the_page_before(page: Page) -> None:
    opened(page, "Explore")
    left = page.url
    page.get_by_role("link", name="Loss and descent").first.click()
    arrived(page, "Loss and descent")
    reached = page.url
    act(page, "Loss and descent")
    page.go_back()
    page.wait_for_url(reached)
    arrived(page, "Loss and descent")
    page.go_back()
    arrived(page, "Explore")
    assert page.url == left


def assert_address_says_what_is_shown(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    z = [float(value) for value in parse_qs(urlsplit(page.url).query)["z"][0].split(",")]
    assert board_values(page)["z"] == z


def test_back_right_after_a_reload_leads_back(page: Page) -> None:
    opened(page, "Explore")
    left = page.url
    act(page, "Explore")
    page.reload(wait_until="commit")
    # Streamlit does not know the pages yet and ignores Back.
    page.evaluate("history.back()")
    page.wait_for_url(left)
    ready(page)
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "2")
    assert_address_says_what_is_shown(page)


def test_back_while_a_commit_is_under_way_leaves_address_and_page_in_agreement(page: Page) -> None:
    opened(page, "Explore")
    act(page, "Explore")
    charts_ready(page)
    slider(page, "setosa").press("PageUp")
    page.evaluate("history.back()")
    eventually(page, lambda: assert_address_says_what_is_shown(page))


def test_a_flower_opened_elsewhere_is_one_entry_and_back_returns_to_it(page: Page) -> None:
    opened(page, "Irises", "flower=7")
    count, left = entries(page), page.url
    page.get_by_role("button", name="Open this flower in Explore").click()
    arrived(page, "Explore")
    assert entries(page) == count + 1
    assert board_values(ready(page))["z"] != [1.43, -0.4, 0.23]
    there = page.url
    act(page, "Explore")
    page.get_by_role("button", name="Reset").click()
    # The page starts at the flower that was opened, so Reset returns to it.
    page.wait_for_url(there)
    assert entries(page) == count + 3
    page.evaluate("history.go(-3)")
    arrived(page, "Irises")
    assert page.url == left
    expect(page.locator(".iris .who")).to_contain_text("Flower 7")


def test_a_page_opened_in_a_new_tab_shows_the_situation(page: Page) -> None:
    opened(page, "Explore", "")
    slider(page, "setosa").press("PageUp")
    page.wait_for_url(lambda url: "2.43" in url)
    with page.context.expect_page() as tab:
        page.get_by_role("link", name="Step by step").first.click(modifiers=["ControlOrMeta"])
    arrived(tab.value, "Step by step")
    assert board_values(tab.value)["z"][0] == 2.43


def drag(page: Page) -> None:
    with held(page, "setosa"):
        pull(page, "setosa", 40)


def type_a_number(page: Page) -> None:
    page.get_by_role("textbox", name="versicolor raw output").first.fill("1.25")
    page.keyboard.press("Enter")


def choose(label: str, option: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        box = page.get_by_role("combobox", name=label)
        # A newly opened list closes when the page scrolls, so the page scrolls first.
        box.scroll_into_view_if_needed()
        two_frames(page)
        box.click()
        page.get_by_role("option", name=option, exact=True).click()

    return do


def press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def option(name: str) -> Callable[[Page], None]:
    """Press one of a few choices that stand side by side."""
    return lambda page: page.get_by_role("radiogroup").get_by_text(name, exact=True).click()


def click(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).first.click()


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("[aria-busy=true][role=status]")).to_contain_text(re.compile(r"^[1-9]"))
    page.get_by_role("button", name="Stop").click()


def heat(page: Page) -> None:
    page.get_by_role("slider", name="temperature").press("ArrowRight")


def test_a_page_reached_by_back_while_changes_are_on_their_way_is_not_left_empty(page: Page) -> None:
    opened(page, "Step by step")
    page.get_by_role("link", name="Explore").first.click()
    arrived(page, "Explore")
    charts_ready(page)
    # All three happen at once: Python is busy with the first change when Back and the second one arrive.
    page.locator(".board").evaluate(
        """(board) => new Promise((done) => {
          const choose = (id) => board.querySelector(`[data-testid="${id}"]`).click();
          choose("jacobian-1-2");
          history.back();
          addEventListener("popstate", () => { choose("jacobian-2-2"); done(); }, { once: true });
        })"""
    )
    arrived(page, "Step by step")
    ready(page)
    assert_address_says_what_is_shown(page)


# The actions on each page, one after the other; after each list, a second browser opens the same link.
Actions = list[Callable[[Page], None]]
ACTIONS: list[tuple[str, str, Actions]] = [
    ("Explore", "", [drag, type_a_number, heat, click("[data-testid=jacobian-1-2]")]),
    ("Explore", "view=contour", [choose("Show", "Probability"), option("3D"),
                                 choose("Surface: second raw output", "virginica"),
                                 choose("Probability of", "versicolor")]),
    ("Explore", "z=1,2,3", [choose("Start from", "All equal"), click("[data-testid=stNumberInputStepUp]")]),
    ("Step by step", "", [drag, press("Next \u203a"), option("Numbers"), press("All steps at once")]),
    ("Step by step", "predict=off&step=result", [click("[data-testid=jacobian-1-2]")]),
    ("Loss and descent", "", [choose("True class", "virginica"), option("Squared error"),
                              press("Take one step"), play]),
    ("Irises", "", [choose("Weight to follow", "from hidden 1 to setosa"), press("Back to the start"),
                    press("10 steps"), play]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "query", "actions"), [pytest.param(*case, id=f"{case[0]}-{k}") for k, case in enumerate(ACTIONS)]
)
def test_what_is_copied_the_address_and_a_second_browser_agree(
    visitors: Visitors, name: str, query: str, actions: Actions
) -> None:
    page = visitors.new_page(permissions=["clipboard-read", "clipboard-write"])
    opened(page, name, query)
    forget_soon(page)
    copied = ""
    for action in actions:
        before = page.url
        action(page)
        page.wait_for_url(other_than(before))
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.url
    second = visitors.new_page()
    second.goto(copied)
    arrived(second, name)
    expect(second.get_by_role("button", name="Copy link")).to_be_visible()
    assert second.get_by_test_id("stAlert").count() == page.get_by_test_id("stAlert").count()
    # What the last drag has changed stands in the formula's place for a moment.
    eventually(page, partial(_assert_same_words, page, second))
    if name != "Irises":
        assert board_values(second)["z"] == board_values(page)["z"]
        boxes = [box.input_value() for box in page.get_by_role("combobox").all()]
        # "Start from" names where a reader started. The second reader started from this link, so it differs.
        assert [box.input_value() for box in second.get_by_role("combobox").all()][1:] == boxes[1:]


def _assert_same_words(first: Page, second: Page) -> None:
    for part in (".board .formula", ".loss .top", ".iris .said", ".iris .who", ".steps .place"):
        assert second.locator(part).all_inner_texts() == first.locator(part).all_inner_texts()


def test_a_link_to_an_unknown_page_shows_what_it_carried_and_says_so(page: Page) -> None:
    page.goto("/nosuch<b>page?z=3,2,1")
    ready(page)
    expect(page.get_by_test_id("stAlert")).to_contain_text("There is no page “nosuch<b>page” here;")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert board_values(page)["z"] == [3, 2, 1]
    slider(page, "setosa").press("PageUp")
    page.wait_for_url(lambda url: url.endswith("/?z=4%2C2%2C1"))


def test_a_notice_of_a_class_names_the_classes(page: Page) -> None:
    page.goto("/?over=nobody&classes=cat,dog")
    ready(page)
    expect(page.get_by_test_id("stAlert")).to_contain_text("the name of a class: “cat”, “dog”.")
