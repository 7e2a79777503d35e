"""Writes the numbers of a derivation; static/live/text/digits.js must write the same."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.derivation.digits import plan
from core.derivation.expression import SECANT_STEP, Node
from core.derivation.readings import Readings
from core.derivation.typeset import number
from core.situation.scenario import Scenario
from core.text import number_text

__all__ = ["Shown", "Written"]

# The digits in front of a power of ten, and its exponent; 0 if there is none.
Written = tuple[str, int]


class Shown:
    """Writes the numbers of one situation, each with the digits that its step needs."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._readings = Readings(scenario)
        self._plan = plan(self._readings)

    def z(self, step: str, k: int) -> str:
        """Write the raw output of class k."""
        value = Decimal(self.scenario.z[k])
        plain = 2 if abs(self.scenario.z[k] * 100 - round(self.scenario.z[k] * 100)) < 1e-9 else 3
        places = max(plain, -(self._plan.get(step, {}).get(f"z{k}") or 0))
        text = f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
        return text if text.strip("-0.") else text.removeprefix("-")

    def temperature(self, step: str) -> str:
        """Write T."""
        return self._plain(step, "T", self.scenario.temperature)

    def distance(self, step: str) -> str:
        """Write 2h, the distance between the two sides of the secant."""
        return self._plain(step, "distance", 2 * SECANT_STEP * self.scenario.temperature)

    def letter(self, step: str, node: Node) -> Written | None:
        """Write the value of p, f, g, df, dg or dp; None if it stays a letter."""
        key = f"p{node.index}" if node.kind == "p" else node.kind
        needed = self._plan.get(step, {})
        if key in needed and needed[key] is None:
            return None
        return number(self._readings.value(node), unit=needed.get(key))

    def rest(self, step: str) -> Written | None:
        """Write 1 - p of class i as one number; None if it stays a difference."""
        needed = self._plan.get(step, {})
        return number(self._readings.rest(self.scenario.i), unit=needed["q"]) if "q" in needed else None

    def sides(self, step: str) -> tuple[Written, Written] | None:
        """Write the probability of class i on both sides of the secant; None if they stay letters."""
        unit = self._plan[step]["side"]
        if unit is None:
            return None
        ahead, behind = self._readings.beside(self.scenario.i, self.scenario.j)
        return number(ahead, 7, unit), number(behind, 7, unit)

    def _plain(self, step: str, key: str, value: float) -> str:
        unit = self._plan.get(step, {}).get(key) or Decimal(value).adjusted() - 3
        return number_text(float(f"{value:.{max(0, -unit)}f}"))
