"""Random hands use the app on a desktop and on a phone; `python -m tests.random_hands` does so for longer."""

import pytest
from playwright.sync_api import Browser

from tests.browser.app_server import AppServer
from tests.random_hands import LEAST, play

SECONDS = 9


@pytest.mark.parametrize(("phone", "seed"), [(False, "1"), (True, "2")], ids=["desktop", "phone"])
def test_whatever_hands_do_the_page_its_link_and_core_agree(
    browser: Browser, server: AppServer, phone: bool, seed: str
) -> None:
    assert play(browser, server, seed, phone=phone, seconds=SECONDS, length=500) >= LEAST
