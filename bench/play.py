"""Measures what a training costs, and what playing it costs the server: `python -m bench.play`.

The baseline of a play is the usual way to show a training with Streamlit, one run of the script for each
picture. Here, the button "10 steps" of the same page causes these runs.
"""

from __future__ import annotations

import sys
import time
import timeit

from playwright.sync_api import Page, expect, sync_playwright

from bench.machine import used
from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
from core.network import RATE, STEPS, accuracy, gradient, initial, train
from tests.browser.app_server import AppServer
from tests.browser.conftest import BROWSER_FLAGS, chromium_path

SECONDS = 5.0
LONGEST_TRAINING = 1.0  # s
FEWEST_RIGHT = 140
MOST_OF_A_CORE = 0.05  # the server's part of one core while a training is played
SEEDS = range(10)


def training() -> int:
    """Print time and result of training; return 1 if a bar is missed."""
    inputs = scaled(PETAL_WIDTH, SEPAL_WIDTH)
    seconds = min(timeit.repeat(lambda: train(initial(1), inputs, SPECIES), number=1, repeat=5))
    right = [
        round(150 * accuracy(train(initial(seed), inputs, SPECIES).network, inputs, SPECIES))
        for seed in SEEDS
    ]

    def one_by_one() -> None:
        for flower in range(len(SPECIES)):
            gradient(initial(1), inputs[flower : flower + 1], SPECIES[flower : flower + 1])

    loop = STEPS * min(timeit.repeat(one_by_one, number=1, repeat=5))
    print(f"training, {STEPS} steps at rate {RATE}: {seconds:.3f} s, bar {LONGEST_TRAINING} s")
    print(f"  {seconds / loop:.4f} of a loop over the flowers ({loop:.1f} s)")
    print(
        f"  right of 150, seeds {SEEDS.start} to {SEEDS.stop - 1}: at least {min(right)}, bar {FEWEST_RIGHT}"
    )
    return int(seconds > LONGEST_TRAINING or min(right) < FEWEST_RIGHT)


def per_second(page: Page, process: int, *, played: bool) -> tuple[float, int]:
    """Return the server's processor seconds per second, and how many messages the page sent to it."""
    asked = 0

    def count(_: object) -> None:
        nonlocal asked
        asked += 1

    page.on("websocket", lambda socket: socket.on("framesent", count))
    page.goto("/iris?trained=0")
    ready = page.locator(".st-key-training:not([data-retained]) .main-svg").first
    expect(ready).to_be_visible()
    page.wait_for_load_state("networkidle")
    asked, began, cpu = 0, time.monotonic(), used(process)
    if played:
        page.get_by_role("button", name="Play").click()
        page.evaluate(
            "(milliseconds) => new Promise((done) => setTimeout(done, milliseconds))", 1000 * SECONDS
        )
    else:
        step = 0
        while time.monotonic() - began < SECONDS:
            page.get_by_role("button", name="10 steps").click()
            step += 10
            expect(page.get_by_text(f"{step} of {STEPS} steps")).to_be_visible()
    return (used(process) - cpu) / (time.monotonic() - began), asked


def play() -> int:
    """Print what playing costs the server, here and in the usual way; return 1 if a bar is missed."""
    with AppServer() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=BROWSER_FLAGS)
        context = browser.new_context(base_url=server.url, viewport={"width": 1400, "height": 900})
        process = server.pid
        per_second(context.new_page(), process, played=True)  # a first visit warms the server
        ours, our_asks = per_second(context.new_page(), process, played=True)
        plain, plain_asks = per_second(context.new_page(), process, played=False)
        browser.close()
    print(f"play, {SECONDS:g} s: {1000 * ours:.1f} ms of server per second, bar {1000 * MOST_OF_A_CORE:g} ms")
    print(f"  {ours / plain:.3f} of a run for each picture ({1000 * plain:.0f} ms per second)")
    print(f"  asked of the server: {our_asks} times (plain: {plain_asks})")
    return int(ours > MOST_OF_A_CORE or our_asks > 0)


def main() -> int:
    """Run both; return 1 if a bar is missed."""
    return training() | play()


if __name__ == "__main__":
    sys.exit(main())
