"""The Jacobian, its products and its grids are right to the last digits, for every finite input."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from core.derivatives import (
    derivative_curve,
    derivative_surface,
    jacobian,
    jvp,
    probability_surface,
    vjp,
)
from core.softmax import softmax
from tests.core.oracle import (
    CASE_NAMES,
    CASES,
    EPS,
    adversarial,
    assert_within,
    bound,
    exact_jacobian,
    outputs,
    temperatures,
)

WORKED = [1.43, -0.4, 0.23]
GRID = np.linspace(-6, 6, 25)


@pytest.mark.parametrize("case", CASES, ids=CASE_NAMES)
def test_the_jacobian_equals_the_reference(case: dict[str, Any]) -> None:
    tolerance = bound(case["z"], case["temperature"])
    assert_within(jacobian(case["z"], case["temperature"]), case["jacobian"], tolerance)


@given(z=adversarial(), t=temperatures())
def test_every_entry_is_within_the_documented_bound(z: list[float], t: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = jacobian(z, t)
    assert_within(found, exact_jacobian(z, t), bound(z, t))


@given(z=outputs(limit=800.0), t=st.floats(1e-300, 1e-3))
def test_entries_keep_their_digits_where_a_product_of_probabilities_would_underflow(
    z: list[float], t: float
) -> None:
    spread_over = [value * t for value in z]
    found = jacobian(spread_over, t)
    assert_within(found, exact_jacobian(spread_over, t), bound(spread_over, t))


def test_a_product_far_below_float64_is_brought_back_by_a_low_temperature() -> None:
    t = 1e-300
    # p_1 p_2 is about 1e-400, which is 0 in float64. Divided by T it is 1e-100.
    z = [0.0, -200 * math.log(10) * t, -200 * math.log(10) * t]
    assert_within(jacobian(z, t), exact_jacobian(z, t), bound(z, t))
    assert jacobian(z, t)[1, 2] == pytest.approx(-1e-100, rel=1e-10)


def test_the_derivative_of_a_saturated_class_keeps_its_digits() -> None:
    p = softmax([40.0, 0.0, 0.0])
    assert p[0] * (1 - p[0]) == 0
    assert jacobian([40.0, 0.0, 0.0])[0, 0] == pytest.approx(8.496708510583178e-18, rel=1e-13)
    assert derivative_curve([40.0, 0.0, 0.0], 0, 0, [40.0]).derivative[0] == pytest.approx(
        8.496708510583178e-18, rel=1e-13
    )


@given(z=adversarial(), t=temperatures())
def test_the_jacobian_is_symmetric_to_the_bit(z: list[float], t: float) -> None:
    matrix = jacobian(z, t)
    np.testing.assert_array_equal(matrix, matrix.T)


@given(z=adversarial(), t=st.floats(0.05, 20.0))
def test_every_jacobian_row_sums_to_zero(z: list[float], t: float) -> None:
    _assert_sums_to_zero(jacobian(z, t))


@given(z=adversarial(), t=st.floats(0.05, 20.0))
def test_every_jacobian_column_sums_to_zero(z: list[float], t: float) -> None:
    _assert_sums_to_zero(jacobian(z, t).T)


def _assert_sums_to_zero(matrix: NDArray[np.float64]) -> None:
    for row in matrix:
        assert abs(math.fsum(row)) <= len(row) * np.spacing(np.abs(row).max())


@given(z=outputs(), t=st.floats(0.05, 20.0))
def test_own_derivatives_are_positive_and_cross_derivatives_negative(z: list[float], t: float) -> None:
    matrix = jacobian(z, t)
    diagonal = np.eye(len(z), dtype=bool)
    assert (matrix[diagonal] >= 0).all()
    assert (matrix[~diagonal] <= 0).all()
    assert np.abs(matrix).max() <= 0.25 / t * (1 + 4 * EPS)


@given(z=outputs(limit=3.0), j=st.integers(0, 9), t=st.floats(0.5, 20.0))
def test_central_differences_of_fourth_order_agree(z: list[float], j: int, t: float) -> None:
    j %= len(z)
    step = 1e-3 * t
    column = np.zeros(len(z))
    for weight, k in [(1, -2), (-8, -1), (8, 1), (-1, 2)]:
        moved = np.array(z)
        moved[j] += k * step
        column += weight * softmax(moved, t)
    np.testing.assert_allclose(column / (12 * step), jacobian(z, t)[:, j], atol=1e-11 / t)


@given(z=outputs(), t=st.floats(0.05, 20.0), seed=st.integers(0, 2**32 - 1))
def test_products_in_random_directions_equal_the_matrix_times_the_direction(
    z: list[float], t: float, seed: int
) -> None:
    direction = np.random.default_rng(seed).normal(size=len(z))
    matrix = jacobian(z, t)
    front = int(np.argmax(z))
    scale = np.abs(matrix) @ (np.abs(direction) + abs(direction[front]))
    tolerance = 16 * EPS * (1 + (max(z) - min(z)) / t) * scale + 1e-300
    assert (np.abs(jvp(z, direction, t) - matrix @ direction) <= tolerance).all()
    assert (np.abs(vjp(z, direction, t) - direction @ matrix) <= tolerance).all()


@given(z=outputs(limit=300.0, classes=(2, 6)), t=st.floats(0.5, 2.0), seed=st.integers(0, 2**32 - 1))
def test_products_are_within_their_documented_bound(z: list[float], t: float, seed: int) -> None:
    direction = np.random.default_rng(seed).normal(size=len(z))
    matrix = exact_jacobian(z, t)
    front = int(np.argmax(z))
    tolerance = bound(z, t, eps=16 * EPS)
    for found, row in zip(jvp(z, direction, t), matrix, strict=True):
        truth = sum(entry * float(value) for entry, value in zip(row, direction, strict=True))
        scale = sum(
            abs(entry) * (abs(value) + abs(direction[front]))
            for entry, value in zip(row, direction.tolist(), strict=True)
        )
        assert abs(float(found) - truth) <= tolerance * scale + 1e-300


def test_the_product_of_a_saturated_class_keeps_its_digits() -> None:
    assert jvp([40.0, 0.0], [3.0, 1.0])[0] == pytest.approx(2 * 4.248354255291589e-18, rel=1e-13)


def test_products_with_huge_directions_do_not_overflow() -> None:
    found = jvp([0.0, 0.0], [1.5e308, -1.5e308])
    np.testing.assert_allclose(found, [7.5e307, -7.5e307], rtol=4 * EPS)
    assert jvp([0.0, 0.0], [0.0, 0.0]).tolist() == [0, 0]


def test_products_broadcast_and_never_build_the_matrix() -> None:
    z = np.random.default_rng(0).normal(size=(4, 1, 3))
    v = np.random.default_rng(1).normal(size=(5, 3))
    expected = np.einsum("aij,bj->abi", jacobian(z)[:, 0], v)
    np.testing.assert_allclose(jvp(z, v), expected, atol=1e-15)
    many = np.zeros(200_000)
    assert jvp(many, many).shape == many.shape  # The matrix would take 320 GB.


def test_batches_of_any_shape_give_the_matrices_one_by_one() -> None:
    z = np.random.default_rng(2).normal(size=(2, 3, 5)) * 20
    matrices = jacobian(z, 0.04)
    assert matrices.shape == (2, 3, 5, 5)
    for index in np.ndindex(2, 3):
        np.testing.assert_array_equal(matrices[index], jacobian(z[index], 0.04))
    assert jacobian(np.empty((0, 3))).shape == (0, 3, 3)


@settings(max_examples=50)
@given(z=outputs(limit=60.0), i=st.integers(0, 9), j=st.integers(0, 9), t=st.sampled_from([0.05, 1.0, 20.0]))
def test_a_curve_holds_the_softmax_and_the_jacobian_of_each_point(
    z: list[float], i: int, j: int, t: float
) -> None:
    i, j = i % len(z), j % len(z)
    curve = derivative_curve(z, i, j, GRID, t)
    assert curve.probability.shape == curve.derivative.shape == GRID.shape
    for k in (0, 7, 24):
        at = [*z[:j], GRID[k], *z[j + 1 :]]
        assert curve.probability[k] == softmax(at, t)[i]
        assert_within([curve.derivative[k]], [exact_jacobian(at, t)[i][j]], bound(at, t))


@settings(max_examples=50)
@given(
    z=outputs(limit=60.0, classes=(2, 10)),
    picks=st.tuples(*[st.integers(0, 9)] * 4),
    t=st.sampled_from([0.05, 1.0, 20.0]),
)
def test_a_surface_holds_the_jacobian_of_each_point_with_b_down_and_a_across(
    z: list[float], picks: tuple[int, ...], t: float
) -> None:
    i, j, a, b = (pick % len(z) for pick in picks)
    if a == b:
        b = (a + 1) % len(z)
    grid_a, grid_b = GRID[::6], GRID[::5]
    derivative = derivative_surface(z, i, j, a, b, grid_a, grid_b, t)
    probability = probability_surface(z, i, a, b, grid_a, grid_b, t)
    assert derivative.shape == probability.shape == (len(grid_b), len(grid_a))
    for row, column in [(0, 0), (1, 3), (4, 2)]:
        at = list(z)
        at[a], at[b] = grid_a[column], grid_b[row]
        assert probability[row, column] == softmax(at, t)[i]
        assert_within([derivative[row, column]], [exact_jacobian(at, t)[i][j]], bound(at, t))


@given(z=adversarial(), t=temperatures(), i=st.integers(0, 9), j=st.integers(0, 9))
def test_curve_points_are_within_the_documented_bound(z: list[float], t: float, i: int, j: int) -> None:
    i, j = i % len(z), j % len(z)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        curve = derivative_curve(z, i, j, [z[j]], t)
    assert_within(curve.derivative, [exact_jacobian(z, t)[i][j]], bound(z, t))


def test_curves_and_surfaces_take_batches() -> None:
    z = np.random.default_rng(3).normal(size=(4, 3))
    curve = derivative_curve(z, 0, 2, GRID)
    surface = derivative_surface(z, 0, 1, 1, 2, GRID, GRID[:4])
    assert curve.derivative.shape == (4, 25)
    assert surface.shape == (4, 4, 25)
    for k in range(4):
        np.testing.assert_array_equal(curve.derivative[k], derivative_curve(z[k], 0, 2, GRID).derivative)
        np.testing.assert_array_equal(surface[k], derivative_surface(z[k], 0, 1, 1, 2, GRID, GRID[:4]))


def test_the_arguments_are_left_as_they_were() -> None:
    z, grid = np.array(WORKED), GRID.copy()
    derivative_curve(z, 0, 1, grid)
    derivative_surface(z, 0, 1, 0, 1, grid, grid)
    jacobian(z)
    jvp(z, z)
    assert z.tolist() == WORKED
    assert grid.tolist() == GRID.tolist()


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: jacobian([]), ValueError, "z is empty"),
        (lambda: jacobian(1.0), ValueError, "z is a single number"),
        (lambda: jacobian(["a"]), TypeError, "z holds values of type str"),
        (lambda: jacobian([1, np.nan]), ValueError, "z holds nan at index 1"),
        (lambda: jacobian(WORKED, 0), ValueError, "temperature is 0.0"),
        (lambda: jvp(WORKED, [1, 2]), ValueError, r"v has shape \(2,\) and z \(3,\); one value per class"),
        (lambda: jvp(WORKED, [1]), ValueError, r"v has shape \(1,\) and z \(3,\); one value per class"),
        (lambda: jvp(WORKED, 1), ValueError, "v is a single number"),
        (lambda: vjp(WORKED, [1, 2, np.inf]), ValueError, "u holds inf at index 2"),
        (lambda: vjp(np.zeros((2, 3)), np.zeros((5, 3))), ValueError, r"u has shape \(5, 3\) and z \(2, 3\)"),
        (lambda: derivative_curve(WORKED, 3, 0, GRID), ValueError, "i is 3; an integer from 0 to 2"),
        (lambda: derivative_curve(WORKED, -1, 0, GRID), ValueError, "i is -1; an integer from 0 to 2"),
        (
            lambda: derivative_curve(WORKED, 0, 1.0, GRID),  # type: ignore[arg-type]
            TypeError,
            r"j is 1.0; an integer from 0 to 2",
        ),
        (lambda: derivative_curve(WORKED, 0, True, GRID), TypeError, "j is True; an integer"),
        (
            lambda: derivative_curve([1.0], 0, 1, GRID),
            ValueError,
            "j is 1; an integer from 0 to 0 is accepted",
        ),
        (lambda: derivative_curve(WORKED, 0, 1, []), ValueError, r"grid has shape \(0,\); one dimension"),
        (lambda: derivative_curve(WORKED, 0, 1, [[1]]), ValueError, r"grid has shape \(1, 1\); one"),
        (lambda: derivative_curve(WORKED, 0, 1, ["x"]), TypeError, "grid holds values of type str"),
        (lambda: derivative_surface(WORKED, 0, 1, 2, 2, GRID, GRID), ValueError, "a and b are both 2"),
        (
            lambda: derivative_surface(WORKED, 0, 1, 3, 2, GRID, GRID),
            ValueError,
            "a is 3; an integer from 0 to 2",
        ),
        (
            lambda: derivative_surface(WORKED, 0, 1, 0, 9, GRID, GRID),
            ValueError,
            "b is 9; an integer from 0 to 2",
        ),
        (lambda: derivative_surface(WORKED, 0, 1, 0, 2, GRID, []), ValueError, "grid_b has shape"),
        (lambda: derivative_surface(WORKED, 0, 1, 0, 2, [], GRID), ValueError, "grid_a has shape"),
        (
            lambda: probability_surface(WORKED, 4, 0, 2, GRID, GRID),
            ValueError,
            "i is 4; an integer from 0 to 2",
        ),
        (lambda: probability_surface(WORKED, 0, 0, 2, GRID, GRID, -1), ValueError, "temperature is -1.0"),
    ],
)
def test_bad_arguments_are_named(call: Callable[[], object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        call()
