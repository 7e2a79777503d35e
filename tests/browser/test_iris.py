"""The iris page in a browser: flowers, the point, visible training, and agreement with core/network.py."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.derivatives import jacobian
from core.irises import SPECIES, scaled
from core.network import RATE, STEPS, Network, accuracy, chain, forward
from core.softmax import log_softmax
from tests.browser.hands import Reruns, eventually, has, linger, ready, until
from tests.browser.iris_page import INPUTS, opened, trained


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


def click_at(page: Page, mark: Locator, aside: float = 0) -> None:
    """Click the middle of a mark, or `aside` pixels above it, whatever lies over it."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - aside)


def number(page: Page, test_id: str) -> float:
    return float(page.get_by_test_id(test_id).get_attribute("data-value") or "nan")


def assert_shows(page: Page, network: Network, x: np.ndarray) -> None:
    expected = forward(network, x)

    def check() -> None:
        assert [number(page, f"z-{k}") for k in range(3)] == pytest.approx(expected.z, rel=1e-9)
        assert [number(page, f"p-{k}") for k in range(3)] == pytest.approx(expected.p, rel=1e-9)
        shown = [[number(page, f"j-{i}-{j}") for j in range(3)] for i in range(3)]
        np.testing.assert_allclose(shown, jacobian(expected.z), rtol=1e-9)

    # A play shows weights with six digits. Python's own weights replace them soon after the play stops.
    eventually(page, check)


@pytest.mark.parametrize("flower", [1, 60, 71, 150])
def test_a_flower_goes_through_the_network_as_core_computes_it(page: Page, flower: int) -> None:
    opened(page, f"flower={flower}&weight=3-2")
    network = trained(STEPS)
    assert_shows(page, network, INPUTS[flower - 1])
    links = chain(network, INPUTS[flower - 1], int(SPECIES[flower - 1]), 2, 1)
    # For an almost certain flower, the logarithm of the rounded probability would have fewer digits.
    loss = -log_softmax(forward(network, INPUTS[flower - 1]).z)[SPECIES[flower - 1]]
    assert number(page, "loss") == pytest.approx(loss, rel=1e-12)
    assert number(page, "dz") == pytest.approx(links.loss_by_output, rel=1e-9)
    assert number(page, "dz-dw") == pytest.approx(links.output_by_weight, rel=1e-9)
    assert number(page, "dw") == pytest.approx(links.loss_by_weight, rel=1e-9)
    weight = network.output_weights[2, 1]
    assert number(page, "w") == weight
    # One step of descent on the loss of this flower alone.
    assert number(page, "w-next") == pytest.approx(weight - RATE * links.loss_by_weight, rel=1e-12)
    expect(page.locator(".who")).to_contain_text(f"Flower {flower}, ")
    right = round(150 * accuracy(network, INPUTS, SPECIES))
    expect(page.get_by_text(f"600 of 600 steps, {right} of 150 correct")).to_be_visible()


def test_a_click_chooses_a_flower_and_further_clicks_those_under_it(page: Page) -> None:
    opened(page)
    first = page.locator(".flower").nth(101)  # flowers 102 and 143 have the same measurements
    same = [k for k in range(150) if (INPUTS[k] == INPUTS[101]).all()]
    assert len(same) > 1
    chosen: list[int] = []
    for _ in same:
        before = page.locator(".who").inner_text()
        click_at(page, first)
        expect(page.locator(".who")).not_to_have_text(before)
        expect(page.locator(".who")).to_contain_text("Flower ")
        chosen.append(int(page.locator(".who").inner_text().split(",")[0].split()[1]) - 1)
        page.wait_for_url(has(f"flower={chosen[-1] + 1}"))
    assert sorted(chosen) == same


def test_a_dragged_point_is_followed_and_costs_one_rerun(page: Page) -> None:
    reruns = Reruns(page)
    opened(page)
    box = page.locator(".point .ring").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = number(page, "z-0")
    reruns.count = 0
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x - 20 * k, y + 5 * k)
    assert number(page, "z-0") > before
    expect(page.locator(".who")).to_contain_text("A point of your own")
    assert reruns.count == 0
    page.mouse.up()
    page.wait_for_url(lambda url: "at=" in url)
    assert reruns.count == 1
    ((petal, sepal),) = re.findall(r"at=([\d.]+)%2C([\d.]+)", page.url)
    assert_shows(page, trained(STEPS), scaled(float(petal), float(sepal)))


def test_the_point_moves_by_keyboard(page: Page) -> None:
    opened(page, "at=1,3")
    point = page.get_by_role("slider", name="Point in the plane")
    point.press("ArrowRight")
    point.press("ArrowUp")
    page.wait_for_url(lambda url: "at=1.1%2C3.1" in url)
    assert_shows(page, trained(STEPS), scaled(1.1, 3.1))


def test_steps_of_training_are_those_of_core(page: Page) -> None:
    opened(page, "trained=0&seed=5")
    page.get_by_role("button", name="1 step", exact=True).click()
    page.wait_for_url(lambda url: "trained=1&" in url or url.endswith("trained=1"))
    page.get_by_role("button", name="10 steps", exact=True).click()
    page.wait_for_url(lambda url: "trained=11" in url)
    expect(page.get_by_text("11 of 600 steps")).to_be_visible()
    assert_shows(page, trained(11, 5), INPUTS[59])


def test_steps_asked_for_faster_than_python_answers_add_up(page: Page) -> None:
    opened(page, "trained=0")
    page.locator(".training").evaluate(
        """(training) => {
          const press = (text) => [...training.querySelectorAll("button")]
            .find((button) => button.textContent === text).click();
          press("1 step");
          press("10 steps");
          press("10 steps");
        }"""
    )
    page.wait_for_url(lambda url: "trained=21" in url)
    expect(page.get_by_text("21 of 600 steps")).to_be_visible()


def test_playing_asks_nothing_of_the_server_and_stops_when_told(fresh_page: Page) -> None:
    page = fresh_page
    reruns = Reruns(page)
    linger(page, "views/training.js")
    opened(page, "trained=0")
    picture = "() => document.querySelector('.js-plotly-plot').data[1].x[0]"
    reruns.count = 0
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(re.compile(r"^[1-9]\d+ of 600 steps"))).to_be_visible()
    # A chart may follow a frame later than the words.
    until(page, f"() => ({picture})() > 0")
    assert reruns.count == 0
    page.get_by_role("button", name="Stop").click()
    page.wait_for_url(lambda url: "trained=0" not in url)
    steps = int(page.url.split("trained=")[1].split("&")[0])
    expect(page.get_by_text(f"{steps} of 600 steps")).to_be_visible()
    assert reruns.count == 1
    assert_shows(page, trained(steps), INPUTS[59])


@pytest.mark.parametrize("control", ["another page", "another flower", "a choice below"])
def test_what_ends_a_play_keeps_where_it_was(fresh_page: Page, control: str) -> None:
    page = fresh_page
    linger(page, "views/training.js")
    opened(page, "trained=0")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(re.compile(r"^[1-9]\d+ of 600 steps"))).to_be_visible()
    if control == "another flower":
        click_at(page, page.locator(".flower").nth(101))
    elif control == "another page":
        page.get_by_role("link", name="Loss and descent").hover()
        page.mouse.down()
    else:
        page.get_by_role("combobox", name="Weight to follow").hover()
        page.mouse.down()
    page.wait_for_url(lambda url: "trained=0" not in url)
    steps = int(page.url.split("trained=")[1].split("&")[0])
    page.mouse.up()
    if control == "another page":
        expect(page.locator(".loss[data-ready]")).to_be_visible()
        page.get_by_role("link", name="Irises").click()
    expect(page.get_by_text(f"{steps} of 600 steps")).to_be_visible()
    assert_shows(page, trained(steps), INPUTS[101 if control == "another flower" else 59])


def test_a_whole_play_ends_where_training_ends(page: Page) -> None:
    opened(page, "trained=500")
    page.get_by_role("button", name="Play").click()
    page.wait_for_url(lambda url: "trained" not in url)
    assert_shows(page, trained(STEPS), INPUTS[59])


def test_what_is_hidden_is_not_given_away_by_the_chain(page: Page) -> None:
    opened(page, "hide=network,gradient-numbers")
    for name in ("dz", "dz-dw", "dw-error", "dw-hidden", "dw", "w", "w-slope", "w-next"):
        expect(page.get_by_test_id(name)).to_have_text("?")
        expect(page.get_by_test_id(name)).to_have_attribute("data-value", "")
    # With the new weight and the old one, the gradient could be worked out: it needs both to be revealed.
    page.get_by_test_id("w-next").click()
    expect(page.get_by_test_id("dw")).to_have_text("+0.008")
    expect(page.get_by_test_id("w-next")).to_have_text("?")
    page.get_by_test_id("w-next").click()
    expect(page.get_by_test_id("w-next")).to_have_text("−1.265")
    expect(page.get_by_test_id("dw-hidden")).to_have_text("−0.125")
    page.wait_for_url(has("shown=g1%2Cnetwork"))


def test_a_click_on_a_line_follows_its_weight(page: Page) -> None:
    opened(page)
    click_at(page, page.locator(".choosable").nth(11))
    page.wait_for_url(lambda url: "weight=3-4" in url)
    expect(page.get_by_text("From the loss to one weight: hidden 4 to virginica")).to_be_visible()


def test_flowers_and_lines_are_met_by_a_click_eleven_pixels_away(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page)
    click_at(page, page.locator(".flower").nth(41), aside=11)
    expect(page.locator(".who")).to_contain_text("Flower 42, setosa")
    # Nothing lies above the topmost line.
    click_at(page, page.locator(".choosable").nth(0), aside=11)
    expect(page.get_by_text("From the loss to one weight: hidden 1 to setosa")).to_be_visible()


def test_a_flower_opens_in_explore(page: Page) -> None:
    opened(page, "flower=71")
    page.get_by_role("button", name="Open this flower in Explore").click()
    ready(page)
    z = forward(trained(STEPS), INPUTS[70]).z
    for name, value in zip(("setosa", "versicolor", "virginica"), z, strict=True):
        slider = page.get_by_role("slider", name=f"{name} raw output", exact=True)
        expect(slider).to_have_attribute("aria-valuenow", re.compile(re.escape(str(float(value))[:10])))


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_has_to_be_scrolled_sideways(open_page: Callable[..., Page], width: int) -> None:
    page = opened(open_page("/iris", width=width, height=800))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
