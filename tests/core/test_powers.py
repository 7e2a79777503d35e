"""The exponentials and their sum are right to the last digits, however large or small they are."""

from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, strategies as st

from core.powers import Scientific, powers
from core.softmax import softmax
from tests.core.oracle import EPS, numbers


def assert_within(found: Scientific, expected: list[Any], tolerance: Any) -> None:
    for mantissa, exponent, truth in zip(
        np.atleast_1d(found.mantissa), np.atleast_1d(found.exponent), expected, strict=True
    ):
        assert 1 <= mantissa < 10
        value = mpmath.mpf(float(mantissa)) * mpmath.mpf(10) ** int(exponent)
        assert abs(value - truth) <= tolerance * truth, f"{value} is not {mpmath.nstr(truth, 20)}"


@given(z=st.lists(numbers(1000.0), min_size=1, max_size=10), t=st.floats(0.001, 1000.0))
def test_every_exponential_and_the_sum_are_within_the_documented_bound(z: list[float], t: float) -> None:
    exact = [mpmath.exp(mpmath.mpf(value) / mpmath.mpf(t)) for value in z]
    tolerance = 8 * EPS * (1 + mpmath.mpf(max(map(abs, z))) / mpmath.mpf(t))
    each, total = powers(z, t)
    assert_within(each, exact, tolerance)
    assert_within(total, [mpmath.fsum(exact)], tolerance)


@pytest.mark.parametrize("tens", [-434, -12, -1, 0, 1, 2, 12, 434])
def test_a_power_of_ten_is_not_written_as_ten_times_the_one_before(tens: int) -> None:
    # The nearest number to tens * log(10), and its neighbours on both sides.
    near = float(tens * mpmath.log(10))
    for x in (np.nextafter(near, -np.inf), near, np.nextafter(near, np.inf)):
        found = powers([x, x - 800])
        for one in (Scientific(found.each.mantissa[:1], found.each.exponent[:1]), found.total):
            assert_within(one, [mpmath.exp(mpmath.mpf(x))], 8 * EPS * (1 + abs(x) + 800))


def test_at_the_ends_of_the_board_nothing_overflows() -> None:
    each, total = powers([50, 50, -50], 0.05)
    assert each.exponent.tolist() == [434, 434, -435]
    assert total.exponent == 434
    assert total.mantissa == pytest.approx(2 * each.mantissa[0], rel=1e-15)


@given(z=st.lists(numbers(50.0), min_size=2, max_size=10), t=st.floats(0.05, 20.0))
def test_each_exponential_over_the_sum_is_the_probability(z: list[float], t: float) -> None:
    each, total = powers(z, t)
    ratio = each.mantissa / total.mantissa * 10.0 ** (each.exponent - total.exponent)
    np.testing.assert_allclose(ratio, softmax(z, t), rtol=32 * EPS * (1 + 50 / t), atol=1e-300)


@pytest.mark.parametrize(
    ("z", "t", "error", "says"),
    [
        ([1.0, 2e6], 1.0, ValueError, "z / temperature reaches 2e\\+06; numbers from -1e6 to 1e6"),
        ([1.0, -1e300], 1e-300, ValueError, "z / temperature reaches -inf"),
        ([[1.0], [2.0]], 1.0, ValueError, r"z has shape \(2, 1\); one raw output per class"),
        ([], 1.0, ValueError, "z is empty"),
        (["1"], 1.0, TypeError, "real numbers are accepted"),
        ([1.0], 0.0, ValueError, "temperature is 0.0"),
    ],
)
def test_bad_arguments_are_named(z: Any, t: float, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        powers(z, t)
