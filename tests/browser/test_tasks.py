"""A task by link in a browser: what is locked does not move, and the question is answered by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import charts_ready, pull, slider, value_of
from tests.browser.test_accessibility import wrong


def test_a_locked_board_does_not_move_and_a_task_is_answered_by_keyboard(
    open_page: Callable[..., Page],
) -> None:
    page = charts_ready(open_page("?ask=gains-1&lock=z,temperature", width=1280, height=720))
    bar = slider(page, "setosa")
    expect(bar).to_have_attribute("aria-disabled", "true")
    expect(bar).to_have_css("cursor", "default")
    number = page.get_by_role("textbox", name="setosa raw output, as a number")
    expect(number).not_to_be_editable()
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    pull(page, "setosa", 40)
    # Python would undo the drag later; the bar must not move at all.
    assert value_of(page, "setosa") == 1.43
    page.mouse.up()
    page.mouse.dblclick(box["x"] + 5, box["y"] + 5)
    for handle in (bar, page.get_by_role("slider", name="temperature")):
        handle.focus()
        for key in ("ArrowRight", "PageUp", "Home"):
            page.keyboard.press(key)
    assert value_of(page, "setosa") == 1.43
    expect(page.get_by_role("slider", name="temperature")).to_have_attribute("aria-valuenow", "1")
    # A choice of a cell is free.
    page.get_by_test_id("jacobian-1-2").click()
    page.wait_for_url(lambda url: "wrt=virginica" in url and "lock=" in url)
    task = page.locator(".st-key-task")
    first = task.get_by_role("radio", name="setosa", exact=True)
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(task.get_by_test_id("stAlert")).to_contain_text("That of “versicolor” is the smallest.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(task.get_by_test_id("stAlert")).to_contain_text("Yes: the others share")
    page.mouse.move(0, 0)
    assert wrong(page, "a task, locked") == []
    # Without a lock the reply follows what is dragged, although the board's commit runs its own fragment.
    page.close()
    page = charts_ready(open_page("?ask=gains-1", width=1280, height=720))
    task = page.locator(".st-key-task")
    task.get_by_role("radio", name="virginica", exact=True).click()
    expect(task.get_by_test_id("stAlert")).to_contain_text("Yes: ")
    slider(page, "versicolor").focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    expect(task.get_by_test_id("stAlert")).to_contain_text("That of “virginica” is the smallest.")
    # An answer is still there after a reload.
    page.reload()
    charts_ready(page)
    expect(task.get_by_test_id("stAlert")).to_contain_text("That of “virginica” is the smallest.")
    page.emulate_media(color_scheme="dark")
    assert wrong(page, "a task, dark") == []
