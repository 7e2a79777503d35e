"""Changes of probabilities are right to the documented bound, however small they are, and add up to 0."""

from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, strategies as st

from core.change import probability_change
from core.derivatives import jacobian
from core.softmax import softmax
from tests.core.oracle import CASE_NAMES, CASES, EPS, LARGEST, assert_within, exact, numbers

# Smaller products are subnormal and have fewer digits.
LEAST = 1e-290


def exact_change(before: Any, after: Any, temperature: float) -> tuple[list[Any], list[Any]]:
    """Return each change as a number of 60 digits beside the sum of the two probabilities."""
    with mpmath.workdps(400):
        p, then = exact(before, temperature)[0], exact(after, temperature)[0]
        return [b - a for a, b in zip(p, then, strict=True)], [a + b for a, b in zip(p, then, strict=True)]


def spread(z: list[float]) -> float:
    return max(z) - min(z)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[float], list[float], float]:
    """Two situations of the same classes, near each other or far apart, and a temperature."""
    before = draw(st.lists(numbers(50.0), min_size=2, max_size=10))
    moves = st.one_of(numbers(50.0), st.floats(-1e-9, 1e-9), st.just(0.0))
    after = [z + draw(moves) for z in before]
    return before, after, draw(st.floats(0.05, 20.0))


@given(pairs())
def test_every_change_is_within_the_documented_bound(case: tuple[list[float], list[float], float]) -> None:
    before, after, t = case
    found = probability_change(before, after, t)
    changes, sizes = exact_change(before, after, t)
    largest = max(spread(before), spread(after))
    moved = max(abs(b - a) for a, b in zip(before, after, strict=True))
    for value, truth, size in zip(found.tolist(), changes, sizes, strict=True):
        tolerance = 24 * EPS * (1 + (largest + moved) / t) * size + LEAST
        assert abs(mpmath.mpf(value) - truth) <= tolerance


@given(
    before=st.lists(numbers(50.0), min_size=2, max_size=10),
    k=st.integers(0, 9),
    move=st.one_of(numbers(50.0), st.floats(-1e-12, 1e-12)),
    t=st.floats(0.05, 20.0),
)
def test_the_change_after_one_move_is_right_in_every_digit(
    before: list[float], k: int, move: float, t: float
) -> None:
    k %= len(before)
    after = [z + move if at == k else z for at, z in enumerate(before)]
    found = probability_change(before, after, t)
    changes, _ = exact_change(before, after, t)
    tolerance = 24 * EPS * (1 + max(spread(before), spread(after)) / t)
    kept = [at for at, truth in enumerate(changes) if truth == 0 or abs(truth) > LEAST]
    assert_within(found[kept], [changes[at] for at in kept], tolerance)


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_from_equal_shares_the_change_is_the_reference_minus_the_share(case: dict[str, Any]) -> None:
    n = len(case["z"])
    found = probability_change([0.0] * n, case["z"], case["temperature"])
    np.testing.assert_allclose(found, np.array(case["p"]) - 1 / n, rtol=0, atol=1e-12)


@given(pairs())
def test_what_some_classes_gain_the_others_lose(case: tuple[list[float], list[float], float]) -> None:
    before, after, t = case
    found = probability_change(before, after, t)
    assert abs(found.sum()) <= 2 * len(before) * EPS
    np.testing.assert_array_equal(probability_change(after, before, t), -found)
    np.testing.assert_array_equal(probability_change(before, before, t), np.zeros(len(before)))


def test_for_a_tiny_move_it_is_the_derivative_times_the_move() -> None:
    z, t = [1.43, -0.4, 0.0], 0.5
    step = 2.0**-50
    found = probability_change(z, [*z[:2], step], t)
    np.testing.assert_allclose(found, jacobian(z, t)[:, 2] * step, rtol=1e-14)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("before", "after", "t", "expected"),
    [
        ([1e308, -1e308], [-1e308, 1e308], 1.0, [-1, 1]),
        ([LARGEST, -LARGEST, 0], [-LARGEST, LARGEST, 0], 5e-324, [-1, 1, 0]),
        ([0, 0], [1e308, 1e308], 1.0, [0, 0]),
        ([50, -50], [-50, 50], 0.05, [-1, 1]),
    ],
)
def test_huge_moves_neither_warn_nor_give_nan(
    before: list[float], after: list[float], t: float, expected: list[float]
) -> None:
    assert probability_change(before, after, t).tolist() == expected


def test_it_is_the_difference_of_the_probabilities() -> None:
    before, after = np.array([1.43, -0.4, 0.23]), np.array([1.43, -0.4, 1.43])
    np.testing.assert_allclose(
        probability_change(before, after, 2), softmax(after, 2) - softmax(before, 2), atol=1e-15
    )


@pytest.mark.parametrize("after", [[1.0, 2.0], [[1.0, 2.0, 3.0]], [1.0, 2.0, float("nan")]])
def test_situations_of_other_classes_are_refused(after: Any) -> None:
    with pytest.raises(ValueError, match=r"shape|finite"):
        probability_change([1.0, 2.0, 3.0], after)
