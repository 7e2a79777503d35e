"""How Streamlit mounts our components, and what it does to them unseen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.hands import charts_ready, held, pull, ready
from ui import theme
from ui.component import loader
from ui.packs import packs

# Does what Streamlit's BidiComponent.js does when new data arrives before the old is finished.
OVERTAKEN = """async ({ source, data }) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: mount } = await import(url);
  const host = document.createElement("div");
  document.body.append(host);
  const parentElement = host.attachShadow({ mode: "open" });
  const board = document.createElement("div");
  board.className = "board";
  board.setAttribute("role", "group");
  parentElement.append(board);
  const call = () => mount({ data: [data], parentElement, setTriggerValue() {}, setStateValue() {} });
  const drawn = async () => {
    while (!parentElement.querySelector(".track")) await new Promise(requestAnimationFrame);
    return parentElement.querySelector(".track");
  };
  const cleanFirst = await call();
  const track = await drawn();
  cleanFirst();
  const cleanSecond = await call();
  await new Promise(requestAnimationFrame);
  const kept = (await drawn()) === track;
  host.remove();
  cleanSecond();
  return kept;
}"""


def test_a_bar_stays_the_same_when_newer_data_overtakes_older(open_page: Callable[..., Page]) -> None:
    page = ready(open_page())
    data = {
        "names": ["cat", "dog"],
        "z": [1, 2],
        "start": [1, 2],
        "temperature": 1,
        "i": 0,
        "j": 0,
        "scale": 5,
        "bars": [0, 1],
        "grid": True,
        "ack": 0,
        "colours": theme.board_colours(2),
        "link": {"url": "", "at": 0},
    }
    assert page.evaluate(OVERTAKEN, {"source": loader("board"), "data": data})


def assert_only_lost(problems: list[str]) -> None:
    """Assert that nothing is wrong but the files that this test kept from the page."""
    others = [problem for problem in problems if not re.search("net::ERR_FAILED|Failed to fetch", problem)]
    problems.clear()
    assert others == []


@pytest.mark.parametrize("lost", [1, 1000])
def test_a_part_that_could_not_be_loaded_is_tried_again_and_then_said(
    fresh_page: Page, console_problems: list[str], lost: int
) -> None:
    page = fresh_page
    asked = 0

    def answer(route: Route) -> None:
        nonlocal asked
        asked += 1
        route.abort() if asked <= lost else route.continue_()

    page.route("**/packs/*/rest.js*", answer)
    page.goto("/derive")
    ready(page)
    steps = page.locator(".steps[data-ready]")
    said = page.locator(".steps").get_by_text("could not be loaded. Please reload the page.")
    expect(steps if lost == 1 else said).to_be_visible()
    expect(said if lost == 1 else steps).to_have_count(0)
    # The board works without the steps.
    with held(page, "setosa"):
        pull(page, "setosa", 30)
    page.wait_for_url(lambda url: "z=" in url)
    assert_only_lost(console_problems)


def test_a_page_works_on_a_host_that_has_no_packs(fresh_page: Page, console_problems: list[str]) -> None:
    page = fresh_page
    page.route("**/packs/**", lambda route: route.abort())
    page.goto("/")
    charts_ready(page)
    with held(page, "setosa"):
        pull(page, "setosa", 30)
        expect(page.get_by_test_id("probability-0")).not_to_have_text("0.684")
    page.wait_for_url(lambda url: "z=" in url)
    # All parts have taken the same modules: the board follows the temperature.
    before = page.get_by_test_id("probability-0").inner_text()
    page.get_by_role("slider", name="temperature", exact=True).press("ArrowRight")
    expect(page.get_by_test_id("probability-0")).not_to_have_text(before)
    assert_only_lost(console_problems)


def test_a_module_in_a_pack_exports_what_the_module_itself_exports(origin: Page) -> None:
    both = (packs().first + packs().rest).decode()
    names = re.findall(r'^"([\w/]+\.js)": ', both, re.MULTILINE)
    found = origin.evaluate(
        """async ([folder, names]) => {
          const at = (path) => new URL(`app/static/${path}`, document.baseURI);
          const { later } = await import(at(`${folder}/first.js`));
          const exports = (module) => Object.keys(module).sort().join();
          const different = [];
          for (const name of names) {
            const itself = await import(at(`live/${name}`));
            if (exports(await later(name)) !== exports(itself)) different.push(name);
          }
          return different;
        }""",
        [packs().folder, names],
    )
    assert found == []
