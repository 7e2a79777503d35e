"""Writes numbers and text for messages and links: exactly where it will be read back, else shortened."""

from __future__ import annotations

__all__ = ["LONGEST_TEXT", "integer_text", "number_text", "shortened"]

# Longer text from a link is not read.
LONGEST_TEXT = 4000
_SHORT = 40


def shortened(text: str) -> str:
    """Return at most 40 characters of a text; if any are cut off, the last one is "…"."""
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
    """Write an int, or its size in words if it is huge: Python refuses to write thousands of digits.

    Examples
    --------
    >>> integer_text(10**5000)
    'a number of more than 12 digits'
    """
    return str(n) if abs(n) < 10**12 else "a number of more than 12 digits"
