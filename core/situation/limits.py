"""The limits of a scenario's values, and the sentences that say what is wrong with a value outside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

from core.situation.names import check_name, quoted
from core.text import integer_text, number_text

__all__ = [
    "ACCEPTED",
    "LABELS",
    "MAX_ABS_Z",
    "MAX_CLASSES",
    "MAX_TEMPERATURE",
    "MIN_CLASSES",
    "MIN_TEMPERATURE",
    "check_count",
    "check_one_per_class",
    "checked_classes",
    "checked_temperature",
    "checked_z",
    "in_range",
]

MIN_CLASSES = 2
MAX_CLASSES = 10
MAX_ABS_Z = 50.0
MIN_TEMPERATURE = 0.05
MAX_TEMPERATURE = 20.0

ACCEPTED = {
    "classes": f"{MIN_CLASSES} to {MAX_CLASSES} names separated by commas are accepted",
    "z": f"one number from {-MAX_ABS_Z:g} to {MAX_ABS_Z:g} per class is accepted",
    "T": f"a number from {MIN_TEMPERATURE:g} to {MAX_TEMPERATURE:g} is accepted",
    "of": "the name of one of the classes is accepted",
    "wrt": "the name of one of the classes is accepted",
}
LABELS = {"z": "The raw output", "T": "The temperature"}
_RANGES = {"z": (-MAX_ABS_Z, MAX_ABS_Z), "T": (MIN_TEMPERATURE, MAX_TEMPERATURE)}


def check_count(n: int) -> None:
    """Raise if this number of classes cannot be shown.

    Raises
    ------
    ValueError
        If `n` is not 2 to 10.

    Examples
    --------
    >>> check_count(1)
    Traceback (most recent call last):
    ValueError: 1 class cannot be shown; 2 to 10 classes are accepted.
    """
    if not MIN_CLASSES <= n <= MAX_CLASSES:
        classes = "1 class" if n == 1 else f"{integer_text(n)} classes"
        raise ValueError(f"{classes} cannot be shown; {MIN_CLASSES} to {MAX_CLASSES} classes are accepted.")


def checked_classes(names: Sequence[str]) -> tuple[str, ...]:
    """Return class names, each checked by `core.situation.names.check_name` against those before it.

    Raises
    ------
    TypeError
        If a name is not a str.
    ValueError
        If a name is not accepted or there are not 2 to 10.
    """
    check_count(len(names))
    checked: list[str] = []
    for name in names:
        checked.append(check_name(name, checked))
    return tuple(checked)


def checked_z(values: Sequence[object], n: int) -> tuple[float, ...]:
    """Return the raw outputs of n classes as plain floats within the limits, with -0.0 made 0.0.

    Raises
    ------
    TypeError
        If one is not a real number.
    ValueError
        If one is outside -50 to 50 or there is not one per class.

    Examples
    --------
    >>> checked_z([2, -0.0], 2)
    (2.0, 0.0)
    """
    check_one_per_class(len(values), n)
    return tuple(in_range(_plain_float(value, "z"), "z") for value in values)


def check_one_per_class(count: int, n: int) -> None:
    """Raise if there is not one raw output per class.

    Parameters
    ----------
    count : int
        The number of raw outputs.
    n : int
        The number of classes.

    Raises
    ------
    ValueError
        If the two differ.

    Examples
    --------
    >>> check_one_per_class(3, 2)
    Traceback (most recent call last):
    ValueError: There are 3 raw outputs for 2 classes; one per class is accepted.
    """
    if count != n:
        found = "is 1 raw output" if count == 1 else f"are {count} raw outputs"
        raise ValueError(f"There {found} for {n} classes; one per class is accepted.")


def checked_temperature(value: object) -> float:
    """Return a temperature as a plain float within the limits.

    Raises
    ------
    TypeError
        If it is not a real number.
    ValueError
        If it is outside 0.05 to 20.
    """
    return in_range(_plain_float(value, "T"), "T")


def in_range(number: float, parameter: str, shown: str | None = None) -> float:
    """Return the number with -0.0 made 0.0. NaN counts as out of range.

    Parameters
    ----------
    number : float
        The number.
    parameter : {"z", "T"}
        Whose range applies.
    shown : str, optional
        How the message writes the number.

    Raises
    ------
    ValueError
        If it is outside the range.

    Examples
    --------
    >>> in_range(51.0, "z")
    Traceback (most recent call last):
    ValueError: The raw output 51 is out of range; one number from -50 to 50 per class is accepted.
    """
    low, high = _RANGES[parameter]
    if not low <= number <= high:
        shown = shown or number_text(number)
        raise ValueError(f"{LABELS[parameter]} {shown} is out of range; {ACCEPTED[parameter]}.")
    return number + 0.0


def _plain_float(value: object, parameter: str) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{LABELS[parameter]} {quoted(repr(value))} is not a number; {ACCEPTED[parameter]}.")
    try:
        return float(value)
    except OverflowError:
        return math.inf  # Out of range, whatever its sign.
