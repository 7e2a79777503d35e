"""Each step of gradient descent is right, and the claims about learning rates are true of each loss."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from core.descent import _SLOPES, LOSSES, Loss, descend, overshooting_rate, safe_rate
from core.loss import cross_entropy_gradient, one_hot, smoothed, squared_error_gradient
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
    z: list[float], temperature: float, certainty: float, data: st.DataObject
) -> None:
    target = smoothed(data.draw(st.integers(0, len(z) - 1)), len(z), certainty)
    rest = [math.fsum(np.delete(target, k)) for k in range(len(z))]
    for loss, slope in _SLOPES.items():
        exact = LOSSES[loss][1](z, target, temperature)
        # A difference of two probabilities that cancels is as good as the larger of them.
        found = slope(z, target.tolist(), rest, temperature)
        assert found == pytest.approx(exact, rel=1e-11, abs=1e-15)


@given(outputs(20.0, (2, 10)), st.floats(0.01, 50), st.data())
def test_with_a_one_hot_target_cross_entropy_falls_at_every_rate(
    z: list[float], rate: float, data: st.DataObject
) -> None:
    target = one_hot(data.draw(st.integers(0, len(z) - 1)), len(z))
    loss = descend(z, target, rate, 20).loss
    assert (loss[1:] <= loss[:-1]).all()


limits = given(st.sampled_from(list(LOSSES)), st.integers(2, 6), st.floats(0.4, 0.95), st.floats(0.5, 2))


@settings(max_examples=40)
@limits
def test_below_the_overshooting_rate_descent_settles_where_p_is_the_target(
    loss: Loss, n: int, certainty: float, temperature: float
) -> None:
    target = smoothed(0, n, certainty)
    rate = 0.8 * overshooting_rate(target, temperature, loss)
    near = temperature * (np.log(target) + 0.02 * np.sin(np.arange(n)))
    away = np.abs(descend(near, target, rate, 1500, temperature, loss).p - target).max(axis=1)
    assert away[-1] < max(1e-6, 0.5 * away[0])


@settings(max_examples=40)
@limits
def test_above_the_overshooting_rate_steps_near_the_lowest_point_land_farther_away(
    loss: Loss, n: int, certainty: float, temperature: float
) -> None:
    target = smoothed(0, n, certainty)
    rate = 1.3 * overshooting_rate(target, temperature, loss)
    near = temperature * (np.log(target) + 1e-4 * np.sin(np.arange(n) + 1))
    away = np.abs(descend(near, target, rate, 300, temperature, loss).p - target).max(axis=1)
    assert away[10] > 3 * away[5] > 9 * away[0] or away[10:].max() > 100 * away[0]
    assert away[-20:].max() > 1e-3


@given(outputs(50.0, (2, 10)), st.floats(0.05, 20), st.floats(0.5, 1), st.floats(0.01, 1), st.data())
def test_up_to_the_safe_rate_no_step_raises_squared_error(
    z: list[float], temperature: float, certainty: float, share: float, data: st.DataObject
) -> None:
    target = smoothed(data.draw(st.integers(0, len(z) - 1)), len(z), certainty)
    loss = descend(z, target, share * safe_rate(temperature), 20, temperature, "squared error").loss
    assert (loss[1:] <= loss[:-1] + 1e-15).all()


def test_a_larger_rate_can_raise_squared_error_for_many_steps_and_does_not_raise_cross_entropy() -> None:
    start, target = [0.0, -4.0, 4.0], one_hot(1, 3)
    squared = descend(start, target, 100, 40, loss="squared error")
    assert squared.loss[:3] == pytest.approx([0.982, 0.765, 1.0], abs=0.001)
    assert squared.loss[-1] > 0.999
    assert np.abs(squared_error_gradient(squared.z[-1], target)).max() < 1e-4
    assert descend(start, target, 100, 1).loss[-1] < 1e-6


@given(outputs(5.0, (2, 10)), st.sampled_from(list(LOSSES)), st.floats(1, 20), st.data())
def test_with_a_one_hot_target_a_loss_has_no_lowest_point(
    z: list[float], loss: Loss, temperature: float, data: st.DataObject
) -> None:
    target, (measure, _) = one_hot(data.draw(st.integers(0, len(z) - 1)), len(z)), LOSSES[loss]
    assert 0 < measure(np.asarray(z) + target, target, temperature) < measure(z, target, temperature)


def test_a_confidently_wrong_start_is_left_by_cross_entropy_and_not_by_squared_error() -> None:
    start, target = [8.0, 0.0, 0.0], one_hot(1, 3)
    assert descend(start, target, 1.0, 30).p[-1, 1] > 0.8
    assert descend(start, target, 1.0, 30, loss="squared error").p[-1, 1] < 0.01


def test_no_steps_is_the_start_alone() -> None:
    path = descend([1, 2], [0, 1], 0.1, 0)
    assert np.array_equal(path.z, [[1, 2]])


@pytest.mark.parametrize("loss", list(LOSSES))
def test_a_one_hot_target_has_no_overshooting_rate(loss: Loss) -> None:
    assert overshooting_rate([0, 1, 0], loss=loss) == np.inf


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
def test_bad_input_is_named(change: dict[str, Any], error: type[Exception], said: str) -> None:
    arguments: dict[str, Any] = {"z": [1, 2], "target": [0, 1], "rate": 0.1, "steps": 1} | change
    with pytest.raises(error, match=said):
        descend(**arguments)
