"""The figures of losses, probabilities and training hold what core/ computes, and Plotly accepts them."""

from itertools import product
from typing import get_args

import numpy as np
import plotly.graph_objects as go
import pytest

from core.descent import LOSSES, Loss, descend
from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
from core.loss import one_hot, smoothed
from core.network import initial, train
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.ui.drawn import assert_drawn, drawn
from ui import theme
from ui.figures.losses import corners, in_triangle, loss_figure, simplex_figure
from ui.figures.training import training_figure

SITUATIONS = [preset.scenario for preset in PRESETS] + [
    Scenario(("a", "b"), (2.0, -1.0), temperature=0.5),
    Scenario(temperature=20),
]
each_situation = pytest.mark.parametrize("now", SITUATIONS, ids=lambda now: str(now.to_query()) or "default")
EACH_LOSS: tuple[Loss, ...] = get_args(Loss)
each_loss = pytest.mark.parametrize("loss", EACH_LOSS)
TRUE, RATE, AHEAD = 1, 2.0, 12


def of_loss(now: Scenario, loss: Loss, certainty: float = 0.9, past: int | None = None) -> go.Figure:
    target = smoothed(TRUE, len(now.classes), certainty).tolist()
    way = None if past is None else descend(now.z, target, RATE, past, now.temperature, loss)
    return drawn(loss_figure(now, target, TRUE, loss, RATE, AHEAD, 10.0, way))


def of_probabilities(now: Scenario, past: int = 0) -> tuple[go.Figure, list[float]]:
    target = smoothed(TRUE, len(now.classes), 0.9).tolist()
    way = descend(now.z, target, RATE, past, now.temperature)
    here = now.with_z(way.z[-1])
    return drawn(simplex_figure(here, target, TRUE, RATE, AHEAD, way)), target


def live(figure: go.Figure) -> dict[str, go.Scatter]:
    return {
        trace.meta["live"] + trace.meta["loss" if trace.meta["live"] == "simplex-path" else "live"]: trace
        for trace in figure.data
        if trace.meta
    }


@each_situation
def test_plotly_knows_every_attribute_of_losses_and_probabilities(now: Scenario) -> None:
    for loss, certainty, past in product(EACH_LOSS, (1.0, 0.9), (None, 0, 3)):
        of_loss(now, loss, certainty, past)
    for past in (0, 3):
        of_probabilities(now, past)


@pytest.mark.parametrize("change", ["marker.symbool", "xaxis.rangge", "line.colour"])
def test_an_attribute_that_plotly_does_not_know_would_be_found(change: str) -> None:
    figure = loss_figure(Scenario(), [0.0, 1.0, 0.0], TRUE, "cross-entropy", RATE, AHEAD, 5.0, None)
    where, name = change.split(".")
    written = figure.to_dict()
    (written["layout"] if where == "xaxis" else written["data"][0]).setdefault(where, {})[name] = [0, 1]
    with pytest.raises(ValueError, match=name):
        drawn(figure)


@each_situation
@each_loss
def test_the_curve_of_a_loss_is_that_of_core(now: Scenario, loss: Loss) -> None:
    measure = LOSSES[loss][0]
    curve = live(of_loss(now, loss))["loss-curveloss-curve"]
    target = smoothed(TRUE, len(now.classes), 0.9)
    assert curve.x[0] == -10
    assert curve.x[-1] == 10
    for x, y in zip(curve.x[::20], curve.y[::20], strict=True):
        z = np.array(now.z)
        z[TRUE] = x
        assert y == pytest.approx(float(measure(z, target, now.temperature)), rel=1e-6, abs=1e-12)


@each_situation
@each_loss
def test_the_tangent_of_a_loss_touches_it_with_its_own_slope(now: Scenario, loss: Loss) -> None:
    measure, gradient = LOSSES[loss]
    found = live(of_loss(now, loss))
    tangent, point = found["loss-tangentloss-tangent"], found["loss-pointloss-point"]
    target = smoothed(TRUE, len(now.classes), 0.9)
    here = float(measure(now.z, target, now.temperature))
    slope = float(gradient(now.z, target, now.temperature)[TRUE])
    assert (point.x[0], point.y[0], point.text[0]) == (now.z[TRUE], here, theme.decimal(here))
    # The gradient itself is compared with differences of the loss.
    h = 1e-5
    moved = [np.array(now.z) + by * one_hot(TRUE, len(now.z)) for by in (h, -h)]
    after, before = (float(measure(z, target, now.temperature)) for z in moved)
    by_difference = (after - before) / (2 * h)
    assert slope == pytest.approx(by_difference, rel=1e-4, abs=1e-6)
    (x0, x1), (y0, y1) = tangent.x, tangent.y
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, rel=1e-9, abs=1e-12)
    assert x0 < x1
    assert y0 + (now.z[TRUE] - x0) * slope == pytest.approx(here, rel=1e-9)


@each_situation
@each_loss
def test_the_dots_on_a_loss_are_the_steps_of_descent(now: Scenario, loss: Loss) -> None:
    found = live(of_loss(now, loss, past=3))
    target = smoothed(TRUE, len(now.classes), 0.9)
    for name, steps in (("loss-path", AHEAD), ("past-path", 3)):
        way = descend(now.z, target, RATE, steps, now.temperature, loss)
        assert list(found[2 * name].x) == way.z[:, TRUE].tolist()
        assert list(found[2 * name].y) == way.loss.tolist()
    assert "past-pathpast-path" not in live(of_loss(now, loss))


def test_the_triangle_has_equal_sides_and_stands_on_one_of_them() -> None:
    triangle = of_probabilities(Scenario())[0].data[0]
    points = np.column_stack([triangle.x, triangle.y])
    assert points[0].tolist() == points[3].tolist() == [0, 0]
    np.testing.assert_allclose(np.linalg.norm(np.diff(points, axis=0), axis=1), 1)
    assert points[1, 1] == 0
    assert points[2, 1] > 0


@each_situation
def test_a_point_in_the_triangle_is_the_mean_of_its_corners_weighted_by_its_probabilities(
    now: Scenario,
) -> None:
    figure, target = of_probabilities(now)
    found = live(figure)
    p = softmax(now.z, now.temperature)
    groups = corners(len(p), TRUE, p)
    assert sorted(k for group in groups for k in group) == list(range(len(p)))
    places = np.column_stack([figure.data[0].x, figure.data[0].y])[:3]

    def at(p: np.ndarray) -> np.ndarray:
        place: np.ndarray = np.array([p[group].sum() for group in groups]) @ places
        return place

    point = found["simplex-pointsimplex-point"]
    np.testing.assert_allclose([point.x[0], point.y[0]], at(p), atol=1e-12)
    ring = next(trace for trace in figure.data if trace.marker.symbol == "circle-open")
    np.testing.assert_allclose([ring.x[0], ring.y[0]], at(np.array(target)), atol=1e-12)
    for loss in EACH_LOSS:
        path = found["simplex-path" + loss]
        way = descend(now.z, target, RATE, AHEAD, now.temperature, loss).p
        np.testing.assert_allclose(np.column_stack([path.x, path.y]), [at(p) for p in way], atol=1e-12)


def test_each_corner_of_the_triangle_bears_the_name_of_its_class() -> None:
    figure, _ = of_probabilities(Scenario())
    names = {
        note.text: (note.x, note.y) for note in figure.layout.annotations if note.text in Scenario().classes
    }
    for k, name in enumerate(Scenario().classes):
        x, y = in_triangle(one_hot(k, 3)[np.newaxis], [[0], [1], [2]])
        corner = np.array([x[0], y[0]])
        near = min(names, key=lambda other: float(np.linalg.norm(np.array(names[other]) - corner)))
        assert near == name


@pytest.mark.parametrize("steps", [0, 7, 20])
def test_the_course_of_a_training_is_that_of_core(steps: int) -> None:
    course = train(initial(1), scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES, 1.0, 20)
    accuracy, accuracy_point, loss, loss_point = drawn(
        training_figure(course.loss, course.accuracy, steps)
    ).data
    for trace, values in ((accuracy, 100 * course.accuracy), (loss, course.loss)):
        assert list(trace.x) == list(range(21))
        assert_drawn(trace.y, values)
    for point, values in ((accuracy_point, 100 * course.accuracy), (loss_point, course.loss)):
        assert point.x[0] == steps
        assert point.y[0] == pytest.approx(values[steps], rel=1e-5)
