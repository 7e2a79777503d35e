"""Uses the app with random hands, and prints every sequence that shows a fault so that it can be repeated.

`python -m tests.random_hands --seed 7 --seconds 600 --phone` plays sequences of actions, one after the other;
`python -m tests.random_hands --replay FILE` repeats a printed sequence.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error as PlaywrightError, Page, sync_playwright

from tests.browser.app_server import AppServer, exception_in
from tests.browser.at_rest import KEEP_COPIED, come_back, rest
from tests.browser.conftest import launch_chromium
from tests.browser.random_actions import Action, Hands, choose
from tests.browser.visitors import note_problems

LENGTH, LEAST = 40, 10
STARTS = ("/", "/derive", "/derive?predict=off&show=all", "/descend", "/iris?trained=0", "/iris",
          "/?z=0,1,2,3,-4,0,0,1,1,9&T=0.5", "/descend?label=0.9&rate=5&loss=squared+error",
          "/?classes=cat,dog&z=2,-1&view=3d", "/worksheet?with=two-classes",
          "/tour", "/tour?scene=peak", "/tour?scene=step")  # fmt: skip
WINDOWS: dict[bool, dict[str, Any]] = {
    False: {"viewport": {"width": 1280, "height": 800}},
    True: {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
# Messages that appear when a page is left or loaded during other work, or when "r" is pressed before the page
# is there. None of them is a fault.
LEAVING = ("WebSocket", "ERR_ABORTED", "dynamically imported module", "_stcore",
           "Cannot rerun script when disconnected")  # fmt: skip


class FaultError(AssertionError):
    """A sequence of actions under which the app failed."""

    def __init__(self, sequence: dict[str, Any], what: str) -> None:
        super().__init__(
            f"{what}\nDo it again with --replay FILE, where the file has:\n{json.dumps(sequence)}"
        )


def play(
    browser: Browser, server: AppServer, seed: str, *, phone: bool, seconds: float = 600, length: int = LENGTH
) -> int:
    """Do random actions from a start that the seed chooses, and return how many; raise `FaultError`.

    The sequence ends after `length` actions, or earlier after `seconds`, but not before the first few.
    """
    rng = random.Random(seed)  # noqa: S311
    sequence: dict[str, Any] = {"seed": seed, "phone": phone, "start": rng.choice(STARTS), "actions": []}

    def chosen(page: Page) -> Iterator[Action]:
        until = time.monotonic() + seconds
        while (done := len(sequence["actions"])) < length and (done < LEAST or time.monotonic() < until):
            # Most actions follow quickly; sometimes there is time to look at the result.
            action: Action = {"do": "rest"} if rng.random() < 0.15 else choose(page, rng)
            action["pause"] = rng.choice((0, 0, 0, 30, 150, 600))
            sequence["actions"].append(action)
            yield action

    _perform(browser, server, sequence, chosen)
    return len(sequence["actions"])


def replay(browser: Browser, server: AppServer, sequence: dict[str, Any]) -> None:
    """Repeat a printed sequence; raise `FaultError`."""
    _perform(browser, server, sequence, lambda _: iter(sequence["actions"]))


def _perform(
    browser: Browser,
    server: AppServer,
    sequence: dict[str, Any],
    actions: Callable[[Page], Iterator[Action]],
) -> None:
    said_before = len(server.log_text())
    problems: list[str] = []
    context = browser.new_context(base_url=server.url, **WINDOWS[sequence["phone"]])
    note_problems(context, problems.append)
    context.add_init_script(KEEP_COPIED)
    page = context.new_page()
    hands = Hands(page, context, phone=sequence["phone"])
    step = 0

    def look() -> None:
        rest(page)
        if exception := exception_in(server.log_text()[said_before:]):
            raise AssertionError(f"the server's log has an exception:\n{exception}")
        heard = [said for said in problems if not any(noise in said for noise in LEAVING)]
        if heard:
            raise AssertionError("\n".join(heard))

    try:
        page.goto(sequence["start"])
        look()
        steps = actions(page)
        while action := _next(steps, page):
            step += 1
            if action["do"] == "rest":
                look()
            else:
                _do(hands, action)
            page.wait_for_timeout(action.get("pause", 0))
        look()
    except (AssertionError, PlaywrightError) as fault:
        what = f"after {step} actions at {page.url}: {fault}"
        what = "\n".join([what, *problems, exception_in(server.log_text()[said_before:])])
        raise FaultError(sequence, what) from fault
    finally:
        context.close()


def _next(steps: Iterator[Action], page: Page) -> Action | None:
    come_back(page)
    try:
        return next(steps, None)
    except PlaywrightError as error:
        if "context was destroyed" not in error.message:
            raise
    # The generator looked for the next action while one page replaced another. This error has ended it.
    rest(page)
    return None


def _do(hands: Hands, action: Action) -> None:
    try:
        hands.do(action)
    except PlaywrightError as error:
        if "context was destroyed" not in error.message:
            raise


def main() -> int:
    """Play for a while from a seed, or repeat a printed sequence; print what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.random_hands", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="the first sequence's number")
    parser.add_argument("--seconds", type=float, default=120, help="how long to go on")
    parser.add_argument("--phone", action="store_true", help="as a phone, with a finger")
    parser.add_argument("--replay", type=Path, help="a file with a printed sequence")
    asked = parser.parse_args()
    faults = 0
    with AppServer() as server, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        if asked.replay:
            replay(browser, server, json.loads(asked.replay.read_text(encoding="utf-8")))
            print("nothing went wrong")
            return 0
        until, seed, actions = time.monotonic() + asked.seconds, asked.seed, 0
        while time.monotonic() < until:
            try:
                actions += play(browser, server, str(seed), phone=asked.phone)
            except FaultError as fault:
                faults += 1
                print(f"--- seed {seed}: {fault}", flush=True)
            seed += 1
        browser.close()
    print(f"seeds {asked.seed} to {seed - 1}: {actions} actions, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
