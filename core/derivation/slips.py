"""What judging any prediction needs: a verdict, the likely slips, and how near a number must be."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context
from typing import NamedTuple

from core.arguments import finite_array

__all__ = ["ROUNDING", "Slip", "Verdict", "likely", "near", "one_number", "tolerance_for"]

# The tolerance at T = 1, unless the exact value is less than four times as large.
_STATED = 0.005
# The largest rounding error of a product. The screen shows three decimals, so rounding the probabilities
# costs up to half a last digit, and rounding their product as much again. (Two probabilities add up to at
# most 1, so the product of two rounded ones errs no more than one of them.)
ROUNDING = 0.001
# A little more is accepted, because errors of two rounded factors also multiply, and no float is 0.005.
_SLACK = 1.001


class Verdict(NamedTuple):
    """The answer to one prediction.

    Parameters
    ----------
    right : bool
        Whether it is right; a value is right within the tolerance that its question states.
    slip : str or None
        A stable key of the likely slip; None if the prediction is right or no slip fits.
    words : str
        One or two sentences for the learner. Plain text, to be escaped where it is shown.
    """

    right: bool
    slip: str | None
    words: str


class Slip(NamedTuple):
    """A slip, the number that it leads to, and the factor by which it multiplies the errors of rounding."""

    key: str
    gives: float
    factor: float
    words: str


def tolerance_for(exact: float, t: float, rounding: float) -> float:
    """Return how far from the exact value an accepted one may be.

    It is 0.005 / T, rounded to one digit. If that is more than a quarter of the exact value, or less than the
    largest rounding error, the tolerance is the largest rounding error instead, rounded up to one digit.

    Parameters
    ----------
    exact : float
        The exact value.
    t : float
        The temperature.
    rounding : float
        The largest rounding error of someone who works with the three decimals on the screen.
    """
    stated = float(Context(prec=1, rounding=ROUND_HALF_UP).create_decimal(f"{_STATED / t:.6g}"))
    needed = float(Context(prec=1, rounding=ROUND_CEILING).create_decimal(f"{rounding:.6g}"))
    return max(stated, needed) if 4 * stated <= abs(exact) else needed


def near(answer: float, value: float, width: float) -> bool:
    """Tell whether an answer is within this width of a value."""
    return abs(answer - value) <= width * _SLACK


def likely(slips: Iterable[Slip], answer: float, exact: float, allowed: float) -> Slip | None:
    """Return the slip that leads to an answer; None if none does.

    Parameters
    ----------
    slips : iterable of Slip
        The possible slips, the most likely first.
    answer : float
        An answer that is not right.
    exact, allowed : float
        The exact value and the tolerance. A slip whose number would be accepted is ignored.

    Notes
    -----
    A slip whose number fits to three decimals comes before one whose number fits only within the tolerance.
    """
    possible = [
        slip
        for slip in slips
        if slip.gives != 0 and math.isfinite(slip.gives) and not near(slip.gives, exact, allowed)
    ]
    for per_factor in (ROUNDING, _STATED):
        for slip in possible:
            # Even if a slip multiplies rounding errors, the answer must be within 5 percent of its number.
            width = min(max(ROUNDING, per_factor * slip.factor), ROUNDING / 2 + abs(slip.gives) / 20)
            if near(answer, slip.gives, width):
                return slip
    return None


def one_number(answer: object) -> float:
    """Return an answer as a float.

    Raises
    ------
    TypeError
        If it is not a real number.
    ValueError
        If it is nan or infinite.
    """
    number = finite_array(answer, "answer")  # type: ignore[arg-type]
    if number.ndim:
        raise TypeError("answer is a sequence; one number is accepted.")
    return float(number)
