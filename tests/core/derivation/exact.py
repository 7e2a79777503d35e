"""Computes the value of a formula to a hundred digits. It is slow, but it proves two formulas equal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, getcontext, localcontext
from functools import lru_cache
from math import ceil, log

from core.derivation.expression import SECANT_STEP, Node, exp, frac, symbol, total

# The error of a central difference is the square of its step, so 80 digits are right. No test needs more.
_STEP = Decimal("1e-40")
_DIGITS = 130


def evaluate(node: Node, z: Sequence[float | Decimal], temperature: float, i: int, j: int) -> Decimal:
    """Return the value of a formula, computed only from the definitions of its letters.

    Parameters
    ----------
    node : Node
        The formula.
    z : sequence of float, n of them
        Raw output values.
    temperature : float
        T > 0.
    i, j : int
        The classes that f, df, dg and dp refer to.

    Returns
    -------
    Decimal
        Right to at least 20 digits, also where floats would cancel or overflow. Derivatives (df, dg, dp and
        slope) are computed as difference quotients, so that equal sides prove an equation.
    """
    floats = [float(value) for value in z]
    spread = (max(floats) - min(floats)) / temperature / log(10)
    largest = max(map(abs, floats)) / temperature / log(10)
    with localcontext() as context:
        # 1 - p of the leading class has as many leading zeros as the spread has powers of ten.
        context.prec = _DIGITS + 2 * ceil(spread)
        context.Emax, context.Emin = 999999999, -999999999
        if largest > 1e6:
            raise OverflowError("a raw output over T is beyond e^(10^6); nearer ones are accepted.")
        values = [Decimal(value) for value in z]
        return _Evaluator(Decimal(temperature), i, j).value(node, values)


class _Evaluator:
    """Evaluates formulas in one situation."""

    def __init__(self, temperature: Decimal, i: int, j: int) -> None:
        self.temperature, self.i, self.j = temperature, i, j

    def value(self, node: Node, z: list[Decimal]) -> Decimal:
        """Evaluate a node with these raw outputs."""
        parts = node.parts
        match node.kind:
            case "integer":
                return Decimal(node.index)
            case "z":
                return z[node.index]
            case "T":
                return self.temperature
            case "exp":
                return self._power(z[node.index])
            case "f":
                return self._power(z[self.i])
            case "g" | "total":
                return sum((self._power(value) for value in z), Decimal(0))
            case "p":
                return self.value(frac(exp(node.index), total()), z)
            case "rest":
                return 1 - self.value(symbol("p", node.index), z)
            case "df":
                return self._slope(symbol("f"), self.j, z)
            case "dg":
                return self._slope(symbol("g"), self.j, z)
            case "dp":
                return self._slope(symbol("p", self.i), self.j, z)
            case "slope":
                return self._slope(parts[0], node.index, z)
            case "secant":
                return self._slope(parts[0], node.index, z, Decimal(str(SECANT_STEP)) * self.temperature)
            case "frac":
                return self.value(parts[0], z) / self.value(parts[1], z)
            case "times":
                product = Decimal(1)
                for factor in parts:
                    product *= self.value(factor, z)
                return product
            case "minus":
                return self.value(parts[0], z) - self.value(parts[1], z)
            case "negative":
                return -self.value(parts[0], z)
            case "square":
                return self.value(parts[0], z) ** 2
            case "group" | "survivor":
                return self.value(parts[0], z)

    def _power(self, z: Decimal) -> Decimal:
        return _power(z, self.temperature, getcontext().prec)

    def _slope(self, node: Node, k: int, z: list[Decimal], step: Decimal = _STEP) -> Decimal:
        ahead, behind = z.copy(), z.copy()
        ahead[k] += step
        behind[k] -= step
        return (self.value(node, ahead) - self.value(node, behind)) / (2 * step)


@lru_cache(maxsize=10_000)
def _power(z: Decimal, temperature: Decimal, precision: int) -> Decimal:
    """Return e^(z / T), cached because each takes long and the formulas of one situation share a few."""
    assert precision == getcontext().prec
    return (z / temperature).exp()
