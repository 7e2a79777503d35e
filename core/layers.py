"""The arithmetic of the network with one hidden layer, for arguments that `core.network` has checked."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["TARGETS", "layer_sums", "of_row", "scores", "slopes_of"]

Array = NDArray[np.float64]

# Row t is the one-hot target of species t.
TARGETS = np.eye(3)
_SMALLEST = np.finfo(np.float64).tiny


def layer_sums(parameters: list[Array], inputs: Array) -> tuple[Array, Array, Array]:
    """Return the sums that enter the hidden nodes, their tanh, and the raw outputs.

    Here and below the m flowers are the last axis, because NumPy works on a few long rows much faster than on
    many short ones.

    Parameters
    ----------
    parameters : list of ndarray
        The fields of a Network in their order.
    inputs : ndarray of float64, shape (2, m)
        One column per flower.

    Returns
    -------
    tuple of ndarray, shapes (H, m), (H, m) and (3, m)
    """
    inner, bias, outer, last = parameters
    sums = inner @ inputs + bias[:, None]
    hidden = np.tanh(sums)
    return sums, hidden, outer @ hidden + last[:, None]


def scores(z: Array, targets: Array) -> tuple[Array, Array]:
    r"""Return the mean cross-entropy and the share of right answers over m flowers; in a tie the first wins.

    .. math:: -\log p_t = \log \Bigl(1 + \frac{\sum_{k \ne t} e^{z_k}}{e^{z_t}}\Bigr)

    Parameters
    ----------
    z : ndarray of float64, shape (3, ..., m)
        Raw outputs, the classes first.
    targets : ndarray of float64, shape (3, m)
        One-hot targets.

    Returns
    -------
    tuple of ndarray, each of shape (...)
    """
    first, second, third = z
    lead = np.maximum(first, second)
    top = np.maximum(lead, third)
    below = [row - top for row in z]
    powers = [np.exp(row) for row in below]
    # Sums with one-hot weights pick exactly one of three numbers, or leave exactly one out.
    true = sum(power * wanted for power, wanted in zip(powers, targets, strict=True))
    others = sum(power * (1 - wanted) for power, wanted in zip(powers, targets, strict=True))
    behind = sum(row * wanted for row, wanted in zip(below, targets, strict=True))
    # If the true class is so far behind that its power is not a normal float, the quotient would be wrong or
    # infinite, so the loss is computed from how far it is behind.
    losses = np.where(true > _SMALLEST, np.log1p(others / true), np.log(others + true) - behind)
    winner = np.where(third > lead, 2, np.where(second > first, 1, 0))
    return losses.mean(axis=-1), (winner == targets.argmax(axis=0)).mean(axis=-1)


def slopes_of(
    parameters: list[Array], inputs: Array, targets: Array, sums: Array, hidden: Array, z: Array
) -> list[Array]:
    """Return the gradient of the mean cross-entropy, one array for each field of a Network.

    Parameters
    ----------
    parameters, inputs
        See `layer_sums`.
    targets : ndarray of float64, shape (3, m)
        One-hot targets.
    sums, hidden, z : ndarray of float64, shapes (H, m), (H, m) and (3, m)
        The result of `layer_sums`.

    Returns
    -------
    list of ndarray
        In the shapes of `parameters`.

    Notes
    -----
    For the true species p - y is computed as minus the sum of the other probabilities, and 1 - tanh^2 as
    1 / cosh^2. So neither loses digits where softmax or tanh saturates.
    """
    powers = np.exp(z - z.max(axis=0))
    wrong = powers * (1 - targets)
    by_z = (wrong - targets * wrong.sum(axis=0)) / (powers.sum(axis=0) * targets.shape[1])
    by_sum = (parameters[2].T @ by_z) / np.cosh(sums) ** 2
    return [by_sum @ inputs.T, by_sum.sum(axis=1), by_z @ hidden.T, by_z.sum(axis=1)]


def of_row(row: Array, shapes: list[tuple[int, ...]]) -> list[Array]:
    """Return views of one row, cut into arrays of these shapes."""
    found, start = [], 0
    for shape in shapes:
        end = start + math.prod(shape)
        found.append(row[start:end].reshape(shape))
        start = end
    return found
