"""The peak of the derivative's curve is where no point of the curve is higher, to the last digits."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, strategies as st

from core.derivatives import derivative_curve
from core.peak import derivative_peak
from core.softmax import softmax
from tests.core.oracle import (
    CASE_NAMES,
    CASES,
    EPS,
    LARGEST,
    SMALLEST_NORMAL,
    adversarial,
    assert_within,
    bound,
    exact,
    outputs,
    temperatures,
)

WORKED = [1.43, -0.4, 0.23]


def assert_peak_is_exact(z: list[float], i: int, j: int, t: float) -> None:
    """Compare with 60 digits, within the documented bounds."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        at, probability, derivative = derivative_peak(z, i, j, t)
    others = [value for k, value in enumerate(z) if k != j]
    p, log_p = exact(others, t)
    top = max(others)
    truth = mpmath.mpf(top) - mpmath.mpf(t) * log_p[others.index(top)]
    allowed = EPS * abs(truth) + 8 * EPS * mpmath.mpf(t) * mpmath.log(len(z)) + SMALLEST_NORMAL
    if abs(truth) + allowed <= LARGEST:
        assert abs(mpmath.mpf(float(at)) - truth) <= allowed
    share = mpmath.mpf(1) if i == j else p[i - (i > j)]
    if share >= SMALLEST_NORMAL:
        assert_within([probability], [share / 2], bound(others, t))
        sign = 1 if i == j else -1
        assert_within([derivative], [sign * share / 4 / mpmath.mpf(t)], bound(others, t))


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_every_reference_case_has_its_peaks_where_60_digits_put_them(case: dict[str, Any]) -> None:
    n = len(case["z"])
    for i in range(n if n > 1 else 0):
        for j in {0, n - 1, i}:
            assert_peak_is_exact(case["z"], i, j, case["temperature"])


@given(
    z=adversarial().filter(lambda z: len(z) > 1), t=temperatures(), picks=st.tuples(*[st.integers(0, 9)] * 2)
)
def test_a_peak_is_within_its_documented_bound(z: list[float], t: float, picks: tuple[int, int]) -> None:
    i, j = (pick % len(z) for pick in picks)
    assert_peak_is_exact(z, i, j, t)


@given(z=outputs(50.0, (2, 10)), t=st.floats(0.05, 20.0), picks=st.tuples(*[st.integers(0, 9)] * 2))
def test_no_point_of_the_curve_is_beyond_its_peak(z: list[float], t: float, picks: tuple[int, int]) -> None:
    i, j = (pick % len(z) for pick in picks)
    peak = derivative_peak(z, i, j, t)
    around = peak.at + t * np.array([-40.0, -4.0, -0.5, -0.01, 0.0, 0.01, 0.5, 4.0, 40.0])
    curve = derivative_curve(z, i, j, around, t)
    largest = abs(float(peak.derivative))
    assert (np.abs(curve.derivative) <= largest * (1 + 1e-11)).all()
    assert np.abs(curve.derivative[4]) == pytest.approx(largest, rel=1e-11)
    assert curve.probability[4] == pytest.approx(float(peak.probability), rel=1e-9)
    # There the class that moves has one half.
    moved = np.array(z)
    moved[j] = peak.at
    assert softmax(moved, t)[j] == pytest.approx(0.5, abs=1e-11)


def test_the_own_derivative_peaks_at_a_quarter_over_the_temperature() -> None:
    for t in (0.05, 1.0, 20.0):
        peak = derivative_peak(WORKED, 2, 2, t)
        assert [peak.probability, peak.derivative] == [0.5, 0.25 / t]


def test_the_raw_output_that_moves_does_not_matter() -> None:
    assert derivative_peak([1.43, -50.0, 0.23], 0, 1) == derivative_peak([1.43, 50.0, 0.23], 0, 1)


def test_between_two_classes_the_peak_is_where_both_have_the_same_raw_output() -> None:
    for i, j in ((0, 0), (0, 1), (1, 0)):
        peak = derivative_peak([1.5, -2.25], i, j, 3.0)
        assert peak.at == (-2.25 if j == 0 else 1.5)
        assert abs(float(peak.derivative)) == pytest.approx(1 / 12)


def test_peaks_come_in_batches() -> None:
    z = np.random.default_rng(4).normal(size=(2, 3, 4))
    peaks = derivative_peak(z, 0, 2, 0.5)
    assert all(part.shape == (2, 3) for part in peaks)
    one = derivative_peak(z[1, 2], 0, 2, 0.5)
    assert [part[1, 2] for part in peaks] == list(one)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: derivative_peak([1.0], 0, 0), ValueError, "z has one class"),
        (lambda: derivative_peak([], 0, 0), ValueError, "z is empty"),
        (lambda: derivative_peak([1, math.nan], 0, 0), ValueError, "z holds nan at index 1"),
        (lambda: derivative_peak(WORKED, 3, 0), ValueError, "i is 3; an integer from 0 to 2"),
        (lambda: derivative_peak(WORKED, 0, -1), ValueError, "j is -1; an integer from 0 to 2"),
        (lambda: derivative_peak(WORKED, 0, 0, 0), ValueError, "temperature is 0.0"),
    ],
)
def test_bad_arguments_are_named(call: Callable[[], object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        call()
