"""The stage between raw outputs and probabilities: e^(z / T) of each class, their sum, and the ratios."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from core.powers import powers
from core.softmax import softmax
from tests.browser.hands import board_values, box_of, eventually, go, has, held, pull, ready

TEN = "z=0,1,2,3,4,-1,-2,-3,-4,0.5"

# For each class the length of its bar and that of the sum behind it, then the parts of the stacked bar.
_LENGTHS = """(stage) => {
  const width = (node) => node.getBoundingClientRect().width;
  const all = (name) => [...stage.querySelectorAll(name)].map(width);
  const [parts, wholes, segments] = ["part", "whole", "segment"].map((name) => all(`.stage-${name}`));
  return { parts, wholes, segments, track: all(".stack")[0] };
}"""


def stage(page: Page) -> Locator:
    return page.locator(".board .stage")


def values(page: Page) -> list[str]:
    """The written numerators and, last, the denominator."""
    return stage(page).locator(".stage-value").all_inner_texts()


def assert_bars_are_shares(page: Page) -> dict[str, Any]:
    """Each bar over the sum is the probability, also in the stacked bar; nothing leaves its track."""
    found: dict[str, Any] = stage(page).evaluate(_LENGTHS)
    p = board_values(page)["p"]
    whole = found["wholes"][0]
    assert found["wholes"] == pytest.approx([whole] * len(p), abs=0.1)
    # The axis ends at 1, 2 or 5 times a power of ten, so the sum always takes a good part of it.
    assert 0.4 * found["track"] - 0.1 <= whole <= found["track"] + 0.1
    assert found["parts"] == pytest.approx([whole * one for one in p], abs=0.5)
    assert found["segments"] == pytest.approx([whole * one for one in p], abs=0.5)
    return found


def test_one_press_shows_the_stage_it_follows_the_hand_and_the_link_keeps_it(loaded: Page) -> None:
    page = loaded
    page.set_viewport_size({"width": 1280, "height": 720})
    go(page, "/")
    expect(stage(page)).to_be_hidden()
    page.get_by_role("button", name="Show e to the z and the sum").click()
    expect(stage(page)).to_be_visible()
    assert values(page) == ["4.179", "0.670", "1.259", "6.108"]
    expect(stage(page)).to_contain_text("4.179 / 6.108 = 0.684")
    said = stage(page).get_by_role("listitem")
    expect(said.first).to_contain_text(
        "setosa: e to the power of 1.43 is 4.179, 0.684 of the sum 6.108.", use_inner_text=False
    )
    expect(said.last).to_contain_text("The sum is 6.108.", use_inner_text=False)
    assert_bars_are_shares(page)
    page.wait_for_url(has("stage=on"))
    board = page.locator(".board")
    assert box_of(board)["y"] + box_of(board)["height"] <= 720
    before = stage(page).evaluate(_LENGTHS)
    with held(page, "versicolor"):
        pull(page, "versicolor", 40)
        # On a busy machine the stage follows a moment after the bar.
        eventually(page, partial(_assert_only_one_numerator_has_moved, page, before))
        assert box_of(page.get_by_test_id("formula-line"))["y"] < 720
    page.wait_for_url(has("z="))
    assert "stage=on" in page.url
    page.get_by_role("button", name="Hide e to the z").click()
    expect(stage(page)).to_be_hidden()
    page.wait_for_url(lambda url: "stage=" not in url)


def _assert_only_one_numerator_has_moved(page: Page, before: dict[str, Any]) -> None:
    """Of the numbers and bars, only versicolor's and those of the sum are other ones."""
    now = values(page)
    assert (now[0], now[2]) == ("4.179", "1.259")
    assert float(now[1]) > 0.7
    assert float(now[3]) == pytest.approx(4.179 + float(now[1]) + 1.259, abs=0.002)
    after = assert_bars_are_shares(page)
    assert after["parts"][0] == pytest.approx(before["parts"][0], abs=0.5)
    assert after["wholes"][0] > before["wholes"][0] + 1


def test_at_every_end_of_the_board_the_numbers_are_those_of_core(loaded: Page) -> None:
    page = loaded
    for z, temperature in (
        ([50, -50, 49.9], 0.05),
        ([-50, -50, -50], 0.05),
        ([-50, 50, 0], 20),
        ([3, -7, 0], 1),
    ):
        go(page, f"/?stage=on&z={','.join(map(str, z))}&T={temperature}")
        expect(stage(page)).to_be_visible()
        each, total = powers(z, temperature)
        mantissas = [*each.mantissa.tolist(), float(total.mantissa)]
        exponents = [*each.exponent.tolist(), int(total.exponent)]
        eventually(page, partial(_assert_numbers, page, mantissas, exponents))
        assert_bars_are_shares(page)
        assert board_values(page)["p"] == pytest.approx(softmax(z, temperature).tolist(), rel=1e-12)
    label = stage(page).locator(".stage-power sup").first
    expect(label).to_have_text("3.00")
    go(page, "/?stage=on&T=0.5")
    expect(label).to_have_text("1.43 / 0.5")
    expect(page.get_by_role("button", name="Hide e to the z / T")).to_be_visible()


def _assert_numbers(page: Page, mantissas: list[float], exponents: list[int]) -> None:
    for text, mantissa, exponent in zip(values(page), mantissas, exponents, strict=True):
        found = re.fullmatch(r"([\d.]+)(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", text)
        assert found, text
        raised = int((found[2] or "⁰").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
        # At least three digits are written.
        assert float(found[1]) * 10.0 ** (raised - exponent) == pytest.approx(mantissa, rel=0.005), text


def test_what_a_lesson_hides_is_not_given_away(loaded: Page) -> None:
    page = loaded
    go(page, "/?stage=on&hide=probabilities&shown=p2")
    expect(stage(page)).to_be_visible()
    eventually(page, lambda: _assert_values(page, ["?", "0.670", "?", "?"]))
    hidden = stage(page).inner_text() + (stage(page).text_content() or "")
    for number in ("4.179", "1.259", "6.108", "0.684", "0.206"):
        assert number not in hidden
    found = stage(page).evaluate(_LENGTHS)
    assert found["parts"][0] == found["parts"][2] == 0
    assert found["segments"] == [0, 0, 0]
    # A press on a "?" reveals the probability and all that gives it away.
    stage(page).locator(".stage-value.covered").first.click()
    expect(page.get_by_test_id("probability-0")).to_have_text("0.684")
    _assert_values(page, ["4.179", "0.670", "?", "?"])
    stage(page).locator(".stage-value.covered").first.click()
    eventually(page, lambda: _assert_values(page, ["4.179", "0.670", "1.259", "6.108"]))
    assert_bars_are_shares(page)


def _assert_values(page: Page, expected: list[str]) -> None:
    assert values(page) == expected


def test_the_tracks_take_the_width_there_is_and_a_phone_shows_the_stage_below_the_bars(
    open_page: Callable[..., Page],
) -> None:
    page = ready(open_page("", width=1400, height=900))
    slider = page.locator(".board").get_by_role("slider").first
    assert box_of(slider)["width"] >= 380
    page.set_viewport_size({"width": 1280, "height": 720})
    eventually(page, lambda: _assert_wide(slider, 300, 330))
    go(page, f"/?stage=on&{TEN}")
    eventually(page, lambda: _assert_wide(slider, 220, 300))
    board = page.locator(".board")
    expect(stage(page)).to_be_visible()
    assert box_of(board)["y"] + box_of(board)["height"] <= 720
    phone = ready(open_page("?stage=on", width=390, height=844, has_touch=True, is_mobile=True))
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    between = box_of(stage(phone))
    assert box_of(phone.locator(".bars"))["y"] < between["y"] < box_of(phone.locator(".heatmap"))["y"]
    button = phone.get_by_role("button", name="Hide e to the z and the sum")
    assert box_of(button)["height"] >= 44
    # The bars and their numbers stand beside each other, and none leaves the window.
    for row in stage(phone).locator(".stage-row").all():
        assert row.evaluate("(row) => row.scrollWidth <= row.clientWidth + 1")
    button.tap()
    expect(stage(phone)).to_be_hidden()


def _assert_wide(slider: Locator, least: float, most: float) -> None:
    assert least <= box_of(slider)["width"] <= most
