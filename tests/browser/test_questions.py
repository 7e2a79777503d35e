"""A question opens by touch and by keyboard; its picture fits on a phone and hides what a lesson hides."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import box_of, has, ready

NAMES = "<b>bold</b>,\u05d0\u05d9\u05e8\u05d5\u05e1,a name of 24 characters."


def test_a_question_opens_by_touch_and_by_keyboard_and_hides_what_is_hidden(
    open_page: Callable[..., Page],
) -> None:
    page = ready(
        open_page(
            f"?classes={NAMES}&hide=probabilities,jacobian",
            width=390,
            height=844,
            has_touch=True,
            is_mobile=True,
        )
    )
    question = page.get_by_role("button", name="What is diag(p)")
    question.tap()
    picture = page.locator(".picture[data-ready]")
    expect(picture.get_by_role("table")).to_have_count(3)
    page.wait_for_url(has("question=outer"))
    # What is hidden here is revealed here, and is then no longer hidden anywhere.
    numbers = picture.get_by_role("table").first.locator(".value")
    expect(numbers).to_have_text(["?", "0", "0", "0", "?", "0", "0", "0", "?"])
    assert not any(numbers.evaluate_all("(all) => all.map((each) => each.title || each.dataset.value)")[::4])
    numbers.first.tap()
    expect(numbers.first).to_have_text("0.684")
    expect(page.get_by_test_id("probability-0")).to_have_text("0.684")
    expect(picture.get_by_role("table").last.locator(".value").first).to_have_text("?")
    # Names are text, and a picture that is too wide scrolls by itself.
    expect(picture.get_by_role("rowheader", name="<b>bold</b>")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    body = box_of(page.get_by_test_id("stPopoverBody"))
    assert body["x"] >= 0
    assert body["x"] + body["width"] <= 390
    assert body["y"] + body["height"] <= 844
    page.keyboard.press("Escape")
    expect(picture).to_have_count(0)
    page.wait_for_url(lambda url: "question" not in url)

    another = page.get_by_role("button", name="Does softmax have an inverse?")
    another.focus()
    page.keyboard.press("Enter")
    expect(picture.get_by_role("table")).to_have_count(3)
    expect(page.get_by_text("the Jacobian times (1, 1, …, 1) is 0")).to_be_visible()
    page.wait_for_url(has("question=inverse"))
    # Whoever opens the link sees it open, too.
    page.reload()
    ready(page)
    expect(picture.get_by_role("table")).to_have_count(3)
