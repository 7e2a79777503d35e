"""Reads the text of a link's parameters, which anyone may have written, into checked values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.situation.limits import (
    ACCEPTED,
    LABELS,
    MAX_CLASSES,
    MIN_CLASSES,
    check_one_per_class,
    in_range,
)
from core.situation.names import normalised, quoted
from core.text import LONGEST_TEXT, shortened

__all__ = [
    "bounded",
    "last",
    "parsed_class",
    "parsed_integer",
    "parsed_number",
    "parsed_temperature",
    "parsed_z",
]

# float() also accepts "nan", "inf", "1_0" and the digits of every script; a link accepts none of these.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
# Chinese and Japanese keyboards write full-width characters, each 0xFEE0 above the ASCII one; 0x2212 is "−".
_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x2212: "-"}


def last(value: str | Sequence[str] | None) -> str | None:
    """Return the value that counts: the last one, as in `st.query_params`; None if there is none."""
    if value is None or isinstance(value, str):
        return value
    return value[-1] if value else None


def bounded(parameter: str, text: str) -> str:
    """Return the text of a parameter unless it is empty or too long to be worth reading.

    Parameters
    ----------
    parameter : str
        The query parameter, for the message.
    text : str
        Its text.

    Raises
    ------
    ValueError
        If it is blank or longer than 4000 characters.

    Examples
    --------
    >>> bounded("T", " ")
    Traceback (most recent call last):
    ValueError: T in the link is empty; a number from 0.05 to 20 is accepted.
    """
    if not text.strip():
        raise ValueError(f"{parameter} in the link is empty; {ACCEPTED[parameter]}.")
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"{parameter} in the link is {quoted(text)} and has {len(text)} characters; "
            f"at most {LONGEST_TEXT} are accepted."
        )
    return text


def parsed_z(text: str, n: int | None) -> tuple[float, ...]:
    """Read raw outputs.

    Parameters
    ----------
    text : str
        Numbers with commas between them.
    n : int or None
        The number of classes; None if the number of raw outputs decides it.

    Raises
    ------
    ValueError
        If one is not a number from -50 to 50, there are not `n`, or there are not 2 to 10.

    Examples
    --------
    >>> parsed_z("2, -1e-1", 2)
    (2.0, -0.1)
    >>> parsed_z("abc", None)
    Traceback (most recent call last):
    ValueError: The raw output “abc” is not a number; one number from -50 to 50 per class is accepted.
    """
    parts = text.translate(_PLAIN).split(",")
    # That something is no number is a better reason than how many there are. A longer list is refused unread.
    numbers = [_parsed_number(part, "z") for part in parts] if len(parts) <= MAX_CLASSES else []
    if n is not None:
        check_one_per_class(len(parts), n)
    elif not MIN_CLASSES <= len(parts) <= MAX_CLASSES:
        found = "is 1 raw output" if len(parts) == 1 else f"are {len(parts)} raw outputs"
        raise ValueError(f"There {found}; {MIN_CLASSES} to {MAX_CLASSES} are accepted.")
    return tuple(numbers)


def parsed_temperature(text: str) -> float:
    """Read a temperature, a plain decimal or scientific number.

    Raises
    ------
    ValueError
        If it is not a number from 0.05 to 20.
    """
    return _parsed_number(text, "T")


def parsed_class(parameter: str, text: str, classes: Sequence[str]) -> int:
    """Return the index of the class with this name, which may have blanks around it and any Unicode form.

    Parameters
    ----------
    parameter : str
        The query parameter, for the message.
    text : str
        The name.
    classes : sequence of str
        The names of all classes.

    Raises
    ------
    ValueError
        If no class has the name.
    """
    name = normalised(text)
    if name not in classes:
        accepted = ", ".join(map(quoted, classes))
        raise ValueError(
            f"{parameter} in the link is {quoted(name)}, which is not one of the classes; "
            f"accepted are {accepted}."
        )
    return classes.index(name)


def parsed_number(text: str, lowest: float, highest: float) -> float | None:
    """Read a number of a page's own setting; None if it is not a number within the limits, both included.

    Examples
    --------
    >>> parsed_number("0.5", 0, 1), parsed_number("nan", 0, 1), parsed_number("2", 0, 1)
    (0.5, None, None)
    """
    plain = text.translate(_PLAIN).strip()
    number = float(plain) if _NUMBER.fullmatch(plain) else None
    return number if number is not None and lowest <= number <= highest else None


def parsed_integer(text: str, lowest: int, highest: int) -> int | None:
    """Read an integer of a page's own setting; None if it is not digits alone or outside the limits.

    Parameters
    ----------
    text : str
        Digits alone, at most nine.
    lowest, highest : int
        The limits, both included; at least 0.

    Examples
    --------
    >>> parsed_integer("12", 0, 500), parsed_integer("1e9", 0, 500), parsed_integer("-1", 0, 500)
    (12, None, None)
    """
    plain = text.translate(_PLAIN).strip()
    # No setting has more than nine digits, and Python refuses to read thousands of them.
    found = int(plain) if re.fullmatch("[0-9]{1,9}", plain) else None
    return found if found is not None and lowest <= found <= highest else None


def _parsed_number(text: str, parameter: str) -> float:
    plain = text.translate(_PLAIN).strip()
    if not _NUMBER.fullmatch(plain):
        raise ValueError(
            f"{LABELS[parameter]} {quoted(text.strip())} is not a number; {ACCEPTED[parameter]}."
        )
    return in_range(float(plain), parameter, shown=shortened(plain))
