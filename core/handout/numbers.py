"""Writes numbers for people: three decimals, raw outputs, and a situation as it is printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.derivation.typeset import number
from core.situation.scenario import Scenario

__all__ = ["MINUS", "decimal", "off_by", "printed", "raw"]

MINUS = "\N{MINUS SIGN}"
_LAST = Decimal("0.001")


def printed(scenario: Scenario) -> Scenario:
    """Return a situation as it stands on paper: raw outputs with three decimals, T with four digits.

    Whoever works on paper has only these numbers, so the solutions are worked out from them, too.

    Examples
    --------
    >>> printed(Scenario(z=(1.23456, 0, 0), temperature=0.0512345)).z
    (1.235, 0.0, 0.0)
    """
    z = [float(Decimal(value).quantize(_LAST, rounding=ROUND_HALF_UP)) for value in scenario.z]
    return scenario.with_z(z).with_temperature(float(f"{scenario.temperature:.4g}"))


def decimal(value: Decimal) -> str:
    """Write a number with three decimals; one too small or too large for them is written like 4e−18.

    Examples
    --------
    >>> decimal(Decimal("-0.0750895")), decimal(Decimal("4.2e-18")), decimal(Decimal("1.97e434"))
    ('−0.075', '4e−18', '1.97e434')
    """
    digits, power = number(value)
    if not power:
        return digits.replace("-", MINUS) if value else "0"
    # As on the board, one digit is enough to say how small a number is.
    text = f"{digits}e{power}" if power > 0 else f"{value:.0e}".replace("e+", "e")
    return text.replace("-", MINUS)


def off_by(values: list[Decimal]) -> Decimal:
    """Return by how much the sum of some rounded numbers misses their rounded sum.

    Examples
    --------
    >>> off_by([Decimal("0.3333"), Decimal("0.3333"), Decimal("0.3334")])
    Decimal('0.001')
    """
    rounded = sum((value.quantize(_LAST, rounding=ROUND_HALF_UP) for value in values), Decimal(0))
    return abs(rounded - sum(values, Decimal(0)).quantize(_LAST, rounding=ROUND_HALF_UP))


def raw(value: float) -> str:
    """Write a raw output: two decimals, or three when it was set that precisely.

    Examples
    --------
    >>> raw(1.43), raw(-0.4), raw(1.234567)
    ('1.43', '−0.40', '1.235')
    """
    places = "0.01" if abs(value * 100 - round(value * 100)) < 1e-9 else "0.001"
    rounded = Decimal(value).quantize(Decimal(places), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}".replace("-", MINUS)
