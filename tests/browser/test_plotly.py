"""If plotly.js has unknown insides, charts still follow a drag, because Plotly itself draws them."""

import re
from itertools import zip_longest

import pytest
from playwright.sync_api import Page, expect

from core.derivatives import derivative_surface
from core.softmax import softmax
from tests.browser.hands import board_values, chart, chart_values, charts_ready, eventually, go, held, pull

# What `static/live/charts/plotly.js` relies on, and how to remove it from a drawn chart. `_fullData` is not
# in the list, because Plotly itself cannot redraw without it.
BREAKS = {
    "curve": {
        "axis with l2p": "chart._fullLayout.xaxis.l2p = undefined",
        ".trace<uid>": "chart.querySelectorAll('.trace').forEach((g) => g.removeAttribute('class'))",
        ".js-line": "chart.querySelectorAll('.js-line').forEach((g) => g.classList.remove('js-line'))",
        ".points": "chart.querySelectorAll('.points').forEach((g) => g.removeAttribute('class'))",
        ".text": "chart.querySelectorAll('.text').forEach((g) => g.removeAttribute('class'))",
    },
    "surface": {
        "_size": "chart._fullLayout._size = undefined",
        ".contourlayer": "chart.querySelector('.contourlayer').removeAttribute('class')",
        ".svg-container": "chart.querySelector('.svg-container').classList.remove('svg-container')",
    },
}
# Each is seen on a page of its own, but both charts of a page can be broken at once.
BROKEN = [
    {key: what for key, what in zip(BREAKS, broken, strict=True) if what}
    for broken in zip_longest(*BREAKS.values())
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: " and ".join(broken.values()))
def test_a_chart_with_unknown_insides_follows_drawn_by_plotly(
    page: Page, console_problems: list[str], broken: dict[str, str]
) -> None:
    page.goto("/")
    charts_ready(page)
    for key, what in broken.items():
        # Plotly reports each drawing with this event, so the chart looks as if Plotly had drawn it like this.
        chart(page, key).evaluate(f"(chart) => {{ {BREAKS[key][what]}; chart.emit('plotly_afterplot'); }}")
    with held(page, "virginica"):
        pull(page, "virginica", 40)

        def follows() -> None:
            z = board_values(page)["z"]
            curve, surface = chart_values(page, "curve"), chart_values(page, "surface")
            assert curve["curve-point"][0]["y"][0] == pytest.approx(softmax(z)[0], rel=1e-9)
            grid = surface["surface"][0]
            exact = derivative_surface(z, 0, 0, 0, 1, grid["x"], grid["y"])
            for row, expected in zip(grid["z"][::20], exact[::20], strict=True):
                assert row == pytest.approx(expected, abs=1e-9)

        eventually(page, follows)
    page.wait_for_url(lambda url: "z=" in url)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    # The console reports each once.
    for key in broken:
        told = [problem for problem in console_problems if f"“{key}” is left to Plotly" in problem]
        assert len(told) == 1, console_problems
        console_problems.remove(told[0])


def test_charts_follow_the_theme_when_it_changes_and_still_follow_a_drag(loaded: Page) -> None:
    page = loaded
    charts_ready(go(page, "/"))
    numbers = page.locator(
        ".st-key-curve .xtick text, .st-key-surface .ytick text, .st-key-curve .textpoint text"
    )
    for scheme, light in (("dark", True), ("light", False)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

        def readable(light: bool = light) -> None:
            fills = [re.findall(r"\d+", each) for each in numbers.evaluate_all(
                "(all) => all.map((node) => getComputedStyle(node).fill)")]  # fmt: skip
            assert len(fills) > 3
            assert all((sum(map(int, fill[:3])) > 382) == light for fill in fills)

        eventually(page, readable)
    point = page.locator(".st-key-curve .textpoint text").first
    before = point.text_content()
    with held(page, "setosa"):
        pull(page, "setosa", 40)

        def same() -> None:
            # On a busy machine both still change, so neither is waited for with what the other showed before.
            assert point.text_content() == page.get_by_test_id("probability-0").text_content() != before

        eventually(page, same)
