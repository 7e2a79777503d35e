"""A prediction is judged by what is true, and a slip is told from the answer alone, kindly."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, strategies as st

from core.names import quoted
from core.prediction import Verdict, judge_formula, judge_sign, judge_value, tolerance
from core.presets import PRESETS, find
from core.scenario import Scenario
from tests.core.oracle import exact, exact_jacobian

OWN, CROSS = Scenario(), Scenario(j=1)
SATURATED = find("saturated").scenario
TEN = find("ten-classes").scenario
TWO = find("two-classes").scenario
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


def every_cell(preset, t):
    n = len(preset.scenario.classes)
    return [preset.scenario.with_temperature(t).with_cell(i, j) for i, j in product(range(n), repeat=2)]


_exact_jacobian = cache(exact_jacobian)


def truth(scenario):
    return float(_exact_jacobian(scenario.z, scenario.temperature)[scenario.i][scenario.j])


def probabilities(scenario):
    p, _ = exact(scenario.z, scenario.temperature)
    return [float(value) for value in p]


def to_three_decimals(value):
    """Round as the screen does."""
    return float(Decimal(value).quantize(Decimal("0.001"), rounding=ROUND_HALF_UP))


def on_screen(scenario):
    """Return p_i and p_j as they are read: with three decimals."""
    p = probabilities(scenario)
    return to_three_decimals(p[scenario.i]), to_three_decimals(p[scenario.j])


def by_hand(scenario):
    """Return the product of what is read, not yet divided by T."""
    p_i, p_j = on_screen(scenario)
    return p_i * (1 - p_i) if scenario.i == scenario.j else -p_i * p_j


def slip_of(scenario, answer):
    verdict = judge_value(scenario, answer)
    assert not verdict.right
    return verdict.slip


@cache
def all_verdicts(scenario):
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


@each_preset
@each_temperature
def test_the_words_name_the_classes_and_never_scold(preset, t):
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
def test_a_slip_has_a_stable_key_and_is_never_claimed_of_what_is_right(preset, t):
    for scenario in every_cell(preset, t):
        for verdict in all_verdicts(scenario):
            assert verdict.right == verdict.words.startswith("Yes: ")
            assert verdict.slip is None or (not verdict.right and re.fullmatch("[a-z-]+", verdict.slip))


@each_preset
@each_temperature
def test_what_the_three_decimals_on_the_screen_give_is_right(preset, t):
    for scenario in every_cell(preset, t):
        answers = [by_hand(scenario) / t, to_three_decimals(by_hand(scenario)) / t, truth(scenario)]
        for answer in [*answers, *map(to_three_decimals, answers)]:
            assert judge_value(scenario, answer).right


@given(scenario=scenarios)
def test_what_three_decimals_give_is_right_in_every_situation(scenario):
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
        (Scenario(z=(1, 0), classes=["a", "b"], temperature=0.05), 0.02),
        (Scenario(z=(0, 0), classes=["a", "b"], temperature=0.05), 0.1),
        (Scenario(temperature=20), 0.001),
    ],
)
def test_the_tolerance_fits_the_temperature_and_the_size(scenario, stated):
    assert tolerance(scenario) == stated


@given(scenario=scenarios)
def test_the_tolerance_has_one_digit_and_three_decimals_write_it(scenario):
    stated = tolerance(scenario)
    assert 0.001 <= stated <= 0.1
    assert f"{stated:.3f}".strip("0.") in list("123456789")
    assert float(f"{stated:.3f}") == stated


@given(scenario=scenarios, part=st.floats(-1, 1))
def test_a_value_is_right_exactly_within_the_tolerance_and_then_no_slip_is_claimed(scenario, part):
    allowed = tolerance(scenario)
    within = judge_value(scenario, truth(scenario) + part * allowed)
    assert within.right
    assert within.slip is None
    assert not judge_value(scenario, truth(scenario) + math.copysign(1.002, part) * allowed).right


@given(scenario=scenarios)
def test_a_derivative_larger_than_the_tolerance_is_never_right_with_the_other_sign(scenario):
    if abs(truth(scenario)) > tolerance(scenario):
        assert slip_of(scenario, -truth(scenario)) in ("lost-minus", "extra-minus")


def test_the_words_of_a_right_value_say_the_formula_or_that_it_is_almost_zero():
    assert judge_value(OWN, 0.216) == Verdict(
        True, None, "Yes: the probability of “setosa” times what it lacks to 1."
    )
    assert judge_value(Scenario(j=1, temperature=2), -0.052).words == (
        "Yes: minus the probability of “setosa” times that of “versicolor”, divided by the temperature 2."
    )
    assert "barely above zero" in judge_value(SATURATED, 0).words
    assert "barely below zero" in judge_value(SATURATED.with_cell(0, 1), 0.0005).words


# The sign and the formula.


@pytest.mark.parametrize("scenario", [OWN, TWO, TEN, SATURATED, Scenario(i=2, j=2, temperature=0.05)])
def test_a_class_gains_from_its_own_raw_output(scenario):
    assert judge_sign(scenario, "positive").right
    assert judge_formula(scenario, "own").right
    assert judge_sign(scenario, "negative")[:2] == (False, "thought-of-others")
    assert judge_formula(scenario, "cross")[:2] == (False, "other-formula")


@pytest.mark.parametrize(
    "scenario", [CROSS, TWO.with_cell(1, 0), TEN.with_cell(7, 3), SATURATED.with_cell(1, 2)]
)
def test_a_class_loses_from_the_raw_output_of_another(scenario):
    assert judge_sign(scenario, "negative").right
    assert judge_formula(scenario, "cross").right
    assert judge_sign(scenario, "positive")[:2] == (False, "thought-of-own")
    assert judge_formula(scenario, "own")[:2] == (False, "other-formula")


def test_with_two_classes_the_minus_is_all_that_tells_the_formulas_apart():
    assert "same size" in judge_formula(TWO.with_cell(0, 1), "own").words
    assert "same size" not in judge_formula(CROSS, "own").words


def test_a_derivative_too_small_for_a_float_still_has_a_sign():
    scenario = Scenario(z=(50, -50, -50), temperature=0.05, i=1, j=2)
    assert judge_sign(scenario, "negative").right
    assert "barely below zero" in judge_value(scenario, 0.0).words


# The slips of the worked example, with the numbers a learner would type: p is 0.684, 0.110 and 0.206.


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (-0.216, "extra-minus"),
        (-0.468, "other-formula"),  # -p_i p_i
        (0.684, "stopped-at-p"),
        (0.316, "stopped-at-rest"),
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
def test_every_slip_of_an_own_derivative_is_recognised(answer, slip):
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
        (-7.5, "percentage"),
        (-0.459, "unsquared-denominator"),  # e^-0.4 is 0.670: -4.179 x 0.670 / 6.108
        (-0.083, "rounding"),
        (0.0, None),
        (-0.15, None),
        (-0.27, None),
        (0.5, None),
    ],
)
def test_every_slip_of_a_cross_derivative_is_recognised(answer, slip):
    assert slip_of(CROSS, answer) == slip


@pytest.mark.parametrize("t", [0.5, 2])
@pytest.mark.parametrize(("i", "j"), [(0, 0), (0, 1), (1, 0), (2, 2), (1, 2)])
def test_a_missing_or_a_misplaced_temperature_is_recognised(t, i, j):
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
def test_the_slips_at_other_temperatures_are_recognised(scenario, answer, slip):
    assert slip_of(scenario, answer) == slip


@pytest.mark.parametrize(
    ("scenario", "answer", "slip"),
    [
        # Two classes: p is 0.953 and 0.047, so 1 - p_i is p_j and both formulas have one size.
        (TWO, -0.045, "extra-minus"),
        (TWO, 0.953, "stopped-at-p"),
        (TWO, 0.047, None),  # Within the tolerance: nothing to be told apart.
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
def test_the_slips_of_two_ten_and_saturated_classes_are_recognised(scenario, answer, slip):
    verdict = judge_value(scenario, answer)
    assert verdict.slip == slip
    assert verdict.right == (slip is None and answer == 0.047)


def test_of_slips_that_give_one_number_the_first_in_the_documented_order_is_named():
    half = Scenario(classes=["a", "b"], z=[0, 0])
    assert slip_of(half, -0.25) == "extra-minus"  # Also -p_i p_i.
    assert slip_of(half.with_cell(0, 1), 0.25) == "lost-minus"  # Also both other formulas.
    assert slip_of(half.with_cell(0, 1), 0.5) == "stopped-at-p"  # Also p_j, 1 - p_i.
    assert slip_of(Scenario(z=[0, 0, 0], j=1), 2 / 9) == "other-formula"  # Also p_j (1 - p_j).


def test_a_number_that_fits_one_slip_to_three_decimals_is_not_taken_for_one_before_it():
    scenario = Scenario(z=[0.1, 0.13, 0.0], j=1)
    p_i, p_j = probabilities(scenario)[:2]
    own, other = p_i * (1 - p_i), p_j * (1 - p_j)
    assert 0.001 < other - own < tolerance(scenario)
    assert slip_of(scenario, own) == "other-formula"
    assert slip_of(scenario, other) == "other-class"


def test_the_quotient_rule_with_one_denominator_is_found_where_exponentials_overflow():
    scenario = Scenario(z=(50, 49.9, 0), temperature=0.05)
    assert judge_value(scenario, 1e300).slip is None
    warm = Scenario(z=(50, 49, 0))
    f, g = math.exp(50), math.exp(50) + math.exp(49) + 1
    assert slip_of(warm, f * (g - f) / g) == "unsquared-denominator"
    assert slip_of(warm.with_cell(0, 1), -f * math.exp(49) / g) == "unsquared-denominator"


# What is said when nothing fits.


@pytest.mark.parametrize(
    ("scenario", "answer", "says"),
    [
        (OWN, -0.9, "Look at the sign first: .* above zero"),
        (CROSS, 0.9, "Look at the sign first: .* below zero"),
        (OWN, 0.0, "Zero would mean that “setosa” does not react at all"),
        (OWN, 0.5, r"The sign fits; look at the size next.* more than 0\.25\."),
        (Scenario(temperature=2), 0.2, r"more than 0\.125\."),
        (Scenario(temperature=0.3, j=1), -9, r"more than 0\.833\."),
        (OWN, 0.18, "The sign fits, and the size is possible.* “setosa” times what it lacks to 1"),
        (CROSS, -0.15, "minus the probability of “setosa” times that of “versicolor”"),
    ],
)
def test_what_fits_no_slip_is_told_what_to_look_at_next(scenario, answer, says):
    verdict = judge_value(scenario, answer)
    assert verdict[:2] == (False, None)
    assert re.search(says, verdict.words)


def test_the_words_of_a_slip_say_the_temperature_and_both_classes():
    words = judge_value(Scenario(temperature=2, j=1), -0.105).words
    assert words == (
        "The product for “setosa” and “versicolor” is there. "
        "What is left is to divide it by the temperature 2."
    )


def test_names_are_put_in_as_they_are_even_when_they_look_like_code():
    scenario = Scenario(classes=["{j}", "<b>%s", "\u05d0"], j=1)
    assert "“{j}”" in judge_value(scenario, 0.075).words
    assert "“<b>%s”" in judge_sign(scenario, "positive").words
    assert quoted("\u05d0") in judge_sign(scenario.with_cell(2, 2), "positive").words


# What can be judged.


@given(scenario=scenarios, answer=st.floats(allow_nan=False, allow_infinity=False))
@example(scenario=OWN, answer=1.7976931348623157e308)
@example(scenario=CROSS, answer=-1.7976931348623157e308)
@example(scenario=Scenario(z=(50, -50, 50), temperature=0.05, j=2), answer=5e-324)
@example(scenario=Scenario(z=(-50, -50, 50), temperature=0.05, i=1, j=1), answer=-0.0)
def test_any_float_can_be_judged(scenario, answer):
    verdict = judge_value(scenario, answer)
    assert verdict.words
    assert verdict.right == (abs(answer - truth(scenario)) <= tolerance(scenario) * 1.001)


@given(scenario=scenarios, part=st.floats(-3, 3))
def test_any_number_about_as_large_as_the_derivatives_can_be_judged(scenario, part):
    test_any_float_can_be_judged.hypothesis.inner_test(scenario, part / scenario.temperature)


@pytest.mark.parametrize("answer", [np.float32(0.216), Fraction(216, 1000), np.array(0.216)])
def test_numbers_of_other_kinds_are_judged_too(answer):
    assert judge_value(OWN, answer).right
    assert not judge_value(OWN, 10**300).right


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: judge_value(OWN, math.nan), ValueError, "answer holds nan"),
        (lambda: judge_value(OWN, -math.inf), ValueError, "answer holds -inf"),
        (lambda: judge_value(OWN, 10**400), ValueError, "answer holds inf"),
        (lambda: judge_value(OWN, "0.216"), TypeError, "answer holds values of type str"),
        (lambda: judge_value(OWN, None), TypeError, "answer holds None"),
        (lambda: judge_value(OWN, True), TypeError, "answer holds values of type bool"),
        (lambda: judge_value(OWN, [0.216]), TypeError, "answer is a sequence; one number is accepted"),
        (lambda: judge_sign(OWN, "up"), ValueError, 'answer is “\'up\'”; "positive" or "negative" is'),
        (lambda: judge_sign(OWN, 1), TypeError, 'answer is “1”; "positive" or "negative" is accepted'),
        (lambda: judge_formula(OWN, "p"), ValueError, 'answer is “\'p\'”; "own" or "cross" is accepted'),
        (lambda: judge_formula(OWN, None), TypeError, 'answer is “None”; "own" or "cross" is accepted'),
    ],
)
def test_bad_answers_are_named(call, error, says):
    with pytest.raises(error, match=says):
        call()
