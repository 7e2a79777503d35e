"""In "Numbers", calculating with the digits shown gives the digits of the result shown."""

from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given, settings

from core.derivation.expression import Node, symbol
from core.derivation.shown import Shown, Written
from core.derivation.steps import derive
from core.situation.presets import PRESETS, Preset
from core.situation.scenario import Scenario
from tests.core.derivation.predicted import scenarios

# A secant only approximates the slope.
SECANT_ERROR = Decimal("2e-6")


def read(number: Written) -> Decimal:
    digits, power = number
    return Decimal(digits).scaleb(power)


def last_digit(number: Written) -> Decimal:
    digits, power = number
    return Decimal(1).scaleb(int(Decimal(digits).as_tuple().exponent) + power)


class LetterError(Exception):
    """A formula contains a letter that no dozen digits can replace, so it cannot be calculated."""


class ByHand:
    """Calculates a formula from the digits shown, as a reader with a calculator would."""

    def __init__(self, now: Scenario, step: str) -> None:
        self.now, self.step, self.shown = now, step, Shown(now)

    def letter(self, node: Node) -> Written:
        number = self.shown.letter(self.step, node)
        if number is None:
            raise LetterError
        return number

    def value(self, node: Node) -> Decimal:
        parts = node.parts
        match node.kind:
            case "integer":
                return Decimal(node.index)
            case "T":
                return Decimal(self.shown.temperature(self.step))
            case "p" | "f" | "g" | "df" | "dg" | "dp":
                return read(self.letter(node))
            case "rest":
                number = self.shown.rest(self.step)
                return read(number) if number else 1 - self.value(symbol("p", node.index))
            case "exp":
                temperature = self.shown.temperature(self.step) if self.now.temperature != 1 else 1
                return (Decimal(self.shown.z(self.step, node.index)) / Decimal(temperature)).exp()
            case "total":
                return sum((self.value(Node("exp", index=k)) for k in range(len(self.now.z))), Decimal(0))
            case "frac":
                return self.value(parts[0]) / self.value(parts[1])
            case "times":
                product = Decimal(1)
                for factor in parts:
                    product *= self.value(factor)
                return product
            case "minus":
                return self.value(parts[0]) - self.value(parts[1])
            case "negative":
                return -self.value(parts[0])
            case "square":
                return self.value(parts[0]) ** 2
            case "group" | "survivor":
                return self.value(parts[0])
            case "secant":
                sides = self.shown.sides(self.step)
                if sides is None:
                    raise LetterError
                return (read(sides[0]) - read(sides[1])) / Decimal(self.shown.distance(self.step))
        raise AssertionError(node.kind)


def check(now: Scenario) -> None:
    with localcontext(Context(prec=60, Emax=10**6, Emin=-(10**6))):
        for step in derive(now):
            hand = ByHand(now, step.key)
            for equation in step.equations:
                if not equation.right or equation.lettered:
                    continue
                *worked_out, end = equation.right
                # The last side is the result of the others. The result of the step stands below as "Now ...".
                claims = [(node, end) for node in worked_out if end.kind in ("p", "dp", "rest")]
                if step.comes_to and equation.left == step.comes_to:
                    claims += [(node, step.comes_to) for node in equation.right]
                if equation.left.kind == "frac":
                    claims = [(node, end) for node in (equation.left, *worked_out)]
                for node, claim in claims:
                    if node.kind == "slope":
                        continue
                    number = hand.shown.rest(step.key) if claim.kind == "rest" else None
                    if claim.kind == "rest" and number is None:
                        shown = hand.value(claim)
                        unit = last_digit(hand.letter(symbol("p", claim.index)))
                    else:
                        number = number or hand.letter(claim)
                        shown, unit = read(number), last_digit(number)
                    unit += 0 if equation.exact else SECANT_ERROR * abs(shown)
                    try:
                        found = hand.value(node)
                    except LetterError:
                        continue
                    assert abs(found - shown) <= unit, (step.key, str(node)[:100], float(found / shown or 1))


@pytest.mark.parametrize("lead", [0, 5, 10, 15])
def test_letters_give_way_to_numbers_wherever_twelve_digits_will_do(lead: float) -> None:
    for j in (0, 1):
        now = Scenario(z=(lead, 0, 0), j=j)
        for step in derive(now):
            hand = ByHand(now, step.key)
            for equation in step.equations:
                for node in equation.right:
                    if node.kind not in ("slope", "survivor") and not equation.lettered:
                        hand.value(node)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
@pytest.mark.parametrize("t", [0.05, 0.5, 1, 2, 20])
def test_presets_can_be_worked_out_from_what_is_shown(preset: Preset, t: float) -> None:
    for i in range(len(preset.scenario.classes)):
        for j in range(len(preset.scenario.classes)):
            check(preset.scenario.with_cell(i, j).with_temperature(t))


@settings(max_examples=300, deadline=None)
@given(scenarios)
def test_anything_can_be_worked_out_from_what_is_shown(now: Scenario) -> None:
    check(now)
