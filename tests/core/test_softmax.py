"""softmax and log_softmax are right to the last digits, for every finite input."""

import functools
import operator
import warnings
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import example, given, strategies as st
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, log_expit

from core.softmax import log_softmax, softmax, total, without_bystanders
from tests.core.oracle import (
    CASE_NAMES,
    CASES,
    EPS,
    adversarial,
    assert_within,
    bound,
    exact,
    numbers,
    outputs,
    temperatures,
)


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_probabilities_equal_the_reference(case: dict[str, Any]) -> None:
    tolerance = bound(case["z"], case["temperature"])
    assert_within(softmax(case["z"], case["temperature"]), case["p"], tolerance)


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_logarithms_equal_the_reference(case: dict[str, Any]) -> None:
    tolerance = bound(case["z"], case["temperature"])
    assert_within(log_softmax(case["z"], case["temperature"]), case["log_p"], tolerance)


@given(z=adversarial(), t=temperatures())
def test_every_probability_and_logarithm_is_within_the_documented_bound(z: list[float], t: float) -> None:
    p, log_p = exact(z, t)
    tolerance = bound(z, t)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_within(softmax(z, t), p, tolerance)
        assert_within(log_softmax(z, t), log_p, tolerance)


@pytest.mark.parametrize("n", [100, 1000, 20000])
def test_the_bound_holds_for_many_classes(n: int) -> None:
    z = np.random.default_rng(n).normal(size=n)
    p, log_p = exact(z, 1.0)
    assert_within(softmax(z), p, bound(z, 1.0))
    assert_within(log_softmax(z), log_p, bound(z, 1.0))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("z", "expected"),
    [
        ([1e308, -1e308], [1, 0]),
        ([1e300, 1e300], [0.5, 0.5]),
        ([-1e308, -1e308, -1e308, -1e308], [0.25] * 4),
        ([1e308, 0, 0], [1, 0, 0]),
    ],
)
def test_huge_raw_outputs_neither_warn_nor_give_nan(z: list[float], expected: list[float]) -> None:
    assert softmax(z).tolist() == expected


def test_numbers_too_far_apart_for_float64_still_meet_at_a_high_temperature() -> None:
    p = softmax([1.5e308, -1.5e308], temperature=1.5e308)
    assert p[1] == pytest.approx(0.11920292202211755, rel=1e-15)


@pytest.mark.parametrize("setting", ["raise", "warn"])
def test_it_does_not_depend_on_the_callers_floating_point_settings(setting: Literal["raise", "warn"]) -> None:
    with np.errstate(all=setting):
        assert softmax([1e308, -1e308, 0], 0.1).tolist() == [1, 0, 0]


@given(z=outputs(), t=temperatures())
def test_probabilities_are_from_0_to_1_and_sum_to_1(z: list[float], t: float) -> None:
    p = softmax(z, t)
    assert (p >= 0).all()
    assert (p <= 1).all()
    assert abs(p.sum() - 1) <= len(z) * EPS


@given(z=outputs(limit=2**10), shift=numbers(2**10))
def test_a_shift_of_all_raw_outputs_changes_nothing(z: list[float], shift: float) -> None:
    # Shifting rounds z itself; exact shifts leave p equal to the bit.
    whole = np.round(np.array(z) * 2**20) / 2**20
    exact_shift = np.round(shift * 2**20) / 2**20
    np.testing.assert_array_equal(softmax(whole + exact_shift), softmax(whole))


@given(z=outputs(), t=temperatures())
def test_reversing_the_classes_reverses_the_probabilities(z: list[float], t: float) -> None:
    np.testing.assert_allclose(softmax(z[::-1], t), softmax(z, t)[::-1], rtol=2 * EPS, atol=0)


@given(z=numbers(700.0))
def test_two_classes_are_the_logistic_sigmoid(z: float) -> None:
    tolerance = 16 * EPS * (1 + abs(z))
    np.testing.assert_allclose(softmax([z, 0])[0], expit(z), rtol=tolerance)
    np.testing.assert_allclose(log_softmax([z, 0])[0], log_expit(z), rtol=tolerance, atol=1e-307)


def test_the_larger_raw_output_never_has_the_smaller_probability() -> None:
    z = np.sort(np.random.default_rng(0).normal(size=(200, 10)), axis=-1)
    assert (np.diff(softmax(z), axis=-1) >= 0).all()


def test_equal_raw_outputs_share_equally() -> None:
    assert softmax([0.0, 0.0, 0.0]).tolist() == [1 / 3] * 3
    assert softmax([7.0]).tolist() == [1.0]
    assert log_softmax([7.0]).tolist() == [0.0]


def test_a_probability_next_to_1_keeps_the_digits_of_its_logarithm() -> None:
    assert log_softmax([40.0, 0.0, 0.0])[0] == pytest.approx(-8.496708510583178e-18, rel=1e-13)


def test_batches_of_any_shape_give_the_rows_one_by_one() -> None:
    z = np.random.default_rng(1).normal(size=(2, 3, 4, 5)) * 10
    for index in np.ndindex(2, 3, 4):
        np.testing.assert_array_equal(softmax(z, 0.7)[index], softmax(z[index], 0.7))
        np.testing.assert_array_equal(log_softmax(z, 0.7)[index], log_softmax(z[index], 0.7))
    assert softmax(np.empty((0, 3))).shape == (0, 3)
    assert log_softmax(np.empty((4, 0, 3))).shape == (4, 0, 3)


@pytest.mark.parametrize(
    "z",
    [
        [1, 2, 3],
        (1, 2, 3),
        np.array([1, 2, 3], dtype=np.int8),
        np.array([1, 2, 3], dtype=np.float32),
        [Fraction(1), Fraction(2), 3],
    ],
    ids=["list", "tuple", "int8", "float32", "fractions"],
)
def test_every_kind_of_real_number_is_taken(z: ArrayLike) -> None:
    np.testing.assert_array_equal(softmax(z), softmax([1.0, 2.0, 3.0]))
    assert softmax(z).dtype == np.float64


def test_the_argument_is_left_as_it_was() -> None:
    z = np.array([1.0, 2.0, 3.0])
    softmax(z)[0] = 9
    log_softmax(z)[0] = 9
    assert z.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("z", "error", "says"),
    [
        ([1, float("nan")], ValueError, "z holds nan at index 1; finite"),
        ([[1, 2], [3, float("inf")]], ValueError, r"z holds inf at index \(1, 1\); finite"),
        ([10**400, 1], ValueError, "z holds inf at index 0; finite"),
        ([-(10**400), 1], ValueError, "z holds -inf at index 0; finite"),
        ([], ValueError, "z is empty; at least one"),
        (np.empty((3, 0)), ValueError, "z is empty; at least one"),
        (3.0, ValueError, "z is a single number; a sequence"),
        (float("nan"), ValueError, "z holds nan; finite"),
        ([[1, 2], [3]], ValueError, "z has rows of different lengths; rows of one length"),
        (["1", "2"], TypeError, "z holds values of type str"),
        ([True, False], TypeError, "z holds values of type bool; real"),
        ([1, 2j], TypeError, "z holds values of type complex128; real"),
        ([1, None], TypeError, "z holds None; real"),
        (None, TypeError, "z holds None; real"),
        ([10**400, "x" * 99], TypeError, "z holds values of type str|z holds 'xxx"),
    ],
)
@pytest.mark.parametrize("function", [softmax, log_softmax])
def test_bad_raw_outputs_are_named(
    function: Callable[..., NDArray[np.float64]], z: object, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        function(z)


@pytest.mark.parametrize(
    ("temperature", "error", "says"),
    [
        (0, ValueError, "temperature is 0.0; a finite number above 0 is accepted"),
        (-1, ValueError, "temperature is -1.0; a finite number above 0"),
        (float("nan"), ValueError, "temperature is nan; a finite"),
        (float("inf"), ValueError, "temperature is inf; a finite"),
        (10**400, ValueError, "temperature is inf; a finite"),
        ("1", TypeError, "temperature is '1'; a finite"),
        (None, TypeError, "temperature is None; a finite"),
        (True, TypeError, "temperature is True; a finite"),
        ([1.0], TypeError, r"temperature is \[1.0\]; a finite"),
    ],
)
@pytest.mark.parametrize("function", [softmax, log_softmax])
def test_a_bad_temperature_is_named(
    function: Callable[..., NDArray[np.float64]], temperature: object, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        function([1, 2, 3], temperature)


def test_a_temperature_may_be_any_real_number() -> None:
    expected = softmax([1, 2], 0.5)
    for half in (np.float32(0.5), Fraction(1, 2), np.array(0.5)):
        np.testing.assert_array_equal(softmax([1, 2], half), expected)  # type: ignore[arg-type]


def test_the_sum_keeps_what_plain_addition_loses() -> None:
    terms = np.array([1.0] + [2.0**-53] * 1000)
    assert functools.reduce(operator.add, terms) == 1
    assert total(terms) == 1 + 1000 * 2.0**-53
    assert total(np.empty((0, 2))).tolist() == [0, 0]


@given(
    z=outputs(50.0, (2, 10)),
    t=st.one_of(st.floats(0.05, 20.0), st.floats(1e-300, 1e300)),
    kept=st.permutations(range(10)),
    count=st.integers(1, 4),
)
@example(z=[0.0, 0.0, 0.0], t=1e-300, kept=list(range(10)), count=1)
@example(z=[4.0, 4.0, 4.0], t=0.0546875, kept=list(range(10)), count=1)
@example(z=[0.0, 0.0, 0.0], t=1e300, kept=list(range(10)), count=1)
def test_bystanders_can_be_one_class(z: list[float], t: float, kept: list[int], count: int) -> None:
    chosen = [k for k in kept if k < len(z)][:count]
    few = without_bystanders(z, chosen, t)
    assert len(few) == min(len(chosen) + 1, len(z))
    # The class that stands for the others is itself rounded.
    rounding = EPS * abs(few[-1]) / t
    tolerance = 2 * bound(z, t) + rounding
    assert_within(softmax(few, t)[: len(chosen)], [exact(z, t)[0][k] for k in chosen], tolerance)
