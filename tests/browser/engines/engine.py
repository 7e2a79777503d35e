"""What a user does in any browser engine, so that one smoke test drives both Firefox and WebKit.

Playwright drives Firefox, and WebDriver drives WebKit. They share only what both can do: run a script, move
a mouse, press keys. All looking and waiting is built on these, with look-ups that reach into shadow roots.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

PATIENCE = 30.0
_BETWEEN_LOOKS = 0.03

# `all(css, name)` returns the visible elements that match, also by accessible name or text if one is given.
_LOOK_UPS = """
const within = (root) => [...root.querySelectorAll("*")]
  .flatMap((node) => node.shadowRoot ? [node, ...within(node.shadowRoot)] : [node]);
const seen = (node) => node.getClientRects().length && getComputedStyle(node).visibility === "visible"
  && !node.closest("[data-retained]");
const names = (node) => [node.getAttribute("aria-label"), node.textContent].filter(Boolean);
const all = (css, name = "") => {
  const found = within(document).filter((node) => node.matches(css) && seen(node));
  const exact = found.filter((node) => !name || names(node).some((text) => text.trim() === name));
  // Arrows and icons are text too.
  return exact.length ? exact : found.filter((node) => names(node).some((text) => text.includes(name)));
};
const find = (css, name) => all(css, name)[0];
const chart = (key) => document.querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`);
"""
# Where the pointer can press an element: its middle, if nothing lies over it.
_PLACE = """((node) => {
  if (!node) return null;
  node.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { x, y, width, height } = node.getBoundingClientRect();
  const middle = [x + width / 2, y + height / 2];
  let hit = document.elementFromPoint(...middle);
  while (hit?.shadowRoot?.elementFromPoint(...middle)) {
    const inner = hit.shadowRoot.elementFromPoint(...middle);
    if (inner === hit) break;
    hit = inner;
  }
  for (let at = hit; at; at = at.parentNode ?? at.host) if (at === node) return middle;
  return null;
})(find(...arg))"""
# A page that has not started is "notRunning" too, so the second line is needed.
_SETTLED = """find("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  && all("[data-testid=stMain] [data-testid=stElementContainer]").length > 0
  && !all("[data-testid=stAppSkeleton], [data-testid=stSkeleton]").length"""


class Engine(ABC):
    """One browser window on the app."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.heard: list[str] = []

    @abstractmethod
    def visit(self, address: str) -> None:
        """Open an address."""

    @abstractmethod
    def run(self, body: str, arg: Any) -> Any:
        """Run a function body in the page; `arg` is its argument."""

    @abstractmethod
    def mouse(self, kind: str, x: float = 0, y: float = 0) -> None:
        """Move the mouse, or press ("down") or let go ("up") its left button."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press and let go one key, named as the web names it."""

    @abstractmethod
    def go(self, by: int) -> None:
        """Go back (-1) or forward (1)."""

    @abstractmethod
    def problems(self) -> list[str]:
        """The errors that the page has reported so far."""

    @abstractmethod
    def close(self) -> None:
        """Leave the page."""

    def open(self, path: str = "/") -> None:
        """Open a page of the app and wait until it is complete."""
        self.visit(urljoin(self.base, path))
        self.settle()

    def settle(self) -> None:
        """Wait until no script runs and what it sent is drawn."""
        self.until(_SETTLED)

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Return the value of an expression that may use `arg`, `all`, `find` and `chart`."""
        return self.run(f"{_LOOK_UPS}; return ({expression});", arg)

    def until(self, expression: str, arg: Any = None, seconds: float = PATIENCE) -> Any:
        """Wait until an expression is true, and return its value."""
        deadline = time.monotonic() + seconds
        while not (value := self.evaluate(expression, arg)):
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {seconds:g} s: {expression} with {arg!r}")
            time.sleep(_BETWEEN_LOOKS)
        return value

    @property
    def address(self) -> str:
        """The address bar, without the server."""
        return str(self.evaluate("location.pathname + location.search"))

    def text(self, css: str, name: str = "") -> str:
        """The text of an element, once it is there."""
        self.until("find(...arg)", [css, name])
        # WebKit adds the end of a line where a block ends.
        return str(self.evaluate("find(...arg).innerText", [css, name])).rstrip("\n")

    def place(self, css: str, name: str = "") -> tuple[float, float]:
        """Where an element can be pressed, once it stands still."""
        last: Any = None
        deadline = time.monotonic() + PATIENCE
        while True:
            found = self.evaluate(_PLACE, [css, name])
            if found and found == last:
                return float(found[0]), float(found[1])
            if time.monotonic() > deadline:
                raise AssertionError(f"no hand can reach {css} {name!r}")
            last = found
            time.sleep(_BETWEEN_LOOKS)

    def click(self, css: str, name: str = "") -> None:
        """Press and let go in the middle of an element."""
        with self.held(css, name):
            pass

    @contextmanager
    def held(self, css: str, name: str = "") -> Iterator[tuple[float, float]]:
        """Press the mouse in the middle of an element; let go where the mouse is at the end."""
        x, y = self.place(css, name)
        self.mouse("move", x, y)
        self.mouse("down")
        yield x, y
        self.mouse("up")

    def drag(self, start: tuple[float, float], right: float, down: float = 0, moves: int = 6) -> None:
        """Move the pressed mouse from where it was pressed."""
        x, y = start
        for k in range(1, moves + 1):
            self.mouse("move", x + right * k / moves, y + down * k / moves)

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        for letter in text:
            self.press(letter)
