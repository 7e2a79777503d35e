"""The figures hold what core/ computes, and Plotly knows all their attributes."""

from itertools import product
from typing import get_args

import numpy as np
import pytest

from core.derivatives import derivative_curve, derivative_surface, jacobian, probability_surface
from core.log_derivatives import log_derivative, log_derivative_surface
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.ui.drawn import assert_drawn, drawn
from ui import theme
from ui.figures.curve import curve_figure
from ui.figures.surface import Quantity, View, surface_figure

SITUATIONS = [preset.scenario for preset in PRESETS] + [Scenario(j=1, temperature=0.5), Scenario(i=2, j=1)]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
VIEWS: tuple[View, ...] = get_args(View)
each_situation = pytest.mark.parametrize("now", SITUATIONS, ids=lambda now: str(now.to_query()) or "default")


def other(now: Scenario) -> int:
    return 1 if now.j == 0 else 0


@each_situation
def test_plotly_knows_every_attribute(now: Scenario) -> None:
    for scale, height in product((5.0, 50.0), (212, 300)):
        drawn(curve_figure(now, scale, height))
        for quantity, view in product(QUANTITIES, VIEWS):
            drawn(surface_figure(now, other(now), quantity, view, scale, height))


@each_situation
def test_the_curve_holds_probability_derivative_and_the_tangent(now: Scenario) -> None:
    live = {
        trace.meta["live"]: trace
        for trace in drawn(curve_figure(now, 5.0, 300)).data
        if trace.mode == "lines"
    }
    probability = live["curve-probability"]
    expected = derivative_curve(now.z, now.i, now.j, probability.x, now.temperature)
    assert_drawn(probability.y, expected.probability)
    assert_drawn(live["curve-derivative"].y, expected.derivative)
    tangent = live["curve-tangent"]
    slope = (tangent.y[1] - tangent.y[0]) / (tangent.x[1] - tangent.x[0])
    entry = jacobian(now.z, now.temperature)[now.i, now.j]
    assert slope == pytest.approx(entry, rel=1e-9, abs=1e-12)


@each_situation
@pytest.mark.parametrize("view", VIEWS)
def test_the_surface_holds_the_grid_of_core_and_the_current_point(now: Scenario, view: View) -> None:
    b = other(now)
    for quantity in QUANTITIES:
        figure = drawn(surface_figure(now, b, quantity, view, 5.0, 300))
        for trace in figure.data[:-1]:
            grids = (now.j, b, trace.x, trace.y, now.temperature)
            if quantity == "derivative":
                values, largest = derivative_surface(now.z, now.i, now.j, *grids), 0.25 / now.temperature
            elif quantity == "probability":
                values, largest = probability_surface(now.z, now.i, *grids), 1.0
            else:
                values, largest = log_derivative_surface(now.z, now.i, now.j, *grids), 1 / now.temperature
            np.testing.assert_allclose(trace.z, values, rtol=0, atol=5e-6 * largest)
        point = figure.data[-1]
        assert (point.x[0], point.y[0]) == (now.z[now.j], now.z[b])
        if view == "3d":
            of = {
                "derivative": jacobian(now.z, now.temperature)[now.i, now.j],
                "probability": softmax(now.z, now.temperature)[now.i],
                "log-derivative": log_derivative(now.z, now.i, now.j, now.temperature),
            }
            assert point.z[0] == of[quantity]


@pytest.mark.parametrize(("scale", "temperature"), [(5.0, 1.0), (10.0, 1.0), (50.0, 1.0), (5.0, 0.1)])
def test_between_its_points_the_contour_picture_is_near_the_truth(scale: float, temperature: float) -> None:
    now = Scenario(z=(3.0, -2.0, 0.5), temperature=temperature)
    picture = drawn(surface_figure(now, 1, "derivative", "contour", scale, 300)).data[0]
    grid, shown = np.asarray(picture.x), np.asarray(picture.z)
    middles = (shown[1:, 1:] + shown[1:, :-1] + shown[:-1, 1:] + shown[:-1, :-1]) / 4
    places = (grid[1:] + grid[:-1]) / 2
    truth = derivative_surface(now.z, 0, 0, 0, 1, places, places, temperature)
    assert np.abs(middles - truth).max() < 0.15 * 0.25 / temperature


def test_names_on_the_axes_in_3d_stay_text() -> None:
    figure = drawn(
        surface_figure(Scenario(("<b>x</b>", "50 %{z}", "c"), (1, 2, 3)), 1, "derivative", "3d", 5, 400)
    )
    shown = [figure.layout.scene.xaxis.title.text, figure.layout.scene.yaxis.title.text]
    assert [text.replace("\N{WORD JOINER}", "") for text in shown] == [
        "raw output of <b>x</b>",
        "raw output of 50 %{z}",
    ]
    assert not any(tag in text for text in shown for tag in ("<b>", "%{"))


def test_zero_lies_between_two_lines_of_the_contours() -> None:
    lines = drawn(surface_figure(Scenario(temperature=2), 1, "derivative", "contour", 5.0, 300)).data[0]
    levels = np.arange(lines.contours.start, lines.contours.end, lines.contours.size)
    assert np.abs(levels).min() == pytest.approx(lines.contours.size / 2)


# Temperature and cell set the size of a derivative; the windows range from low to tall.
@pytest.mark.parametrize("temperature", [0.05, 0.7, 1.0, 20.0])
@pytest.mark.parametrize(("i", "j"), [(0, 0), (0, 1)])
def test_an_axis_of_derivatives_has_0_and_the_largest_one_there_can_be(
    temperature: float, i: int, j: int
) -> None:
    now = Scenario(i=i, j=j, temperature=temperature)
    largest = (1 if i == j else -1) * 0.25 / temperature
    for axis in (
        drawn(curve_figure(now, 5.0, 212)).layout.yaxis2,
        drawn(surface_figure(now, 2, "derivative", "3d", 5.0, 300)).layout.scene.zaxis,
    ):
        assert sorted(axis.tickvals, key=abs) == pytest.approx([0, largest])
        assert axis.range[0] <= min(axis.tickvals) < max(axis.tickvals) <= axis.range[1]


@pytest.mark.parametrize("height", [120, 126, 130, 140, 212])
@pytest.mark.parametrize("j", [0, 1])
def test_even_in_the_lowest_chart_the_axis_of_derivatives_points_up_and_holds_the_curve(
    height: int, j: int
) -> None:
    figure = drawn(curve_figure(Scenario(j=j), 5.0, height))
    low, high = figure.layout.yaxis2.range
    (curve,) = (trace.y for trace in figure.data if trace.meta["live"] == "curve-derivative")
    assert low <= min(curve) < max(curve) <= high


def test_the_ticks_of_derivatives_follow_a_temperature_that_is_dragged() -> None:
    now = Scenario(temperature=2)
    for figure, axis in (
        (drawn(curve_figure(now, 5.0, 300)), "yaxis2"),
        (drawn(surface_figure(now, 1, "derivative", "3d", 5.0, 300)), "scene.zaxis"),
    ):
        assert figure.layout.meta["perTemperature"][f"{axis}.tickvals"] == [0, 0.25]


@pytest.mark.parametrize("height", [212, 286, 586])
@pytest.mark.parametrize("z", [45.0, -45.0, 0.0])
@pytest.mark.parametrize("other_z", [45.0, -45.0, 0.0])
def test_a_number_beside_a_point_has_room_above_below_and_beside_it(
    height: int, z: float, other_z: float
) -> None:
    now = Scenario(z=(z, other_z, 0.0))
    for figure in (
        drawn(curve_figure(now, 50.0, height)),
        drawn(surface_figure(now, 1, "derivative", "contour", 50.0, height)),
    ):
        for trace in figure.select_traces({"mode": "markers+text"}):
            if "place" not in trace.meta:
                # The words about the peak stand beside a title.
                continue
            axis = figure.layout["yaxis" + (trace.yaxis or "y")[1:]]
            low, high = axis.range
            share = axis.domain[1] - axis.domain[0] if axis.domain else 1
            pixels = share * theme.plot_height(height)
            above = pixels * (high - trace.y[0]) / (high - low)
            level, side = trace.textposition.split()
            assert (above if level == "top" else pixels - above) >= theme.LABEL_HEIGHT - 1e-9
            assert side != {45.0: "right", -45.0: "left"}.get(trace.x[0])


def test_in_3d_the_number_above_the_surface_says_that_it_is_the_height() -> None:
    surface, pin = drawn(surface_figure(Scenario(), 1, "derivative", "3d", 5.0, 300)).data
    assert list(pin.text) == ["", "height +0.216"]
    assert pin.z[1] > np.max(surface.z)


@pytest.mark.parametrize(("width", "height"), [(480, 480), (420, 261), (354, 261), (292, 261)])
@pytest.mark.parametrize("j", [0, 1])
def test_in_3d_the_numbers_of_the_upright_axis_have_room_at_its_left(width: int, height: int, j: int) -> None:
    scene = drawn(surface_figure(Scenario(j=j), 2, "derivative", "3d", 5.0, height)).layout.scene
    centre, eye = (np.array([at[name] for name in "xyz"]) for at in (scene.camera.center, scene.camera.eye))
    away = float(np.linalg.norm(eye - centre))
    forward = (centre - eye) / away
    right = np.cross(forward, (0, 0, 1)) / np.linalg.norm(np.cross(forward, (0, 0, 1)))
    box = np.array([scene.aspectratio[name] / 2 for name in "xyz"])
    corner = box * (-1, -1, 1) - eye
    # Plotly's camera has a vertical field of view of 45 degrees.
    across = height / 2 / np.tan(np.pi / 8) * (corner @ right) / (corner @ forward)
    assert width / 2 + across >= 36

    low, high = scene.zaxis.range
    # The lowest number does not overlap the number at the corner below it.
    assert min(scene.zaxis.tickvals) - low >= 0.2 * (high - low)


def test_where_there_is_little_room_in_3d_an_axis_is_named_by_its_class_alone() -> None:
    def titles(height: int) -> list[str]:
        scene = drawn(surface_figure(Scenario(), 1, "derivative", "3d", 5.0, height)).layout.scene
        return [scene.xaxis.title.text, scene.yaxis.title.text]

    assert titles(286) == ["setosa", "versicolor"]
    assert titles(400) == ["raw output of setosa", "raw output of versicolor"]


def test_a_long_name_does_not_run_out_of_its_chart() -> None:
    names = ("a name of 24 characters.", "名" * 24, "c")
    now = Scenario(names, (1.0, 0.0, 0.0))
    curve = drawn(curve_figure(now, 5.0, 212))
    surface = drawn(surface_figure(now, 1, "derivative", "contour", 5.0, 212))
    assert curve.layout.xaxis2.title.text == names[0]
    assert surface.layout.yaxis.title.text.endswith("…")
    assert all(
        theme.text_width(axis.title.text) <= 200 for axis in (curve.layout.xaxis2, surface.layout.yaxis)
    )
