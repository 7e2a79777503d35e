"""A prediction is judged by the true value; a slip is recognised from the answer alone and named kindly."""

import math
import re
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, strategies as st
from numpy.typing import NDArray

from core.derivation.predictions import Verdict, judge_formula, judge_sign, judge_value, tolerance
from core.situation.presets import Preset
from core.situation.scenario import Scenario
from tests.core.derivation.predicted import (
    CROSS,
    OWN,
    SATURATED,
    SCOLD,
    TEN,
    TWO,
    all_verdicts,
    by_hand,
    each_preset,
    each_temperature,
    every_cell,
    scenarios,
    slip_of,
    to_three_decimals,
    truth,
)


@each_preset
@each_temperature
def test_the_words_name_the_classes_and_never_scold(preset: Preset, t: float) -> None:
    for scenario in every_cell(preset, t):
        named = {scenario.classes[scenario.i], scenario.classes[scenario.j]}
        for verdict in all_verdicts(scenario):
            assert set(re.findall("“(.*?)”", verdict.words)) <= named
            said = re.sub("“.*?”", "“”", verdict.words)
            assert "“”" in said
            assert not SCOLD.search(said)
            assert said[0].isupper() or said[0] == "“"
            assert said[-1] == "."
            assert said.count(". ") <= 1, "at most two sentences"


@each_preset
@each_temperature
def test_a_slip_has_a_stable_key_and_is_never_claimed_of_what_is_right(preset: Preset, t: float) -> None:
    for scenario in every_cell(preset, t):
        for verdict in all_verdicts(scenario):
            assert verdict.right == verdict.words.startswith("Yes: ")
            assert verdict.slip is None or (not verdict.right and re.fullmatch("[a-z-]+", verdict.slip))


@each_preset
@each_temperature
def test_what_the_three_decimals_on_the_screen_give_is_right(preset: Preset, t: float) -> None:
    for scenario in every_cell(preset, t):
        answers = [by_hand(scenario) / t, to_three_decimals(by_hand(scenario)) / t, truth(scenario)]
        for answer in [*answers, *map(to_three_decimals, answers)]:
            assert judge_value(scenario, answer).right


@given(scenario=scenarios)
def test_what_three_decimals_give_is_right_in_every_situation(scenario: Scenario) -> None:
    assert judge_value(scenario, by_hand(scenario) / scenario.temperature).right
    assert judge_value(scenario, to_three_decimals(by_hand(scenario) / scenario.temperature)).right
    assert judge_value(scenario, to_three_decimals(by_hand(scenario)) / scenario.temperature).right


@pytest.mark.parametrize(
    ("scenario", "stated"),
    [(cell, 0.005) for cell in (OWN, CROSS, Scenario(i=1, j=2), TWO, TEN)]
    + [
        (SATURATED, 0.001),
        (Scenario(z=(5, 0.5, -0.5), j=1), 0.001),
        (Scenario(temperature=0.5), 0.01),
        (Scenario(temperature=2), 0.003),
        (Scenario(z=(1, 0), classes=("a", "b"), temperature=0.05), 0.02),
        (Scenario(z=(0, 0), classes=("a", "b"), temperature=0.05), 0.1),
        (Scenario(temperature=20), 0.001),
    ],
)
def test_the_tolerance_fits_the_temperature_and_the_size(scenario: Scenario, stated: float) -> None:
    assert tolerance(scenario) == stated


@given(scenario=scenarios)
def test_the_tolerance_has_one_digit_and_three_decimals_write_it(scenario: Scenario) -> None:
    stated = tolerance(scenario)
    assert 0.001 <= stated <= 0.1
    assert f"{stated:.3f}".strip("0.") in list("123456789")
    assert float(f"{stated:.3f}") == stated


@given(scenario=scenarios, part=st.floats(-1, 1))
def test_a_value_is_right_exactly_within_the_tolerance_and_then_no_slip_is_claimed(
    scenario: Scenario, part: float
) -> None:
    allowed = tolerance(scenario)
    within = judge_value(scenario, truth(scenario) + part * allowed)
    assert within.right
    assert within.slip is None
    assert not judge_value(scenario, truth(scenario) + math.copysign(1.002, part) * allowed).right


@given(scenario=scenarios)
def test_a_derivative_larger_than_the_tolerance_is_never_right_with_the_other_sign(
    scenario: Scenario,
) -> None:
    if abs(truth(scenario)) > tolerance(scenario):
        assert slip_of(scenario, -truth(scenario)) in ("lost-minus", "extra-minus")


def test_the_words_of_a_right_value_say_the_formula_or_that_it_is_almost_zero() -> None:
    assert judge_value(OWN, 0.216) == Verdict(
        True, None, "Yes: the probability of “setosa” times 1 minus itself."
    )
    assert judge_value(Scenario(j=1, temperature=2), -0.052).words == (
        "Yes: minus the probability of “setosa” times that of “versicolor”, divided by the temperature 2."
    )
    assert "barely above zero" in judge_value(SATURATED, 0).words
    assert "barely below zero" in judge_value(SATURATED.with_cell(0, 1), 0.0005).words


# The sign and the formula.


@pytest.mark.parametrize("scenario", [OWN, TWO, TEN, SATURATED, Scenario(i=2, j=2, temperature=0.05)])
def test_a_class_gains_from_its_own_raw_output(scenario: Scenario) -> None:
    assert judge_sign(scenario, "positive").right
    assert judge_formula(scenario, "own").right
    assert judge_sign(scenario, "negative")[:2] == (False, "thought-of-others")
    assert judge_formula(scenario, "cross")[:2] == (False, "other-formula")


@pytest.mark.parametrize(
    "scenario", [CROSS, TWO.with_cell(1, 0), TEN.with_cell(7, 3), SATURATED.with_cell(1, 2)]
)
def test_a_class_loses_from_the_raw_output_of_another(scenario: Scenario) -> None:
    assert judge_sign(scenario, "negative").right
    assert judge_formula(scenario, "cross").right
    assert judge_sign(scenario, "positive")[:2] == (False, "thought-of-own")
    assert judge_formula(scenario, "own")[:2] == (False, "other-formula")


def test_with_two_classes_the_minus_is_all_that_tells_the_formulas_apart() -> None:
    assert "same size" in judge_formula(TWO.with_cell(0, 1), "own").words
    assert "same size" not in judge_formula(CROSS, "own").words


def test_a_derivative_too_small_for_a_float_still_has_a_sign() -> None:
    scenario = Scenario(z=(50, -50, -50), temperature=0.05, i=1, j=2)
    assert judge_sign(scenario, "negative").right
    assert "barely below zero" in judge_value(scenario, 0.0).words


# The slips of the worked example, with the numbers a learner would type: p is 0.684, 0.110 and 0.206.


@given(scenario=scenarios, answer=st.floats(allow_nan=False, allow_infinity=False))
@example(scenario=OWN, answer=1.7976931348623157e308)
@example(scenario=CROSS, answer=-1.7976931348623157e308)
@example(scenario=Scenario(z=(50, -50, 50), temperature=0.05, j=2), answer=5e-324)
@example(scenario=Scenario(z=(-50, -50, 50), temperature=0.05, i=1, j=1), answer=-0.0)
def test_any_float_can_be_judged(scenario: Scenario, answer: float) -> None:
    assert_judged_by_the_tolerance(scenario, answer)


@given(scenario=scenarios, part=st.floats(-3, 3))
def test_any_number_about_as_large_as_the_derivatives_can_be_judged(scenario: Scenario, part: float) -> None:
    assert_judged_by_the_tolerance(scenario, part / scenario.temperature)


def assert_judged_by_the_tolerance(scenario: Scenario, answer: float) -> None:
    verdict = judge_value(scenario, answer)
    assert verdict.words
    assert verdict.right == (abs(answer - truth(scenario)) <= tolerance(scenario) * 1.001)


@pytest.mark.parametrize("answer", [np.float32(0.216), Fraction(216, 1000), np.array(0.216)])
def test_numbers_of_other_kinds_are_judged_too(answer: np.float32 | Fraction | NDArray[np.float64]) -> None:
    assert judge_value(OWN, answer).right  # type: ignore[arg-type]
    assert not judge_value(OWN, 10**300).right


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: judge_value(OWN, math.nan), ValueError, "answer holds nan"),
        (lambda: judge_value(OWN, -math.inf), ValueError, "answer holds -inf"),
        (lambda: judge_value(OWN, 10**400), ValueError, "answer holds inf"),
        (
            lambda: judge_value(OWN, "0.216"),  # type: ignore[arg-type]
            TypeError,
            "answer holds values of type str",
        ),
        (lambda: judge_value(OWN, None), TypeError, "answer holds None"),  # type: ignore[arg-type]
        (lambda: judge_value(OWN, True), TypeError, "answer holds values of type bool"),
        (
            lambda: judge_value(OWN, [0.216]),  # type: ignore[arg-type]
            TypeError,
            "answer is a sequence; one number is accepted",
        ),
        (
            lambda: judge_sign(OWN, "up"),  # type: ignore[arg-type]
            ValueError,
            'answer is “\'up\'”; "positive" or "negative" is',
        ),
        (
            lambda: judge_sign(OWN, 1),  # type: ignore[arg-type]
            TypeError,
            'answer is “1”; "positive" or "negative" is accepted',
        ),
        (
            lambda: judge_formula(OWN, "p"),  # type: ignore[arg-type]
            ValueError,
            'answer is “\'p\'”; "own" or "cross" is accepted',
        ),
        (
            lambda: judge_formula(OWN, None),  # type: ignore[arg-type]
            TypeError,
            'answer is “None”; "own" or "cross" is accepted',
        ),
    ],
)
def test_bad_answers_are_named(call: Callable[[], object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        call()
