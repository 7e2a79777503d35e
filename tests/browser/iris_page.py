"""Irises, opened by a visitor of the tests, and its networks as core/ trains them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
from core.network import RATE, Network, initial, train
from tests.browser.hands import go

INPUTS = scaled(PETAL_WIDTH, SEPAL_WIDTH)


def opened(page: Page, query: str = "") -> Page:
    go(page, f"/iris?{query}")
    expect(page.locator(".iris[data-ready]")).to_be_visible()
    expect(page.locator(".st-key-training:not([data-retained]) .main-svg").first).to_be_visible()
    return page


def trained(steps: int, seed: int = 1) -> Network:
    return train(initial(seed), INPUTS, SPECIES, RATE, steps).network
