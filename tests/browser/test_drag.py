"""For every way to move a raw output, the whole page follows and agrees with core/, and Python runs once."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.derivatives import derivative_curve, derivative_surface, jacobian
from core.peak import derivative_peak
from core.softmax import softmax
from tests.browser.hands import (
    Reruns,
    board_values,
    chart,
    chart_values,
    charts_ready,
    eventually,
    go,
    held,
    pull,
    remember_charts,
    slider,
    until,
    value_of,
    wait_for_pythons_charts,
)
from tests.browser.visitors import Visitors
from ui import theme

# Python sends lines in single precision (24 binary digits), and surfaces to 5e-6 of their largest value.
SINGLE = 2.0**-24
COARSE = 5e-6 * 0.25


@pytest.fixture
def page(loaded: Page) -> Page:
    """Most of these tests do not depend on who has used the page before."""
    return loaded


def assert_all_agree(page: Page, i: int = 0, j: int = 0, drawn: float = 1e-12) -> None:
    """Board, line, curve and surface all show what core/ computes for the board's raw outputs.

    `drawn` is the relative error that lines may have; each number shown is right to 1e-12.
    """
    board = board_values(page)
    z = board["z"]
    np.testing.assert_allclose(board["p"], softmax(z), rtol=1e-12)
    np.testing.assert_allclose(board["jacobian"], jacobian(z), rtol=1e-12)
    assert board["line"] == board["jacobian"][i][j]
    curve, surface = chart_values(page, "curve"), chart_values(page, "surface")
    grid = curve["curve-probability"][0]["x"]
    expected = derivative_curve(z, i, j, grid)
    np.testing.assert_allclose(curve["curve-probability"][0]["y"], expected.probability, rtol=drawn)
    np.testing.assert_allclose(curve["curve-derivative"][0]["y"], expected.derivative, rtol=drawn)
    points = {point["quantity"]: (point["x"][0], point["y"][0]) for point in curve["curve-point"]}
    np.testing.assert_allclose(points["probability"], (z[j], board["p"][i]), rtol=1e-12)
    np.testing.assert_allclose(points["derivative"], (z[j], board["jacobian"][i][j]), rtol=1e-12)
    tangent = curve["curve-tangent"][0]
    slope = (tangent["y"][1] - tangent["y"][0]) / (tangent["x"][1] - tangent["x"][0])
    np.testing.assert_allclose(slope, board["jacobian"][i][j], rtol=1e-9)
    peak = derivative_peak(z, i, j)
    for mark in curve["curve-peak"]:
        x, y = mark["x"][1], mark["y"][1]
        truth = peak.probability if mark["quantity"] == "probability" else peak.derivative
        np.testing.assert_allclose((x, y), (peak.at, truth), rtol=1e-12)
    grid, b = surface["surface"][0], 1 if j == 0 else 0
    least = COARSE if drawn == SINGLE else 1e-300
    np.testing.assert_allclose(
        grid["z"], derivative_surface(z, i, j, j, b, grid["x"], grid["y"]), rtol=drawn, atol=least
    )
    point = surface["surface-point"][0]
    assert (point["x"][0], point["y"][0]) == (z[j], z[b])


def wait_for_charts(page: Page, j: int = 0) -> None:
    """Wait until the charts have caught up with the board."""
    until(
        page,
        """(j) => {
          const shadows = [...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean);
          const board = shadows.map((root) => root.querySelector(".board")).find(Boolean);
          const rows = [...board.querySelectorAll("[role=slider]")];
          const z = rows.map((row) => Number(row.getAttribute("aria-valuenow")));
          const p = Number(board.querySelector("[data-testid=probability-0]").dataset.value);
          const at = (key, live) => document
            .querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`)
            ?.data?.find((trace) => trace.meta.live === live);
          const point = at("curve", "curve-point");
          const own = at("surface", "surface-point");
          if (!point || !own) return false;
          const other = z[j === 0 ? 1 : 0];
          return point.x[0] === z[j] && Math.abs(point.y[0] - p) < 1e-12 && own.y[0] === other;
        }""",
        arg=j,
    )


def test_a_mouse_drag_moves_everything_and_runs_python_once(counted: tuple[Page, Reruns]) -> None:
    page, reruns = counted
    before = reruns.count
    start = value_of(page, "versicolor")
    with held(page, "versicolor"):
        for pixels in (20, 45, 70):
            pull(page, "versicolor", pixels)
            wait_for_charts(page)
            assert_all_agree(page)
        assert value_of(page, "versicolor") > start + 1
        assert reruns.count == before
        live = board_values(page), chart_values(page, "curve"), chart_values(page, "surface")
        remember_charts(page)
    page.wait_for_url(lambda url: "z=1.43" in url)
    wait_for_pythons_charts(page)
    assert reruns.count == before + 1
    after = board_values(page), chart_values(page, "curve"), chart_values(page, "surface")
    assert after[0] == live[0]
    for chart_before, chart_after in zip(live[1:], after[1:], strict=True):
        for name, traces in chart_before.items():
            for trace_before, trace_after in zip(traces, chart_after[name], strict=True):
                for axis in ("x", "y", "z"):
                    if trace_before.get(axis):
                        rtol = SINGLE if np.size(trace_before[axis]) > 2 else 1e-12
                        atol = COARSE if axis == "z" else 1e-300
                        np.testing.assert_allclose(
                            trace_after[axis], trace_before[axis], rtol=rtol, atol=atol
                        )
                assert trace_after["text"] == trace_before["text"]


@pytest.mark.parametrize(("key", "quantity"), [("curve", "curve-derivative"), ("surface", "surface")])
def test_a_chart_that_python_drew_for_what_is_shown_keeps_pythons_digits(
    fresh_page: Page, key: str, quantity: str
) -> None:
    page = fresh_page
    page.goto("/")
    charts_ready(page)
    kept = page.evaluate(
        """async ([key, quantity]) => {
          const { LiveCharts } = await import(new URL("app/static/live/charts/charts.js", document.baseURI));
          const { Store } = await import(new URL("app/static/live/store.js", document.baseURI));
          const store = new Store(["z"]);
          const charts = new LiveCharts(store);
          charts.connect([key]);
          const chart = document.querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`);
          const trace = chart.data.find(({ meta }) => meta?.live === quantity);
          const name = trace.z ? "z" : "y";
          const frames = async (n) => { while (n--) await new Promise(requestAnimationFrame); };
          // The page's own charts make plain rows of a packed grid, a moment after it has been drawn.
          while (trace[name].bdata && name === "z") await frames(1);
          const pythons = trace[name].bdata ? chart._fullData[chart.data.indexOf(trace)][name] : trace[name];
          const { z } = chart.layout.meta.of;
          const kept = [];
          // As it is, with the last raw output moved, and back.
          for (const by of [0, 1, 0]) {
            store.move({ z: z.map((value, k) => value + (k === 2 ? by : 0)), temperature: 1 }, "hand");
            await frames(10);
            kept.push(trace[name] === pythons);
          }
          charts.stop();
          return kept;
        }""",
        [key, quantity],
    )
    assert kept == [True, False, False]


def test_the_contours_painted_during_a_drag_show_what_core_says(counted: tuple[Page, Reruns]) -> None:
    page, _ = counted
    with held(page, "virginica"):
        pull(page, "virginica", 40)
        wait_for_charts(page)
        z = board_values(page)["z"]
        painted = page.locator(".st-key-surface:not([data-retained]) canvas").evaluate(
            """(canvas) => {
              const { width, height } = canvas;
              const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
              const alphas = [];
              for (let k = 3; k < pixels.length; k += 4) alphas.push(pixels[k]);
              return { width, height, alphas };
            }"""
        )
    width, height = painted["width"], painted["height"]
    centres = [5 * (2 * (np.arange(n) + 0.5) / n - 1) for n in (width, height)]
    exact = derivative_surface(z, 0, 0, 0, 1, centres[0], centres[1][::-1])
    # The colour of positive values fades in from an opacity of 0 to 0.85 at 1/4.
    expected = 255 * 0.85 * exact / 0.25
    alphas = np.reshape(painted["alphas"], (height, width))
    between_the_lines = np.abs((exact + 0.2375) / 0.025 - np.round((exact + 0.2375) / 0.025)) > 0.3
    assert between_the_lines.sum() > 10_000
    np.testing.assert_allclose(alphas[between_the_lines], expected[between_the_lines], atol=2)


def test_escape_during_a_drag_puts_the_value_back_and_runs_nothing(counted: tuple[Page, Reruns]) -> None:
    page, reruns = counted
    before, values = reruns.count, board_values(page)
    with held(page, "setosa"):
        pull(page, "setosa", -60)
        assert board_values(page)["z"] != values["z"]
        page.keyboard.press("Escape")
        assert board_values(page) == values
    wait_for_charts(page)
    assert_all_agree(page, drawn=SINGLE)
    assert reruns.count == before


def test_arrow_keys_step_by_a_tenth_and_commit_after_a_pause(counted: tuple[Page, Reruns]) -> None:
    page, reruns = counted
    before = reruns.count
    slider(page, "virginica").focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    assert value_of(page, "virginica") == 0.63
    assert reruns.count == before
    wait_for_charts(page)
    assert_all_agree(page, drawn=SINGLE)
    page.wait_for_url(lambda url: "0.63" in url)
    assert reruns.count == before + 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ArrowRight", 0.33),
        ("ArrowLeft", 0.13),
        ("ArrowDown", 0.13),
        ("Shift+ArrowRight", 1.23),
        ("Shift+ArrowLeft", -0.77),
        ("PageUp", 1.23),
        ("PageDown", -0.77),
        ("Home", -5),
        ("End", 5),
    ],
)
def test_each_key_moves_the_bar_by_its_step(page: Page, key: str, value: float) -> None:
    go(page, "/")
    slider(page, "virginica").press(key)
    assert value_of(page, "virginica") == value
    page.wait_for_url(lambda url: f"z=1.43%2C-0.4%2C{value}" in url)


def test_a_typed_number_is_taken_on_enter(counted: tuple[Page, Reruns]) -> None:
    page, reruns = counted
    before = reruns.count
    number = page.get_by_role("textbox", name="setosa raw output")
    number.fill("-2.125")
    assert reruns.count == before
    number.press("Enter")
    assert value_of(page, "setosa") == -2.125
    expect(number).to_have_value("−2.125")
    page.wait_for_url(lambda url: "-2.125" in url)
    wait_for_charts(page)
    assert_all_agree(page, drawn=SINGLE)
    assert reruns.count == before + 1


def test_a_double_click_returns_a_bar_to_where_it_started(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/")
    slider(page, "setosa").press("PageUp")
    page.wait_for_url(lambda url: "2.43" in url)
    slider(page, "setosa").dblclick()
    assert value_of(page, "setosa") == 1.43
    page.wait_for_url(lambda url: "2.43" not in url)


def test_a_finger_drags_a_bar(visitors: Visitors) -> None:
    page = visitors.new_page(width=390, height=844, has_touch=True, is_mobile=True)
    reruns = Reruns(page)
    page.goto("/")
    charts_ready(page)
    expect(page.get_by_text("Shown as contours")).to_be_attached()
    box = slider(page, "setosa").bounding_box()
    assert box
    assert box["height"] >= 32
    assert box["width"] >= 44
    before = reruns.count
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def send(kind: str, at: float | None) -> None:
        points = [] if at is None else [{"x": at, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", x)
    for step in range(1, 9):
        send("touchMove", x + 4 * step)
    assert value_of(page, "setosa") > 2
    assert reruns.count == before
    send("touchEnd", None)
    page.wait_for_url(lambda url: "z=" in url)
    assert reruns.count == before + 1


def test_the_temperature_is_live_while_its_slider_moves(counted: tuple[Page, Reruns]) -> None:
    page, reruns = counted
    before = reruns.count
    bar = page.get_by_role("slider", name="temperature")
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 20, box["y"] + 10, steps=4)
    temperature = float(bar.get_attribute("aria-valuenow") or "nan")
    assert temperature > 1.5
    board: dict[str, Any] = {}

    def follows() -> None:
        board.update(board_values(page))
        np.testing.assert_allclose(board["jacobian"], jacobian(board["z"], temperature), rtol=1e-12)

    eventually(page, follows)
    until(
        page,
        """(p) => {
          const chart = document.querySelector(".st-key-curve:not([data-retained]) .js-plotly-plot");
          const point = chart?.data?.find((trace) => trace.meta.live === "curve-point");
          return point && Math.abs(point.y[0] - p) < 1e-12;
        }""",
        arg=board["p"][0],
    )
    # The peak follows, too, and so does its height in words.
    words = chart_values(page, "curve")["curve-peak-words"][0]["text"]
    assert words == [f"highest: 1/(4T) = {theme.decimal(0.25 / temperature)} at p = 1/2"]
    assert reruns.count == before
    page.mouse.up()
    page.wait_for_url(lambda url: "T=" in url)
    assert reruns.count == before + 1
    assert board_values(page) == board


def test_a_click_on_a_cell_chooses_both_classes_everywhere(page: Page) -> None:
    go(page, "/")
    charts_ready(page)
    page.get_by_test_id("jacobian-1-2").click()
    expect(page.get_by_test_id("formula-line")).to_contain_text("versicolor")
    page.wait_for_url(lambda url: "of=versicolor" in url and "wrt=virginica" in url)
    expect(chart(page, "curve")).to_contain_text("probability of versicolor")
    expect(page.get_by_role("combobox", name="Probability of")).to_have_value("versicolor")
    expect(page.get_by_role("combobox", name="with respect to")).to_have_value("virginica")
    assert chart(page, "curve").evaluate("(chart) => chart.data[0].meta.i") == 1


def test_arrow_keys_walk_the_heatmap_and_enter_chooses(page: Page) -> None:
    go(page, "/")
    page.get_by_test_id("jacobian-0-0").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("jacobian-1-1")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_test_id("jacobian-1-1")).to_be_focused()
    page.wait_for_url(lambda url: "of=versicolor" in url and "wrt=versicolor" in url)


def assert_numbers_are_whole(page: Page) -> None:
    """The number beside each point lies inside its chart."""
    for key in ("curve", "surface"):
        box = chart(page, key).bounding_box()
        assert box
        numbers = chart(page, key).locator(".textpoint text").all()
        assert numbers
        for number in numbers:
            found = number.bounding_box()
            assert found
            assert found["x"] >= box["x"]
            assert found["x"] + found["width"] <= box["x"] + box["width"]
            assert found["y"] >= box["y"]


def test_a_drag_ends_at_the_end_of_the_axis_which_then_grows(page: Page) -> None:
    go(page, "/")
    charts_ready(page)
    with held(page, "setosa"):
        pull(page, "setosa", 400)
        assert value_of(page, "setosa") == 5
        wait_for_charts(page)
        assert_numbers_are_whole(page)
    page.wait_for_url(lambda url: "z=5" in url)
    expect(page.locator(".ticks b").last).to_have_text("10")


def test_the_axis_keeps_its_numbers_when_a_class_is_added(fresh_page: Page) -> None:
    page = fresh_page
    page.goto("/")
    charts_ready(page)
    page.get_by_role("spinbutton", name="Number of classes").fill("4")
    page.get_by_role("spinbutton", name="Number of classes").press("Enter")
    expect(slider(page, "class 4")).to_be_visible()
    expect(page.locator(".ticks b")).to_have_text(["−5", "0", "5"])
