"""Judges a predicted gradient of a loss with respect to one raw output, and says what the slip was."""

from __future__ import annotations

from decimal import ROUND_CEILING, Context
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arguments import index_of_class
from core.derivation.slips import ROUNDING, Slip, Verdict, likely, near, one_number, tolerance_for
from core.derivatives import jacobian
from core.descent import LOSSES, Loss
from core.loss import probability_error, smoothed
from core.situation.names import quoted
from core.situation.scenario import Scenario
from core.softmax import softmax
from core.text import number_text

__all__ = ["Aim", "gradient_tolerance", "judge_gradient"]

# The largest error of a number that is written with three decimals.
_HALF = ROUNDING / 2
# Two rounding errors also multiply; together these products are smaller than this.
_SECOND_ORDER = 1e-5
# The square of the inverse of a probability below this may be too large for a float64.
_SMALLEST_INVERTED = 1e-150


class Aim(NamedTuple):
    """What is minimised.

    Parameters
    ----------
    true : int
        The true class, 0 to n - 1.
    certainty : float
        Its target, above 0 and at most 1; the other classes share the rest equally.
    loss : "cross-entropy" or "squared error"
        The loss.
    """

    true: int
    certainty: float = 1.0
    loss: Loss = "cross-entropy"


class _Terms(NamedTuple):
    """What the gradient with respect to raw output k consists of."""

    k: int
    p: NDArray[np.float64]
    y: NDArray[np.float64]
    error: NDArray[np.float64]
    column: NDArray[np.float64]
    gradients: dict[Loss, NDArray[np.float64]]
    exact: float


def gradient_tolerance(scenario: Scenario, aim: Aim, k: int) -> float:
    """Return how far from the gradient an accepted value may be. The question states it.

    It follows the rule of `core.derivation.predictions.tolerance`: a value is always accepted if it was
    computed from probabilities and targets of three decimals and itself rounded to three decimals, before or
    after dividing by T.

    Parameters
    ----------
    scenario : Scenario
        Its raw outputs and temperature.
    aim : Aim
        What is minimised.
    k : int
        The class whose raw output moves, 0 to n - 1.

    Examples
    --------
    >>> gradient_tolerance(Scenario(), Aim(1), 0), gradient_tolerance(Scenario(temperature=0.5), Aim(1), 0)
    (0.005, 0.01)
    """
    return _tolerance(scenario, aim, _terms(scenario, aim, k))


def judge_gradient(scenario: Scenario, aim: Aim, k: int, answer: float) -> Verdict:
    """Judge the predicted gradient of a loss with respect to raw output k.

    Parameters
    ----------
    scenario : Scenario
        Its raw outputs and temperature.
    aim : Aim
        What is minimised.
    k : int
        The class whose raw output moves, 0 to n - 1.
    answer : float
        The prediction.

    Returns
    -------
    Verdict
        Its slip is the one that leads to this number: "flipped-sign" (y - p), "forgot-target" (p_k),
        "target-of-true" (the target of the true class taken off another class), "forgot-temperature",
        "multiplied-by-temperature", "stopped-at-error" (p - y without the Jacobian of squared error),
        "own-term" (the first factor times p_k (1 - p_k) alone), "doubled", "other-class", "other-loss",
        "jacobian" (the derivative of the probability of the true class), "stopped-at-p" (that probability),
        "stopped-at-first-factor" (-1 / p of the true class), "raw-output" (z_k - y_k), "percentage" or
        "rounding". If it is None, the words say what to look at next.

    Raises
    ------
    TypeError
        If `answer` is not a real number or `k` not an integer.
    ValueError
        If `answer` is nan or infinite, or `k` or the aim names no class.

    Notes
    -----
    As in `judge_value`, the first slip in this order is named if several lead to the same number.

    Examples
    --------
    >>> judge_gradient(Scenario(), Aim(1), 1, -0.89).right, judge_gradient(Scenario(), Aim(1), 1, 0.11).slip
    (True, 'forgot-target')
    """
    value, terms = one_number(answer), _terms(scenario, aim, k)
    exact, allowed = terms.exact, _tolerance(scenario, aim, terms)
    recipe = _recipe(scenario, aim, terms)
    at_zero = f"The gradient is within {number_text(allowed)} of zero here"
    if near(value, exact, allowed):
        return Verdict(True, None, f"Yes: {recipe}." if abs(exact) > allowed else f"Yes. {at_zero}.")
    # Zero is an answer of its own, not a small number that a slip led to.
    slip = likely(_slips(scenario, aim, terms), value, exact, allowed) if value else None
    if slip:
        return Verdict(False, slip.key, slip.words)
    direction, name = _direction(scenario, terms), quoted(scenario.classes[k])
    # p - y is at most 1, and by the Jacobian the gradient of squared error at most 2 p (1 - p).
    largest = (1 if aim.loss == "cross-entropy" else 0.5) / scenario.temperature
    if near(value, exact, 2 * allowed):
        words = f"That is close. Keep three decimal places until the end: {recipe}."
        return Verdict(False, "rounding", words)
    if abs(exact) <= allowed:
        words = f"{at_zero}. Work it out once more: {recipe}."
    elif value == 0:
        words = f"Zero would mean that the raw output of {name} does not matter to the loss. Yet {direction}."
    elif (value > 0) != (exact > 0):
        words = f"Look at the sign first: {direction}. So the gradient is {_side(exact)} zero."
    elif abs(value) > largest:
        words = (
            "The sign of your number is right; look at its size next. "
            f"It is never more than {_rounded_up(largest)} here."
        )
    else:
        words = (
            f"The sign of your number is right, and its size is possible. Work it out once more: {recipe}."
        )
    return Verdict(False, None, words)


def _terms(scenario: Scenario, aim: Aim, k: int) -> _Terms:
    n, t = len(scenario.classes), scenario.temperature
    k = index_of_class(k, "k", n)
    y = smoothed(aim.true, n, aim.certainty)
    gradients = {loss: gradient(scenario.z, y, t) for loss, (_, gradient) in LOSSES.items()}
    return _Terms(
        k,
        softmax(scenario.z, t),
        y,
        probability_error(scenario.z, y, t),
        jacobian(scenario.z, t)[:, k],
        gradients,
        float(gradients[aim.loss][k]),
    )


def _tolerance(scenario: Scenario, aim: Aim, terms: _Terms) -> float:
    """Bound the rounding errors of someone who works with three decimals, and apply the common rule."""
    k, t, (p, y, error) = terms.k, scenario.temperature, (terms.p, terms.y, terms.error)
    # One-hot targets are exact, others may lose half a digit, and so may p - y itself.
    of_target = 0.0 if set(y.tolist()) <= {0.0, 1.0} else ROUNDING
    of_error = _HALF + of_target
    if aim.loss == "cross-entropy":
        rounding = of_error
    else:
        # The gradient is p_k (e_k - sum of p_i e_i) / T, with e = p - y.
        off = float(abs(error[k] - p @ error))
        rounding = _HALF * off + float(
            p[k] * (of_error + p @ np.full_like(p, of_error) + _HALF * abs(error).sum())
        )
        rounding += _HALF + _SECOND_ORDER
    return tolerance_for(terms.exact, t, max(ROUNDING, rounding / t + (_HALF if t != 1 else 0)))


def _slips(scenario: Scenario, aim: Aim, terms: _Terms) -> list[Slip]:
    """Return the slips, the most likely first."""
    k, exact, gradients = terms.k, terms.exact, terms.gradients
    p, y, error, column = (row.tolist() for row in (terms.p, terms.y, terms.error, terms.column))
    t, true, squared = scenario.temperature, aim.true, aim.loss == "squared error"
    names = [quoted(name) for name in scenario.classes]
    divisors = {1.0: "", t: f", divided by the temperature {number_text(t)}"}
    if t == 1:
        divisors = {1.0: ""}
    to_do = f"The gradient is {_recipe(scenario, aim, terms)}."
    jacobian_left = "Squared error has the Jacobian in its gradient, too."

    words = f"The size is right; look at the sign once more: {_direction(scenario, terms)}."
    slips = [Slip("flipped-sign", -exact, 1 / t, words)]
    if not squared and y[k]:
        slips += [
            Slip("forgot-target", p[k] / by,  1 / by,
                 f"So far that is the probability of {names[k]}{over}. Its target is still to be subtracted.")
            for by, over in divisors.items()
        ]  # fmt: skip
    if not squared and k != true:
        words = f"That takes off the target of {names[true]}, the true class. {names[k]} has its own target."
        slips += [Slip("target-of-true", (p[k] - y[true]) / by, 1 / by, words) for by in divisors]
    words = f"Nearly there: what is left is to divide by the temperature {number_text(t)}."
    slips += [Slip("forgot-temperature", exact * t, 1, words)]
    words = f"The temperature {number_text(t)} belongs in the denominator: divide by it."
    slips += [Slip("multiplied-by-temperature", exact * t * t, t, words)]
    if squared:
        for by, over in divisors.items():
            words = f"So far that is the probability of {names[k]} minus its target{over}. {jacobian_left}"
            slips += [Slip("stopped-at-error", error[k] / by, 1 / by, words)]
        words = f"That is the part of {names[k]} alone. Every other class adds its own part."
        slips += [Slip("own-term", error[k] * column[k], 1 / t, words)]
        words = "That is twice the gradient. The half in front of the sum takes away the 2 of the square."
        slips += [Slip("doubled", 2 * exact, 2 / t, words)]
    slips += [
        Slip("other-class", float(gradients[aim.loss][m]), 1 / t,
             f"That is the gradient for the raw output of {names[m]}; the question is about {names[k]}.")
        for m in range(len(names)) if m != k
    ]  # fmt: skip
    other: Loss = "cross-entropy" if squared else "squared error"
    words = f"That is the gradient of {other}. Here the loss is {aim.loss}."
    slips += [Slip("other-loss", float(gradients[other][k]), 1 / t, words)]
    words = f"That is how the probability of {names[true]} reacts. The chain rule goes on to the loss."
    slips += [Slip("jacobian", column[true], 1 / t, words)]
    if k != true:
        words = f"So far that is the probability of {names[true]}, the true class. {to_do}"
        slips += [Slip("stopped-at-p", p[true], 1, words)]
    if not squared and y[true] == 1 and p[true] > _SMALLEST_INVERTED:
        words = (
            f"That is how the loss reacts to the probability of {names[true]}. The chain rule goes on to z."
        )
        slips += [Slip("stopped-at-first-factor", -1 / p[true], 1 / p[true] ** 2, words)]
    if not squared:
        words = f"That uses a raw output in place of a probability. {to_do}"
        slips += [Slip("raw-output", (scenario.z[k] - y[k]) / by, 1 / by, words) for by in divisors]
    words = "That looks like a percentage. Probabilities run from 0 to 1 here, so divide by 100."
    slips += [Slip("percentage", 100 * exact, 100 / t, words)]
    return slips


def _recipe(scenario: Scenario, aim: Aim, terms: _Terms) -> str:
    """Say the formula in words."""
    name, t, y = quoted(scenario.classes[terms.k]), scenario.temperature, float(terms.y[terms.k])
    if aim.loss == "cross-entropy":
        # A target such as 1/30 has too many digits to be written here.
        target = f", {number_text(y)}" if y in (0, 1) else " y"
        words = f"the probability of {name} minus its target{target}"
    else:
        # Each of these derivatives is already divided by T.
        return (
            f"the sum of each p − y times the derivative of that p with respect to the raw output of {name}"
        )
    return words if t == 1 else f"{words}, divided by the temperature {number_text(t)}"


def _direction(scenario: Scenario, terms: _Terms) -> str:
    effect = "raises" if terms.exact > 0 else "lowers"
    return f"raising the raw output of {quoted(scenario.classes[terms.k])} {effect} the loss"


def _side(number: float) -> str:
    return "above" if number > 0 else "below"


def _rounded_up(number: float) -> str:
    """Write a limit with three digits so that it stays a limit."""
    return number_text(float(Context(prec=3, rounding=ROUND_CEILING).create_decimal(f"{number:.12g}")))
