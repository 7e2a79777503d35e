"""Compares the products of the chain rule with 60 digits, and checks that their sums are p - y."""

from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.typing import ArrayLike

from core.cancellation import chain_terms
from core.derivatives import jacobian
from core.loss import cross_entropy_gradient, one_hot, probability_error, smoothed, squared_error_gradient
from core.softmax import softmax
from tests.core.oracle import CASE_NAMES, CASES, EPS, assert_within, bound, exact, outputs


def exact_terms(z: Any, target: Any, temperature: float) -> list[list[Any]]:
    """Return -y_k / p_k times dp_k/dz_j in 60 digits, with the division done."""
    p, _ = exact(z, temperature)
    y, t, n = [mpmath.mpf(float(value)) for value in target], mpmath.mpf(temperature), len(p)
    rest = [mpmath.fsum(p[:k] + p[k + 1 :]) for k in range(n)]
    return [
        [-y[k] / p[k] * (p[k] * rest[k] if j == k else -p[k] * p[j]) / t for j in range(n)] for k in range(n)
    ]


def assert_terms_are_exact(z: Any, target: Any, temperature: float) -> None:
    allowed = bound(z, temperature) + (len(z) + 2) * EPS
    assert_within(chain_terms(z, target, temperature), exact_terms(z, target, temperature), allowed)


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_the_products_of_every_reference_case_are_within_their_bound(case: dict[str, Any]) -> None:
    n = len(case["z"])
    for k in range(n):
        assert_terms_are_exact(case["z"], one_hot(k, n), case["temperature"])
        assert_terms_are_exact(case["z"], smoothed(k, n, 0.9 if n > 1 else 1), case["temperature"])


@given(outputs(50.0, (2, 10)), st.floats(0.5, 20), st.sampled_from([1.0, 0.9, 0.5]), st.data())
def test_the_products_are_within_their_bound_and_add_up_to_the_gradient(
    z: list[float], temperature: float, certainty: float, data: st.DataObject
) -> None:
    target = smoothed(data.draw(st.integers(0, len(z) - 1)), len(z), certainty)
    assert_terms_are_exact(z, target, temperature)
    terms = chain_terms(z, target, temperature)
    # Both parts of a sum may be as large as 1 / T, and the sum small.
    close = {"rel": 1e-12, "abs": 4 * len(z) * EPS * np.abs(terms).max()}
    assert terms.sum(axis=0) == pytest.approx(cross_entropy_gradient(z, target, temperature), **close)


def test_both_cases_of_the_cancellation_are_those_of_the_worked_example() -> None:
    z, true = [1.43, -0.4, 0.23], 1
    p, j = softmax(z), jacobian(z)
    own, others = chain_terms(z, one_hot(true, 3))[true, true], chain_terms(z, one_hot(true, 3))[true]
    assert own == pytest.approx(-1 / p[true] * p[true] * (1 - p[true]))
    assert own == pytest.approx(p[true] - 1)
    for k in (0, 2):
        assert others[k] == pytest.approx(-1 / p[true] * (-p[true] * p[k]))
        assert others[k] == pytest.approx(p[k])
    assert others == pytest.approx(-1 / p[true] * j[true])


def test_a_product_survives_where_one_over_p_is_too_large_for_a_number() -> None:
    z, target = [0.0, -1000.0, -2.0], one_hot(1, 3)
    assert softmax(z)[1] == 0
    assert chain_terms(z, target)[1] == pytest.approx([softmax(z)[0], -1, softmax(z)[2]])


@given(outputs(30.0, (2, 10)), st.data())
def test_descent_on_cross_entropy_pushes_each_output_against_its_excess(
    z: list[float], data: st.DataObject
) -> None:
    # The page says "too much: push down" and "too little: push up".
    target = one_hot(data.draw(st.integers(0, len(z) - 1)), len(z))
    assert np.array_equal(
        np.sign(cross_entropy_gradient(z, target, 0.7)), np.sign(probability_error(z, target, 0.7))
    )


def test_squared_error_may_push_an_output_up_whose_probability_is_too_large() -> None:
    # The page says "too much; the Jacobian turns it into -0.043: push up" of virginica.
    z, target = [1.43, -0.4, 0.23], one_hot(1, 3)
    assert probability_error(z, target)[2] > 0
    assert squared_error_gradient(z, target)[2] == pytest.approx(-0.043, abs=5e-4)


@pytest.mark.parametrize(
    ("z", "target", "temperature", "error", "said"),
    [
        ([[1, 2]], [1, 0], 1, ValueError, "z has shape"),
        ([1, 2], [1, 0, 0], 1, ValueError, "target has shape"),
        ([1, 2], [0.7, 0.7], 1, ValueError, "target sums to 1.4"),
        ([1, "a"], [1, 0], 1, TypeError, "z"),
        ([1, 2], [1, 0], 0, ValueError, "temperature"),
    ],
)
def test_bad_input_is_named(
    z: ArrayLike, target: ArrayLike, temperature: float, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        chain_terms(z, target, temperature)
