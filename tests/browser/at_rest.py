"""Checks on any page, once no pointer moves and nothing runs, that the page, its address and core/ agree."""

from __future__ import annotations

import time
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import Error as PlaywrightError, Page

from core.derivatives import jacobian
from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
from core.network import RATE, STEPS, Network, forward, initial, train
from core.situation.scenario import Scenario
from core.softmax import softmax
from core.tour.scenes import find
from ui import links

# This runs before any page and keeps what "Copy link" copies where a test can read it.
KEEP_COPIED = """Object.defineProperty(navigator, "clipboard",
  { value: { writeText: async (text) => {
    // The dialog for sharing copies what its own options say.
    if (!document.querySelector("[data-testid=stDialog]")) window.copied = text;
  } } })"""

_LOOK = """() => {
  const within = (root) => [...root.querySelectorAll("*")]
    .flatMap((node) => node.shadowRoot ? [node, ...within(node.shadowRoot)] : [node]);
  const all = within(document).filter((node) => !node.closest("[data-retained]"));
  const find = (css) => all.find((node) => node.matches(css));
  const app = find("[data-testid=stApp]")?.dataset ?? {};
  const number = (node) => node?.dataset.value === undefined ? null : Number(node.dataset.value);
  const shadow = (css) => find(css)?.getRootNode().querySelectorAll.bind(find(css).getRootNode());
  const numbers = (query, css) => [...query(css)].map(number);
  delete window.copied;
  all.filter((node) => node.matches("button.copy")).forEach((button) => button.click());
  // Ours; Streamlit's own would stop a run that the page needs.
  all.filter((node) => node.matches("button") && node.getRootNode() !== document)
    .filter((node) => node.textContent.trim() === "Stop")
    .forEach((button) => button.click());
  const board = shadow(".board[data-ready]");
  const rows = board ? [...board("[role=slider]")] : [];
  const chosen = board && board("[role=gridcell][aria-selected=true]")[0];
  const iris = shadow(".iris[data-ready]");
  const chart = document.querySelector(".st-key-curve:not([data-retained]) .js-plotly-plot");
  const live = (kind) => chart?.data?.filter(({ meta }) => meta?.live === kind) ?? [];
  return {
    settled: app.testConnectionState === "CONNECTED" && app.testScriptState === "notRunning"
      && !find("[data-testid=stSkeleton], [data-testid=stAppSkeleton]"),
    exception: find("[data-testid=stException]")?.textContent ?? "",
    address: location.href,
    copied: window.copied ?? null,
    board: board ? {
      names: rows.map((row) => row.getAttribute("aria-label").replace(/ raw output$/, "")),
      z: rows.map((row) => Number(row.getAttribute("aria-valuenow"))),
      p: numbers(board, "[data-testid^=probability-]"),
      jacobian: rows.map((_, i) => rows.map((__, j) => number(board(`[data-testid=jacobian-${i}-${j}]`)[0]))),
      values_hidden: Boolean(board(".values-hidden").length),
      chosen: chosen?.dataset.testid.split("-").slice(1).map(Number) ?? null,
    } : null,
    curve: live("curve-point").map(({ x, y }) => [x[0], y[0]]),
    iris: iris ? {
      z: numbers(iris, "[data-testid^=z-]"), p: numbers(iris, "[data-testid^=p-]"),
      j: numbers(iris, "[data-testid^=j-]"),
    } : null,
  };
}"""


class NotAtRestError(AssertionError):
    """The page still disagreed when the time for coming to rest was over."""


def rest(page: Page, seconds: float = 40.0) -> dict[str, Any]:
    """Release mouse and keys, wait until everything agrees, and return what is shown."""
    page.mouse.up()
    page.keyboard.up("Shift")
    deadline = time.monotonic() + seconds
    agreed = 0
    while True:
        come_back(page)
        try:
            page.evaluate("document.activeElement?.shadowRoot?.activeElement?.blur()")
            page.evaluate("document.activeElement?.blur()")
            shown: dict[str, Any] = page.evaluate(_LOOK)
            if shown["exception"]:
                raise NotAtRestError(f"the page shows an exception: {shown['exception'][:300]}")
            wrong = disagreements(shown)
        except PlaywrightError as error:
            # The page is being left or loaded.
            wrong = [error.message]
        agreed = 0 if wrong else agreed + 1
        # One agreement is not enough, because another run may be about to begin.
        if agreed == 2:
            return shown
        if time.monotonic() > deadline:
            raise NotAtRestError("; ".join(wrong))
        page.wait_for_timeout(200)


def come_back(page: Page) -> None:
    """Return to the app if Back has left its first page."""
    if page.url == "about:blank":
        page.go_forward(wait_until="commit")


def disagreements(shown: dict[str, Any]) -> list[str]:
    """Say in words what does not agree; the list is empty when the page is at rest and all is right."""
    if not shown["settled"]:
        return ["the page still runs"]
    parts = urlsplit(shown["address"])
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    found = []
    if shown["copied"] is not None:
        copied = urlsplit(shown["copied"])
        if (copied.path, parse_qs(copied.query)) != (parts.path, parse_qs(parts.query)):
            found.append(f"the copied link is {shown['copied']}, the address {shown['address']}")
    if parts.path == "/iris":
        return found + _irises(shown["iris"], query)
    base = find(query.get("scene", "")).situation if parts.path == "/tour" else None
    if parts.path == "/worksheet" or (base and query.get("scene") == "flower"):
        return found
    if not shown["board"]:
        return [*found, "there is no board"]
    return found + _board(shown, query, base)


def _board(shown: dict[str, Any], query: dict[str, str], base: Scenario | None) -> list[str]:
    board = shown["board"]
    scenario = links.read(query, [], base).situation
    found = []
    for what, here, there in (
        ("classes", board["names"], list(scenario.classes)),
        ("raw outputs", board["z"], list(scenario.z)),
        ("chosen cell", board["chosen"], [scenario.i, scenario.j]),
    ):
        if here != there:
            found.append(f"{what}: shown {here}, in the address {there}")
    p = softmax(board["z"], scenario.temperature)
    if not _close(board["p"], p) or abs(sum(board["p"]) - 1) > 1e-12:
        found.append(f"probabilities: shown {board['p']}, in core {p.tolist()}")
    exact = jacobian(board["z"], scenario.temperature)
    if not board["values_hidden"] and not _close(board["jacobian"], exact):
        found.append(f"Jacobian: shown {board['jacobian']}, in core {exact.tolist()}")
    if shown["curve"]:
        (x, height), *_ = shown["curve"]
        if x != scenario.z[scenario.j] or not _close([height], [p[scenario.i]]):
            found.append(f"the curve's point is {(x, height)}, p is {p.tolist()} at z {list(scenario.z)}")
    return found


def _irises(iris: dict[str, Any] | None, query: dict[str, str]) -> list[str]:
    if not iris:
        return ["there is no network"]
    flower = int(query.get("flower", "60")) - 1
    place = [float(value) for value in query["at"].split(",")] if query.get("at") else None
    x = scaled(*place) if place else scaled(PETAL_WIDTH[flower], SEPAL_WIDTH[flower])
    network = _trained(int(query.get("seed", "1")), int(query.get("trained", str(STEPS))))
    expected = forward(network, x)
    found = []
    for what, here, there in (
        ("raw outputs", iris["z"], expected.z),
        ("probabilities", iris["p"], expected.p),
        ("Jacobian", iris["j"], jacobian(expected.z).ravel()),
    ):
        if not _close(here, there, 1e-9):
            found.append(f"{what} of the irises: shown {here}, in core {there.tolist()}")
    return found


@cache
def _trained(seed: int, steps: int) -> Network:
    return train(initial(seed), scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES, RATE, steps).network


def _close(here: Any, there: Any, relative: float = 1e-10) -> bool:
    here, there = np.asarray(here, float), np.asarray(there, float)
    return here.shape == there.shape and bool(np.allclose(here, there, rtol=relative, atol=1e-300))
