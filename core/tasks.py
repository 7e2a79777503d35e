"""The one question that a link can ask about its situation, and how an answer to it is judged."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from core.arguments import index_of_class
from core.derivation.loss_predictions import Aim, gradient_tolerance, judge_gradient
from core.derivation.predictions import judge_formula, judge_sign, judge_value, tolerance
from core.derivation.slips import Verdict
from core.situation.names import quoted
from core.situation.scenario import Scenario

__all__ = ["ACCEPTED", "Kind", "Question", "accepted_error", "judge", "judge_gains", "parse"]

Kind = Literal["sign", "formula", "value", "gradient", "gains"]

# What a link may ask, in words.
ACCEPTED = (
    "sign, formula or value with the numbers of two classes, like sign-1-2, "
    "or gradient or gains with the number of one, like gains-1"
)
_OF_A_CELL = re.compile(r"(sign|formula|value)-([1-9][0-9]?)-([1-9][0-9]?)")
_OF_A_CLASS = re.compile(r"(gradient|gains)-([1-9][0-9]?)")
# Gains that differ by less than this part of themselves look the same on the screen.
_TIED = 0.0005


class Question(NamedTuple):
    """What is asked.

    Parameters
    ----------
    kind : {"sign", "formula", "value", "gradient", "gains"}
        Sign, formula or value of a derivative; the gradient of the loss; which class gains most when a raw
        output is lowered.
    i : int
        The class whose probability is looked at, 0 to n - 1; the same as `j` for "gradient" and "gains".
    j : int
        The class whose raw output moves, 0 to n - 1.
    """

    kind: Kind
    i: int
    j: int

    def in_link(self) -> str:
        """Return the question as it stands in a link, where the first class has the number 1.

        Examples
        --------
        >>> Question("sign", 0, 1).in_link(), Question("gains", 2, 2).in_link()
        ('sign-1-2', 'gains-3')
        """
        numbers = (self.j,) if self.kind in ("gradient", "gains") else (self.i, self.j)
        return "-".join([self.kind, *(str(number + 1) for number in numbers)])


def parse(text: str, n: int) -> Question | None:
    """Read the question of a link; None if it is none, or names a class that is not there.

    Parameters
    ----------
    text : str
        What the link says.
    n : int
        The number of classes.

    Examples
    --------
    >>> parse("value-3-1", 3), parse("value-3-4", 3)
    (Question(kind='value', i=2, j=0), None)
    """
    found = _OF_A_CELL.fullmatch(text) or _OF_A_CLASS.fullmatch(text)
    if not found:
        return None
    numbers = [int(number) - 1 for number in found.groups()[1:]]
    if max(numbers) >= n:
        return None
    kind: Kind = found[1]  # type: ignore[assignment]
    return Question(kind, numbers[0], numbers[-1])


def judge(question: Question, scenario: Scenario, answer: object, aim: Aim | None = None) -> Verdict:
    """Judge an answer to a question about a situation, whose own chosen cell does not matter.

    Parameters
    ----------
    question : Question
        What was asked.
    scenario : Scenario
        What it was asked about.
    answer : str, int or float
        "positive" or "negative" for a sign, "own" or "cross" for a formula, the index of a class for gains,
        else a number.
    aim : Aim, optional
        What is minimised; only for a gradient, which needs it.

    Returns
    -------
    Verdict
        See `judge_sign`, `judge_formula`, `judge_value`, `judge_gradient` and `judge_gains`.

    Raises
    ------
    TypeError, ValueError
        If the answer is impossible, or the aim of a gradient is missing.
    """
    cell = scenario.with_cell(question.i, question.j)
    if question.kind == "sign":
        return judge_sign(cell, answer)  # type: ignore[arg-type]
    if question.kind == "formula":
        return judge_formula(cell, answer)  # type: ignore[arg-type]
    if question.kind == "value":
        return judge_value(cell, answer)  # type: ignore[arg-type]
    if question.kind == "gains":
        return judge_gains(scenario, question.j, answer)
    return judge_gradient(scenario, _needed(aim), question.j, answer)  # type: ignore[arg-type]


def accepted_error(question: Question, scenario: Scenario, aim: Aim | None = None) -> float | None:
    """Return how far an accepted value may be from the exact one; None if no value is asked for."""
    if question.kind == "value":
        return tolerance(scenario.with_cell(question.i, question.j))
    return gradient_tolerance(scenario, _needed(aim), question.j) if question.kind == "gradient" else None


def judge_gains(scenario: Scenario, k: int, answer: object) -> Verdict:
    r"""Judge which class was predicted to gain most when the raw output of class k is lowered a little.

    Parameters
    ----------
    scenario : Scenario
        Its raw outputs and temperature.
    k : int
        The class whose raw output is lowered, 0 to n - 1.
    answer : int
        The class that was chosen. Of classes that gain the same, to a few ten-thousandths of the gain, each
        is right.

    Returns
    -------
    Verdict
        Its slip is "class-itself", "smallest" (the one that gains least), or None for a class between.

    Raises
    ------
    TypeError, ValueError
        If `k` or `answer` is not an integer from 0 to n - 1.

    Notes
    -----
    .. math:: -\frac{\partial p_i}{\partial z_k} = \frac{p_i p_k}{T}

    So the class with the highest raw output gains most. The raw outputs are compared, because probabilities
    may be too small for a float64.

    Examples
    --------
    >>> judge_gains(Scenario(), 0, 2).right, judge_gains(Scenario(), 0, 1).slip
    (True, 'smallest')
    """
    n, z = len(scenario.classes), scenario.z
    k, chosen = index_of_class(k, "k", n), index_of_class(answer, "answer", n)
    lowered, name = quoted(scenario.classes[k]), quoted(scenario.classes[chosen])
    if chosen == k:
        words = (
            f"{lowered} itself loses when its raw output is lowered. What it loses, the other classes gain."
        )
        return Verdict(False, "class-itself", words)
    others = [z[m] for m in range(n) if m != k]
    if n == 2:
        return Verdict(True, None, f"Yes: with two classes, {name} gains all that {lowered} loses.")
    shares = f"the others share what {lowered} loses in proportion to their probabilities"
    if (max(others) - z[chosen]) / scenario.temperature < _TIED:
        alone = sum((max(others) - other) / scenario.temperature < _TIED for other in others) == 1
        which = "the largest" if alone else "as large as any, give or take a thousandth"
        return Verdict(True, None, f"Yes: {shares}, and that of {name} is {which}.")
    shares = shares[0].upper() + shares[1:]
    if z[chosen] == min(others):
        return Verdict(False, "smallest", f"{shares}. That of {name} is the smallest.")
    return Verdict(False, None, f"{shares}. That of {name} is not the largest.")


def _needed(aim: Aim | None) -> Aim:
    if aim is None:
        raise ValueError("aim is missing; the gradient of a loss needs one.")
    return aim
