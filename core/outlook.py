"""What gradient descent does from a start that is confidently wrong: which loss gets out of it, and when."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arguments import index_of_class
from core.descent import LOSSES, Descent, Loss
from core.softmax import softmax

__all__ = ["STUCK", "Outlook", "confidently_wrong", "outlook"]

# Who gives the true class less than this, and another one more than a half, is confidently wrong.
_LITTLE = 0.05
# A gradient below this moves a raw output by less than 0.01 in a step at a learning rate of 1.
STUCK = 0.01


class Outlook(NamedTuple):
    """What lies ahead of a descent.

    Parameters
    ----------
    gradient : float
        The gradient at the start with respect to the raw output of the true class.
    steps : int
        How many steps were looked at.
    leads_after : int or None
        The first step after which no class is more probable than the true one; None if there is none.
    """

    gradient: float
    steps: int
    leads_after: int | None

    @property
    def stuck(self) -> bool:
        """Tell whether the gradient is almost 0 and no step puts the true class in front."""
        return self.leads_after is None and abs(self.gradient) < STUCK


def confidently_wrong(z: ArrayLike, true: int, temperature: float = 1.0) -> bool:
    """Tell whether the true class has a probability below 0.05 and another class one above 0.5.

    Parameters
    ----------
    z : array_like, shape (n,)
        Raw output values.
    true : int
        The true class, 0 to n - 1.
    temperature : float
        T > 0.

    Raises
    ------
    TypeError, ValueError
        See `core.softmax.softmax`; also if `true` is not a class.

    Examples
    --------
    >>> confidently_wrong([0, -4, 4], 1), confidently_wrong([1.43, -0.4, 0.23], 1)
    (True, False)
    """
    p = softmax(z, temperature)
    return bool(p[index_of_class(true, "true", len(p))] < _LITTLE and p.max() > 0.5)


def outlook(path: Descent, target: ArrayLike, true: int, loss: Loss, temperature: float = 1.0) -> Outlook:
    """Return what a descent does for the true class.

    Parameters
    ----------
    path : Descent
        The descent.
    target : array_like, shape (n,)
        The target that it aims at.
    true : int
        The true class, 0 to n - 1.
    loss : {"cross-entropy", "squared error"}
        The loss that it walks down.
    temperature : float
        T > 0.

    Raises
    ------
    TypeError, ValueError
        See `core.loss.cross_entropy`; also if `true` is not a class.
    """
    k = index_of_class(true, "true", path.p.shape[1])
    gradient = LOSSES[loss][1](path.z[0], target, temperature)
    leads = np.flatnonzero(path.p[:, k] >= path.p.max(axis=1))
    return Outlook(float(gradient[k]), len(path.z) - 1, int(leads[0]) if len(leads) else None)
