"""Fisher's irises: what the network learns from, as numbers that never change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import finite_array

__all__ = [
    "MISPRINTS",
    "PETAL_WIDTH",
    "SEPAL_WIDTH",
    "SPECIES",
    "SPECIES_NAMES",
    "Misprint",
    "scaled",
    "unscaled",
]

Array = NDArray[np.float64]


class Misprint(NamedTuple):
    """A value that differs from Fisher's table.

    Parameters
    ----------
    flower : int
        Its number, counted from 0.
    name : {"petal width", "sepal width"}
        What was measured.
    here, printed : float
        The value in these data and the one Fisher printed, in cm.
    """

    flower: int
    name: str
    here: float
    printed: float


def _in_cm(tenths: str) -> Array:
    """Turn numbers written in tenths of a cm into a read-only array in cm."""
    values = np.array(tenths.split(), dtype=np.float64) / 10
    values.setflags(write=False)
    return values


# R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7(2), 179-188
# (1936), doi:10.1111/j.1469-1809.1936.tb02137.x. The values are those of plotly.data.iris(), in tenths of a
# cm; 50 flowers of each species, in the order of SPECIES_NAMES.
PETAL_WIDTH = _in_cm(
    "2 2 2 2 2 4 3 2 2 1 2 2 1 1 2 4 4 3 3 3 2 4 2 5 2 2 4 2 2 2 2 4 1 2 1 2 2 1 2 2 3 3 2 6 4 3 2 2 2 2 "
    "14 15 15 13 15 13 16 10 13 14 10 15 10 14 13 14 15 10 15 11 18 13 15 12 13 14 14 17 15 10 11 10 12 "
    "16 15 16 15 13 13 13 12 14 12 10 13 12 13 13 11 13 "
    "25 19 21 18 22 21 17 18 18 25 20 19 21 20 24 23 18 22 23 15 23 20 20 18 21 18 18 18 21 16 19 20 22 "
    "15 14 23 24 18 18 21 24 23 19 23 25 23 19 20 23 18 "
)
SEPAL_WIDTH = _in_cm(
    "35 30 32 31 36 39 34 34 29 31 37 34 30 30 40 44 39 35 38 38 34 37 36 33 34 30 34 35 34 32 31 34 41 "
    "42 31 32 35 31 30 34 35 23 32 35 38 30 38 32 37 33 "
    "32 32 31 23 28 28 33 24 29 27 20 30 22 29 29 31 30 27 22 25 32 28 25 28 29 30 28 30 29 26 24 24 27 "
    "27 30 34 31 23 30 25 26 30 26 23 27 30 29 29 25 28 "
    "33 27 30 29 30 30 25 29 25 36 32 27 30 25 28 32 30 38 26 22 32 28 28 27 33 32 28 30 28 30 28 38 28 "
    "28 26 30 34 31 30 31 31 31 27 32 33 30 25 30 34 30 "
)
SPECIES_NAMES = ("setosa", "versicolor", "virginica")
SPECIES: NDArray[np.int64] = np.repeat(np.arange(3, dtype=np.int64), 50)
SPECIES.setflags(write=False)

# Plotly's copy has the two errors that the UCI repository reports in its own copy: the 35th flower should be
# 4.9, 3.1, 1.5, 0.2 and the 38th 4.9, 3.6, 1.4, 0.1. These are the wrong widths among them.
MISPRINTS = (Misprint(34, "petal width", 0.1, 0.2), Misprint(37, "sepal width", 3.1, 3.6))

# Smallest value and range of the data in cm, petal width first.
_LOWEST = np.array([0.1, 2.0])
_RANGE = np.array([2.4, 2.4])


def scaled(petal_width: ArrayLike, sepal_width: ArrayLike) -> Array:
    r"""Turn widths into inputs: 0 is the smallest width in the data, 1 the largest.

    .. math:: x = \frac{w - w_{\min}}{w_{\max} - w_{\min}}

    Parameters
    ----------
    petal_width, sepal_width : array_like
        In cm, of shapes that broadcast. The data run from 0.1 to 2.5 and from 2 to 4.4.

    Returns
    -------
    ndarray of float64, shape (..., 2)
        Petal first. Widths outside the data go below 0 or above 1.

    Raises
    ------
    TypeError
        If an argument holds anything but real numbers.
    ValueError
        If an argument is not finite or the shapes do not broadcast.
    """
    petals, sepals = finite_array(petal_width, "petal_width"), finite_array(sepal_width, "sepal_width")
    try:
        widths = np.stack(np.broadcast_arrays(petals, sepals), axis=-1)
    except ValueError:
        raise ValueError(
            f"petal_width has shape {petals.shape} and sepal_width {sepals.shape}; shapes that broadcast are "
            "accepted."
        ) from None
    inputs: Array = (widths - _LOWEST) / _RANGE
    return inputs


def unscaled(x: ArrayLike) -> Array:
    """Turn inputs back into widths.

    Parameters
    ----------
    x : array_like, shape (..., 2)
        The result of `scaled`.

    Returns
    -------
    ndarray of float64, shape (..., 2)
        Petal width and sepal width in cm.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.
    ValueError
        If `x` or a width is not finite, or `x` has another shape.
    """
    inputs = finite_array(x, "x")
    if inputs.ndim == 0 or inputs.shape[-1] != 2:
        raise ValueError(f"x has shape {inputs.shape}; shape (..., 2), petal first, is accepted.")
    with np.errstate(over="ignore"):
        widths: Array = inputs * _RANGE + _LOWEST
    return finite_array(widths, "x in cm")
