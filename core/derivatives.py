"""The derivative of softmax: the whole Jacobian, its products with vectors, and grids of one entry."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import grid_of_values, index_of_class, positive_number, raw_outputs
from core.softmax import exponents, log_total, softmax, total

__all__ = [
    "Curve",
    "derivative_curve",
    "derivative_surface",
    "jacobian",
    "jvp",
    "plane",
    "probability_surface",
    "vjp",
]

Array = NDArray[np.float64]

# If the exponents spread further than this and T < 1, p_i p_j may underflow although p_i p_j / T does not, so
# logarithms are used. Their error is at most 4 (spread + 190) eps, which is within the documented
# 8 (spread + 1) eps for any spread above 190.
_DEEP = 300.0


class Curve(NamedTuple):
    """A probability and its derivative, point by point.

    Parameters
    ----------
    probability : ndarray of float64
        p_i at each grid value.
    derivative : ndarray of float64
        dp_i/dz_j at each grid value.
    """

    probability: Array
    derivative: Array


def jacobian(z: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return every derivative of every predicted probability with respect to every raw output.

    .. math:: \frac{\partial p_i}{\partial z_j} = \frac{p_i (\delta_{ij} - p_j)}{T}

    Parameters
    ----------
    z : array_like, shape (..., n)
        Raw output values of n classes; any finite numbers. Leading axes are a batch.
    temperature : float
        T > 0.

    Returns
    -------
    ndarray of float64, shape (..., n, n)
        Entry ``[i, j]`` is dp_i/dz_j: row i belongs to a probability, column j to a raw output.

    Raises
    ------
    TypeError
        If `z` or `temperature` holds anything but real numbers.
    ValueError
        If `z` is empty, a single number or not finite, or `temperature` is not finite and above 0.

    Notes
    -----
    The relative error of each entry is at most 8 eps (1 + max_k \|z_k - z_max\| / T) as long as its exact
    value is a normal float64; where it is beyond float64 (T < 1e-308), the entry is infinite. The matrix is
    exactly symmetric.

    A diagonal entry is computed as minus the sum of the others in its row. That equals p_i (1 - p_i) / T, but
    1 - p_i would lose every digit when p_i is near 1. So rows and columns sum to 0 within n ulp of the
    largest entry.

    Examples
    --------
    >>> jacobian([1.43, -0.4, 0.23]).round(3)
    array([[ 0.216, -0.075, -0.141],
           [-0.075,  0.098, -0.023],
           [-0.141, -0.023,  0.164]])
    >>> jacobian([40, 0])[0, 0]
    np.float64(4.248354255291589e-18)
    """
    d = exponents(z, temperature)
    t = float(temperature)
    p = np.exp(d)
    p /= total(p)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        magnitude = p[:, None] * p[None, :] / t
        deep = _deep(d, t)
        if deep.any():
            log_p = d - log_total(d)
            by_logs = np.exp(log_p[:, None] + log_p[None, :] - np.log(t))
            magnitude = np.where(deep, by_logs, magnitude)
        diagonal = np.arange(len(d))
        magnitude[diagonal, diagonal] = 0.0
        entries = -magnitude
        own = total(magnitude)
        # With T < 1e-308 terms can be infinite. `total` then subtracts inf from inf, so nan means infinity.
        entries[diagonal, diagonal] = np.where(np.isnan(own), np.inf, own)
    by_row: Array = np.moveaxis(entries, (0, 1), (-2, -1))
    return by_row


def jvp(z: ArrayLike, v: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return how the probabilities move when the raw outputs move along `v`: the product J v.

    .. math:: (J v)_i = \frac{p_i}{T} \Bigl(v_i - \sum_k p_k v_k\Bigr)

    Parameters
    ----------
    z, temperature
        See `jacobian`.
    v : array_like, shape (..., n)
        A direction in raw outputs. Leading axes broadcast with those of `z`.

    Returns
    -------
    ndarray of float64, shape (..., n)
        The matrix is never built, so time and memory grow with n, not with n squared.

    Raises
    ------
    TypeError
        If an argument holds anything but real numbers.
    ValueError
        If an argument is not finite, empty or a single number, if `v` has another number of classes than `z`
        or leading axes that do not fit, or `temperature` is not above 0.

    Notes
    -----
    J times a constant vector is 0, so the entry of `v` at the class in front is subtracted from all entries
    first. A saturated class then keeps its digits. With m the class in front and spread = max_k \|z_k -
    z_m\|, the error of entry i is at most 16 eps (1 + spread / T) sum_j \|J_ij\| (\|v_j\| + \|v_m\|), as long
    as every probability is a normal float64.
    """
    return _product(z, v, "v", temperature)


def vjp(z: ArrayLike, u: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return the gradient of sum_i u_i p_i in the raw outputs: the product J^T u.

    .. math:: (J^T u)_j = \frac{p_j}{T} \Bigl(u_j - \sum_k p_k u_k\Bigr)

    Parameters
    ----------
    z, temperature
        See `jacobian`.
    u : array_like, shape (..., n)
        A gradient in the probabilities. Leading axes broadcast with those of `z`.

    Returns
    -------
    ndarray of float64, shape (..., n)

    Raises
    ------
    TypeError, ValueError
        See `jvp`.

    Notes
    -----
    The Jacobian of softmax is symmetric, so this equals `jvp` and has the same error bound. It has its own
    name because backpropagation asks for this product.
    """
    return _product(z, u, "u", temperature)


def derivative_curve(z: ArrayLike, i: int, j: int, grid: ArrayLike, temperature: float = 1.0) -> Curve:
    r"""Return p_i and dp_i/dz_j as the raw output of class j runs over a grid, the others fixed.

    Parameters
    ----------
    z : array_like, shape (..., n)
        Raw output values of n classes; that of class j is replaced.
    i : int
        The class whose probability is looked at, 0 to n - 1.
    j : int
        The class whose raw output moves, 0 to n - 1.
    grid : array_like, shape (m,)
        The raw output values of class j.
    temperature : float
        T > 0.

    Returns
    -------
    Curve
        `probability` and `derivative`, each of shape (..., m) and as accurate as `softmax` and `jacobian`.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If an argument is out of its range, not finite or has the wrong shape.
    """
    fixed = raw_outputs(z)
    n = fixed.shape[-1]
    i, j = index_of_class(i, "i", n), index_of_class(j, "j", n)
    moved = grid_of_values(grid, "grid")
    points = np.repeat(fixed[..., None, :], len(moved), axis=-2)
    points[..., j] = moved
    return Curve(softmax(points, temperature)[..., i], _entry(points, i, j, temperature))


def derivative_surface(
    z: ArrayLike,
    i: int,
    j: int,
    a: int,
    b: int,
    grid_a: ArrayLike,
    grid_b: ArrayLike,
    temperature: float = 1.0,
) -> Array:
    r"""Return dp_i/dz_j as the raw outputs of classes a and b run over two grids, the others fixed.

    Parameters
    ----------
    z : array_like, shape (..., n)
        Raw output values of n classes; those of a and b are replaced.
    i : int
        The class whose probability is looked at, 0 to n - 1.
    j : int
        The class with respect to whose raw output the derivative is taken, 0 to n - 1.
    a, b : int
        The two classes whose raw outputs move, 0 to n - 1 and different.
    grid_a, grid_b : array_like, shapes (m_a,) and (m_b,)
        Their raw output values.
    temperature : float
        T > 0.

    Returns
    -------
    ndarray of float64, shape (..., m_b, m_a)
        Entry ``[row, column]`` belongs to ``grid_b[row]`` and ``grid_a[column]``, the order that Plotly
        draws. Each is as accurate as an entry of `jacobian`.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If an argument is out of its range, not finite or has the wrong shape, or `a` equals `b`.
    """
    n = raw_outputs(z).shape[-1]
    i, j = index_of_class(i, "i", n), index_of_class(j, "j", n)
    return _entry(plane(z, a, b, grid_a, grid_b), i, j, temperature)


def probability_surface(
    z: ArrayLike,
    i: int,
    a: int,
    b: int,
    grid_a: ArrayLike,
    grid_b: ArrayLike,
    temperature: float = 1.0,
) -> Array:
    """Return p_i as the raw outputs of classes a and b run over two grids, the others fixed.

    Parameters
    ----------
    z, i, a, b, grid_a, grid_b, temperature
        See `derivative_surface`.

    Returns
    -------
    ndarray of float64, shape (..., m_b, m_a)
        Entry ``[row, column]`` belongs to ``grid_b[row]`` and ``grid_a[column]``.

    Raises
    ------
    TypeError, ValueError
        See `derivative_surface`.
    """
    index = index_of_class(i, "i", raw_outputs(z).shape[-1])
    return softmax(plane(z, a, b, grid_a, grid_b), temperature)[..., index]


def plane(z: ArrayLike, a: int, b: int, grid_a: ArrayLike, grid_b: ArrayLike) -> Array:
    """Return the raw outputs with every pair of grid values in place of those of classes a and b.

    Parameters
    ----------
    z, a, b, grid_a, grid_b
        See `derivative_surface`.

    Returns
    -------
    ndarray of float64, shape (..., m_b, m_a, n)

    Raises
    ------
    TypeError, ValueError
        See `derivative_surface`.
    """
    fixed = raw_outputs(z)
    n = fixed.shape[-1]
    a, b = index_of_class(a, "a", n), index_of_class(b, "b", n)
    if a == b:
        raise ValueError(f"a and b are both {a}; two different classes are accepted.")
    along_a, along_b = grid_of_values(grid_a, "grid_a"), grid_of_values(grid_b, "grid_b")
    points = np.empty((*fixed.shape[:-1], len(along_b), len(along_a), n))
    points[...] = fixed[..., None, None, :]
    points[..., a] = along_a
    points[..., b] = along_b[:, None]
    return points


def _entry(z: Array, i: int, j: int, temperature: float) -> Array:
    """Return dp_i/dz_j of a batch (..., n) without the rest of the matrix: shape (...)."""
    d = exponents(z, temperature)
    t = float(temperature)
    powers = np.exp(d)
    of_all = total(powers)
    # The second factor is 1 - p_i if i = j, as the sum of the other classes; else it is p_j.
    factor = np.delete(powers, i, axis=0) if i == j else powers[j : j + 1]
    sign = 1.0 if i == j else -1.0
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        value = (powers[i] / of_all) * (total(factor) / of_all) / t
        deep = _deep(d, t)
        if deep.any():
            log_factor = (np.delete(d, i, axis=0) if i == j else d[j : j + 1])[:, deep]
            # Never -inf, because -inf minus -inf is nan.
            ahead = np.maximum(log_factor.max(axis=0), np.finfo(np.float64).min / 2)
            log_value = d[i][deep] + ahead + log_total(log_factor - ahead) - 2 * np.log(of_all[deep])
            value[deep] = np.exp(log_value - np.log(t))
    return np.asarray(sign * value)


def _deep(d: Array, t: float) -> NDArray[np.bool_]:
    """Tell where a product of probabilities may underflow although its quotient by T < 1 does not."""
    return np.asarray(d.min(axis=0) < -_DEEP if t < 1 else np.zeros(d.shape[1:], dtype=np.bool_))


def _product(z: ArrayLike, vector: ArrayLike, name: str, temperature: float) -> Array:
    """Return J times a vector. J is symmetric, so this is J^T times the vector, too."""
    outputs, along = raw_outputs(z), raw_outputs(vector, name)
    t = positive_number(temperature, "temperature")
    try:
        shape = np.broadcast_shapes(outputs.shape, along.shape)
        if outputs.shape[-1] != along.shape[-1]:
            raise ValueError
    except ValueError:
        raise ValueError(
            f"{name} has shape {along.shape} and z {outputs.shape}; one value per class, with leading axes "
            "that broadcast, is accepted."
        ) from None
    outputs, along = np.broadcast_to(outputs, shape), np.broadcast_to(along, shape)
    # Scaling by a power of two is exact, and then no difference of two values overflows.
    _, power = np.frexp(np.abs(along).max(axis=-1, keepdims=True, initial=0.0))
    front = outputs.argmax(axis=-1, keepdims=True)
    with np.errstate(over="ignore", under="ignore"):
        scaled = np.ldexp(along, -power)
        relative = scaled - np.take_along_axis(scaled, front, axis=-1)
        p = softmax(outputs, t)
        moved = relative - (p * relative).sum(axis=-1, keepdims=True)
        product: Array = np.ldexp(p * moved / t, power)
    return product
