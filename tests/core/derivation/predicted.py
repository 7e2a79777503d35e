"""Situations in which to predict a derivative, with right and wrong answers."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import product

import pytest
from hypothesis import strategies as st

from core.derivation.predictions import Verdict, judge_formula, judge_sign, judge_value, tolerance
from core.situation.presets import PRESETS, Preset
from core.situation.scenario import Scenario
from tests.core.oracle import exact, exact_jacobian

OWN, CROSS = Scenario(), Scenario(j=1)
_PRESETS = {preset.key: preset.scenario for preset in PRESETS}
SATURATED, TEN, TWO = _PRESETS["saturated"], _PRESETS["ten-classes"], _PRESETS["two-classes"]
each_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
each_temperature = pytest.mark.parametrize("t", [0.05, 0.3, 0.5, 1.0, 2.0, 20.0])
SCOLD = re.compile(
    r"\b(wrong|no|not quite|incorrect|mistake|error|false|fail\w*|careless|forgot\w*|should|unfortunately|"
    r"but|sorry|simply|obvious\w*)\b",
    re.IGNORECASE,
)
scenarios = st.integers(2, 10).flatmap(
    lambda n: st.builds(
        Scenario,
        classes=st.just([f"class {k}" for k in range(n)]),
        z=st.lists(st.floats(-50, 50), min_size=n, max_size=n),
        temperature=st.floats(0.05, 20) | st.sampled_from([0.05, 0.5, 1.0, 2.0, 20.0]),
        i=st.integers(0, n - 1),
        j=st.integers(0, n - 1),
    )
)


def every_cell(preset: Preset, t: float) -> list[Scenario]:
    n = len(preset.scenario.classes)
    return [preset.scenario.with_temperature(t).with_cell(i, j) for i, j in product(range(n), repeat=2)]


_exact_jacobian = cache(exact_jacobian)


def truth(scenario: Scenario) -> float:
    return float(_exact_jacobian(scenario.z, scenario.temperature)[scenario.i][scenario.j])


def probabilities(scenario: Scenario) -> list[float]:
    p, _ = exact(scenario.z, scenario.temperature)
    return [float(value) for value in p]


def to_three_decimals(value: float) -> float:
    """Round as the screen does."""
    return float(Decimal(value).quantize(Decimal("0.001"), rounding=ROUND_HALF_UP))


def on_screen(scenario: Scenario) -> tuple[float, float]:
    """Return p_i and p_j with three decimals, as the reader sees them."""
    p = probabilities(scenario)
    return to_three_decimals(p[scenario.i]), to_three_decimals(p[scenario.j])


def by_hand(scenario: Scenario) -> float:
    """Return the product of the displayed numbers, not yet divided by T."""
    p_i, p_j = on_screen(scenario)
    return p_i * (1 - p_i) if scenario.i == scenario.j else -p_i * p_j


def slip_of(scenario: Scenario, answer: float) -> str | None:
    verdict = judge_value(scenario, answer)
    assert not verdict.right
    return verdict.slip


@cache
def all_verdicts(scenario: Scenario) -> tuple[Verdict, ...]:
    p_i, p_j = on_screen(scenario)
    d = truth(scenario)
    answers = [d, -d, 0, p_i, -p_i, p_j, 1 - p_i, p_i * (1 - p_i), p_j * (1 - p_j), -p_i * p_i, 100 * d]
    answers += [d * scenario.temperature, d * scenario.temperature**2, 1.5 * d, 1e300, -1e300]
    answers += [d + 1.5 * tolerance(scenario), d - 1.5 * tolerance(scenario), 0.26 / scenario.temperature]
    return (
        *(judge_value(scenario, answer) for answer in answers),
        *(judge_sign(scenario, answer) for answer in ("positive", "negative")),
        *(judge_formula(scenario, answer) for answer in ("own", "cross")),
    )
