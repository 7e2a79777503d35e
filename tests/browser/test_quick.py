"""A click while a change is on its way to Python counts after that change."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.descent import descend
from core.network import forward
from core.situation.scenario import Scenario
from tests.browser import descend_page, iris_page
from tests.browser.hands import (
    Reruns,
    board_values,
    chart,
    held,
    linger,
    pull,
    ready,
    slider,
    until,
    value_of,
)

# These lead to the session's start and to class names that it has set aside, so they need a new session.
FROM_THE_START = ("reset", "a class more")


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Page:
    """A page that other tests have used, if that does not matter."""
    control = request.node.callspec.params["control"]
    found: Page = request.getfixturevalue("fresh_page" if control in FROM_THE_START else "loaded")
    return found


@pytest.mark.parametrize("control", ["another page", "reset", "a class more", "another choice"])
def test_a_quick_click_after_a_drag_counts_after_it(counted: tuple[Page, Reruns], control: str) -> None:
    page, _ = counted
    find = {
        "another page": page.get_by_role("link", name="Step by step"),
        "reset": page.get_by_role("button", name="Reset"),
        "a class more": page.get_by_test_id("stNumberInputStepUp"),
        "another choice": page.get_by_role("radio", name="3D"),
    }
    box = find[control].bounding_box()
    assert box
    with held(page, "virginica"):
        pull(page, "virginica", 40)
        value = value_of(page, "virginica")
    # The mouse of a test needs no time to get there, so the click comes as early as possible.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if control == "another page":
        expect(page.locator(".steps[data-ready]")).to_be_visible()
        page.wait_for_url(lambda url: f"{value}" in url)
    elif control == "reset":
        expect(slider(page, "virginica")).to_have_attribute("aria-valuenow", "0.23")
        until(page, "() => location.search === ''")
    elif control == "another choice":
        page.wait_for_url(lambda url: f"{value}" in url and "view=3d" in url)
        expect(find[control]).to_be_checked()
    else:
        expect(slider(page, "class 4")).to_be_visible()
        page.wait_for_url(lambda url: f"z=1.43%2C-0.4%2C{value}%2C0" in url)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_two_parts_that_commit_in_one_moment_are_both_heard(loaded: Page) -> None:
    page = ready(loaded)
    bars = [slider(page, "virginica"), page.get_by_role("slider", name="temperature")]
    page.evaluate(
        """(bars) => {
          const key = { key: "PageUp", bubbles: true, composed: true };
          for (const bar of bars) bar.dispatchEvent(new KeyboardEvent("keydown", key));
          for (const bar of bars) bar.dispatchEvent(new FocusEvent("blur"));
        }""",
        [bar.element_handle() for bar in bars],
    )
    page.wait_for_url(lambda url: "z=1.43%2C-0.4%2C" in url and "T=" in url)


@pytest.mark.parametrize("control", ["another page", "reset", "wrong", "other loss", "a class more"])
def test_a_quick_click_during_a_play_counts_after_what_was_played(page: Page, control: str) -> None:
    descend_page.opened(page)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(descend_page.SOME_STEPS)).to_be_visible()
    find = {
        "another page": page.get_by_role("link", name="Explore"),
        "reset": page.get_by_role("button", name="Reset"),
        "wrong": page.get_by_role("button", name="Start confidently wrong"),
        "other loss": page.get_by_text("Squared error", exact=True),
        "a class more": page.get_by_test_id("stNumberInputStepUp"),
    }
    find[control].click()
    if control == "another page":
        expect(page.locator(".st-key-curve")).to_be_visible()
        page.get_by_role("link", name="Loss and descent").click()
        expect(page.get_by_text(descend_page.SOME_STEPS)).to_be_visible()
    else:
        expect(page.get_by_text("0 steps taken.")).to_be_visible()
        until(page, "() => !/steps|start/.test(location.search)")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    if control == "other loss":
        page.wait_for_url(lambda url: "loss=squared" in url)
        expect(page.get_by_role("radio", name="Squared error")).to_be_checked()
    # The other loss begins where the descent began, too.
    if control in ("reset", "other loss"):
        descend_page.assert_at(page, list(Scenario().z))
    elif control == "wrong":
        descend_page.assert_at(page, [0, -4, 4])
    else:
        z = board_values(page)["z"][:3]
        assert any(z == at.tolist() for at in descend(Scenario().z, [0, 1, 0], 1, 40).z[3:])


def test_a_quick_click_during_a_play_opens_what_was_played(fresh_page: Page) -> None:
    page = fresh_page
    linger(page, "views/training.js")
    iris_page.opened(page, "trained=0")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(re.compile(r"^[1-9]\d+ of 600 steps"))).to_be_visible()
    page.get_by_role("button", name="Open this flower in Explore").click()
    ready(page)
    z = board_values(page)["z"]
    page.get_by_role("link", name="Irises").click()
    said = page.locator(".iris .said")
    expect(said).to_have_text(re.compile(r"^[1-9]\d+ of 600 steps"))
    steps = int(said.inner_text().split()[0])
    assert z == forward(iris_page.trained(steps), iris_page.INPUTS[59]).z.tolist()


@pytest.mark.parametrize(
    ("path", "key"), [("/?wrt=virginica", "curve"), ("/descend?true=virginica", "cross_entropy")]
)
@pytest.mark.parametrize("z", [[1, 2], [1, 2, 3, 4]])
def test_charts_do_not_follow_a_board_with_other_classes(
    open_page: Callable[..., Page], path: str, key: str, z: list[float]
) -> None:
    page = ready(open_page(path))
    expect(chart(page, key).locator(".main-svg").first).to_be_visible(timeout=20_000)
    kept = page.evaluate(
        """async ([key, z]) => {
          const { LiveCharts } = await import(new URL("app/static/live/charts/charts.js", document.baseURI));
          const { Store } = await import(new URL("app/static/live/store.js", document.baseURI));
          const store = new Store(["z"]);
          const charts = new LiveCharts(store);
          charts.connect([key]);
          store.move({ z, temperature: 1, i: 0, j: 0 }, "hand");
          for (let n = 0; n < 10; n++) await new Promise(requestAnimationFrame);
          charts.stop();
          const chart = document.querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`);
          const points = chart.data.filter(({ meta }) => meta?.live.endsWith("-point"));
          return points.length > 0 && points.every(({ x }) => x[0] === chart.layout.meta.of.z[2]);
        }""",
        [key, z],
    )
    # An error in the browser would fail this test at its end, too.
    assert kept
