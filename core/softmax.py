"""Softmax and its logarithm, accurate to the last digits for every finite input."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import index_of_class, positive_number, raw_outputs

__all__ = ["exponents", "log_softmax", "log_total", "softmax", "total", "without_bystanders"]

Array = NDArray[np.float64]


def softmax(z: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Turn raw outputs into predicted probabilities.

    .. math:: p_i = \frac{e^{z_i / T}}{\sum_k e^{z_k / T}}

    Parameters
    ----------
    z : array_like, shape (..., n)
        Raw output values of n classes; any finite numbers. Leading axes are a batch.
    temperature : float
        T > 0. Above 1 it moves the probabilities closer together, below 1 further apart.

    Returns
    -------
    ndarray of float64, shape (..., n)
        Predicted probabilities, each from 0 to 1; they sum to 1.

    Raises
    ------
    TypeError
        If `z` or `temperature` holds anything but real numbers.
    ValueError
        If `z` is empty, a single number or not finite, or `temperature` is not finite and above 0.

    Notes
    -----
    The relative error of each probability is at most 8 eps (1 + max_k \|z_k - z_max\| / T), where eps is
    2^-52, as long as its exact value is a normal float64. The factor in brackets is the condition number of
    the exponential, whose argument is rounded twice. The largest raw output is subtracted first, so nothing
    overflows.

    References
    ----------
    .. [1] P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
       functions", IMA Journal of Numerical Analysis 41 (2021), :doi:`10.1093/imanum/draa038`.

    Examples
    --------
    >>> softmax([1.43, -0.4, 0.23]).round(3)
    array([0.684, 0.11 , 0.206])
    >>> softmax([1e308, 0, -1e308])
    array([1., 0., 0.])
    """
    powers = np.exp(exponents(z, temperature))
    powers /= total(powers)
    return np.moveaxis(powers, 0, -1)


def log_softmax(z: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return the natural logarithm of each predicted probability.

    .. math:: \log p_i = \frac{z_i - z_{\max}}{T} - \log \sum_k e^{(z_k - z_{\max}) / T}

    Parameters
    ----------
    z, temperature
        See `softmax`.

    Returns
    -------
    ndarray of float64, shape (..., n)
        Logarithms in nats, each at most 0; -inf only where the exact value is beyond float64.

    Raises
    ------
    TypeError, ValueError
        See `softmax`.

    Notes
    -----
    The relative error has the same bound as that of `softmax`, as long as the exact value is a normal
    float64. This holds even where the probability rounds to 1, because the sum of the other classes goes
    through log1p. The source is the one that `softmax` refers to.

    Examples
    --------
    >>> log_softmax([40, 0])
    array([-4.24835426e-18, -4.00000000e+01])
    """
    d = exponents(z, temperature)
    return np.moveaxis(d - log_total(d), 0, -1)


def without_bystanders(z: ArrayLike, kept: Sequence[int], temperature: float = 1.0) -> Array:
    r"""Return the raw outputs of some classes, and one more that stands for all the others together.

    .. math:: \sum_k e^{z_k / T} = e^{z / T}, \quad z = T \log \sum_k e^{z_k / T}

    The sums run over the other classes. The kept classes have the same probabilities as before, so a surface
    over ten classes takes no longer to compute than one over a few.

    Parameters
    ----------
    z : array_like, shape (n,)
        Raw output values.
    kept : sequence of int
        The classes that are kept, in the order in which they are returned.
    temperature : float
        T > 0.

    Returns
    -------
    ndarray of float64, shape (len(kept) + 1,), or (len(kept),) if there are no others

    Raises
    ------
    TypeError, ValueError
        See `softmax`; also if `z` has more than one axis or `kept` names a class that `z` does not have.

    Notes
    -----
    The raw output z of all others is itself rounded: probabilities have at most twice the relative error of
    `softmax`, plus eps |z| / T. That holds for 1e-300 <= T <= 1e300; beyond, T log m may have fewer digits
    than a float64 or be too large for one.

    Examples
    --------
    >>> softmax([1.43, -0.4, 0.23, 0]).round(3)[1]
    np.float64(0.094)
    >>> softmax(without_bystanders([1.43, -0.4, 0.23, 0], [1])).round(3)[0]
    np.float64(0.094)
    """
    fixed = raw_outputs(z)
    if fixed.ndim != 1:
        raise ValueError(f"z has shape {fixed.shape}; one raw output per class is accepted.")
    places = [index_of_class(k, "kept", len(fixed)) for k in kept]
    others = np.delete(fixed, places)
    if not len(others):
        return fixed[places]
    t = positive_number(temperature, "temperature")
    together = others.max() + t * log_total(exponents(others, t))
    return np.append(fixed[places], together)


def exponents(z: ArrayLike, temperature: float) -> Array:
    """Return (z - z_max) / T with the class axis first; the largest exponent is exactly 0.

    Parameters
    ----------
    z, temperature
        See `softmax`.

    Returns
    -------
    ndarray of float64, shape (n, ...)
        Numbers at most 0. The class axis comes first because NumPy adds long rows faster than short ones.

    Raises
    ------
    TypeError, ValueError
        See `softmax`.
    """
    checked = raw_outputs(z)
    t = positive_number(temperature, "temperature")
    by_class = np.ascontiguousarray(np.moveaxis(checked, -1, 0))
    top = by_class.max(axis=0) if checked.size else by_class[0]
    with np.errstate(over="ignore", under="ignore"):
        d: Array = by_class - top
        # The difference of numbers near 1e308 and -1e308 overflows; the difference of their halves does not.
        beyond = np.isneginf(d).any() if t > 1 else False
        d /= t
        if beyond:
            halves = (by_class / 2 - top / 2) / t * 2
            d = np.where(np.isneginf(d), halves, d)
    return d


def total(terms: Array) -> Array:
    """Add terms along the first axis as if in twice the precision.

    Parameters
    ----------
    terms : ndarray of float64, shape (n, ...)
        Numbers at least 0.

    Returns
    -------
    ndarray of float64, shape (...)
        Their sum, with a relative error of at most 1 eps for every n below a million.

    Notes
    -----
    The terms are added in a tree. The rounding error of each addition is computed exactly (Knuth's two-sum)
    and added at the end.

    References
    ----------
    .. [1] T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM Journal on Scientific
       Computing 26 (2005), :doi:`10.1137/030601818`.

    Examples
    --------
    >>> total(np.array([1.0, 2.0**-53, 2.0**-53])) - 1 == 2.0**-52
    np.True_
    """
    sums = terms
    lost = np.zeros(terms.shape[1:])
    while len(sums) > 1:
        half = len(sums) // 2
        a, b = sums[:half], sums[half : 2 * half]
        added = a + b
        part = added - a
        lost += ((a - (added - part)) + (b - part)).sum(axis=0)
        sums = np.concatenate([added, sums[2 * half :]]) if len(sums) % 2 else added
    return sums[0] + lost if len(sums) else lost


def log_total(d: Array) -> Array:
    """Return log sum_k e^(d_k) along the first axis, for exponents whose largest is 0.

    Parameters
    ----------
    d : ndarray of float64, shape (n, ...)
        The result of `exponents`.

    Returns
    -------
    ndarray of float64, shape (...)
        At least 0. It keeps its digits when one class is far ahead, because log1p adds the leading 1.

    Examples
    --------
    >>> log_total(np.array([0.0, -40.0]))
    np.float64(4.248354255291589e-18)
    """
    powers = np.exp(d)
    np.put_along_axis(powers, d.argmax(axis=0, keepdims=True), 0.0, axis=0)
    logarithm: Array = np.log1p(total(powers))
    return logarithm
