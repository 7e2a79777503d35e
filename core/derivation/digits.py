"""Decides how many digits each number in a formula needs, so that they work out to the shown result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, inf, log10

from core.derivation.expression import SECANT_STEP, symbol
from core.derivation.readings import Readings

__all__ = ["Leaf", "Plan", "last_digit", "plan", "refined"]

# A number that is not exact has at most this many digits. If it needs more, its letter is written instead.
_MOST = 12
# A number in an exponent has at most this many digits more than usual.
_MORE = 4
# If 1 - p is smaller than this, it is written as one number, because 1 - 1.000 would say nothing.
_SMALL = log10(0.0005)
# From the key of a number to the exponent of its last digit; None if the number stays a letter.
Plan = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number that a result is worked out from.

    Attributes
    ----------
    key : str
        Its key in a `Plan`: "z0", "T", "p1", "q", "f", "g", "side" or "distance".
    slope : float
        The common logarithm of how far the result moves per unit by which this number moves.
    unit : int
        The exponent of its last digit unless more digits are needed.
    least : int
        The exponent of the last digit that it can have.
    exact : bool
        Whether it is exact when written to that last digit.
    """

    key: str
    slope: float
    unit: int
    least: int
    exact: bool = False


def last_digit(size: float, places: int = 3) -> int:
    """Return the exponent of the last digit with which `core.derivation.typeset.number` writes a number.

    Parameters
    ----------
    size : float
        The common logarithm of its absolute value; -inf for 0.
    places : int
        Decimals of a number that needs no power of ten.

    Examples
    --------
    >>> last_digit(-0.665), last_digit(-17.4), last_digit(434.3)
    (-3, -20, 432)
    """
    return -places if size == -inf or _SMALL <= size < 5 else floor(size) - 2


def refined(leaves: Sequence[Leaf], unit: int) -> Plan:
    """Choose the digits of numbers so that a result worked out from them errs by at most one last digit.

    Rounding a number moves the result by up to half of the number's last digit, times its slope. Rounding the
    result itself adds half of its own last digit. So the last digits times the slopes may add up to at most
    one last digit of the result.

    Parameters
    ----------
    leaves : sequence of Leaf
        The numbers.
    unit : int
        The exponent of the result's last digit.

    Examples
    --------
    >>> refined([Leaf("p0", log10(0.63), -3, -11), Leaf("p1", log10(1.37), -3, -11)], -3)
    {'p0': -3, 'p1': -4}
    """
    found: Plan = {leaf.key: leaf.unit for leaf in leaves}

    def cost(leaf: Leaf) -> float:
        """Return the common logarithm of last digit times slope, in the result's last digits."""
        now = found[leaf.key]
        if now is None or (leaf.exact and now <= leaf.least):
            return -inf
        return min(leaf.slope + now - unit, 300.0)

    # Each turn adds one digit, and every number has few digits to add, so this ends soon.
    while sum(10.0 ** cost(leaf) for leaf in leaves) > 1 + 1e-9:
        dearest = max(leaves, key=cost)
        now = found[dearest.key]
        found[dearest.key] = None if now is None or now <= dearest.least else now - 1
    return found


def _readable(leaves: Sequence[Leaf], unit: int) -> Plan:
    """Refine, but make g a letter if the exponents would get too long."""
    found = refined(leaves, unit)
    exponents = {leaf.key: leaf.unit for leaf in leaves if leaf.exact}
    long = any((found[key] or 0) < usual - _MORE for key, usual in exponents.items())
    # If g is a letter, the reader cannot work anything out, so the usual digits are enough.
    return {**exponents, "g": None} if long or found["g"] is None else found


def plan(readings: Readings) -> dict[str, Plan]:
    """Return the digits of the numbers in each step of the derivation.

    Parameters
    ----------
    readings : Readings
        The values of the letters.

    Returns
    -------
    dict
        One `Plan` for each key of a step. A number without an entry has its usual digits; "q" has an entry if
        1 - p_i is written as one number.
    """
    now = readings.scenario
    i, j, own, n = now.i, now.j, now.i == now.j, len(now.z)
    p = [_size(readings.value(symbol("p", k))) for k in range(n)]
    f, g, df, dg, dp = (_size(readings.value(symbol(kind))) for kind in ("f", "g", "df", "dg", "dp"))
    q, t = _size(readings.rest(i)), log10(now.temperature)
    result = last_digit(dp)

    def z(k: int, slope: float) -> Leaf:
        """Return the raw output of a class; it usually has two decimals if they are exact, else three."""
        hundredths = abs(now.z[k] * 100 - round(now.z[k] * 100)) < 1e-9
        return Leaf(f"z{k}", slope, -2 if hundredths else -3, -_decimals(now.z[k]), exact=True)

    def temperature(slope: float, *raised: int) -> Leaf:
        """Return T, which stands in a factor 1/T and in the exponents of the classes `raised`."""
        reach = sum(abs(now.z[k]) for k in raised) / now.temperature
        return Leaf("T", slope - t + log10(1 + reach), floor(t) - 3, -_decimals(now.temperature), exact=True)

    def number(key: str, size: float, slope: float, places: int = 3) -> Leaf:
        """Return a number that is not exact."""
        return Leaf(key, slope, last_digit(size, places), floor(size) - _MOST + 1)

    softmax = [z(k, p[i] + (q if k == i else p[k]) - t) for k in range(n)]
    softmax.append(temperature(p[i] + q, *range(n)))
    if own:
        # The slope of f (g - f) / g^2 is at most that of f / g, so the simpler one is used.
        rates = [z(i, p[i] - 2 * t), temperature(p[i] - t, i), number("g", g, p[i] - t - g)]
        unit = last_digit(q) if q < _SMALL else -3
    else:
        rates = [z(i, dp - t), z(j, dp - t), temperature(dp, i, j), number("g", g, dp + log10(2) - g)]
        unit = last_digit(p[j])

    def over_g(k: int, unit: int) -> Plan:
        """Return the digits of the exponential of a class divided by g."""
        return _readable([z(k, p[k] - t), temperature(p[k], k), number("g", g, p[k] - g)], unit)

    once, twice = over_g(i, last_digit(p[i])), over_g(j, unit)
    # Both equations of this step contain the same numbers, so these have the finer of both digits.
    recognise = {key: _finer(once, twice, key) for key in once | twice}
    if not own:
        factors = [number(f"p{i}", p[i], p[j] - t), number(f"p{j}", p[j], p[i] - t), temperature(dp)]
    elif q < _SMALL:
        factors = [number(f"p{i}", p[i], q - t), number("q", q, p[i] - t), temperature(dp)]
        recognise["q"] = unit
    else:
        lean = abs(10 ** p[i] - 10**q)
        factors = [number(f"p{i}", p[i], (log10(lean) if lean else -inf) - t), temperature(dp)]
    product = refined(factors, result)
    width = log10(2 * SECANT_STEP) + t
    check = [
        number("side", p[i], log10(2) - width, 7),
        Leaf("distance", dp - width, floor(width) - 3, -_decimals(2 * SECANT_STEP * now.temperature), True),
    ]
    return {
        "softmax": refined(softmax, last_digit(p[i])),
        "parts": refined(softmax, last_digit(p[i]))
        | refined([number("f", f, -g), number("g", g, p[i] - g)], last_digit(p[i])),
        "numerator": refined([z(i, df - t), temperature(df, i)], last_digit(df)) if own else {},
        "denominator": refined([z(j, dg - t), temperature(dg, j)], last_digit(dg)),
        "substitute": _readable(rates, result),
        "factor": _readable(rates, result),
        "recognise": recognise,
        "result": product,
        "number": product,
        "check": refined(check, result),
    }


def _finer(one: Plan, other: Plan, key: str) -> int | None:
    units = [found[key] for found in (one, other) if key in found]
    return None if None in units else min(unit for unit in units if unit is not None)


def _size(value: Decimal) -> float:
    """Return the common logarithm of an absolute value; -inf for 0."""
    if not value:
        return -inf
    return value.adjusted() + log10(abs(float(value.scaleb(-value.adjusted()))))


def _decimals(value: float) -> int:
    """Return how many decimals are needed to write a float so that it is read back the same."""
    return max(0, -int(Decimal(repr(value)).as_tuple().exponent))
