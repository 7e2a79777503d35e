"""How Streamlit mounts our components, and what it does to them behind a visitor's back."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.hands import ready
from ui import theme
from ui.component import loader

# What BidiComponent.js of Streamlit does when new data arrives before it has finished with the old.
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
  const call = () => mount({ data, parentElement, setTriggerValue() {}, setStateValue() {} });
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
        "ack": 0,
        "colours": theme.board_colours(2),
        "link": {"url": "", "at": 0},
    }
    assert page.evaluate(OVERTAKEN, {"source": loader("board"), "data": data})
