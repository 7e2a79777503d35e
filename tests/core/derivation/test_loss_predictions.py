"""A predicted gradient is judged by the true one, and what is said about a slip is true."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from core.derivation.loss_predictions import Aim, gradient_tolerance, judge_gradient
from core.derivatives import jacobian
from core.descent import LOSSES, Loss
from core.loss import smoothed
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.core.derivation.predicted import SCOLD, scenarios, to_three_decimals

NOW = Scenario()
losses = st.sampled_from(list(LOSSES))
certainties = st.sampled_from([1.0, 0.95, 0.9, 0.8, 0.5]) | st.floats(0.5, 1)


def target(scenario: Scenario, aim: Aim) -> list[float]:
    found: list[float] = smoothed(aim.true, len(scenario.classes), aim.certainty).tolist()
    return found


def truth(scenario: Scenario, aim: Aim, k: int) -> float:
    _, gradient = LOSSES[aim.loss]
    return float(gradient(scenario.z, target(scenario, aim), scenario.temperature)[k])


def by_hand(scenario: Scenario, aim: Aim, k: int) -> list[float]:
    """What a learner gets from the three decimals of p and y on the screen, rounded or not at the end."""
    p = [to_three_decimals(value) for value in softmax(scenario.z, scenario.temperature)]
    y = [to_three_decimals(value) for value in target(scenario, aim)]
    error = [a - b for a, b in zip(p, y, strict=True)]
    found = error[k]
    if aim.loss == "squared error":
        found = p[k] * (error[k] - sum(a * b for a, b in zip(p, error, strict=True)))
    t = scenario.temperature
    return [found / t, to_three_decimals(found / t), to_three_decimals(found) / t,
            to_three_decimals(to_three_decimals(found) / t)]  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[Scenario, Aim, int]:
    scenario = draw(scenarios)
    classes = st.integers(0, len(scenario.classes) - 1)
    return scenario, Aim(draw(classes), draw(certainties), draw(losses)), draw(classes)


@given(case=cases())
def test_the_gradient_and_what_three_decimals_give_are_right(case: tuple[Scenario, Aim, int]) -> None:
    scenario, aim, k = case
    for answer in (truth(*case), *by_hand(*case)):
        verdict = judge_gradient(scenario, aim, k, answer)
        assert verdict.right, answer
        assert verdict.slip is None
        assert verdict.words.startswith("Yes")


@given(case=cases())
def test_the_tolerance_can_be_written_with_one_digit(case: tuple[Scenario, Aim, int]) -> None:
    stated = gradient_tolerance(*case)
    assert stated >= 0.001
    assert f"{stated:.3f}".strip("0.") in list("123456789")
    assert float(f"{stated:.3f}") == stated


@given(case=cases(), part=st.floats(-1, 1))
def test_a_value_is_right_exactly_within_the_tolerance(case: tuple[Scenario, Aim, int], part: float) -> None:
    allowed = gradient_tolerance(*case)
    assert judge_gradient(*case, truth(*case) + part * allowed).right
    assert not judge_gradient(*case, truth(*case) + math.copysign(1.002, part) * allowed).right


def slips_by_formula(scenario: Scenario, aim: Aim, k: int) -> dict[str, list[float]]:
    """For each slip, the numbers that its words claim."""
    t, z, y = scenario.temperature, scenario.z, target(scenario, aim)
    p = softmax(z, t).tolist()
    column = jacobian(z, t)[:, k].tolist()
    exact, true = truth(scenario, aim, k), aim.true
    other: Loss = "cross-entropy" if aim.loss == "squared error" else "squared error"
    each = range(len(z))
    return {
        "flipped-sign": [-exact],
        "forgot-target": [p[k], p[k] / t],
        "target-of-true": [p[k] - y[true], (p[k] - y[true]) / t],
        "forgot-temperature": [exact * t],
        "multiplied-by-temperature": [exact * t * t],
        "stopped-at-error": [p[k] - y[k], (p[k] - y[k]) / t],
        "own-term": [(p[k] - y[k]) * column[k]],
        "doubled": [2 * exact],
        "other-class": [truth(scenario, aim, m) for m in each if m != k],
        "other-loss": [truth(scenario, aim._replace(loss=other), k)],
        "jacobian": [column[true]],
        "stopped-at-p": [p[true]],
        "stopped-at-first-factor": [-1 / p[true]] if p[true] else [],
        "raw-output": [z[k] - y[k], (z[k] - y[k]) / t],
        "percentage": [100 * exact],
        "rounding": [exact],
    }


def assert_the_words_are_true(scenario: Scenario, aim: Aim, k: int, answer: float) -> None:
    verdict = judge_gradient(scenario, aim, k, answer)
    exact, allowed = truth(scenario, aim, k), gradient_tolerance(scenario, aim, k)
    said = re.sub("“.*?”", "“”", verdict.words)
    assert not SCOLD.search(said.replace("quared error", "")), said
    assert said[0].isupper()
    assert said[-1] == "."
    assert said.count(". ") <= 1, "at most two sentences"
    assert verdict.right == (abs(answer - exact) <= allowed * 1.001) == said.startswith("Yes")
    if verdict.slip:
        claimed = slips_by_formula(scenario, aim, k)[verdict.slip]
        width = 2 * allowed if verdict.slip == "rounding" else 0
        assert any(abs(answer - x) <= 1.002 * max(width, 0.001, 0.0005 + abs(x) / 20) for x in claimed)
    if "raises the loss" in said:
        assert exact > 0
    if "lowers the loss" in said:
        assert exact < 0
    if "is above zero" in said:
        assert answer <= 0 < exact
    if "is below zero" in said:
        assert exact < 0 <= answer
    if within := re.search("within ([0-9.]+) of zero", said):
        assert abs(exact) <= float(within[1])
    if "its size is possible" in said or "look at its size" in said:
        assert answer * exact > 0
    if "divide" in said and "temperature" in said:
        assert scenario.temperature != 1
    if limit := re.search(r"never more than ([0-9.]+) here", said):
        assert abs(exact) <= float(limit[1]) * (1 + 1e-12)


@given(case=cases(), part=st.floats(-2, 2))
def test_the_words_about_any_answer_are_true(case: tuple[Scenario, Aim, int], part: float) -> None:
    assert_the_words_are_true(*case, part / case[0].temperature)


@settings(max_examples=300)
@given(case=cases(), data=st.data())
def test_the_number_of_each_slip_gets_true_words(
    case: tuple[Scenario, Aim, int], data: st.DataObject
) -> None:
    possible = [x for found in slips_by_formula(*case).values() for x in found if abs(x) < 1e9]
    answer = data.draw(st.sampled_from(possible))
    off = data.draw(st.sampled_from([0, -0.002, 0.003]))
    assert_the_words_are_true(*case, answer + off)
    assert_the_words_are_true(*case, to_three_decimals(answer))


@given(case=cases(), answer=st.floats(allow_nan=False, allow_infinity=False))
def test_any_float_can_be_judged(case: tuple[Scenario, Aim, int], answer: float) -> None:
    assert_the_words_are_true(*case, answer)


@pytest.mark.parametrize(
    ("aim", "k", "answer", "slip"),
    [
        # p is 0.684, 0.110, 0.206, and versicolor is true.
        (Aim(1), 1, 0.890, "flipped-sign"),
        (Aim(1), 1, 0.110, "forgot-target"),
        (Aim(1), 0, -0.316, "target-of-true"),
        (Aim(1), 0, 0.206, "other-class"),
        (Aim(1), 0, -0.890, "other-class"),
        (Aim(1), 0, -0.075, "jacobian"),
        (Aim(1), 0, 0.110, "stopped-at-p"),
        (Aim(1), 0, -9.115, "stopped-at-first-factor"),
        (Aim(1), 1, -1.40, "raw-output"),
        (Aim(1), 0, 68.4, "percentage"),
        (Aim(1), 0, 0.676, "rounding"),
        (Aim(1), 1, -0.139, "other-loss"),
        (Aim(1), 1, -0.5, None),
        (Aim(1), 0, 1.5, None),
        (Aim(1), 0, 0.0, None),
        (Aim(1, loss="squared error"), 1, -0.890, "stopped-at-error"),
        (Aim(1, loss="squared error"), 1, -0.087, "own-term"),
        (Aim(1, loss="squared error"), 1, -0.330, "doubled"),
    ],
)
def test_the_slips_of_the_worked_example(aim: Aim, k: int, answer: float, slip: str | None) -> None:
    verdict = judge_gradient(NOW, aim, k, answer)
    if slip in ("other-loss", "own-term", "doubled"):
        claimed = {key: found[0] for key, found in slips_by_formula(NOW, aim, k).items()}
        verdict = judge_gradient(NOW, aim, k, to_three_decimals(claimed[slip]))
    assert verdict[:2] == (False, slip)


@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("t", [0.5, 2])
def test_a_missing_or_a_misplaced_temperature_is_recognised(t: float, loss: Loss) -> None:
    scenario, aim = Scenario(temperature=t), Aim(1, loss=loss)
    exact = truth(scenario, aim, 0)
    assert judge_gradient(scenario, aim, 0, exact * t).slip == "forgot-temperature"
    assert judge_gradient(scenario, aim, 0, exact * t * t).slip == "multiplied-by-temperature"


def test_names_are_quoted_and_the_target_is_said() -> None:
    scenario = Scenario(classes=("{k}", "<b>%s"), z=(1, 0))
    assert judge_gradient(scenario, Aim(1), 1, 0.27).words == (
        "So far that is the probability of “<b>%s”. Its target is still to be subtracted."
    )
    assert judge_gradient(scenario, Aim(1), 1, -0.73).words == (
        "Yes: the probability of “<b>%s” minus its target, 1."
    )


@pytest.mark.parametrize(
    ("k", "answer", "error"),
    [(3, 0.1, ValueError), (True, 0.1, TypeError), (0, math.nan, ValueError), (0, "0.1", TypeError),
     (0, [0.1], TypeError)],
)  # fmt: skip
def test_bad_answers_are_refused(k: int, answer: float, error: type[Exception]) -> None:
    with pytest.raises(error):
        judge_gradient(NOW, Aim(1), k, answer)
    assert judge_gradient(NOW, Aim(1), 1, np.float64(-0.89)).right
