"""How wrong a prediction is: cross-entropy, squared error, and their gradients in raw outputs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import finite_array, index_of_class, positive_number, raw_outputs
from core.derivatives import vjp
from core.softmax import log_softmax, softmax

__all__ = [
    "cross_entropy",
    "cross_entropy_gradient",
    "one_hot",
    "probability_error",
    "smoothed",
    "squared_error",
    "squared_error_gradient",
]

Array = NDArray[np.float64]

# How far the sum of a target may be from 1: ten probabilities rounded to 7 decimals are still accepted.
_SUM_TOLERANCE = 1e-6


def one_hot(true: int, n: int) -> Array:
    """Return the target that is 1 for the true class and 0 for the others.

    Parameters
    ----------
    true : int
        The true class, 0 to n - 1.
    n : int
        The number of classes.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    TypeError, ValueError
        If `true` is not an integer from 0 to n - 1.
    """
    target = np.zeros(n)
    target[index_of_class(true, "true", n)] = 1.0
    return target


def smoothed(true: int, n: int, certainty: float) -> Array:
    """Return the soft target that gives the true class `certainty` and the others equal shares of the rest.

    Parameters
    ----------
    true : int
        The true class, 0 to n - 1.
    n : int
        The number of classes, at least 2.
    certainty : float
        Above 0, at most 1; 1 is `one_hot`.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    TypeError, ValueError
        If `true` is not a class or `certainty` is outside its limits.

    References
    ----------
    .. [1] C. Szegedy et al., "Rethinking the Inception architecture for computer vision" (2016), section 7,
       :doi:`10.1109/CVPR.2016.308`: label smoothing.
    """
    share = positive_number(certainty, "certainty")
    if share > 1:
        raise ValueError(f"certainty is {share}; a number above 0 and at most 1 is accepted.")
    target = one_hot(true, n)
    rest = (1.0 - share) / (n - 1) if n > 1 else 0.0
    return np.where(target == 1.0, share, rest)


def cross_entropy(z: ArrayLike, target: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return the cross-entropy between a target and the predicted probabilities.

    .. math:: L = -\sum_k y_k \log p_k

    Parameters
    ----------
    z : array_like, shape (..., n)
        Raw output values of n classes; any finite numbers. Leading axes are a batch.
    target : array_like, shape (..., n)
        y: probabilities that sum to 1, one-hot or soft. Leading axes broadcast with those of `z`.
    temperature : float
        T > 0.

    Returns
    -------
    ndarray of float64, shape (...)
        The loss in nats, at least 0; infinite only where the exact value is beyond float64.

    Raises
    ------
    TypeError
        If an argument holds anything but real numbers.
    ValueError
        If an argument is not finite, empty or a single number, `target` is not a probability distribution or
        does not fit `z`, or `temperature` is not above 0.

    Notes
    -----
    The relative error is at most 8 eps (1 + max_k \|z_k - z_max\| / T) + n eps, as long as the exact value
    is a normal float64: `log_softmax` keeps the digits of every log p_k, and all terms have the same sign.

    Examples
    --------
    >>> cross_entropy([40, 0], [1, 0]), cross_entropy([800, 0], [0, 1])
    (np.float64(4.248354255291589e-18), np.float64(800.0))
    """
    outputs, wanted = _fitting(z, target)
    log_p = log_softmax(outputs, temperature)
    # 0 log 0 counts as 0: a class whose target is 0 adds nothing, whatever its probability.
    with np.errstate(under="ignore"):
        terms = wanted * np.where(wanted > 0, -log_p, 0.0)
    beyond = np.isinf(terms)
    if beyond.any():
        # The logarithm alone overflows, but its product with a small target may not. Beside so large a
        # difference of raw outputs, the logarithm of the sum is negligible.
        top = outputs.max(axis=-1, keepdims=True)
        with np.errstate(over="ignore"):
            terms = np.where(beyond, wanted * (top / 2 - outputs / 2) / float(temperature) * 2, terms)
    with np.errstate(over="ignore"):
        return np.asarray(terms.sum(axis=-1))[()]


def cross_entropy_gradient(z: ArrayLike, target: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return the gradient of cross-entropy in the raw outputs.

    .. math:: \frac{\partial L}{\partial z_i} = \frac{p_i - y_i}{T}

    Parameters
    ----------
    z, target, temperature
        See `cross_entropy`.

    Returns
    -------
    ndarray of float64, shape (..., n)
        Its error is that of `probability_error`, divided by T.

    Raises
    ------
    TypeError, ValueError
        See `cross_entropy`.
    """
    with np.errstate(over="ignore", under="ignore"):
        gradient: Array = probability_error(z, target, temperature) / float(temperature)
    return gradient


def probability_error(z: ArrayLike, target: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return by how much each probability exceeds its target: p - y.

    .. math:: p_i - y_i = p_i \sum_{k \ne i} y_k - y_i \sum_{k \ne i} p_k

    Parameters
    ----------
    z, target, temperature
        See `cross_entropy`.

    Returns
    -------
    ndarray of float64, shape (..., n)

    Raises
    ------
    TypeError, ValueError
        See `cross_entropy`.

    Notes
    -----
    The error of entry i is at most (8 (1 + max_k \|z_k - z_max\| / T) + 2 n) eps times the larger of the two
    products above, unless a probability is below the normal float64 numbers. With a one-hot target one of the
    products is 0, so this is a relative error. The entry of an almost certain class then keeps the digits of
    1 - p_i, which a subtraction would lose.

    Examples
    --------
    >>> probability_error([40, 0], [1, 0])
    array([-4.24835426e-18,  4.24835426e-18])
    """
    outputs, wanted = _fitting(z, target)
    p = softmax(outputs, temperature)
    with np.errstate(under="ignore"):
        error: Array = p * _sums_of_others(wanted) - wanted * _sums_of_others(p)
    return error


def squared_error(z: ArrayLike, target: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return half the squared distance between the predicted probabilities and a target.

    .. math:: S = \tfrac12 \sum_k (p_k - y_k)^2

    Parameters
    ----------
    z, target, temperature
        See `cross_entropy`.

    Returns
    -------
    ndarray of float64, shape (...)
        From 0 to 1. With a one-hot target its relative error is at most twice that of `probability_error`
        plus n eps.

    Raises
    ------
    TypeError, ValueError
        See `cross_entropy`.
    """
    with np.errstate(under="ignore"):
        return np.asarray((probability_error(z, target, temperature) ** 2).sum(axis=-1) / 2)[()]


def squared_error_gradient(z: ArrayLike, target: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return the gradient of `squared_error` in the raw outputs: the Jacobian stays in it.

    .. math:: \frac{\partial S}{\partial z_j} = \sum_i (p_i - y_i) \frac{\partial p_i}{\partial z_j}

    Parameters
    ----------
    z, target, temperature
        See `cross_entropy`.

    Returns
    -------
    ndarray of float64, shape (..., n)

    Raises
    ------
    TypeError, ValueError
        See `cross_entropy`.

    Notes
    -----
    Where p is almost certain the Jacobian is almost 0, and so is this gradient, however wrong p is. The error
    is that of `vjp`.

    Examples
    --------
    >>> squared_error_gradient([-20, 0], [1, 0])[0].round(11)  # sure, and wrong
    np.float64(-4.12e-09)
    """
    return vjp(z, probability_error(z, target, temperature), temperature)


def _fitting(z: ArrayLike, target: ArrayLike) -> tuple[Array, Array]:
    """Return raw outputs and target with the same number of classes."""
    outputs, wanted = raw_outputs(z), finite_array(target, "target")
    try:
        np.broadcast_shapes(outputs.shape, wanted.shape)
        fits = wanted.ndim > 0 and wanted.shape[-1] == outputs.shape[-1]
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"target has shape {wanted.shape} and z {outputs.shape}; one probability per class, with leading "
            "axes that broadcast, is accepted."
        )
    if (wanted < 0).any():
        raise ValueError(f"target holds {wanted.min()}; probabilities from 0 to 1 are accepted.")
    sums = wanted.sum(axis=-1)
    off = np.abs(sums - 1) > _SUM_TOLERANCE
    if off.any():
        raise ValueError(f"target sums to {sums[off].flat[0]}; probabilities that sum to 1 are accepted.")
    return outputs, wanted


def _sums_of_others(values: Array) -> Array:
    """Return for each class the sum of all other values, without a subtraction that would cancel."""
    before = np.zeros_like(values)
    after = np.zeros_like(values)
    before[..., 1:] = np.cumsum(values[..., :-1], axis=-1)
    after[..., :-1] = np.cumsum(values[..., :0:-1], axis=-1)[..., ::-1]
    sums: Array = before + after
    return sums
