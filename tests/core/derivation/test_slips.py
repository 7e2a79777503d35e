"""Each slip is recognised by the number that it leads to."""

import math
import re

import pytest

from core.derivation.predictions import judge_sign, judge_value, tolerance
from core.situation.names import quoted
from core.situation.scenario import Scenario
from tests.core.derivation.predicted import (
    CROSS,
    OWN,
    SATURATED,
    TEN,
    TWO,
    by_hand,
    probabilities,
    slip_of,
    to_three_decimals,
    truth,
)


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (-0.216, "extra-minus"),
        (-0.468, "other-formula"),  # -p_i p_i
        (0.684, "stopped-at-p"),
        (0.316, "stopped-at-rest"),
        (-0.316, "loss-gradient"),  # p_i - 1
        (-0.294, "raw-output"),  # 0.684 (1 - 1.43)
        (21.6, "percentage"),
        (22, "percentage"),
        (1.32, "unsquared-denominator"),  # e^1.43 is 4.179, the sum 6.108: 4.179 (6.108 - 4.179) / 6.108
        (0.223, "rounding"),
        (0.0, None),
        (0.18, None),
        (0.5, None),
        (-0.9, None),
    ],
)
def test_every_slip_of_an_own_derivative_is_recognised(answer: float, slip: str | None) -> None:
    assert slip_of(OWN, answer) == slip


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (0.075, "lost-minus"),
        (0.216, "other-formula"),
        (0.098, "other-class"),
        (0.684, "stopped-at-p"),
        (-0.684, "stopped-at-p"),
        (0.110, "stopped-at-other-p"),
        (-0.110, "stopped-at-other-p"),
        (0.316, "stopped-at-rest"),
        (0.572, "raw-output"),  # -(1.43 x -0.40)
        (-7.5, "percentage"),
        (-0.459, "unsquared-denominator"),  # e^-0.4 is 0.670: -4.179 x 0.670 / 6.108
        (-0.083, "rounding"),
        (0.0, None),
        (-0.15, None),
        (-0.27, None),
        (0.5, None),
    ],
)
def test_every_slip_of_a_cross_derivative_is_recognised(answer: float, slip: str | None) -> None:
    assert slip_of(CROSS, answer) == slip


@pytest.mark.parametrize("t", [0.5, 2])
@pytest.mark.parametrize(("i", "j"), [(0, 0), (0, 1), (1, 0), (2, 2), (1, 2)])
def test_a_missing_or_a_misplaced_temperature_is_recognised(t: float, i: int, j: int) -> None:
    scenario = Scenario(i=i, j=j, temperature=t)
    if tolerance(scenario) < abs(truth(scenario)) * abs(t - 1):
        assert slip_of(scenario, to_three_decimals(by_hand(scenario))) == "forgot-temperature"
        assert slip_of(scenario, to_three_decimals(by_hand(scenario) * t)) == "multiplied-by-temperature"


@pytest.mark.parametrize(
    ("scenario", "answer", "slip"),
    [
        # At T = 0.5 p is 0.896, 0.023 and 0.081.
        (Scenario(temperature=0.5), -0.187, "extra-minus"),
        (Scenario(temperature=0.5), 0.093, "forgot-temperature"),
        (Scenario(temperature=0.5), 0.047, "multiplied-by-temperature"),
        (Scenario(temperature=0.5), -1.605, "other-formula"),
        (Scenario(temperature=0.5), 0.896, "stopped-at-p"),
        (Scenario(temperature=0.5), 1.792, "stopped-at-p"),
        (Scenario(temperature=0.5), 0.104, "stopped-at-rest"),
        (Scenario(temperature=0.5), 18.7, "percentage"),
        (Scenario(temperature=0.5), 3.65, "unsquared-denominator"),
        (Scenario(temperature=0.5, j=2), 0.145, "lost-minus"),
        (Scenario(temperature=0.5, j=2), 0.187, "other-formula"),
        (Scenario(temperature=0.5, j=2), 0.149, "other-class"),
        (Scenario(temperature=0.5, j=2), -14.5, "percentage"),
        (Scenario(temperature=0.5, j=2), -0.073, "forgot-temperature"),
        # At T = 2 p is 0.511, 0.205 and 0.284: p (1 - p) is almost 1/4, with T 1/8.
        (Scenario(temperature=2), -0.125, "extra-minus"),
        (Scenario(temperature=2), 0.250, "forgot-temperature"),
        (Scenario(temperature=2), 0.500, "multiplied-by-temperature"),
        (Scenario(temperature=2), 0.511, "stopped-at-p"),
        (Scenario(temperature=2), 0.489, "stopped-at-rest"),
        (Scenario(temperature=2), 12.5, "percentage"),
        (Scenario(temperature=2, j=1), 0.052, "lost-minus"),
        (Scenario(temperature=2, j=1), 0.125, "other-formula"),
        (Scenario(temperature=2, j=1), 0.081, "other-class"),
        (Scenario(temperature=2, j=1), -0.105, "forgot-temperature"),
        (Scenario(temperature=2, j=1), -0.209, "multiplied-by-temperature"),
    ],
)
def test_the_slips_at_other_temperatures_are_recognised(
    scenario: Scenario, answer: float, slip: str | None
) -> None:
    assert slip_of(scenario, answer) == slip


@pytest.mark.parametrize(
    ("scenario", "answer", "slip"),
    [
        # Two classes: p is 0.953 and 0.047, so 1 - p_i is p_j and both formulas have one size.
        (TWO, -0.045, "extra-minus"),
        (TWO, 0.953, "stopped-at-p"),
        (TWO, 0.047, None),  # Within the tolerance, so there is nothing to tell apart.
        (TWO, 4.5, "percentage"),
        (TWO.with_cell(0, 1), 0.045, "lost-minus"),
        (TWO.with_cell(0, 1), 0.953, "stopped-at-p"),
        (TWO.with_cell(1, 0), 0.953, "stopped-at-other-p"),
        # Ten classes: seven has 0.432, three 0.262.
        (TEN, -0.245, "extra-minus"),
        (TEN, -0.187, "other-formula"),
        (TEN, 0.432, "stopped-at-p"),
        (TEN, 0.568, "stopped-at-rest"),
        (TEN, 24.5, "percentage"),
        (TEN, 31.0, "unsquared-denominator"),
        (TEN.with_cell(7, 3), 0.113, "lost-minus"),
        (TEN.with_cell(7, 3), 0.245, "other-formula"),
        (TEN.with_cell(7, 3), 0.193, "other-class"),
        (TEN.with_cell(7, 3), 0.262, "stopped-at-other-p"),
        # Saturated: p is 1.000 and two zeros, and so is every derivative.
        (SATURATED, -1, "other-formula"),
        (SATURATED, 1, "stopped-at-p"),
        (SATURATED.with_cell(0, 1), 1, "stopped-at-p"),
        (SATURATED.with_cell(1, 2), 1, "stopped-at-rest"),
        (SATURATED, 2, "unsquared-denominator"),
        (SATURATED, 0.0018, "rounding"),
        (SATURATED, 0.2, None),
        (SATURATED.with_cell(1, 1), 0.2, None),
    ],
)
def test_the_slips_of_two_ten_and_saturated_classes_are_recognised(
    scenario: Scenario, answer: float, slip: str | None
) -> None:
    verdict = judge_value(scenario, answer)
    assert verdict.slip == slip
    assert verdict.right == (slip is None and answer == 0.047)


def test_of_slips_that_give_one_number_the_first_in_the_documented_order_is_named() -> None:
    half = Scenario(classes=("a", "b"), z=(0, 0))
    assert slip_of(half, -0.25) == "extra-minus"  # Also -p_i p_i.
    assert slip_of(half.with_cell(0, 1), 0.25) == "lost-minus"  # Also both other formulas.
    assert slip_of(half.with_cell(0, 1), 0.5) == "stopped-at-p"  # Also p_j, 1 - p_i.
    assert slip_of(Scenario(z=(0, 0, 0), j=1), 2 / 9) == "other-formula"  # Also p_j (1 - p_j).


def test_a_number_that_fits_one_slip_to_three_decimals_is_not_taken_for_one_before_it() -> None:
    scenario = Scenario(z=(0.1, 0.13, 0.0), j=1)
    p_i, p_j = probabilities(scenario)[:2]
    own, other = p_i * (1 - p_i), p_j * (1 - p_j)
    assert 0.001 < other - own < tolerance(scenario)
    assert slip_of(scenario, own) == "other-formula"
    assert slip_of(scenario, other) == "other-class"


def test_the_quotient_rule_with_one_denominator_is_found_where_exponentials_overflow() -> None:
    scenario = Scenario(z=(50, 49.9, 0), temperature=0.05)
    assert judge_value(scenario, 1e300).slip is None
    warm = Scenario(z=(50, 49, 0))
    f, g = math.exp(50), math.exp(50) + math.exp(49) + 1
    assert slip_of(warm, f * (g - f) / g) == "unsquared-denominator"
    assert slip_of(warm.with_cell(0, 1), -f * math.exp(49) / g) == "unsquared-denominator"


# The hints for an answer that fits no slip.


@pytest.mark.parametrize(
    ("scenario", "answer", "says"),
    [
        (OWN, -0.9, "Look at the sign first: .* above zero"),
        (CROSS, 0.9, "Look at the sign first: .* below zero"),
        (OWN, 0.0, "Zero would mean that “setosa” does not react at all"),
        (OWN, 0.5, r"The sign of your number is right; look at its size next.* more than 0\.25 here\."),
        (Scenario(temperature=2), 0.2, r"more than 0\.125 here\."),
        (Scenario(temperature=0.3, j=1), -9, r"more than 0\.833 here\."),
        (
            OWN,
            0.18,
            "and its size is possible.* “setosa” times 1 minus itself",
        ),
        (CROSS, -0.15, "minus the probability of “setosa” times that of “versicolor”"),
    ],
)
def test_what_fits_no_slip_is_told_what_to_look_at_next(scenario: Scenario, answer: float, says: str) -> None:
    verdict = judge_value(scenario, answer)
    assert verdict[:2] == (False, None)
    assert re.search(says, verdict.words)


def test_the_words_of_a_slip_say_the_temperature_and_both_classes() -> None:
    words = judge_value(Scenario(temperature=2, j=1), -0.105).words
    assert words == (
        "The product for “setosa” and “versicolor” is right. "
        "What is left is to divide it by the temperature 2."
    )


def test_names_are_put_in_as_they_are_even_when_they_look_like_code() -> None:
    scenario = Scenario(classes=("{j}", "<b>%s", "\u05d0"), j=1)
    assert "“{j}”" in judge_value(scenario, 0.075).words
    assert "“<b>%s”" in judge_sign(scenario, "positive").words
    assert quoted("\u05d0") in judge_sign(scenario.with_cell(2, 2), "positive").words
