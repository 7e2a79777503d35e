"""Turns arguments into finite float64 arrays and plain numbers, or says in an error what is wrong."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.text import integer_text, shortened

__all__ = ["finite_array", "grid_of_values", "index_of_class", "integer", "positive_number", "raw_outputs"]


def finite_array(value: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return `value` as an array of finite float64.

    Parameters
    ----------
    value : array_like of real numbers
        Integers, floats and fractions of any width, nested to any depth.
    name : str
        The argument's name, for the message.

    Returns
    -------
    ndarray of float64

    Raises
    ------
    TypeError
        If it holds anything but real numbers (text, bool, complex, None).
    ValueError
        If it is ragged, or holds nan, an infinity or a number beyond float64.

    Examples
    --------
    >>> finite_array([1, float("nan")], "z")
    Traceback (most recent call last):
    ValueError: z holds nan at index 1; finite numbers are accepted.
    """
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths; rows of one length are accepted.") from None
    if array.dtype.kind == "O":
        array = _from_objects(array, name)
    elif array.dtype.kind not in "iuf":
        raise TypeError(f"{name} holds values of type {array.dtype.name}; real numbers are accepted.")
    with np.errstate(over="ignore"):  # A long double beyond float64 becomes inf and is refused below.
        numbers = array.astype(np.float64, copy=False)
    finite = np.isfinite(numbers)
    if not finite.all():
        where = tuple(int(k) for k in np.argwhere(~finite)[0])
        place = f" at index {where[0] if len(where) == 1 else where}" if where else ""
        raise ValueError(f"{name} holds {numbers[where]}{place}; finite numbers are accepted.")
    return numbers


def raw_outputs(value: ArrayLike, name: str = "z") -> NDArray[np.float64]:
    """Return `value` as raw outputs of shape (..., n) with n at least 1.

    Raises
    ------
    TypeError, ValueError
        See `finite_array`; ValueError also for a single number and for no classes at all.
    """
    array = finite_array(value, name)
    if array.ndim == 0:
        raise ValueError(f"{name} is a single number; a sequence with one raw output per class is accepted.")
    if array.shape[-1] == 0:
        raise ValueError(f"{name} is empty; at least one raw output is accepted.")
    return array


def grid_of_values(value: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return `value` as a one-dimensional array with at least one value.

    Raises
    ------
    TypeError, ValueError
        See `finite_array`; ValueError also for another number of dimensions and for no values.
    """
    array = finite_array(value, name)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}; one dimension with at least one value is accepted."
        )
    return array


def positive_number(value: object, name: str) -> float:
    """Return `value` as a finite float above 0.

    Raises
    ------
    TypeError
        If it is not a real number.
    ValueError
        If it is not finite or not above 0.
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} is {_shown(value)}; a finite number above 0 is accepted.")
    number = _as_float(value)
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{name} is {number}; a finite number above 0 is accepted.")
    return number


def integer(value: object, name: str, lowest: int, highest: int) -> int:
    """Return `value` as a plain int within its limits; NumPy's integers are accepted, a bool is not.

    Raises
    ------
    TypeError
        If it is not an integer.
    ValueError
        If it is outside the limits.
    """
    accepted = f"an integer from {lowest} to {highest} is accepted."
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} is {_shown(value)}; {accepted}")
    number = int(value)
    if not lowest <= number <= highest:
        raise ValueError(f"{name} is {integer_text(number)}; {accepted}")
    return number


def index_of_class(value: object, name: str, n: int) -> int:
    """Return `value` as the index of one of `n` classes; raises the errors of `integer`."""
    return integer(value, name, 0, n - 1)


def _from_objects(array: NDArray[Any], name: str) -> NDArray[np.float64]:
    """Convert Python numbers that NumPy has no type for, such as fractions and very long integers."""
    for item in array.flat:
        if isinstance(item, bool) or not isinstance(item, Real):
            raise TypeError(f"{name} holds {_shown(item)}; real numbers are accepted.")
    numbers = np.array([_as_float(item) for item in array.flat], dtype=np.float64)
    return numbers.reshape(array.shape)


def _as_float(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, 1 if number > 0 else -1)


def _shown(value: object) -> str:
    """Write a value short enough for a message."""
    return shortened(repr(value))
