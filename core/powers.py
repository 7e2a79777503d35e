"""The exponentials between raw outputs and probabilities, as digits and powers of ten that never overflow."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import positive_number, raw_outputs
from core.softmax import exponents, total

__all__ = ["Powers", "Scientific", "powers"]

# The natural logarithm of 10 in two parts. The first has 33 bits, so its product with any exponent of ten
# below 2^20 is exact.
_LN10_HIGH, _LN10_LOW = 2.3025850928388536, 1.5519208637700024e-10
# Beyond this, the rounding of z / T would cost more than six digits.
_LARGEST = 1e6


class Scientific(NamedTuple):
    """Positive numbers, each as a mantissa times a power of ten.

    Attributes
    ----------
    mantissa : ndarray of float64
        From 1 to below 10.
    exponent : ndarray of int64
        The exponents of ten.
    """

    mantissa: NDArray[np.float64]
    exponent: NDArray[np.int64]


class Powers(NamedTuple):
    """The numerators of all probabilities and the denominator that they share.

    Attributes
    ----------
    each : Scientific, shape (n,)
        e^(z_k / T) of each class.
    total : Scientific, shape ()
        Their sum.
    """

    each: Scientific
    total: Scientific


def powers(z: ArrayLike, temperature: float = 1.0) -> Powers:
    r"""Return the numerators and the denominator of softmax.

    .. math:: e^{z_k / T} = m_k \cdot 10^{a_k}, \quad \sum_k e^{z_k / T} = m \cdot 10^a, \quad 1 \le m < 10

    Parameters
    ----------
    z : array_like, shape (n,)
        Raw output values.
    temperature : float
        T > 0.

    Returns
    -------
    Powers

    Raises
    ------
    TypeError, ValueError
        See `core.softmax.softmax`; also if `z` has more than one axis, or if some \|z_k\| / T exceeds a
        million.

    Notes
    -----
    The relative error of each number is at most 8 eps (1 + max_k \|z_k\| / T), where eps is 2^-52; most of
    it is due to the rounding of z_k / T. The exponent of ten is taken out of z_k / T before the exponential,
    with the logarithm of 10 in two parts (Cody and Waite), so nothing overflows.

    Examples
    --------
    >>> each, total = powers([1.43, -0.4, 0.23])
    >>> each.mantissa.round(3), each.exponent, total.mantissa.round(3)
    (array([4.179, 6.703, 1.259]), array([ 0, -1,  0]), np.float64(6.108))
    >>> int(powers([50.0, 0.0], 0.05).total.exponent)
    434
    """
    values = raw_outputs(z)
    if values.ndim != 1:
        raise ValueError(f"z has shape {values.shape}; one raw output per class is accepted.")
    t = positive_number(temperature, "temperature")
    with np.errstate(over="ignore"):
        x = values / t
    if np.abs(x).max() > _LARGEST:
        raise ValueError(
            f"z / temperature reaches {x[np.abs(x).argmax()]:.3g}; numbers from -1e6 to 1e6 are accepted."
        )
    each = _scientific(x)
    # The sum is its largest term times a number from 1 to n.
    top = x.argmax()
    found = each.mantissa[top] * total(np.exp(exponents(values, t)))
    more = np.floor(np.log10(found)).astype(np.int64)
    return Powers(each, _normalised(found / 10.0**more, each.exponent[top] + more))


def _scientific(x: NDArray[np.float64]) -> Scientific:
    """Return e^x, for numbers from -1e6 to 1e6."""
    tens = np.floor(x / _LN10_HIGH)
    return _normalised(np.exp((x - tens * _LN10_HIGH) - tens * _LN10_LOW), tens.astype(np.int64))


def _normalised(mantissa: NDArray[np.float64], exponent: NDArray[np.int64]) -> Scientific:
    """Move what rounding has put just outside of 1 to 10 back into it."""
    over, under = mantissa >= 10, mantissa < 1
    return Scientific(
        np.where(over, mantissa / 10, np.where(under, mantissa * 10, mantissa)), exponent + over - under
    )
