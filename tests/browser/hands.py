"""What a visitor does and sees on the board, so that the tests read like their actions."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import FloatRect, Locator, Page, WebSocket, expect

from tests.browser.app_server import ROOT

# For each page by its name in the menu: its address, and what shows that the page is there.
PAGES = {
    "Explore": ("/", ".st-key-choices"),
    "Step by step": ("/derive", ".steps[data-ready]"),
    "Loss and descent": ("/descend", ".loss[data-ready]"),
    "Irises": ("/iris", ".st-key-training .main-svg"),
}


def slider(page: Page, name: str) -> Locator:
    """The raw-output bar of a class."""
    return page.get_by_role("slider", name=f"{name} raw output", exact=True)


def value_of(page: Page, name: str) -> float:
    """The raw output of a class, as the board has it now."""
    return float(slider(page, name).get_attribute("aria-valuenow") or "nan")


def ready(page: Page) -> Page:
    """Wait until the board can be dragged."""
    expect(page.locator(".board[data-ready]")).to_be_visible(timeout=20_000)
    return page


def visit(page: Page, path: str) -> Page:
    """Go to another address of the app as Forward would; the page stays, so most of its loading is saved."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    if page.evaluate("(path) => new URL(path, location.href).href === location.href", path):
        return page
    # Streamlit asks for the run a moment after the event. Until then the state is still "notRunning".
    page.evaluate(
        """(path) => new Promise((running) => {
          const app = document.querySelector("[data-testid=stApp]");
          const seen = new MutationObserver(() => {
            if (app.dataset.testScriptState === "notRunning") return;
            seen.disconnect();
            running();
          });
          seen.observe(app, { attributeFilter: ["data-test-script-state"] });
          // React may show the end of a quick run at once on a busy machine: then no change is seen.
          setTimeout(running, 2000);
          history.pushState({}, "", path);
          dispatchEvent(new PopStateEvent("popstate", { state: {} }));
        })""",
        path,
    )
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-retained], [data-stale=true]")).to_have_count(0)
    return two_frames(page)


def go(page: Page, path: str) -> Page:
    """Go to an address of the app: load it, or go on from the loaded page."""
    if page.url == "about:blank":
        page.goto(path)
        return page
    return visit(page, path)


def arrived(page: Page, name: str) -> None:
    """Wait until only this page is shown and Python has finished it."""
    address, there = PAGES[name]
    expect(page.locator(there).first).to_be_visible(timeout=20_000)
    page.wait_for_url(lambda url: re.sub(r"^\w+://[^/]+|\?.*", "", url) == address)
    expect(page).to_have_title(f"{name} · The softmax derivative")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def has(part: str) -> Callable[[str], bool]:
    """A function for `wait_for_url` that tells whether an address contains this text."""
    return lambda url: part in url


def two_frames(page: Page) -> Page:
    """Wait until what was sent to the page has been drawn."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page


def charts_ready(page: Page) -> Page:
    """Wait until the board can be dragged and both charts have been drawn."""
    ready(page)
    for key in ("curve", "surface"):
        expect(chart(page, key).locator(".main-svg").first).to_be_visible(timeout=20_000)
    return page


# A function of the board's root that returns every number on it, for any browser.
BOARD_VALUES = """(board) => {
  const number = (node) => Number(node.dataset.value);
  const rows = [...board.querySelectorAll("[role=slider]")];
  const at = (id) => number(board.querySelector(`[data-testid="${id}"]`));
  return {
    z: rows.map((row) => Number(row.getAttribute("aria-valuenow"))),
    p: rows.map((_, i) => at(`probability-${i}`)),
    jacobian: rows.map((_, i) => rows.map((__, j) => at(`jacobian-${i}-${j}`))),
    line: number(board.querySelector(".formula .result")),
  };
}"""


def board_values(page: Page) -> dict[str, Any]:
    """Every number on the board, in full precision."""
    found: dict[str, Any] = page.locator(".board").evaluate(BOARD_VALUES)
    return found


# On a slow device the numbers of a board follow a held bar only a few times a second. They have followed if
# T ln(p_k / p_0) = z_k - z_0.
FOLLOWED = """({ z, p, temperature = 1 }) => p.every(
  (_, k) => Math.abs(temperature * Math.log(p[k] / p[0]) - (z[k] - z[0])) < 1e-9)"""


def followed(page: Page, temperature: float = 1) -> dict[str, Any]:
    """Every number on the board, once all of them are of the raw outputs that the bars show."""
    shown: dict[str, Any] = {}

    def check() -> None:
        shown.update(board_values(page))
        assert page.evaluate(FOLLOWED, {**shown, "temperature": temperature})

    eventually(page, check)
    return shown


def chart(page: Page, key: str) -> Locator:
    """A drawn chart, but not the old chart that Streamlit retains until the new one is there."""
    return page.locator(f".st-key-{key}:not([data-retained]) .js-plotly-plot")


def chart_values(page: Page, key: str) -> dict[str, list[dict[str, Any]]]:
    """What each live trace of a chart shows now: x, y, z and text by the name of its quantity."""
    found: dict[str, list[dict[str, Any]]] = chart(page, key).evaluate(
        """(chart) => {
          const found = {};
          const plain = (values) =>
            Array.isArray(values) || ArrayBuffer.isView(values) ? Array.from(values, plain) : values;
          chart.data.forEach((trace, index) => {
            const { meta, text } = trace;
            if (!meta?.live) return;
            // What Python sent packed, Plotly keeps unpacked elsewhere.
            const [x, y, z] = ["x", "y", "z"].map((name) =>
              plain(trace[name]?.bdata ? chart._fullData[index][name] : trace[name]));
            (found[meta.live] ??= []).push({ x, y, z, text, quantity: meta.quantity });
          });
          return found;
        }"""
    )
    return found


# The arrays that each chart is drawn from: new arrays after Python has drawn it, the same during a drag.
_DATA = """["curve", "surface"].map(
  (key) => document.querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`)?.data)"""


def remember_charts(page: Page) -> None:
    """Remember the charts as they are, before Python draws them again."""
    page.evaluate(f"window.remembered = {_DATA}")


def wait_for_pythons_charts(page: Page) -> None:
    """Wait until Python's own charts have replaced the remembered ones."""
    until(page, f"() => {_DATA}.every((data, k) => data && data !== window.remembered[k])")


@contextmanager
def held(page: Page, name: str) -> Iterator[Locator]:
    """Press the mouse on the middle of a bar; let go at the end."""
    bar = slider(page, name)
    page.mouse.move(*middle(bar))
    page.mouse.down()
    yield bar
    page.mouse.up()


def pull(page: Page, name: str, pixels: float, moves: int = 10) -> None:
    """Move the pressed mouse sideways from the middle of a bar."""
    x, y = middle(slider(page, name))
    for k in range(1, moves + 1):
        page.mouse.move(x + pixels * k / moves, y)


class Fingers:
    """Fingers on a touch screen: each is one of the points given to `put`, by its place in the list."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._touch = page.context.new_cdp_session(page)
        self._down: dict[int, tuple[float, float]] = {}

    def put(self, *points: tuple[float, float] | None) -> None:
        """Hold the fingers at these points and lift all others; a finger that was down before moves."""
        now = {k: at for k, at in enumerate(points) if at}
        lifted = {k: at for k, at in self._down.items() if k not in now}
        if lifted:
            self._send("touchEnd", lifted)
        if now:
            self._send("touchMove" if now.keys() <= self._down.keys() else "touchStart", now)
        self._down = now
        # Chromium reports touches to the page with the next frame.
        two_frames(self._page)

    def _send(self, kind: str, points: dict[int, tuple[float, float]]) -> None:
        told = [{"id": k, "x": x, "y": y} for k, (x, y) in points.items()]
        self._touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})


def box_of(target: Locator) -> FloatRect:
    """Where something is in the window; it must be drawn there."""
    box = target.bounding_box()
    assert box
    return box


def middle(target: Locator) -> tuple[float, float]:
    """The point in the middle of what is shown."""
    box = box_of(target)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def linger(page: Page, module: str) -> None:
    """Hold plays at their sixth picture for longer than any test lasts.

    On a blank page this takes effect when the app is loaded. Otherwise it applies from now until `hurry`.
    """
    milliseconds = _constant(module, "(?:STEP_TIME|FRAME)")
    _delay(
        page,
        f"let pictures = 0; const after = (ms) => ms === {milliseconds} && ++pictures > 5 ? 600_000 : ms;",
    )


def forget_soon(page: Page) -> None:
    """Let the sentence about the last move end at once, for which readers have some seconds; as `linger`."""
    _delay(page, f"const after = (ms) => ms === {_constant('moment.js', 'LINGER')} ? 100 : ms;")


def _constant(module: str, name: str) -> str:
    """The milliseconds of a constant of the browser's side."""
    source = (ROOT / "static/live" / module).read_text(encoding="utf-8")
    (found,) = re.findall(rf"^const {name} = (\d+); // ms", source, re.MULTILINE)
    return str(found)


def _delay(page: Page, after: str) -> None:
    """Let a function `after` of the page say how long a timer takes."""
    script = f"""(() => {{
      const later = (window.unhurried ??= window.setTimeout);
      {after}
      window.setTimeout = (then, ms, ...rest) => later(then, after(ms), ...rest);
    }})()"""
    if page.url == "about:blank":
        page.add_init_script(script)
    else:
        page.evaluate(script)


def hurry(page: Page) -> None:
    """Let plays go on at their usual pace."""
    page.evaluate("window.setTimeout = window.unhurried ?? window.setTimeout")


def until(page: Page, function: str, arg: Any = None) -> Any:
    """Wait until a function of the page returns something true, and return that.

    Playwright's `wait_for_function` needs eval, which the app's pages do not allow.
    """
    return page.evaluate(
        f"""(arg) => new Promise((done, fail) => {{
          const holds = {function};
          const latest = performance.now() + 20_000;
          const look = () => {{
            const found = holds(arg);
            if (found) done(found);
            else if (performance.now() > latest) fail(new Error("never true: " + holds));
            else setTimeout(look, 10);
          }};
          look();
        }})""",
        arg,
    )


def eventually(page: Page, check: Callable[[], None], seconds: float = 10.0) -> None:
    """Check after every frame until the check passes, because the link may arrive before Python's values."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            check()
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            page.evaluate("new Promise(requestAnimationFrame)")
        else:
            return


_sockets: WeakKeyDictionary[Page, list[WebSocket]] = WeakKeyDictionary()


def note_sockets(page: Page) -> None:
    """Remember a new page's connections for the `Reruns` of tests that get the page already loaded."""
    noted = _sockets[page] = []
    # Playwright does not accept a built-in function here, so a lambda wraps it.
    page.on("websocket", lambda socket: noted.append(socket))


class Reruns:
    """Counts what the browser asks the server to run."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.on("websocket", self._listen)
        for socket in _sockets.get(page, []):
            self._listen(socket)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda _: self._add())

    def _add(self) -> None:
        self.count += 1
