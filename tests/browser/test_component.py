"""How Streamlit mounts our components, and what it does to them unseen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.hands import held, pull, ready
from ui import theme
from ui.component import loader

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

    page.route("**/parts/temperature.js", answer)
    page.goto("/")
    ready(page)
    slider = page.get_by_role("slider", name="temperature", exact=True)
    said = page.get_by_text("could not be loaded. Please reload the page.")
    expect(slider if lost == 1 else said).to_be_visible()
    expect(said if lost == 1 else slider).to_have_count(0)
    # The board works without the temperature part.
    with held(page, "setosa"):
        pull(page, "setosa", 30)
    page.wait_for_url(lambda url: "z=" in url)
    others = [problem for problem in console_problems if "net::ERR_FAILED" not in problem]
    console_problems.clear()
    assert others == []
