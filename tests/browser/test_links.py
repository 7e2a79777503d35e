"""A link shows the same situation wherever it is opened, and what strangers write in it stays text."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.app_server import AppServer
from tests.browser.hands import (
    board_values,
    box_of,
    chart_values,
    charts_ready,
    forget_soon,
    go,
    has,
    held,
    pull,
    ready,
    remember_charts,
    slider,
    value_of,
    visit,
    wait_for_pythons_charts,
)
from tests.browser.hostile import HOSTILE
from tests.browser.visitors import Visitors


def shown(page: Page) -> dict[str, object]:
    charts_ready(page)
    return {
        "board": board_values(page),
        "curve": chart_values(page, "curve"),
        "surface": chart_values(page, "surface"),
        "line": page.get_by_test_id("formula-line").inner_text(),
        "combos": [box.input_value() for box in page.get_by_role("combobox").all()],
    }


@pytest.mark.parametrize(
    ("query", "dragged"),
    [
        ("z=2.5,-1.25,0.0625&T=0.5&of=virginica&wrt=versicolor", "setosa"),
        ("z=0.1,0.2,0.3,-4.7&surface=probability&over=class+4", "class 1"),
        ("classes=cat,dog&z=2,-1&view=contour", "cat"),
    ],
)
def test_a_link_opened_in_a_second_window_shows_the_same(
    open_page: Callable[..., Page], query: str, dragged: str
) -> None:
    first = charts_ready(open_page(f"?{query}"))
    before = slider(first, dragged).get_attribute("aria-valuenow")
    forget_soon(first)
    with held(first, dragged):
        pull(first, dragged, 30)
        remember_charts(first)
    first.wait_for_url(lambda url: not re.search(rf"z={re.escape(before or '')}(,|%2C)", url))
    wait_for_pythons_charts(first)
    second = shown(open_page(first.url[first.url.index("?") :]))
    # For a moment after the release, the sentence tells what the drag changed.
    expect(first.get_by_test_id("formula-line")).not_to_contain_text("You raise")
    assert shown(first) == second


def test_copy_link_copies_what_is_shown_after_a_drag(visitors: Visitors) -> None:
    page = visitors.new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    ready(page)
    slider(page, "setosa").press("PageUp")
    page.wait_for_url(lambda url: "2.43" in url)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_where_the_clipboard_is_closed_the_link_is_shown_to_copy_by_hand(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto("/?T=2")
    ready(page)
    page.get_by_role("button", name="Copy link").click()
    field = page.get_by_role("textbox", name="Link to this view")
    expect(field).to_have_value(page.url)
    expect(field).to_be_focused()


def test_back_and_forward_walk_through_the_situations(page: Page) -> None:
    page.goto("/")
    ready(page)
    for key, expected in [("PageUp", "2.43"), ("PageUp", "3.43")]:
        slider(page, "setosa").press(key)
        page.wait_for_url(has(expected))
    page.go_back()
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "2.43")
    page.go_back()
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "1.43")
    page.go_forward()
    page.go_forward()
    expect(slider(page, "setosa")).to_have_attribute("aria-valuenow", "3.43")


def test_reloading_shows_the_same(page: Page) -> None:
    page.goto("/?z=1,2,3")
    slider(page, "setosa").press("PageUp")
    page.wait_for_url(lambda url: "z=2%2C2%2C3" in url)
    page.reload()
    ready(page)
    assert board_values(page)["z"] == [2, 2, 3]


def test_hostile_names_stay_text(page: Page) -> None:
    dialogs: list[Dialog] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(f"/?classes={','.join(map(quote, HOSTILE.values()))}")
    charts_ready(page)
    for name in HOSTILE.values():
        visit(page, f"/?classes={quote(name)},b&of={quote(name)}&z=1,2")
        expect(slider(page, name)).to_have_attribute("aria-valuenow", "1")
        expect(page.get_by_test_id("formula-line")).to_contain_text(name)
        expect(page.get_by_role("combobox", name="Probability of")).to_have_value(name)
        expect(page.get_by_test_id("stAlert")).to_have_count(0)
        assert page.locator("img, a[href*=javascript], a[href*='b.c'], .katex").count() == 0
        assert not dialogs
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        with held(page, name):
            pull(page, name, 40)
        page.wait_for_url(lambda url: "z=1%2C2" not in url)
        assert value_of(page, name) > 1


def test_a_bad_link_costs_one_sentence(page: Page) -> None:
    page.goto("/?T=hot&z=3,2,1")
    ready(page)
    expect(page.get_by_text("The temperature “hot” is not a number")).to_be_visible()
    assert board_values(page)["z"] == [3, 2, 1]


def test_a_pages_file_name_as_address_works_for_the_first_visitor_of_a_fresh_server(
    page: Page, server: AppServer, console_problems: list[str]
) -> None:
    server.stop()
    server.start()
    page.goto("/explore?z=3,2,1")
    ready(page)
    expect(page.get_by_role("button", name="Reset")).to_be_visible()
    assert board_values(page)["z"] == [3, 2, 1]
    # Explore is the main page and has no address of its own, so Streamlit reports that it does not exist.
    assert all("does not seem to exist" in problem for problem in console_problems)
    console_problems.clear()


def test_a_preset_says_what_to_look_at_and_after_a_change_how_to_go_back(loaded: Page) -> None:
    page = loaded
    ready(go(page, "/"))
    note, back = (
        page.get_by_text("Raise setosa a little: what it gains"),
        page.get_by_text("Reset brings it back."),
    )
    expect(note).to_be_visible()
    expect(back).to_be_hidden()
    temperature = box_of(page.get_by_role("slider", name="Temperature"))
    slider(page, "setosa").press("PageUp")
    expect(back).to_be_visible()
    expect(note).to_be_hidden()
    assert box_of(page.get_by_role("slider", name="Temperature")) == temperature
    page.get_by_role("button", name="Reset").click()
    expect(note).to_be_visible()
    expect(back).to_be_hidden()
