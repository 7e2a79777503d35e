"""Why p - y is all that is left: the products of cross-entropy's chain rule after 1 / p has cancelled."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.loss import cross_entropy
from core.softmax import softmax

__all__ = ["chain_terms"]

Array = NDArray[np.float64]


def chain_terms(z: ArrayLike, target: ArrayLike, temperature: float = 1.0) -> Array:
    r"""Return every product dL/dp_k times dp_k/dz_j of cross-entropy, in which p_k cancels.

    .. math::
        -\frac{y_k}{p_k} \cdot \frac{\partial p_k}{\partial z_j} =
        \begin{cases} -y_k (1 - p_k) / T & k = j \\ y_k \, p_j / T & k \ne j \end{cases}

    Parameters
    ----------
    z : array_like, shape (n,)
        Raw output values of n classes; any finite numbers.
    target : array_like, shape (n,)
        y: probabilities that sum to 1, one-hot or soft.
    temperature : float
        T > 0.

    Returns
    -------
    ndarray of float64, shape (n, n)
        Entry ``[k, j]`` is the product of class k in the derivative with respect to z_j. Column j adds up to
        the gradient, (p_j - y_j) / T: the y of all classes add up to 1, so p_j is left once.

    Raises
    ------
    TypeError, ValueError
        See `core.loss.cross_entropy`; also if `z` is a batch.

    Notes
    -----
    Neither 1 / p_k, which may be too large for a float64, nor 1 - p_k by subtraction is ever computed. So the
    relative error of each entry is at most 8 eps (1 + max_k \|z_k - z_max\| / T) + (n + 2) eps, as long as
    the exact value and the probabilities in it are normal float64 numbers.

    Examples
    --------
    >>> chain_terms([1.43, -0.4, 0.23], [0, 1, 0])[1].round(3)  # versicolor is the true class
    array([ 0.684, -0.89 ,  0.206])
    """
    if np.ndim(z) != 1:
        raise ValueError(f"z has shape {np.shape(z)}; one raw output per class is accepted.")
    cross_entropy(z, target, temperature)  # This checks all three.
    p = softmax(z, temperature)
    y = np.broadcast_to(np.asarray(target, dtype=np.float64), p.shape)
    n = len(p)
    with np.errstate(over="ignore", under="ignore"):
        terms: Array = np.outer(y, p)
        for k in range(n):
            terms[k, k] = -y[k] * np.delete(p, k).sum()
        return terms / float(temperature)
