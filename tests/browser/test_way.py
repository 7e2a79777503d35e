"""A flower's way through the network in a browser: its stages, their light and numbers, keys, the link."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.irises import SPECIES
from core.network import RATE, chain, forward
from core.softmax import log_softmax
from tests.browser.hands import eventually, go, has
from tests.browser.iris_page import INPUTS, opened, trained
from ui.iris_part import STAGES

FLOWER, OUTPUT, HIDDEN, STEPS = 70, 2, 1, 300
QUERY = f"flower={FLOWER + 1}&weight={OUTPUT + 1}-{HIDDEN + 1}&trained={STEPS}"
DRAWN = ["x0", "x1", "h0", "h1", "h2", "h3", "z0", "z1", "z2", "p0", "p1", "p2"]
LINES = ["loss", "dz", "why", "dw", "step", "training"]
# What is lit at each stage: the numbers of the drawing, and the lines of the chain.
LIT = {
    1: "",
    2: "x0 x1 h0 h1 h2 h3",
    3: "h0 h1 h2 h3 z0 z1 z2",
    4: "z0 z1 z2 p0 p1 p2",
    5: "p1 loss",
    6: "z2 p2 dz",
    7: "h1 z2 why",
    8: "dw step training",
}


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


def lit(page: Page) -> str:
    """What is lit of the drawing's numbers and the chain's lines."""
    read = "(nodes) => nodes.map((node) => node.dataset.lit === 'now')"
    found = page.locator(".diagram text:not(.head)").evaluate_all(read)
    found += page.locator(".chain p").evaluate_all(read)
    return " ".join(name for name, now in zip(DRAWN + LINES, found, strict=True) if now)


def numbers(page: Page) -> dict[str, float]:
    """The numbers of the sentence, with all their digits."""
    read = "(nodes) => nodes.map((node) => [node.dataset.testid, node.dataset.value])"
    found = page.locator(".way .sentence strong").evaluate_all(read)
    return {name.removeprefix("way-"): float(value) for name, value in found}


def count(page: Page, text: str) -> None:
    expect(page.locator(".way .count")).to_have_text(text)


def test_each_stage_lights_its_part_and_says_the_numbers_of_core(page: Page) -> None:
    opened(page, QUERY)
    network, species = trained(STEPS), int(SPECIES[FLOWER])
    x = INPUTS[FLOWER]
    layers = forward(network, x)
    links = chain(network, x, species, OUTPUT, HIDDEN)
    weight = network.output_weights[OUTPUT, HIDDEN]
    said: dict[int, dict[str, float]] = {
        1: {},
        2: {f"x-{k}": x[k] for k in range(2)} | {f"hidden-{k}": layers.hidden[k] for k in range(4)},
        3: {f"z-{k}": layers.z[k] for k in range(3)},
        4: {f"p-{k}": layers.p[k] for k in range(3)},
        5: {"p": layers.p[species], "loss": -log_softmax(layers.z)[species]},
        6: {"p": layers.p[OUTPUT], "dz": links.loss_by_output},
        7: {"dz-dw": links.output_by_weight},
        8: {
            "dw-error": links.loss_by_output,
            "dw-hidden": links.output_by_weight,
            "dw": links.loss_by_weight,
            "w": weight,
            "w-slope": links.loss_by_weight,
            "w-next": weight - RATE * links.loss_by_weight,
        },
    }
    sentence = page.get_by_role("status").and_(page.locator(".way .sentence"))
    expect(sentence).to_be_hidden()
    before = page.locator(".who").bounding_box()
    page.get_by_role("button", name="Follow the flower").click()
    heard = set()
    for stage in range(1, STAGES + 1):
        count(page, f"{stage} of {STAGES}")
        page.wait_for_url(has(f"way={stage}"))
        assert lit(page) == LIT[stage]
        expect(page.locator(".plane")).to_have_css("opacity", "1" if stage == 1 else "0.6")
        assert numbers(page) == pytest.approx(said[stage], rel=1e-9)
        heard.add(sentence.inner_text())
        if stage < STAGES:
            page.keyboard.press("ArrowRight")
    assert len(heard) == STAGES
    # What stands above the sentence has not moved.
    assert page.locator(".who").bounding_box() == before
    following = page.get_by_role("button", name=re.compile("^Next"))
    expect(following).to_be_disabled()
    # The focus has not been lost with the button.
    page.keyboard.press("ArrowLeft")
    count(page, "7 of 8")
    expect(following).to_be_enabled()
    page.keyboard.press("Escape")
    expect(sentence).to_be_hidden()
    page.wait_for_url(lambda url: "way=" not in url)
    expect(page.locator("[data-lit]")).to_have_count(0)
    expect(page.locator(".plane")).to_have_css("opacity", "1")
    expect(page.get_by_role("button", name="Follow the flower")).to_be_focused()


def test_the_way_follows_a_dragged_point_as_far_as_it_goes(page: Page) -> None:
    opened(page, f"{QUERY}&way=3")
    count(page, "3 of 8")
    box = page.locator(".point .ring").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 20)
    sentence = page.locator(".way .sentence")
    # A screen reader would read every number on the way.
    expect(sentence).to_have_attribute("aria-busy", "true")
    count(page, "3 of 4")
    expect(page.locator(".diagram rect[data-lit=now]")).to_have_count(7)
    page.mouse.up()
    expect(sentence).to_have_attribute("aria-busy", "false")
    page.wait_for_url(has("at="))
    tables = page.locator("td[data-testid^=z-]")
    z = [float(value) for value in tables.evaluate_all("(nodes) => nodes.map((node) => node.dataset.value)")]
    assert numbers(page) == {f"z-{k}": value for k, value in enumerate(z)}
    page.get_by_role("button", name=re.compile("^Next")).click()
    expect(sentence).to_contain_text("has no species, so its way ends here")
    expect(page.get_by_role("button", name=re.compile("^Next"))).to_be_disabled()
    # A link to a later stage shows the last one that there is.
    opened(page, "at=1,3&way=8")
    count(page, "4 of 4")


def test_the_sentences_give_nothing_away_that_is_hidden(page: Page) -> None:
    hide = "network,probability-numbers,loss,gradient-numbers"
    for stage in range(2, STAGES + 1):
        go(page, f"/iris?hide={hide}&way={stage}")
        count(page, f"{stage} of {STAGES}")
        figures = page.locator(".way .sentence strong")
        assert set(figures.all_inner_texts()) == {"?"}
        assert all(np.isnan(float(each or "nan")) for each in
                   figures.evaluate_all("(nodes) => nodes.map((node) => node.dataset.value)"))  # fmt: skip
    page.get_by_test_id("way-dw-error").click()
    expect(page.get_by_test_id("way-dw")).to_have_text("+0.008")
    expect(page.get_by_test_id("way-w")).to_have_text("?")
    expect(page.get_by_test_id("way-w-next")).to_have_text("?")


def test_a_clicker_leads_along_the_way_and_escape_ends_it_first(page: Page) -> None:
    go(page, f"/iris?present=on&{QUERY}&way=6")
    expect(page.locator(".lesson[data-ready]")).to_be_attached()
    count(page, "6 of 8")
    page.keyboard.press("PageDown")
    count(page, "7 of 8")
    page.wait_for_url(has("way=7"))
    page.keyboard.press("PageUp")
    count(page, "6 of 8")
    # The sentence stands where the chain stood.
    expect(page.locator(".chain")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".way .sentence")).to_be_hidden()
    expect(page.locator(".chain")).to_be_visible()
    page.wait_for_url(lambda url: "way=" not in url)
    page.keyboard.press("PageDown")
    expect(page.get_by_text("310 of 600 steps")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    page.get_by_role("button", name="Follow", exact=True).click()
    count(page, "1 of 8")
    page.wait_for_url(has("way=1"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


def test_on_a_phone_the_way_fits_beside_the_drawing(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{QUERY}&way=8")
    count(page, "8 of 8")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def fits() -> None:
        for node in (page.locator(".way"), page.locator(".way .sentence"), page.locator(".diagram")):
            box = node.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390

    eventually(page, fits)
