"""The derivative of log p is delta - p over T to the last digits, and equals that of p divided by p."""

import warnings
from collections.abc import Callable
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from core.derivatives import jacobian
from core.log_derivatives import log_derivative, log_derivative_surface
from core.softmax import log_softmax, softmax
from tests.core.oracle import (
    CASE_NAMES,
    CASES,
    SMALLEST_NORMAL,
    adversarial,
    assert_within,
    bound,
    exact,
    outputs,
    temperatures,
)

WORKED = [1.43, -0.4, 0.23]
GRID = np.linspace(-6, 6, 25)


def assert_entry_is_exact(z: list[float], i: int, j: int, t: float) -> None:
    """Compare with 60 digits, within the documented bound."""
    p, _ = exact(z, t)
    size = mpmath.fsum(p[:i] + p[i + 1 :]) if i == j else p[j]
    if 0 < size < SMALLEST_NORMAL:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = log_derivative(z, i, j, t)
    assert_within([found], [(1 if i == j else -1) * size / mpmath.mpf(t)], bound(z, t))


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_every_entry_of_every_reference_case_is_right(case: dict[str, Any]) -> None:
    n = len(case["z"])
    for i in range(n):
        for j in {0, n - 1, i}:
            assert_entry_is_exact(case["z"], i, j, case["temperature"])


@given(z=adversarial(), t=temperatures(), picks=st.tuples(*[st.integers(0, 9)] * 2))
def test_every_entry_is_within_its_documented_bound(z: list[float], t: float, picks: tuple[int, int]) -> None:
    i, j = (pick % len(z) for pick in picks)
    assert_entry_is_exact(z, i, j, t)


def test_it_is_the_derivative_of_p_without_the_factor_p() -> None:
    for i in range(3):
        for j in range(3):
            ratio = jacobian(WORKED, 0.7)[i, j] / softmax(WORKED, 0.7)[i]
            assert log_derivative(WORKED, i, j, 0.7) == pytest.approx(ratio, rel=1e-14)


def test_it_is_the_slope_of_log_softmax() -> None:
    step = 1e-5
    for j in range(3):
        moved = np.eye(3)[j] * step
        slopes = (log_softmax(WORKED + moved) - log_softmax(WORKED - moved)) / (2 * step)
        np.testing.assert_allclose([log_derivative(WORKED, i, j) for i in range(3)], slopes, atol=1e-9)


def test_where_the_prediction_is_wrong_it_does_not_vanish() -> None:
    z = [-40.0, 0.0]
    assert jacobian(z)[0, 0] < 1e-17
    assert log_derivative(z, 0, 0) == 1.0


def test_where_the_prediction_is_right_it_keeps_its_digits() -> None:
    assert log_derivative([40.0, 0.0, 0.0], 0, 0) == pytest.approx(8.496708510583178e-18, rel=1e-13)


@settings(max_examples=50)
@given(
    z=outputs(60.0, (2, 10)), picks=st.tuples(*[st.integers(0, 9)] * 4), t=st.sampled_from([0.05, 1.0, 20.0])
)
def test_a_surface_holds_the_entry_of_each_point_with_b_down_and_a_across(
    z: list[float], picks: tuple[int, ...], t: float
) -> None:
    i, j, a, b = (pick % len(z) for pick in picks)
    if a == b:
        b = (a + 1) % len(z)
    grid_a, grid_b = GRID[::6], GRID[::5]
    surface = log_derivative_surface(z, i, j, a, b, grid_a, grid_b, t)
    assert surface.shape == (len(grid_b), len(grid_a))
    for row, column in [(0, 0), (1, 3), (4, 2)]:
        at = list(z)
        at[a], at[b] = grid_a[column], grid_b[row]
        assert surface[row, column] == log_derivative(at, i, j, t)


def test_entries_come_in_batches() -> None:
    z = np.random.default_rng(5).normal(size=(2, 3, 4))
    entries = log_derivative(z, 1, 1, 0.5)
    assert entries.shape == (2, 3)
    assert entries[1, 2] == log_derivative(z[1, 2], 1, 1, 0.5)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: log_derivative([], 0, 0), ValueError, "z is empty"),
        (lambda: log_derivative(WORKED, 3, 0), ValueError, "i is 3; an integer from 0 to 2"),
        (lambda: log_derivative(WORKED, 0, 0, -1), ValueError, "temperature is -1.0"),
        (lambda: log_derivative_surface(WORKED, 0, 1, 2, 2, GRID, GRID), ValueError, "a and b are both 2"),
    ],
)
def test_bad_arguments_are_named(call: Callable[[], object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        call()
