"""How much each probability changes between two situations, accurate however small the change is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import positive_number, raw_outputs
from core.softmax import softmax, total

__all__ = ["probability_change"]

Array = NDArray[np.float64]


def probability_change(before: ArrayLike, after: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return how much the probability of each class gains or loses between two situations.

    .. math:: p'_i - p_i = \sum_k (p'_i p_k - p_i p'_k)
       = \sum_k \pm \min(p'_i p_k, p_i p'_k) (1 - e^{-|d_i - d_k|}), \quad d_i = \frac{z'_i - z_i}{T}

    Each term is what class i takes from class k. It is positive if the raw output of i has gained more than
    that of k, that is, if d_i > d_k. What i takes from k is what k loses to i, so all changes add up to 0.

    Parameters
    ----------
    before : array_like, shape (n,)
        Raw output values z in the first situation; any finite numbers.
    after : array_like, shape (n,)
        Raw output values z' of the same classes in the second situation.
    temperature : float
        T > 0, the same in both situations.

    Returns
    -------
    ndarray of float64, shape (n,)
        p'_i - p_i, each from -1 to 1.

    Raises
    ------
    TypeError, ValueError
        See `softmax`; also if the two have more than one axis or different numbers of classes.

    Notes
    -----
    Subtracting two probabilities would cancel: after a tiny move nothing would be left but rounding. Here no
    two numbers of nearly equal size are subtracted. The absolute error of each change is at most
    24 eps (1 + (R + D) / T) (p_i + p'_i), where eps is 2^-52, R the largest difference between two raw
    outputs of one situation and D the largest move. If a single raw output moves, the terms of each class
    have the same sign, and the relative error of each change is at most 24 eps (1 + R / T). Both hold as
    long as the products of probabilities are normal float64.

    Examples
    --------
    >>> probability_change([1.43, -0.4, 0.23], [1.43, -0.4, 1.43]).round(3)
    array([-0.221, -0.036,  0.257])
    >>> probability_change([40, 0], [40, 1e-9])
    array([-4.24835426e-27,  4.24835426e-27])
    """
    z, moved = raw_outputs(before), raw_outputs(after)
    if z.ndim != 1 or z.shape != moved.shape:
        raise ValueError(
            f"before and after have shapes {z.shape} and {moved.shape}; "
            "one raw output per class is accepted, of the same classes in both."
        )
    t = positive_number(temperature, "temperature")
    p, then = softmax(z, t), softmax(moved, t)
    ahead = _ahead(z, moved, t)
    # What a class takes from another, with the smaller of the two products, which is the one that is scaled.
    rises = ahead > 0
    products = np.where(rises, np.outer(then, p), np.outer(p, then))
    with np.errstate(under="ignore"):
        taken = np.where(rises, -products, products) * np.expm1(-np.abs(ahead))
    found: Array = _signed_total(taken.T)
    return found


def _ahead(z: Array, moved: Array, t: float) -> Array:
    """Return d_i - d_k for all i and k, where d = (z' - z) / T; infinite only beyond float64."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        move = moved - z
        ahead: Array = (move[:, None] - move) / t
        # A difference of numbers near 1e308 and -1e308 overflows; a difference of their quarters does not.
        quarter = moved / 4 - z / 4
        beyond = (quarter[:, None] - quarter) / t * 4
    return np.where(np.isfinite(ahead), ahead, beyond)


def _signed_total(terms: Array) -> Array:
    """Add terms of both signs along the first axis, those of each sign by themselves."""
    gained: Array = total(np.maximum(terms, 0.0))
    lost: Array = total(np.maximum(-terms, 0.0))
    return gained - lost
