"""Computes the value of each letter in a formula, to a few more digits than are shown."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from core.derivation.expression import SECANT_STEP, Node
from core.situation.scenario import Scenario

__all__ = ["DIGITS", "Readings"]

# Formulas show at most 12 digits. Every sum here has terms of one sign, so nothing cancels.
DIGITS = 20
# e^(50 / 0.05) is too large for a float, and so are products of such numbers.
_CONTEXT = Context(prec=DIGITS, Emax=10**6, Emin=-(10**6))


class Readings:
    """The values of the letters of a derivation in one situation.

    In any situation this takes 3 n exponentials of `DIGITS` digits, a few microseconds each.

    Parameters
    ----------
    scenario : Scenario
        Its `i` and `j` say which f, f', g' and dp are meant.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        with localcontext(_CONTEXT):
            self.temperature = Decimal(scenario.temperature)
            self.z = [Decimal(value) for value in scenario.z]
            self._powers = self._exponentials(self.z)

    def value(self, node: Node) -> Decimal:
        """Return the value of a letter, right to 18 digits.

        Parameters
        ----------
        node : Node
            One of z, p, T, f, g, df, dg and dp.

        Raises
        ------
        ValueError
            If it is anything else.
        """
        i, j = self.scenario.i, self.scenario.j
        with localcontext(_CONTEXT):
            match node.kind:
                case "z":
                    return self.z[node.index]
                case "T":
                    return self.temperature
                case "p":
                    return self._powers[node.index] / sum(self._powers)
                case "f":
                    return self._powers[i]
                case "g":
                    return sum(self._powers, Decimal(0))
                case "df":
                    return self._powers[i] / self.temperature if i == j else Decimal(0)
                case "dg":
                    return self._powers[j] / self.temperature
                case "dp":
                    return self.derivative(i, j)
        raise ValueError(f"{node.kind} is no letter; z, p, T, f, g, df, dg and dp are accepted.")

    def power(self, k: int) -> Decimal:
        """Return e^(z_k / T)."""
        return self._powers[k]

    def rest(self, k: int) -> Decimal:
        """Return 1 - p of class k, with all its digits."""
        with localcontext(_CONTEXT):
            # Adding the other classes keeps the digits of a small result, which 1 - p would lose.
            return sum(self._powers[:k] + self._powers[k + 1 :], Decimal(0)) / sum(self._powers)

    def beside(self, k: int, j: int) -> tuple[Decimal, Decimal]:
        """Return the probability of class k with z_j moved `SECANT_STEP` T up, and down."""
        found = []
        with localcontext(_CONTEXT):
            for way in (1, -1):
                moved = self.z.copy()
                moved[j] += way * Decimal(str(SECANT_STEP)) * self.temperature
                powers = self._exponentials(moved)
                found.append(powers[k] / sum(powers))
        return found[0], found[1]

    def derivative(self, i: int, j: int) -> Decimal:
        """Return dp_i/dz_j of any two classes."""
        with localcontext(_CONTEXT):
            p = [power / sum(self._powers) for power in (self._powers[i], self._powers[j])]
            return p[0] * (self.rest(i) if i == j else -p[1]) / self.temperature

    def _exponentials(self, z: list[Decimal]) -> list[Decimal]:
        return [(value / self.temperature).exp() for value in z]
