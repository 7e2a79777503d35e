"""Gradient descent on raw outputs: where each step leads, and which learning rates are too large."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import integer, positive_number, raw_outputs
from core.loss import cross_entropy, cross_entropy_gradient, squared_error, squared_error_gradient
from core.softmax import softmax

__all__ = ["LOSSES", "MAX_STEPS", "Descent", "Loss", "descend", "ends_at", "overshooting_rate", "safe_rate"]
__all__ += ["within"]

Array = NDArray[np.float64]
Loss = Literal["cross-entropy", "squared error"]

_Measure = Callable[[ArrayLike, ArrayLike, float], Array]
# Each loss and its gradient, given raw outputs, target and temperature.
LOSSES: dict[Loss, tuple[_Measure, _Measure]] = {
    "cross-entropy": (cross_entropy, cross_entropy_gradient),
    "squared error": (squared_error, squared_error_gradient),
}
MAX_STEPS = 100_000


class Descent(NamedTuple):
    """A path of gradient descent; entry k is the state after k steps.

    Parameters
    ----------
    z : ndarray of float64, shape (steps + 1, n)
        Raw outputs, the start first.
    p : ndarray of float64, shape (steps + 1, n)
        Their probabilities.
    loss : ndarray of float64, shape (steps + 1,)
        Their loss.
    """

    z: Array
    p: Array
    loss: Array


def descend(
    z: ArrayLike,
    target: ArrayLike,
    rate: float,
    steps: int,
    temperature: float = 1.0,
    loss: Loss = "cross-entropy",
) -> Descent:
    r"""Walk down a loss: each step subtracts rate times the gradient from the raw outputs.

    .. math:: z^{(k+1)} = z^{(k)} - \eta \, \frac{\partial L}{\partial z} \bigl(z^{(k)}\bigr)

    Parameters
    ----------
    z : array_like, shape (n,)
        The raw outputs to start from.
    target : array_like, shape (n,)
        Probabilities that sum to 1.
    rate : float
        The learning rate eta > 0.
    steps : int
        From 0 to 100000.
    temperature : float
        T > 0.
    loss : {"cross-entropy", "squared error"}
        The loss to walk down.

    Returns
    -------
    Descent

    Raises
    ------
    TypeError, ValueError
        See `core.loss.cross_entropy`; also if `rate` is not above 0, `steps` is not an integer from 0 to
        100000, `loss` is not one of the two, or a raw output grows beyond float64.
    """
    start = raw_outputs(z)
    if start.ndim != 1:
        raise ValueError(f"z has shape {start.shape}; one raw output per class is accepted.")
    eta = positive_number(rate, "rate")
    count = integer(steps, "steps", 0, MAX_STEPS)
    _check_loss(loss)
    measure, slope = LOSSES[loss][0], _SLOPES[loss]
    measure(start, target, temperature)  # This checks the target and the temperature.
    y, t = np.broadcast_to(target, start.shape).tolist(), float(temperature)
    not_y = [math.fsum(y[:k] + y[k + 1 :]) for k in range(len(y))]
    now: list[float] = start.tolist()
    path = [now]
    for k in range(count):
        now = [value - eta * step for value, step in zip(now, slope(now, y, not_y, t), strict=True)]
        if not all(map(math.isfinite, now)):
            raise ValueError(
                f"rate is {eta}; with it step {k + 1} leads beyond float64, a smaller one does not."
            )
        path.append(now)
    taken = np.array(path)
    return Descent(taken, softmax(taken, temperature), measure(taken, target, temperature))


def within(path: Descent, limit: float) -> Descent:
    """Return the part of a path before a raw output first leaves the range from -limit to limit.

    Examples
    --------
    >>> len(within(descend([49, 0], [1, 0], 100.0, 5, 50.0), 50.0).z)
    2
    """
    inside = np.abs(path.z).max(axis=1) <= limit
    end = len(inside) if inside.all() else int(inside.argmin())
    return Descent(path.z[:end], path.p[:end], path.loss[:end])


def ends_at(path: Descent, z: ArrayLike) -> bool:
    """Tell whether a path ends at these raw outputs, one per class, up to 1e-6.

    The same machine repeats a path exactly, but the exponential of another may differ in the last digit.

    Examples
    --------
    >>> ends_at(descend([0, 0], [1, 0], 1.0, 1), [0.5, -0.5])
    True
    """
    return bool(np.abs(path.z[-1] - raw_outputs(z)).max() <= 1e-6)


# The gradients of core/loss.py for one row of plain floats. A descent needs one at every step, and with a few
# classes NumPy and its checks would take ten times as long.


def _probabilities(z: list[float], temperature: float) -> tuple[list[float], list[float], int]:
    """Return p, 1 - p, and which class is in front."""
    top = max(z)
    front = z.index(top)
    powers = [math.exp((value - top) / temperature) for value in z]
    everything = math.fsum(powers)
    # Only the class in front can be so large a part of the sum that subtracting it would lose digits.
    others = [everything - power for power in powers]
    others[front] = math.fsum(powers[:front] + powers[front + 1 :])
    return [power / everything for power in powers], [rest / everything for rest in others], front


def _slope_of_cross_entropy(z: list[float], y: list[float], not_y: list[float], t: float) -> list[float]:
    p, q, _ = _probabilities(z, t)
    # p - y, without a subtraction that would cancel, as `core.loss.probability_error` does.
    return [(p_k * n_k - y_k * q_k) / t for p_k, q_k, y_k, n_k in zip(p, q, y, not_y, strict=True)]


def _slope_of_squared_error(z: list[float], y: list[float], not_y: list[float], t: float) -> list[float]:
    p, q, front = _probabilities(z, t)
    errors = [p_k * n_k - y_k * q_k for p_k, q_k, y_k, n_k in zip(p, q, y, not_y, strict=True)]
    # Relative to the class in front: then nothing cancels where that class is almost certain.
    relative = [error - errors[front] for error in errors]
    mean = math.fsum(map(operator.mul, p, relative))
    return [p_k * (each - mean) / t for p_k, each in zip(p, relative, strict=True)]


_SLOPES: dict[Loss, Callable[[list[float], list[float], list[float], float], list[float]]] = {
    "cross-entropy": _slope_of_cross_entropy,
    "squared error": _slope_of_squared_error,
}


def overshooting_rate(target: ArrayLike, temperature: float = 1.0, loss: Loss = "cross-entropy") -> float:
    r"""Return the learning rate above which descent does not settle at the lowest point of a loss.

    That point is p = y. If the rate exceeds two divided by the largest second derivative, a step near that
    point ends on its other side, farther away than it started. With C = diag(y) - y y^T the second
    derivatives are

    .. math:: H = C / T^2 \text{ of cross-entropy}, \qquad H = C^2 / T^2 \text{ of squared error.}

    Parameters
    ----------
    target : array_like, shape (n,)
        Probabilities that sum to 1.
    temperature : float
        T > 0.
    loss : {"cross-entropy", "squared error"}
        Which loss.

    Returns
    -------
    float
        Infinite for a one-hot target, because then neither loss has a lowest point: it only approaches 0.

    Raises
    ------
    TypeError, ValueError
        If `target` is not a probability distribution, `temperature` is not above 0 or `loss` is not one of
        the two.

    References
    ----------
    .. [1] Y. LeCun et al., "Efficient BackProp" (1998), section 5, :doi:`10.1007/3-540-49430-8_2`.
    """
    _check_loss(loss)
    y = raw_outputs(target, "target")
    cross_entropy(np.zeros_like(y), y)  # This checks the target.
    t = positive_number(temperature, "temperature")
    curvature = float(np.linalg.eigvalsh(np.diag(y) - np.outer(y, y))[-1])
    # An exact zero may come out as a tiny number because of rounding.
    if curvature <= 1e-15:
        return math.inf
    return 2 * t * t / (curvature if loss == "cross-entropy" else curvature * curvature)


def safe_rate(temperature: float = 1.0) -> float:
    r"""Return a learning rate up to which no step of descent raises squared error, whatever the target.

    Along a direction v with mean m under p, the second derivative of squared error is

    .. math:: \frac{1}{T^2} \sum_k p_k (v_k - m)^2 \, (2 p_k - y_k - |p|^2 + p \cdot y).

    The factor in brackets is at most 1 + p_k - p_k^2, and so at most 5/4; the variance of v under p is at
    most 1/2 when v has length 1. So no second derivative exceeds 5 / (8 T^2), and any rate up to two divided
    by that is safe.

    Parameters
    ----------
    temperature : float
        T > 0.

    Returns
    -------
    float
        3.2 T^2.

    Raises
    ------
    TypeError, ValueError
        If `temperature` is not a finite number above 0.
    """
    t = positive_number(temperature, "temperature")
    return 3.2 * t * t


def _check_loss(loss: object) -> None:
    if loss not in LOSSES:
        accepted = " or ".join(repr(name) for name in LOSSES)
        raise ValueError(f"loss is {loss!r}; {accepted} is accepted.")
