"""What a question's answer claims is true of the numbers in its picture, in every situation."""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings

from core.derivation.expression import SECANT_STEP, symbol
from core.derivation.readings import Readings
from core.derivatives import jacobian
from core.questions.lists import secant_slope
from core.questions.pictures import PICTURES
from core.questions.subject import Subject
from core.questions.tables import Cell, Table
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.core.situation.links import deterministic, scenarios

# Drawing takes long: a picture computes every number of a situation.
FEW = settings(deterministic, max_examples=40)
FAR = Scenario(z=(50, -50, 49), temperature=0.05, i=2, j=2)
SMALLEST_NORMAL = float(np.finfo(np.float64).tiny)


def in_situations(test: Callable[..., None]) -> Any:
    """Run a test in the worked example, far from it, and in random situations."""
    return FEW(given(now=scenarios())(example(now=FAR)(example(now=Scenario())(test))))


def tables(key: str, now: Scenario, true: int = 0, certainty: float = 1.0) -> list[Table]:
    """The tables of a question's picture."""
    drawn = PICTURES[key](Subject(now, true, certainty))
    return [piece for piece in drawn if isinstance(piece, Table)]


def values(table: Table) -> Any:
    """Its numbers, row by row."""
    return np.array([[float(cell.value or 0) for cell in row] for row in table.cells])


def sums(cells: tuple[Cell, ...]) -> list[float]:
    return [float(cell.value or 0) for cell in cells]


def close(found: Any, expected: Any, scale: Any = 0.0) -> None:
    """Compare up to rounding, relative to each number or to the size of what it was worked out from."""
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-13 * np.max(np.abs(scale), initial=0))


@in_situations
def test_one_push_is_one_column_of_the_matrix(now: Scenario) -> None:
    column, whole = tables("matrix", now)
    assert values(column)[:, 0].tolist() == values(whole)[:, now.j].tolist()
    assert column.columns[0].of == now.j


@in_situations
def test_the_two_grids_of_the_outer_product_differ_by_the_jacobian(now: Scenario) -> None:
    diagonal, products, whole = map(values, tables("outer", now))
    close(diagonal - products, whole, diagonal)
    assert not diagonal[~np.eye(len(now.z), dtype=bool)].any()
    close(
        products * now.temperature, np.outer(softmax(now.z, now.temperature), softmax(now.z, now.temperature))
    )


@in_situations
def test_delta_minus_p_times_the_p_of_the_row_is_the_jacobian(now: Scenario) -> None:
    ones, p, left, whole = map(values, tables("delta", now))
    close(ones - p, left, 1.0)
    close(softmax(now.z, now.temperature)[:, None] * left / now.temperature, whole, SMALLEST_NORMAL * 1e13)


@in_situations
def test_only_the_whole_jacobian_has_sums_of_0(now: Scenario) -> None:
    diagonal, rest, whole = tables("diagonal", now)
    close(values(diagonal) + values(rest), values(whole))
    assert sums(whole.row_sums) == sums(whole.column_sums) == [0.0] * len(now.z)
    entries = values(whole)
    assert sums(diagonal.row_sums) == sums(diagonal.column_sums) == np.diag(entries).tolist()
    close(sums(rest.row_sums), [-value for value in sums(diagonal.row_sums)], entries)
    assert all(value > 0 for value in np.diag(jacobian((1.43, -0.4, 0.23))))


@in_situations
def test_the_column_sums_of_the_jacobian_are_0(now: Scenario) -> None:
    (table,) = tables("total", now)
    assert sums(table.column_sums) == [0.0] * len(now.z)
    assert values(table).tolist() == jacobian(now.z, now.temperature).tolist()


@in_situations
def test_a_shift_of_all_raw_outputs_moves_nothing_and_their_distances_are_told(now: Scenario) -> None:
    whole, ones, moved = map(values, tables("inverse", now))
    close(whole @ ones, moved, whole)
    assert not moved.any()
    p = Readings(now)
    for i, j in ((0, 1), (1, 0)):
        distance = p.temperature * (p.power(i).ln() - p.power(j).ln())
        assert float(distance) == pytest.approx(now.z[i] - now.z[j], abs=1e-12)


@in_situations
def test_the_derivative_of_log_p_is_that_of_p_divided_by_p(now: Scenario) -> None:
    whole, left = tables("log", now)
    p = softmax(now.z, now.temperature)[:, None]
    kept = (p > 1e-290) & (np.abs(values(whole)) > 1e-290)
    close((values(whole) / np.where(p > 0, p, 1))[kept], values(left)[kept])
    assert sums(left.row_sums) == [0.0] * len(now.z)


@in_situations
def test_shares_of_exponentials_are_between_0_and_1_and_keep_the_order(now: Scenario) -> None:
    shown = tables("exponential", now)
    for table in shown:
        z, _, p = values(table).T
        assert ((p >= 0) & (p <= 1)).all()
        assert sum(p) == pytest.approx(1)
        assert (np.diff(p[np.argsort(z)]) >= 0).all()
    shares: list[Any] = [row[1].value for row in shown[-1].cells]
    assert None in shares or min(shares) < 0 or max(shares) > 1


def test_shares_of_raw_outputs_are_negative_above_1_or_missing() -> None:
    (table,) = tables("exponential", Scenario())
    assert values(table)[:, 1].round(3).tolist() == [1.135, -0.317, 0.183]
    (table,) = tables("exponential", Scenario(z=(1, -1, 0)))
    assert [row[1].value for row in table.cells] == [None] * 3
    shown, instead = tables("exponential", Scenario(z=(1, 2, 3)))
    assert (values(shown)[:, 1] > 0).all()
    assert values(instead)[:, 1].min() < 0 < 1 < values(instead)[:, 1].max()


@in_situations
def test_subtracting_the_largest_changes_no_probability(now: Scenario) -> None:
    before, after = tables("largest", now)
    for table in (before, after):
        p = [float(row[2].value or 0) for row in table.cells]
        np.testing.assert_allclose(p, softmax(now.z, now.temperature), rtol=1e-11, atol=SMALLEST_NORMAL)
    assert max(Decimal(row[1].value or 0) for row in after.cells) == 1


def test_the_exponential_of_710_is_the_first_too_large_for_a_computer() -> None:
    assert math.isfinite(math.exp(709))
    with pytest.raises(OverflowError):
        math.exp(710)


@in_situations
def test_the_sum_is_differentiated_and_one_term_survives(now: Scenario) -> None:
    (table,) = tables("sum", now)
    readings = Readings(now)
    slopes = [row[1].value for row in table.cells]
    assert [k for k, slope in enumerate(slopes) if slope] == [now.j] == [table.of]
    assert table.column_sums[0].value == readings.value(symbol("g"))
    assert table.column_sums[1].value == slopes[now.j] == readings.value(symbol("dg"))


@in_situations
def test_the_measured_derivative_has_1_over_t_once(now: Scenario) -> None:
    (table,) = tables("temperature", now)
    once, twice, measured = (Decimal(row[0].value or 0) for row in table.cells)
    exact = Readings(now).derivative(now.i, now.j)
    # The documented bound of `secant_slope`.
    assert abs(measured - exact) <= Decimal(SECANT_STEP) ** 2 / 5 * abs(exact)
    assert measured == secant_slope(now)
    if abs(now.temperature - 1) > 1e-6 and abs(once) > Decimal("1e-290"):
        assert abs(measured - once) < abs(measured - twice)


@in_situations
def test_p_times_1_minus_p_is_a_variance(now: Scenario) -> None:
    (table,) = tables("variance", now)
    p = softmax(now.z, now.temperature)[now.i]
    number, probability, distance, product = values(table).T
    assert sum(probability) == pytest.approx(1)
    assert sum(number * probability) == p
    close(product, probability * distance, SMALLEST_NORMAL * 1e13)
    variance = float(table.column_sums[3].value or 0)
    assert variance == pytest.approx(sum(product), rel=1e-9, abs=SMALLEST_NORMAL)
    own = jacobian(now.z, now.temperature)[now.i, now.i] * now.temperature
    assert variance == pytest.approx(own, rel=1e-9, abs=SMALLEST_NORMAL)
    assert variance <= 0.25 + 1e-15


@in_situations
def test_1_over_p_cancels_and_p_minus_y_is_left(now: Scenario) -> None:
    true = len(now.z) - 1
    (table,) = tables("cancel", now, true)
    p = softmax(now.z, now.temperature)
    for k, row in enumerate(table.cells):
        of_log, entry, product = (Decimal(cell.value or 0) for cell in row)
        if abs(entry) > Decimal("1e-290"):
            assert float(of_log * entry / product) == pytest.approx(1, rel=1e-9)
        assert float(product) * now.temperature == pytest.approx(p[k] - (k == true), abs=1e-12)


@pytest.mark.parametrize("certainty", [1.0, 0.8])
@in_situations
def test_the_jacobian_stays_in_the_gradient_of_squared_error_alone(now: Scenario, certainty: float) -> None:
    squared, crossed = tables("squared", now, 1, certainty)
    p, n = softmax(now.z, now.temperature), len(now.z)
    y = [certainty if k == 1 else (1 - certainty) / (n - 1) for k in range(n)]
    entries = jacobian(now.z, now.temperature)
    close(values(squared)[:, 0], p - y, 1e3)
    close(values(squared)[:, 1], entries @ (p - y), np.abs(entries).max() * 1e3)
    close(values(crossed)[:, 1] * now.temperature, p - y, 1e3)
    readings = Readings(now)
    for j in range(n):
        # Some of these factors are beyond float64.
        terms = [Decimal(crossed.cells[k][0].value or 0) * readings.derivative(k, j) for k in range(n)]
        found = float(crossed.cells[j][1].value or 0)
        assert float(sum(terms)) == pytest.approx(found, rel=1e-7, abs=1e-9 / now.temperature)


def test_the_variance_is_largest_at_one_half() -> None:
    (table,) = tables("variance", Scenario(("a", "b"), (0, 0)))
    assert table.column_sums[3].value == 0.25


@pytest.mark.parametrize("temperature", [1.0, 1.7])
@pytest.mark.parametrize("key", PICTURES)
def test_a_number_that_a_teacher_may_hide_has_its_place(key: str, temperature: float) -> None:
    now = Scenario(z=(1.43, -0.4, 0.23), temperature=temperature, i=1, j=2)
    p, entries = softmax(now.z, temperature), jacobian(now.z, temperature)
    for table in tables(key, now, 1, 0.9):
        if table.caption == "Others, one of them negative":
            continue
        for cell in [*(cell for row in table.cells for cell in row), *table.row_sums, *table.column_sums]:
            size = abs(float(cell.value or 0))
            if cell.exact or size in (0.0, 1.0):
                continue
            for k in np.flatnonzero(np.isclose(p, size, atol=1e-9)):
                assert f"p{k + 1}" in cell.places, (table.caption, cell)
            matching = np.argwhere(np.isclose(np.abs(entries), size, atol=1e-9))
            named = {f"j{i + 1}-{j + 1}" for i, j in matching}
            assert not len(matching) or named.intersection(cell.places) or cell.places, (table.caption, cell)


@in_situations
def test_every_bar_and_colour_is_a_share(now: Scenario) -> None:
    for key in PICTURES:
        for table in tables(key, now):
            shares = [cell.share for row in table.cells for cell in row]
            assert all(math.isfinite(share) and -1 <= share <= 1 for share in shares)
