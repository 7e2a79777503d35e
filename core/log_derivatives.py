"""The derivative of the logarithm of a probability: without the factor p, it does not vanish with p."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import index_of_class, raw_outputs
from core.derivatives import plane
from core.softmax import exponents, total

__all__ = ["log_derivative", "log_derivative_surface"]

Array = NDArray[np.float64]


def log_derivative(z: ArrayLike, i: int, j: int, temperature: float = 1.0) -> Array:
    r"""Return the derivative of the logarithm of one probability with respect to one raw output.

    .. math:: \frac{\partial \log p_i}{\partial z_j} = \frac{\delta_{ij} - p_j}{T}

    Parameters
    ----------
    z : array_like, shape (..., n)
        Raw output values of n classes; any finite numbers. Leading axes are a batch.
    i : int
        The class whose probability is looked at, 0 to n - 1.
    j : int
        The class whose raw output moves, 0 to n - 1.
    temperature : float
        T > 0.

    Returns
    -------
    ndarray of float64, shape (...)
        From 0 to 1 / T if i = j, otherwise from -1 / T to 0.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    1 - p_i is the sum of the other probabilities, so it keeps its digits where p_i is near 1. The relative
    error is at most 8 eps (1 + max_k \|z_k - z_max\| / T), as long as 1 - p_i or p_j is a normal float64.

    Examples
    --------
    >>> log_derivative([1.43, -0.4, 0.23], 0, 0).round(3), log_derivative([1.43, -0.4, 0.23], 0, 1).round(3)
    (np.float64(0.316), np.float64(-0.11))
    >>> log_derivative([40, 0], 0, 0)
    np.float64(4.248354255291589e-18)
    """
    n = raw_outputs(z).shape[-1]
    i, j = index_of_class(i, "i", n), index_of_class(j, "j", n)
    powers = np.exp(exponents(z, temperature))
    # The numerator of 1 - p_i if i = j, else that of p_j.
    part = np.delete(powers, i, axis=0) if i == j else powers[j : j + 1]
    with np.errstate(over="ignore", under="ignore"):
        size: Array = total(part) / total(powers) / float(temperature)
    return np.asarray(size if i == j else -size)[()]


def log_derivative_surface(
    z: ArrayLike,
    i: int,
    j: int,
    a: int,
    b: int,
    grid_a: ArrayLike,
    grid_b: ArrayLike,
    temperature: float = 1.0,
) -> Array:
    r"""Return d log p_i/dz_j as the raw outputs of classes a and b run over two grids, the others fixed.

    Parameters
    ----------
    z, i, j, a, b, grid_a, grid_b, temperature
        See `core.derivatives.derivative_surface`.

    Returns
    -------
    ndarray of float64, shape (..., m_b, m_a)
        Entry ``[row, column]`` belongs to ``grid_b[row]`` and ``grid_a[column]``. Each is as accurate as
        `log_derivative`.

    Raises
    ------
    TypeError, ValueError
        See `core.derivatives.derivative_surface`.
    """
    return log_derivative(plane(z, a, b, grid_a, grid_b), i, j, temperature)
