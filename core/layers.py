"""The arithmetic of the network with one hidden layer, for arguments that `core.network` has checked."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.loss import cross_entropy

__all__ = ["TARGETS", "layer_sums", "of_row", "scores", "slopes_of"]

Array = NDArray[np.float64]

# One row for each of the three species: the target of its flowers.
TARGETS = np.eye(3)


def layer_sums(parameters: list[Array], inputs: Array) -> tuple[Array, Array, Array]:
    """Return what goes into the hidden nodes, what comes out of them, and the raw outputs.

    Parameters
    ----------
    parameters : list of ndarray
        The fields of a Network in their order.
    inputs : ndarray of float64, shape (..., 2)
        One row a flower.

    Returns
    -------
    tuple of ndarray, shapes (..., H), (..., H) and (..., 3)
    """
    inner, bias, outer, last = parameters
    sums = inputs @ inner.T + bias
    hidden = np.tanh(sums)
    return sums, hidden, hidden @ outer.T + last


def scores(z: Array, true: NDArray[np.int64]) -> tuple[Array, Array]:
    """Return the mean loss and the share of right answers over m flowers.

    Parameters
    ----------
    z : ndarray of float64, shape (..., m, 3)
        Raw outputs.
    true : ndarray of int64, shape (m,)
        The species.

    Returns
    -------
    tuple of ndarray, each of shape (...)
    """
    losses = np.ascontiguousarray(cross_entropy(z, TARGETS[true]))
    return losses.mean(axis=-1), (z.argmax(axis=-1) == true).mean(axis=-1)


def slopes_of(
    parameters: list[Array], inputs: Array, targets: Array, sums: Array, hidden: Array, z: Array
) -> list[Array]:
    """Return the gradient of the mean cross-entropy, one array for each field of a Network.

    Parameters
    ----------
    parameters : list of ndarray
        The fields of a Network in their order.
    inputs : ndarray of float64, shape (m, 2)
        One row a flower.
    targets : ndarray of float64, shape (3, m)
        Their one-hot targets, a column a flower.
    sums, hidden, z : ndarray of float64, shapes (m, H), (m, H) and (m, 3)
        What `layer_sums` returns.

    Returns
    -------
    list of ndarray
        In the shapes of `parameters`.

    Notes
    -----
    For the true species p - y is minus the sum of the other probabilities, and 1 - tanh^2 comes from
    exponentials: neither loses its digits where softmax or tanh saturates.
    """
    # The classes go first: NumPy adds three long rows much faster than many rows of three.
    by_class = np.ascontiguousarray(z.T)
    powers = np.exp(by_class - by_class.max(axis=0))
    wrong = powers * (1 - targets)
    by_z = ((wrong - targets * wrong.sum(axis=0)) / (powers.sum(axis=0) * targets.shape[1])).T
    decay = np.exp(-2 * np.abs(sums))
    by_sum = (by_z @ parameters[2]) * (4 * decay / (1 + decay) ** 2)
    return [by_sum.T @ inputs, by_sum.sum(axis=0), by_z.T @ hidden, by_z.sum(axis=0)]


def of_row(row: Array, shapes: list[tuple[int, ...]]) -> list[Array]:
    """Return views of one row, cut into arrays of these shapes.

    Examples
    --------
    >>> [array.tolist() for array in of_row(np.array([1.0, 2.0, 3.0]), [(1, 2), (1,)])]
    [[[1.0, 2.0]], [3.0]]
    """
    found, start = [], 0
    for shape in shapes:
        end = start + math.prod(shape)
        found.append(row[start:end].reshape(shape))
        start = end
    return found
