"""Loss and descent in a browser: the loss follows a drag, and a descent plays without the server."""

import json
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.descent import LOSSES, Loss, descend
from core.loss import cross_entropy, cross_entropy_gradient, one_hot, smoothed
from core.situation.scenario import Scenario
from tests.browser.descend_page import CHARTS, SOME_STEPS, assert_at, opened
from tests.browser.hands import (
    Reruns,
    board_values,
    box_of,
    chart,
    chart_values,
    eventually,
    has,
    held,
    pull,
    slider,
    until,
)
from tests.browser.hostile import HOSTILE
from tests.browser.mirrored import assert_same, run
from ui.figures.losses import in_triangle


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


def number(page: Page, test_id: str) -> float:
    return float(page.get_by_test_id(test_id).get_attribute("data-value") or "nan")


@pytest.mark.parametrize("loss", list(LOSSES))
def test_the_browser_walks_down_as_core_does(origin: Page, loss: Loss) -> None:
    cases = [
        {"z": z, "target": target.tolist(), "rate": rate, "t": t, "loss": loss}
        for z, k in (([1.43, -0.4, 0.23], 1), ([40.0, 0.0], 0), ([-4.0, 4.0, 0.0, 1.0], 0))
        for target in (one_hot(k, len(z)), smoothed(k, len(z), 0.8))
        for rate, t in ((0.1, 1.0), (5.0, 0.5), (1.0, 10.0))
    ]
    call = """(m, cases) => cases.map(({ z, target, rate, t, loss }) =>
      m.descend(z, target, rate, 6, t, loss).map((at) => [at.loss, ...at.z, ...at.p]))"""
    for case, found in zip(cases, run(origin, "math/descent.js", call, cases), strict=True):
        path = descend(case["z"], case["target"], case["rate"], 6, case["t"], loss)
        expected = np.column_stack([path.loss, path.z, path.p])
        np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-11, atol=1e-13)


def test_the_browser_places_probabilities_in_the_triangle_as_python_does(origin: Page) -> None:
    p = np.array([[0.1, 0.2, 0.3, 0.4], [1, 0, 0, 0]])
    groups = [[3], [1], [0, 2]]
    call = "(m, { p, groups }) => p.map((row) => m.inTriangle(row, groups))"
    found = run(origin, "math/descent.js", call, {"p": p.tolist(), "groups": groups})
    assert_same(found, np.column_stack(in_triangle(p, groups)))


def test_loss_gradient_and_charts_follow_the_hand_and_agree_with_core(page: Page) -> None:
    reruns = Reruns(page)
    opened(page)
    before = {key: chart_values(page, key) for key in CHARTS}
    reruns.count = 0
    old = [trace["x"] for found in before.values() for traces in found.values() for trace in traces]
    with held(page, "versicolor"):
        pull(page, "versicolor", 40)
        z = board_values(page)["z"]
        assert z[1] > 0
        assert number(page, "loss-now") == pytest.approx(float(cross_entropy(z, [0, 1, 0])), rel=1e-12)
        gradient = [number(page, f"gradient-{k}") for k in range(3)]
        assert gradient == pytest.approx(cross_entropy_gradient(z, [0, 1, 0]), rel=1e-12)
        for key in CHARTS:
            until(
                page,
                """([key, before]) => {
                  const chart = document.querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`);
                  return chart.data.every((t) => !/point|path/.test(t.meta?.live)
                    || !before.includes(JSON.stringify(t.x)));
                }""",
                arg=[key, [json.dumps(xs, separators=(",", ":")) for xs in old]],
            )
        path = descend(z, [0, 1, 0], 1, 40)
        assert chart_values(page, "cross_entropy")["loss-path"][0]["y"] == pytest.approx(path.loss)
        assert reruns.count == 0
    page.wait_for_url(lambda url: "z=" in url)


def test_a_step_subtracts_the_gradient_and_back_returns_to_the_start(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Take one step").click()
    page.wait_for_url(lambda url: "steps=1" in url)
    expect(page.get_by_text("1 step taken.")).to_be_visible()
    assert_at(page, descend(Scenario().z, [0, 1, 0], 1, 1).z[-1].tolist())
    page.get_by_role("button", name="Back to the start").click()
    page.wait_for_url(lambda url: "steps" not in url)
    assert_at(page, list(Scenario().z))


def test_playing_asks_nothing_of_the_server_until_it_ends(page: Page) -> None:
    reruns = Reruns(page)
    opened(page)
    reruns.count = 0
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_text(SOME_STEPS)).to_be_visible()
    assert reruns.count == 0
    page.get_by_role("button", name="Stop").click()
    page.wait_for_url(lambda url: "steps=" in url)
    taken = int(page.url.split("steps=")[1].split("&")[0])
    expect(page.get_by_text(f"{taken} steps taken.")).to_be_visible()
    assert reruns.count == 1
    assert_at(page, descend(Scenario().z, [0, 1, 0], 1, taken).z[-1].tolist())


def test_a_hand_on_a_bar_ends_the_play_and_keeps_what_it_sets(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(SOME_STEPS)).to_be_visible()
    with held(page, "setosa"):
        pull(page, "setosa", 50)
        value = slider(page, "setosa").get_attribute("aria-valuenow")
        expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.wait_for_url(lambda url: f"z={value}" in url)
    assert slider(page, "setosa").get_attribute("aria-valuenow") == value


@pytest.mark.parametrize("control", ["another page", "another rate"])
def test_what_ends_a_play_keeps_where_it_was(page: Page, control: str) -> None:
    opened(page)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(SOME_STEPS)).to_be_visible()
    if control == "another page":
        page.get_by_role("link", name="Irises").hover()
    else:
        page.get_by_role("combobox", name="Learning rate").hover()
    page.mouse.down()
    page.wait_for_url(lambda url: "steps=" in url)
    taken = int(page.url.split("steps=")[1].split("&")[0])
    page.mouse.up()
    if control == "another page":
        expect(page.locator(".iris[data-ready]")).to_be_visible()
        page.get_by_role("link", name="Loss and descent").click()
    else:
        # The open list hides the rest of the page from screen readers, and so from the page's next tests.
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.get_by_text(f"{taken} steps taken.")).to_be_visible()
    assert_at(page, descend(Scenario().z, [0, 1, 0], 1, taken).z[-1].tolist())


def test_the_chosen_loss_stays_chosen_when_it_is_pressed_again(page: Page) -> None:
    opened(page)
    squared = page.get_by_role("radio", name="Squared error")
    squared.click()
    page.wait_for_url(lambda url: "loss=squared" in url)
    squared.click()
    page.get_by_role("button", name="Take one step").click()
    page.wait_for_url(lambda url: "steps=1" in url)
    expect(squared).to_be_checked()
    assert "loss=squared" in page.url
    assert_at(page, descend(Scenario().z, [0, 1, 0], 1, 1, 1, "squared error").z[-1].tolist())


def test_a_descent_is_a_link(page: Page, open_page: Callable[..., Page]) -> None:
    opened(page, "label=0.8&rate=5")
    for steps in (1, 2):
        page.get_by_role("button", name="Take one step").click()
        page.wait_for_url(has(f"steps={steps}"))
    other = open_page(page.url[page.url.index("/descend") :])
    expect(other.get_by_text("2 steps taken.")).to_be_visible()
    assert_at(page, board_values(other)["z"])
    assert board_values(other) == board_values(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_has_to_be_scrolled_sideways(open_page: Callable[..., Page], width: int) -> None:
    page = opened(open_page("/descend", width=width, height=800))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_triangle_is_as_large_as_before_when_the_window_has_been_smaller(page: Page) -> None:
    opened(page)
    triangle = chart(page, "simplex").locator(".js-line").first
    size = box_of(triangle)["width"]
    assert size > 100
    for width in (1024, 1400):
        before = box_of(triangle)["x"]
        page.set_viewport_size({"width": width, "height": 900})
        eventually(page, partial(_has_left, triangle, before))
    eventually(page, partial(_is_wide, triangle, size))


def _has_left(drawn: Locator, before: float) -> None:
    assert box_of(drawn)["x"] != pytest.approx(before, abs=20)


def _is_wide(drawn: Locator, width: float) -> None:
    assert box_of(drawn)["width"] == pytest.approx(width, abs=1)


def test_hostile_names_stay_text(page: Page) -> None:
    names = list(HOSTILE.values())
    query = f"classes={quote(','.join(names))}&true={quote(names[0])}&z={','.join('123456789')}"
    opened(page, query)
    for name in names:
        expect(page.locator(".loss").get_by_role("rowheader", name=name, exact=True)).to_be_visible()
    expect(page.locator(".loss .formula")).to_contain_text(names[0])
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert page.locator("img, a[href*=javascript], a[href*='b.c'], .katex").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
