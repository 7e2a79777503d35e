"""Writes numbers and long sums in formulas, the same way in every medium."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

__all__ = ["MOST_TERMS", "READINGS", "Reading", "number", "terms_shown"]

Reading = Literal["symbols", "names", "numbers"]
READINGS: tuple[Reading, ...] = ("symbols", "names", "numbers")

# A sum of more terms is written with dots.
MOST_TERMS = 4


def number(value: Decimal, places: int = 3, unit: int | None = None) -> tuple[str, int]:
    """Round a number for the screen: three decimals, or three digits and a power of ten.

    Parameters
    ----------
    value : Decimal
        The number.
    places : int
        Decimals of a number that needs no power of ten.
    unit : int, optional
        The exponent of the last digit, if more digits are needed (`core.derivation.digits`).

    Returns
    -------
    digits : str
        The digits in front of the power of ten.
    power : int
        The exponent of the power of ten; 0 if there is none.

    Examples
    --------
    >>> number(Decimal("0.2160784")), number(Decimal("4.2483e-18")), number(Decimal("1.97e434"))
    (('0.216', 0), ('4.25', -18), ('1.97', 434))
    >>> number(Decimal("0.2160784"), unit=-5), number(Decimal("4.2483e-18"), unit=-21)
    (('0.21608', 0), ('4.248', -18))
    """
    if value == 0:
        return "0", 0
    if Decimal("0.0005") <= abs(value) < Decimal(100_000):
        last = -places if unit is None else min(unit, -places)
        return f"{value.quantize(Decimal(1).scaleb(last), rounding=ROUND_HALF_UP):f}", 0
    shown = 3 if unit is None else max(3, value.adjusted() - unit + 1)
    context = Context(prec=shown, rounding=ROUND_HALF_UP, Emax=10**8, Emin=-(10**8))
    digits, power = f"{context.plus(value):.{shown - 1}E}".split("E")
    return digits, int(power)


def terms_shown(n: int, *always: int) -> list[int | None]:
    """Return which terms of a sum over n classes are written; None stands for dots.

    Examples
    --------
    >>> terms_shown(3), terms_shown(10, 4)
    ([0, 1, 2], [0, None, 4, None, 9])
    """
    if n <= MOST_TERMS:
        return list(range(n))
    shown: list[int | None] = []
    for k in sorted({0, n - 1, *always}):
        if shown and k - 1 not in shown:
            shown.append(None)
        shown.append(k)
    return shown
