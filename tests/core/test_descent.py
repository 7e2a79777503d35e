"""Gradient descent: each step is what it says, and the overshooting rate is where it says."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from core.descent import _SLOPES, LOSSES, Loss, descend, overshooting_rate
from core.loss import cross_entropy_gradient, one_hot, smoothed
from core.softmax import softmax
from tests.core.oracle import outputs


@pytest.mark.parametrize("loss", list(LOSSES))
def test_each_step_subtracts_rate_times_gradient(loss: Loss) -> None:
    target, (measure, gradient) = smoothed(1, 3, 0.8), LOSSES[loss]
    path = descend([1.43, -0.4, 0.23], target, 0.7, 20, 1.5, loss)
    assert path.z.shape == (21, 3)
    assert np.array_equal(path.z[0], [1.43, -0.4, 0.23])
    for before, after in zip(path.z, path.z[1:], strict=False):
        assert after == pytest.approx(before - 0.7 * gradient(before, target, 1.5), rel=1e-15, abs=1e-15)
    assert np.array_equal(path.p, softmax(path.z, 1.5))
    assert np.array_equal(path.loss, measure(path.z, target, 1.5))


@given(outputs(50.0, (2, 10)), st.floats(0.05, 20), st.floats(0.5, 1), st.data())
def test_one_step_moves_by_the_gradient_to_its_last_digits(
    z: list[float], temperature: float, certainty: float, data: Any
) -> None:
    # From 0 with a rate of 1 the way itself is the gradient, so that no digit of it is rounded away.
    target = smoothed(data.draw(st.integers(0, len(z) - 1)), len(z), certainty)
    rest = [math.fsum(np.delete(target, k)) for k in range(len(z))]
    for loss, slope in _SLOPES.items():
        exact = LOSSES[loss][1](z, target, temperature)
        # A difference of two probabilities that cancels is as good as the larger of them.
        found = slope(z, target.tolist(), rest, temperature)
        assert found == pytest.approx(exact, rel=1e-11, abs=1e-15)


@given(outputs(20.0, (2, 10)), st.floats(0.01, 50), st.data())
def test_with_a_one_hot_target_cross_entropy_falls_at_every_rate(
    z: list[float], rate: float, data: Any
) -> None:
    target = one_hot(data.draw(st.integers(0, len(z) - 1)), len(z))
    loss = descend(z, target, rate, 20).loss
    assert (loss[1:] <= loss[:-1]).all()


@settings(max_examples=30)
@given(st.integers(2, 6), st.floats(0.4, 0.95), st.floats(0.5, 2))
def test_below_the_overshooting_rate_descent_settles_where_p_is_the_target(
    n: int, certainty: float, temperature: float
) -> None:
    target = smoothed(0, n, certainty)
    rate = 0.8 * overshooting_rate(target, temperature)
    near = temperature * np.log(target) + 0.05 * np.sin(np.arange(n))
    assert descend(near, target, rate, 1500, temperature).p[-1] == pytest.approx(target, abs=1e-6)


@settings(max_examples=30)
@given(st.integers(2, 6), st.floats(0.4, 0.95), st.floats(0.5, 2))
def test_above_the_overshooting_rate_descent_does_not_settle(
    n: int, certainty: float, temperature: float
) -> None:
    target = smoothed(0, n, certainty)
    rate = 1.3 * overshooting_rate(target, temperature)
    near = temperature * np.log(target) + 0.05 * np.sin(np.arange(n) + 1)
    away = np.abs(descend(near, target, rate, 300, temperature).p - target).max(axis=1)
    assert away[-20:].max() > 1e-3


def test_a_sure_and_wrong_start_is_left_by_cross_entropy_and_not_by_squared_error() -> None:
    start, target = [8.0, 0.0, 0.0], one_hot(1, 3)
    assert descend(start, target, 1.0, 30).p[-1, 1] > 0.8
    assert descend(start, target, 1.0, 30, loss="squared error").p[-1, 1] < 0.01


def test_no_steps_is_the_start_alone() -> None:
    path = descend([1, 2], [0, 1], 0.1, 0)
    assert np.array_equal(path.z, [[1, 2]])


def test_a_one_hot_target_has_no_overshooting_rate() -> None:
    assert overshooting_rate([0, 1, 0]) == np.inf


def test_the_gradient_vanishes_at_the_lowest_point() -> None:
    target = smoothed(2, 4, 0.7)
    assert cross_entropy_gradient(3 * np.log(target), target, 3) == pytest.approx(np.zeros(4), abs=1e-16)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"rate": 0}, ValueError, "rate is 0"),
        ({"rate": -1}, ValueError, "rate is -1"),
        ({"rate": "fast"}, TypeError, "rate"),
        ({"steps": -1}, ValueError, "steps is -1"),
        ({"steps": 10**9}, ValueError, "steps is 1000000000"),
        ({"steps": 1.5}, TypeError, "steps is 1.5"),
        ({"loss": "hinge"}, ValueError, "loss is 'hinge'"),
        ({"z": [[1, 2]]}, ValueError, "z has shape"),
        ({"target": [1, 1]}, ValueError, "target sums to 2"),
        (
            {"rate": 1e308, "steps": 9, "z": [-1e308, -1.7e308], "target": [0, 1]},
            ValueError,
            "beyond float64",
        ),
    ],
)
def test_bad_input_is_named(change: Any, error: type[Exception], said: str) -> None:
    arguments = {"z": [1, 2], "target": [0, 1], "rate": 0.1, "steps": 1} | change
    with pytest.raises(error, match=said):
        descend(**arguments)
