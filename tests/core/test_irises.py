"""The irises are the ones in Plotly's copy of Fisher's table, and their inputs run from 0 to 1."""

from collections.abc import Callable

import numpy as np
import plotly.data
import pytest
from numpy.typing import NDArray

from core.irises import MISPRINTS, PETAL_WIDTH, SEPAL_WIDTH, SPECIES, SPECIES_NAMES, scaled, unscaled


def test_every_flower_equals_the_one_in_plotlys_copy() -> None:
    table = plotly.data.iris()
    assert PETAL_WIDTH.tolist() == table["petal_width"].tolist()
    assert SEPAL_WIDTH.tolist() == table["sepal_width"].tolist()
    assert [SPECIES_NAMES[k] for k in SPECIES] == table["species"].tolist()


def test_plotlys_copy_has_both_known_slips() -> None:
    flowers = plotly.data.iris()[["sepal_length", "sepal_width", "petal_length", "petal_width"]]
    as_printed = {34: [4.9, 3.1, 1.5, 0.2], 37: [4.9, 3.6, 1.4, 0.1]}
    here = {row: flowers.iloc[row].tolist() for row in as_printed}
    assert here == {34: [4.9, 3.1, 1.5, 0.1], 37: [4.9, 3.1, 1.5, 0.1]}
    values = {"petal width": (PETAL_WIDTH, 3), "sepal width": (SEPAL_WIDTH, 1)}
    differing = {(row, col) for row in here for col in (1, 3) if here[row][col] != as_printed[row][col]}
    assert {(slip.flower, values[slip.name][1]) for slip in MISPRINTS} == differing
    for slip in MISPRINTS:
        column, place = values[slip.name]
        assert (slip.here, slip.printed) == (column[slip.flower], as_printed[slip.flower][place])


@pytest.mark.parametrize("values", [PETAL_WIDTH, SEPAL_WIDTH, SPECIES])
def test_the_data_cannot_be_changed(values: NDArray[np.float64 | np.int64]) -> None:
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 1


def test_the_inputs_of_the_data_fill_0_to_1() -> None:
    x = scaled(PETAL_WIDTH, SEPAL_WIDTH)
    assert x.min(axis=0).tolist() == [0.0, 0.0]
    assert x.max(axis=0) == pytest.approx([1.0, 1.0], abs=1e-15)


def test_unscaled_brings_the_widths_back() -> None:
    widths = unscaled(scaled(PETAL_WIDTH, SEPAL_WIDTH))
    assert np.abs(widths - np.stack([PETAL_WIDTH, SEPAL_WIDTH], axis=-1)).max() < 1e-15


def test_widths_broadcast_into_a_grid() -> None:
    assert scaled([[0.1], [2.5]], [2.0, 3.2, 4.4]).shape == (2, 3, 2)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: scaled("wide", 1), TypeError, "petal_width holds values of type"),
        (lambda: scaled(1, float("nan")), ValueError, "sepal_width holds nan; finite numbers are accepted"),
        (lambda: scaled([1, 2], [1, 2, 3]), ValueError, "shapes that broadcast are accepted"),
        (lambda: unscaled(1), ValueError, r"x has shape \(\); shape \(..., 2\), petal first, is accepted"),
        (lambda: unscaled([1, 2, 3]), ValueError, r"x has shape \(3,\)"),
        (lambda: unscaled([1e308, 0]), ValueError, "x in cm holds inf"),
        (lambda: unscaled([True, False]), TypeError, "x holds values of type bool"),
    ],
)
def test_hostile_input_is_refused_in_a_sentence(
    call: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        call()
