"""The three questions of a worksheet and their answers; every claim is worked out from the situation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from core.handout.numbers import decimal
from core.situation.scenario import Scenario

__all__ = ["Question", "questions"]

# More names than this are not listed one by one.
_MOST_NAMES = 3


class Question(NamedTuple):
    """A question and its answer.

    Parameters
    ----------
    question, answer : str
        One to three sentences. Plain text that contains class names, to be escaped where it is shown.
    """

    question: str
    answer: str


def questions(now: Scenario, derivatives: Sequence[Sequence[Decimal]]) -> tuple[Question, Question, Question]:
    """Ask for the sign of the chosen derivative, for the sums of the columns, and for who gains most.

    Parameters
    ----------
    now : Scenario
        The situation.
    derivatives : sequence of sequence of Decimal
        Its Jacobian, by row.

    Returns
    -------
    tuple of Question
        Exactly three. With two classes, the third asks why all four derivatives have the same size, because
        there is only one other class that could gain.
    """
    third = _same_size(now, derivatives) if len(now.classes) == 2 else _gains_most(now, derivatives)
    return _sign(now, derivatives), _columns(now, derivatives), third


def _named(name: str) -> str:
    return f"“{name}”"


def _sign(now: Scenario, derivatives: Sequence[Sequence[Decimal]]) -> Question:
    i, j, value = _named(now.classes[now.i]), _named(now.classes[now.j]), derivatives[now.i][now.j]
    said = f"the derivative is {'positive' if value > 0 else 'negative'}, {decimal(value)}"
    if now.i == now.j:
        why = f"The power of {i} grows and all others stay the same, so {i} gets a larger share of the sum."
    else:
        why = (
            f"The power of {j} grows, and with it the sum. The power of {i} stays the same, so {i} gets a "
            "smaller share of the sum."
        )
    rises = "It rises" if value > 0 else "It falls"
    return Question(
        f"Raise the raw output of {j} a little: does the probability of {i} rise or fall? What sign has the "
        "derivative, and why?",
        f"{rises}: {said}. {why}",
    )


def _columns(now: Scenario, derivatives: Sequence[Sequence[Decimal]]) -> Question:
    j, own = _named(now.classes[now.j]), derivatives[now.j][now.j]
    others = sum((row[now.j] for k, row in enumerate(derivatives) if k != now.j), Decimal(0))
    rest = "the other class" if len(now.classes) == 2 else "all others together"
    return Question(
        "Add up each column of the table of derivatives. What is every sum, and why must it be so?",
        "Every sum is 0. The probabilities always add up to 1, so what one class gains, the others lose. In "
        f"the column of {j}: {decimal(own)} for {j} itself, {decimal(others)} for {rest}.",
    )


def _gains_most(now: Scenario, derivatives: Sequence[Sequence[Decimal]]) -> Question:
    j = _named(now.classes[now.j])
    others = [k for k in range(len(now.classes)) if k != now.j]
    top = max(now.z[k] for k in others)
    first = [k for k in others if now.z[k] == top]
    value = decimal(derivatives[first[0]][now.j])
    alike = [k for k in others if k not in first and decimal(derivatives[k][now.j]) == value]
    if len(first) == 1:
        who = (
            f"{_named(now.classes[first[0]])}. In the column of {j} it has the most negative number, {value}"
        )
        largest = f"of the classes other than {j} it has the largest probability"
    else:
        who = f"{_several(now, first, others)}. In the column of {j} they have the most negative number"
        who = f"{who}, {value}"
        largest = f"of the classes other than {j} they have the largest probability"
        if len(first) == len(others):
            who = f"They all gain the same. In the column of {j} each of them has {value}"
            largest = "they all have the same probability"
    turned = "because the raw output is lowered, the sign turns around"
    why = f"Each gains in proportion to its own probability, and {largest}."
    near = " Others have the same number to as many digits as are shown here." if alike else ""
    return Question(
        f"Lower the raw output of {j} a little: which of the other classes gains most, and why?",
        f"{who}; {turned}. {why}{near}",
    )


def _several(now: Scenario, chosen: list[int], others: list[int]) -> str:
    if len(chosen) > _MOST_NAMES:
        return f"{len(chosen)} of the {len(others)} others gain the same, and most"
    names = [_named(now.classes[k]) for k in chosen]
    return f"{', '.join(names[:-1])} and {names[-1]} gain the same, and most"


def _same_size(now: Scenario, derivatives: Sequence[Sequence[Decimal]]) -> Question:
    one, other = map(_named, now.classes)
    by_t = ", divided by T," if now.temperature != 1 else ""
    return Question(
        "With two classes, all four derivatives have the same size. Why?",
        f"1 minus the probability of {one} is the probability of {other}. So p times 1 − p{by_t} is the same "
        f"for both classes: {decimal(derivatives[0][0])}. The other two are minus the product of the two "
        f"probabilities{by_t or ','} which is the same number with a minus sign: "
        f"{decimal(derivatives[0][1])}.",
    )
