"""Compares losses and gradients with 60 digits, and gradients with differences of the losses."""

from collections.abc import Callable
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import example, given, strategies as st
from numpy.typing import ArrayLike, NDArray

from core.derivatives import jacobian
from core.loss import (
    cross_entropy,
    cross_entropy_gradient,
    one_hot,
    probability_error,
    smoothed,
    squared_error,
    squared_error_gradient,
)
from tests.core.oracle import (
    CASE_NAMES,
    CASES,
    EPS,
    LARGEST,
    SMALLEST_NORMAL,
    adversarial,
    bound,
    exact,
    outputs,
)

Array = NDArray[np.float64]
Situation = tuple[list[float], Array]

FUNCTIONS = (
    cross_entropy,
    cross_entropy_gradient,
    probability_error,
    squared_error,
    squared_error_gradient,
)


def exact_error(p: list[Any], target: Array) -> list[Any]:
    """Return p - y in 60 digits, as a sum over the other classes."""
    y = [mpmath.mpf(float(value)) for value in target]

    def others(values: list[Any], k: int) -> Any:
        return mpmath.fsum(values[:k] + values[k + 1 :])

    return [p[k] * others(y, k) - y[k] * others(p, k) for k in range(len(p))]


def targets(n: int) -> st.SearchStrategy[Array]:
    """Return one-hot and soft targets."""
    shares = st.lists(st.floats(0.001, 1), min_size=n, max_size=n).map(lambda s: np.array(s) / sum(s))
    return st.one_of(st.integers(0, n - 1).map(lambda k: one_hot(k, n)), shares)


def situations(z: st.SearchStrategy[list[float]]) -> st.SearchStrategy[Situation]:
    return z.flatmap(lambda values: st.tuples(st.just(values), targets(len(values))))


def assert_loss_is_exact(z: list[float], target: Array, temperature: float) -> None:
    _, log_p = exact(z, temperature)
    truth = mpmath.fsum(-mpmath.mpf(float(y)) * q for y, q in zip(target, log_p, strict=True) if y)
    found = float(cross_entropy(z, target, temperature))
    if truth == 0:
        assert found == 0
    elif truth >= SMALLEST_NORMAL:
        allowed = (bound(z, temperature) + len(z) * EPS) * truth
        if np.isinf(found):
            assert truth + allowed > LARGEST
        else:
            assert abs(mpmath.mpf(found) - truth) <= allowed
    assert found >= 0


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_every_reference_case_loses_minus_the_log_of_the_true_class(case: dict[str, Any]) -> None:
    z = case["z"]
    for k in range(len(z)):
        assert_loss_is_exact(z, one_hot(k, len(z)), case["temperature"])


@given(situations(outputs(800.0)), st.floats(0.05, 20))
def test_cross_entropy_is_within_its_bound(situation: Situation, temperature: float) -> None:
    assert_loss_is_exact(*situation, temperature)


@given(situations(adversarial()))
@example(([1e300, -1.7976931348623157e308], [0.5, 0.5]))
@example(([1e308, -1e308], [0.999, 0.001]))
@example(([0.0, 0.0, -1e308, LARGEST], [2 / 7, 2 / 7, 2 / 7, 1 / 7]))
def test_cross_entropy_of_hurtful_raw_outputs_is_within_its_bound(situation: Situation) -> None:
    assert_loss_is_exact(*situation, 1.0)


def test_the_loss_of_a_class_that_is_all_but_certain_keeps_its_digits() -> None:
    ahead = float(mpmath.log(mpmath.mpf(10) ** 17))
    assert cross_entropy([ahead, 0], [1, 0]) == pytest.approx(1e-17, rel=40 * 8 * EPS)
    assert -np.log(1 / (1 + 1e-17)) == 0


def test_the_loss_of_a_class_at_e_to_minus_800_is_800() -> None:
    assert cross_entropy([0, -800], [0, 1]) == 800


@given(situations(outputs(300.0)), st.floats(0.5, 20))
def test_the_probability_error_is_within_its_bound(situation: Situation, temperature: float) -> None:
    z, target = situation
    p, _ = exact(z, temperature)
    found = probability_error(z, target, temperature)
    y = [mpmath.mpf(float(value)) for value in target]
    allowed = bound(z, temperature) + 2 * len(z) * EPS
    for k, truth in enumerate(exact_error(p, target)):
        larger = max(p[k] * (mpmath.fsum(y) - y[k]), y[k] * mpmath.fsum(p[:k] + p[k + 1 :]))
        assert abs(mpmath.mpf(float(found[k])) - truth) <= allowed * larger + SMALLEST_NORMAL


@given(situations(outputs(20.0, (2, 10))), st.floats(0.5, 5))
def test_the_gradient_is_the_slope_of_cross_entropy(situation: Situation, temperature: float) -> None:
    z, target = situation
    assert cross_entropy_gradient(z, target, temperature) == pytest.approx(
        slopes(cross_entropy, z, target, temperature), abs=1e-8
    )


@given(situations(outputs(20.0, (2, 10))), st.floats(0.5, 5))
def test_the_gradient_is_the_slope_of_squared_error(situation: Situation, temperature: float) -> None:
    z, target = situation
    assert squared_error_gradient(z, target, temperature) == pytest.approx(
        slopes(squared_error, z, target, temperature), abs=1e-8
    )


def slopes(
    loss: Callable[[ArrayLike, ArrayLike, float], Array],
    z: list[float],
    target: Array,
    temperature: float,
    h: float = 1e-3,
) -> Array:
    """Return central differences of 4th order."""
    found = []
    for k in range(len(z)):
        e = h * one_hot(k, len(z))
        at = [float(loss(np.asarray(z) + s * e, target, temperature)) for s in (-2, -1, 1, 2)]
        found.append((at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * h))
    return np.array(found)


@given(outputs(30.0, (2, 10)), st.data())
def test_the_chain_through_the_jacobian_cancels_to_p_minus_y(z: list[float], data: st.DataObject) -> None:
    true = data.draw(st.integers(0, len(z) - 1))
    log_p = float(-cross_entropy(z, one_hot(true, len(z))))
    chain = -np.exp(-log_p) * jacobian(z)[true]
    assert cross_entropy_gradient(z, one_hot(true, len(z))) == pytest.approx(chain, rel=1e-12, abs=1e-300)


@given(situations(outputs(50.0, (2, 10))))
def test_the_gradient_sums_to_zero(situation: Situation) -> None:
    gradient = cross_entropy_gradient(*situation)
    assert abs(gradient.sum()) <= 4 * len(gradient) * EPS * 51 * max(np.abs(gradient).max(), EPS)


def test_a_batch_gives_what_its_members_give() -> None:
    z = np.array([[1.43, -0.4, 0.23], [40, 0, -40], [0, 0, 0]])
    for function in FUNCTIONS:
        together = function(z, [0, 1, 0], 0.7)
        assert np.array_equal(together, [function(row, [0, 1, 0], 0.7) for row in z])


def test_squared_error_has_all_but_no_gradient_where_the_prediction_is_sure_and_wrong() -> None:
    sure_and_wrong = [20.0, 0.0]
    assert abs(squared_error_gradient(sure_and_wrong, [0, 1])[1]) < 1e-8
    assert cross_entropy_gradient(sure_and_wrong, [0, 1])[1] == pytest.approx(-1, abs=1e-8)


def test_a_smoothed_target_sums_to_one_and_is_one_hot_when_certain() -> None:
    for n in range(2, 11):
        assert smoothed(1, n, 0.9).sum() == pytest.approx(1, abs=n * EPS)
        assert np.array_equal(smoothed(1, n, 1), one_hot(1, n))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("z", "target", "temperature", "error", "said"),
    [
        ([1, 2], [1, 0, 0], 1, ValueError, "target has shape"),
        ([1, 2], 1, 1, ValueError, "target has shape"),
        ([[1, 2]] * 3, [[1, 0]] * 2, 1, ValueError, "target has shape"),
        ([1, 2], [0.7, 0.7], 1, ValueError, "target sums to 1.4"),
        ([1, 2], [1.5, -0.5], 1, ValueError, "target holds -0.5"),
        ([1, 2], [float("nan"), 1], 1, ValueError, "target holds nan"),
        ([1, 2], ["a", "b"], 1, TypeError, "target"),
        ([1, float("inf")], [1, 0], 1, ValueError, "z holds inf"),
        ([], [], 1, ValueError, "z is empty"),
        ([1, 2], [1, 0], 0, ValueError, "temperature"),
    ],
)
def test_bad_input_is_named(
    function: Callable[[ArrayLike, ArrayLike, float], Array],
    z: ArrayLike,
    target: ArrayLike,
    temperature: float,
    error: type[Exception],
    said: str,
) -> None:
    with pytest.raises(error, match=said):
        function(z, target, temperature)


@pytest.mark.parametrize("certainty", [0, -1, 1.1, float("nan"), "all"])
def test_a_certainty_outside_its_limits_is_refused(certainty: float | str) -> None:
    with pytest.raises((TypeError, ValueError), match="certainty"):
        smoothed(0, 3, certainty)  # type: ignore[arg-type]


def test_a_true_class_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="true is 3"):
        one_hot(3, 3)
