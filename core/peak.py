"""Where the curve of a derivative has its peak as one raw output varies, and how high that is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import index_of_class, positive_number, raw_outputs
from core.softmax import exponents, log_total, softmax

__all__ = ["Peak", "derivative_peak"]

Array = NDArray[np.float64]


class Peak(NamedTuple):
    """The point of the curve of dp_i/dz_j over z_j at which the derivative is largest in size.

    Attributes
    ----------
    at : ndarray of float64
        The raw output of class j there.
    probability : ndarray of float64
        p_i there.
    derivative : ndarray of float64
        dp_i/dz_j there.
    """

    at: Array
    probability: Array
    derivative: Array


def derivative_peak(z: ArrayLike, i: int, j: int, temperature: float = 1.0) -> Peak:
    r"""Return the peak of dp_i/dz_j as the raw output of class j varies, the others fixed.

    .. math:: z_j^* = T \log \sum_{k \ne j} e^{z_k / T}

    There p_j is 1/2. The derivative is 1 / (4T) if i = j, otherwise -s / (4T) with the share of class i among
    the classes other than j:

    .. math:: s = \frac{e^{z_i / T}}{\sum_{k \ne j} e^{z_k / T}}

    Parameters
    ----------
    z : array_like, shape (..., n)
        Raw output values of n classes, at least 2; that of class j does not matter.
    i : int
        The class whose probability is looked at, 0 to n - 1.
    j : int
        The class whose raw output moves, 0 to n - 1.
    temperature : float
        T > 0.

    Returns
    -------
    Peak
        Three numbers, or arrays of shape (...). If i is not j, p_i there is s / 2.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If an argument is out of its range or not finite, or there is only one class.

    Notes
    -----
    The error of `at` is at most eps \|z_j^*\| + 8 eps T log n. The relative error of the other two is at most
    8 eps (1 + max_k \|z_k - z_max\| / T), over the classes other than j, as long as s is a normal float64.

    Examples
    --------
    >>> derivative_peak([1.43, -0.4, 0.23], 0, 0)
    Peak(at=np.float64(0.6569602898118766), probability=np.float64(0.5), derivative=np.float64(0.25))
    >>> derivative_peak([1.43, -0.4, 0.23], 0, 1).derivative.round(3)
    np.float64(-0.192)
    """
    outputs = raw_outputs(z)
    n = outputs.shape[-1]
    i, j = index_of_class(i, "i", n), index_of_class(j, "j", n)
    if n == 1:
        raise ValueError("z has one class, whose probability is always 1; at least two classes are accepted.")
    t = positive_number(temperature, "temperature")
    others = np.delete(outputs, j, axis=-1)
    with np.errstate(over="ignore", under="ignore"):
        at = others.max(axis=-1) + t * log_total(exponents(others, t))
        if i == j:
            share, sign = np.ones_like(at), 1.0
        else:
            share, sign = softmax(others, t)[..., i - (i > j)], -1.0
        return Peak(at[()], (share / 2)[()], (sign * share / 4 / t)[()])
