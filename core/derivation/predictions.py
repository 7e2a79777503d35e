"""Judges a learner's prediction before the result is shown, and says what the likely slip was."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from core.derivation.slips import ROUNDING, Slip, Verdict, likely, near, one_number, tolerance_for
from core.derivatives import jacobian
from core.situation.names import quoted
from core.situation.scenario import Scenario
from core.softmax import log_softmax
from core.text import number_text

__all__ = ["Verdict", "judge_formula", "judge_sign", "judge_value", "tolerance"]


def tolerance(scenario: Scenario) -> float:
    """Return how far from the derivative an accepted value may be. The question states it.

    It is 0.005 / T, rounded to one digit. If that is more than a quarter of the derivative, or less than the
    largest rounding error, the tolerance is the largest rounding error instead. So a value is always accepted
    if it was computed from probabilities of three decimals and itself rounded to three decimals, before or
    after dividing by T. The tolerance never needs more than three decimals.

    Parameters
    ----------
    scenario : Scenario
        Its `i` and `j` say which derivative.

    Examples
    --------
    >>> tolerance(Scenario()), tolerance(Scenario(z=(40, 0, 0))), tolerance(Scenario(temperature=0.5))
    (0.005, 0.001, 0.01)
    """
    t = scenario.temperature
    return tolerance_for(_derivative(scenario), t, ROUNDING * max(1, 1 / t))


def judge_sign(scenario: Scenario, answer: Literal["positive", "negative"]) -> Verdict:
    """Judge whether the derivative was predicted to be positive or negative.

    Parameters
    ----------
    scenario : Scenario
        Its `i` and `j` say which derivative.
    answer : "positive" or "negative"
        The prediction.

    Returns
    -------
    Verdict
        Its slip is "thought-of-others" if i = j, else "thought-of-own".

    Raises
    ------
    TypeError
        If `answer` is not text.
    ValueError
        If it is another text.
    """
    _check_choice(answer, "positive", "negative")
    own, i, j = _cell(scenario)
    if own == (answer == "positive"):
        return Verdict(True, None, f"Yes: {_direction(scenario)}.")
    if own:
        words = f"The other classes lose when the raw output of {i} is raised. What they lose, {i} gains."
        return Verdict(False, "thought-of-others", words)
    words = (
        f"{j} itself gains when its raw output is raised. The exponential of {i} stays the same while the "
        f"sum that it is divided by grows, so {i} loses."
    )
    return Verdict(False, "thought-of-own", words)


def judge_formula(scenario: Scenario, answer: Literal["own", "cross"]) -> Verdict:
    """Judge which of the two formulas was predicted.

    Parameters
    ----------
    scenario : Scenario
        Its `i` and `j` say which derivative.
    answer : "own" or "cross"
        p_i (1 - p_i) or -p_i p_j, each divided by T.

    Returns
    -------
    Verdict
        Its slip is "other-formula".

    Raises
    ------
    TypeError, ValueError
        See `judge_sign`.
    """
    _check_choice(answer, "own", "cross")
    own, i, j = _cell(scenario)
    if own == (answer == "own"):
        return Verdict(True, None, f"Yes: {_recipe(scenario)}.")
    if own:
        words = f"That formula is for two different classes. Here there is only {i}, with its own raw output."
    elif len(scenario.classes) == 2:
        words = f"With two classes both formulas have the same size. The sign decides: {j} gains, {i} loses."
    else:
        words = f"That formula is for a class and its own raw output. Here {j} is raised and {i} only reacts."
    return Verdict(False, "other-formula", words)


def judge_value(scenario: Scenario, answer: float) -> Verdict:
    """Judge the predicted value of the derivative.

    Parameters
    ----------
    scenario : Scenario
        Its `i` and `j` say which derivative.
    answer : float
        The prediction.

    Returns
    -------
    Verdict
        Its slip is the one that leads to this number: "lost-minus" (i and j differ) or "extra-minus" (i = j),
        "other-formula", "other-class" (p_j (1 - p_j)), "forgot-temperature", "multiplied-by-temperature",
        "stopped-at-p" (p_i), "stopped-at-other-p" (p_j), "stopped-at-rest" (1 - p_i), "loss-gradient"
        (p_i - 1), "raw-output" (p_i (1 - z_i) or -z_i z_j), "percentage", "unsquared-denominator" or
        "rounding". If it is None, the words say what to look at next.

    Raises
    ------
    TypeError
        If `answer` is not a real number.
    ValueError
        If it is nan or infinite.

    Notes
    -----
    If several slips lead to the same number, the first in this order is named. A lost sign is the most
    frequent slip. Then come the formula of another cell, one operation with T too few or too many, a formula
    left half-way, and the right number written differently. Few learners work with the exponentials, and
    rounding comes last. A slip whose number fits to three decimals comes before one whose number fits only
    within the tolerance. A slip whose number would be accepted is ignored.

    Examples
    --------
    >>> judge_value(Scenario(j=1), 0.075).slip, judge_value(Scenario(), 0.18).slip
    ('lost-minus', None)
    """
    value, derivative, allowed = one_number(answer), _derivative(scenario), tolerance(scenario)
    (own, i, _), direction = _cell(scenario), _direction(scenario)
    side = "above" if own else "below"
    if near(value, derivative, allowed):
        # If the tolerance is so wide that the answer may have either sign, the words say the sign.
        almost_zero = f"barely {side} zero, for {direction}, though by next to nothing"
        return Verdict(True, None, f"Yes: {_recipe(scenario) if abs(derivative) > allowed else almost_zero}.")
    slip = likely(_slips(scenario, derivative), value, derivative, allowed)
    if slip:
        return Verdict(False, slip.key, slip.words)
    largest = 0.25 / scenario.temperature
    if value == 0:
        words = f"Zero would mean that {i} does not react at all. Yet {direction}."
    elif (value > 0) != own:
        words = f"Look at the sign first: {direction}. So the derivative is {side} zero."
    elif near(value, derivative, 2 * allowed):
        words = f"That is close. Keep three decimal places until the end: {_recipe(scenario)}."
        return Verdict(False, "rounding", words)
    elif abs(value) > largest:
        words = (
            "The sign of your number is right; look at its size next. "
            f"For {i} it is never more than {largest:.3g} here."
        )
    else:
        words = (
            "The sign of your number is right, and its size is possible. "
            f"Work it out once more: {_recipe(scenario)}."
        )
    return Verdict(False, None, words)


def _slips(scenario: Scenario, derivative: float) -> list[Slip]:
    """Return the slips that change the number, the most likely first; the Notes of `judge_value` say why."""
    own, i, j = _cell(scenario)
    t, both = scenario.temperature, i if own else f"{i} and {j}"
    log_p = log_softmax(scenario.z, t)
    log_i, log_j = float(log_p[scenario.i]), float(log_p[scenario.j])
    p_i, p_j, rest_i, rest_j = math.exp(log_i), math.exp(log_j), -math.expm1(log_i), -math.expm1(log_j)
    # (f' g - f g') / g is f (1 - p_i) / T or -f p_j / T, which can overflow when T is low.
    log_f = scenario.z[scenario.i] / t
    log_other = np.logaddexp.reduce(np.delete(log_p, scenario.i)) if own else log_j
    with np.errstate(over="ignore", under="ignore"):
        g, unsquared = (np.exp([log_f - log_i, log_f + log_other]) / t).tolist()
    to_do = f"The derivative is {_recipe(scenario)}."

    words = f"The size is right; look at the sign once more: {_direction(scenario)}."
    slips = [Slip("extra-minus" if own else "lost-minus", -derivative, 1 / t, words)]
    if own:
        words = f"That is the formula for two different classes, with {i} in both places. {to_do}"
        slips += [Slip("other-formula", -p_i * p_i / t, 1 / t, words)]
    else:
        words = f"That is how {i} reacts to its own raw output; here that of {j} changes. {to_do}"
        slips += [Slip("other-formula", p_i * rest_i / t, 1 / t, words)]
        words = f"That is how {j} reacts to its own raw output; the question is about {i}. {to_do}"
        slips += [Slip("other-class", p_j * rest_j / t, 1 / t, words)]
    words = (
        f"The product for {both} is right. What is left is to divide it by the temperature {number_text(t)}."
    )
    slips += [Slip("forgot-temperature", derivative * t, 1, words)]
    words = (
        f"The product for {both} is right. The temperature {number_text(t)} belongs in the denominator: "
        "divide by it."
    )
    slips += [Slip("multiplied-by-temperature", derivative * t * t, t, words)]
    parts = [("stopped-at-p", p_i, f"the probability of {i}")]
    if not own:
        parts += [("stopped-at-other-p", p_j, f"the probability of {j}")]
    parts += [("stopped-at-rest", rest_i, f"1 minus the probability of {i}")]
    for key, part, name in parts:
        signed, words = (part,) if own else (part, -part), f"So far that is {name}. {to_do}"
        slips += [Slip(key, number / by, 1 / by, words) for by in (1, t) for number in signed]
    if own:
        words = (
            f"That is the probability of {i} minus 1, the gradient of cross-entropy when {i} is true. {to_do}"
        )
        slips += [Slip("loss-gradient", -rest_i / by, 1 / by, words) for by in (1, t)]
    z_i, z_j = scenario.z[scenario.i], scenario.z[scenario.j]
    first, second = (p_i, 1 - z_i) if own else (-z_i, z_j)
    words = f"That uses a raw output in place of a probability. {to_do}"
    slips += [
        Slip("raw-output", first * second / by, max(abs(first), abs(second)) / by, words) for by in (1, t)
    ]
    words = f"That looks like a percentage for {both}. Probabilities run from 0 to 1 here, so divide by 100."
    slips += [Slip("percentage", 100 * derivative, 100 / t, words)]
    words = (
        f"That is the quotient rule for {both} with g as the denominator. It is g squared: divide again by g."
    )
    slips += [Slip("unsquared-denominator", unsquared if own else -unsquared, g, words)]
    return slips


def _cell(scenario: Scenario) -> tuple[bool, str, str]:
    """Return whether i = j, and both names in quotation marks."""
    i, j = scenario.i, scenario.j
    return i == j, quoted(scenario.classes[i]), quoted(scenario.classes[j])


def _direction(scenario: Scenario) -> str:
    own, i, j = _cell(scenario)
    effect = "raises its own probability" if own else f"takes probability from {i}"
    return f"raising the raw output of {j} {effect}"


def _recipe(scenario: Scenario) -> str:
    """Say the formula in words."""
    own, i, j = _cell(scenario)
    words = f"the probability of {i} times 1 minus itself"
    if not own:
        words = f"minus the probability of {i} times that of {j}"
    t = scenario.temperature
    return words if t == 1 else f"{words}, divided by the temperature {number_text(t)}"


def _derivative(scenario: Scenario) -> float:
    return float(jacobian(scenario.z, scenario.temperature)[scenario.i, scenario.j])


def _check_choice(answer: object, *accepted: str) -> None:
    if not isinstance(answer, str) or answer not in accepted:
        said = " or ".join(f'"{choice}"' for choice in accepted)
        kind = ValueError if isinstance(answer, str) else TypeError
        raise kind(f"answer is {quoted(repr(answer))}; {said} is accepted.")
