"""Writes numbers and strangers' text for messages and links: exact where it is read again, else short."""

from __future__ import annotations

__all__ = ["LONGEST_TEXT", "integer_text", "number_text", "shortened"]

# A text from a link that is longer is not read.
LONGEST_TEXT = 4000
_SHORT = 40


def shortened(text: str) -> str:
    """Return a text cut to 40 characters, the last of them "…" if any is missing.

    Examples
    --------
    >>> shortened("9" * 1000)
    '999999999999999999999999999999999999999…'
    """
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def number_text(number: float) -> str:
    """Write a float so that reading it gives the same float, without a trailing ".0".

    Examples
    --------
    >>> number_text(2.0), number_text(0.1)
    ('2', '0.1')
    """
    return repr(number).removesuffix(".0")


def integer_text(n: int) -> str:
    """Write an int; Python refuses to write one of thousands of digits.

    Examples
    --------
    >>> integer_text(11)
    '11'
    >>> integer_text(10**5000)
    'a number of more than 12 digits'
    """
    return str(n) if abs(n) < 10**12 else "a number of more than 12 digits"
