"""What axe-core finds wrong for people with disabilities, on every page, light and dark: nothing of ours."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = {"": ".board", "derive": ".steps", "descend": ".loss", "iris": ".iris"}
OPTIONS: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_with_what_is_ours(
    open_page: Callable[..., Page], path: str, scheme: str
) -> None:
    page = open_page(f"/{path}", color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator(f"{PAGES[path]}[data-ready]")).to_be_visible()
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    found = Axe().run(page, options=OPTIONS).response["violations"]
    told = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
    assert not told, "\n".join(told)
