"""The worksheet of one situation, as data: what is given, what is to be filled in, and the solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from core.derivation.expression import Node, symbol
from core.derivation.readings import Readings
from core.derivation.shown import Shown
from core.derivation.steps import derive
from core.handout.numbers import MINUS, decimal, off_by, printed
from core.handout.questions import Question, questions
from core.situation.scenario import Scenario

__all__ = ["Blank", "Line", "Row", "Worksheet", "worksheet"]

Blank = Literal[
    "number",  # room for a number
    "formula",  # room for a formula in letters
    "rule",  # the quotient rule with a box for each of its five numbers
]


class Row(NamedTuple):
    """One class in the table of probabilities.

    Parameters
    ----------
    letter : str
        What stands for the class in formulas: "i", "j" or its number.
    name : str
        The name of the class.
    z : str
        Its raw output, which is given.
    power, p : str
        e^(z / T) and the predicted probability, which are to be filled in.
    """

    letter: str
    name: str
    z: str
    power: str
    p: str


class Line(NamedTuple):
    """One line of the derivation.

    Parameters
    ----------
    label : str
        A few words; empty if the left side says enough.
    step : str
        The key of the step of `core.derivation.steps` that it comes from, which decides about digits.
    left : Node
        The left side.
    given : tuple of Node
        The formulas that are printed after it.
    blanks : tuple of Blank
        What is to be filled in after these.
    answer : tuple of Node
        What the solutions have instead of the blanks.
    """

    label: str
    step: str
    left: Node
    given: tuple[Node, ...]
    blanks: tuple[Blank, ...]
    answer: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet and its solutions. All texts are plain and contain class names.

    Attributes
    ----------
    now : Scenario
        The situation with its numbers as they are printed.
    title, situation : str
        What the worksheet is about: one line, and a few sentences.
    rows : tuple of Row
        One for each class.
    total : str
        The sum of all powers.
    jacobian : tuple of tuple of str
        Every derivative, by row; all rows and columns sum to 0.
    lines : tuple of Line
        The derivation of the chosen derivative.
    questions : tuple of Question
        Exactly three.
    notes : tuple of str
        How to read the numbers of the solutions; often empty.
    """

    now: Scenario
    title: str
    situation: str
    rows: tuple[Row, ...]
    total: str
    jacobian: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    questions: tuple[Question, Question, Question]
    notes: tuple[str, ...]


def worksheet(scenario: Scenario) -> Worksheet:
    """Make the worksheet of a situation.

    Parameters
    ----------
    scenario : Scenario
        Its `i` and `j` say which derivative is derived.

    Returns
    -------
    Worksheet
        Its solutions are worked out from the numbers as they are printed: raw outputs with at most three
        decimals, the temperature with four digits.

    Examples
    --------
    >>> sheet = worksheet(Scenario(j=1))
    >>> [row.p for row in sheet.rows], sheet.jacobian[0]
    (['0.684', '0.110', '0.206'], ('0.216', '−0.075', '−0.141'))
    """
    now = printed(scenario)
    n, readings, shown = len(now.classes), Readings(now), Shown(now)
    p = [readings.value(symbol("p", k)) for k in range(n)]
    derivatives = [[readings.derivative(i, j) for j in range(n)] for i in range(n)]
    rows = tuple(
        Row(
            _letter(now, k),
            now.classes[k],
            shown.z("", k).replace("-", MINUS),
            decimal(readings.power(k)),
            decimal(p[k]),
        )
        for k in range(n)
    )
    total = decimal(readings.value(symbol("g")))
    jacobian = tuple(tuple(map(decimal, row)) for row in derivatives)
    asked = questions(now, derivatives)
    texts = [total, *(text for row in rows for text in (row.power, row.p))]
    texts += [text for row in jacobian for text in row]
    return Worksheet(
        now,
        f"The derivative of the probability of {now.classes[now.i]} with respect to the raw output of "
        f"{now.classes[now.j]}",
        _situation(now, shown),
        rows,
        total,
        jacobian,
        _lines(now),
        asked,
        _notes(texts, [p, *derivatives]),
    )


def _letter(now: Scenario, k: int) -> str:
    """Return what stands for a class in formulas, as in `core.derivation.latex`."""
    return "i" if k == now.i else "j" if k == now.j else str(k + 1)


def _situation(now: Scenario, shown: Shown) -> str:
    i, j = (f"“{now.classes[k]}”" for k in (now.i, now.j))
    who = (
        f"Class i is {i}; it is class j as well" if now.i == now.j else f"Class i is {i}, and class j is {j}"
    )
    if now.temperature == 1:
        recipe = "raises e to each raw output z"
    else:
        recipe = f"divides each raw output z by the temperature T = {shown.temperature('')}, raises e to it"
    return (
        f"A network gives one raw output for each of {len(now.classes)} classes. Softmax {recipe} and "
        "divides this power by the sum of all powers: that is the probability p. "
        f"{who}. Write numbers with three decimals."
    )


def _lines(now: Scenario) -> tuple[Line, ...]:
    """Return the derivation by the quotient rule, with what is given and what is to be filled in."""
    steps = {step.key: [_plain(e.left, e.right) for e in step.equations] for step in derive(now)}
    (f, (power,)), (g, (total,)), _ = steps["parts"]
    ((df, (df_asked, *df_found)),) = steps["numerator"]
    ((dg, (dg_asked, *_, dg_found)),) = steps["denominator"]
    ((dp, (rule,)),), ((_, (put_in,)),) = steps["rule"], steps["substitute"]
    ((_, (result, *_)),) = steps["number"]
    own = now.i == now.j
    df_known = (df.in_numbers(),) if own else ()
    df_blanks: tuple[Blank, ...] = ("formula", "number") if own else ("number",)
    return (
        Line("Numerator", "parts", f, (power,), ("number",), (f.in_numbers(),)),
        Line("Denominator", "parts", g, (total,), ("number",), (g.in_numbers(),)),
        Line("", "numerator", df, (df_asked,), df_blanks,
             (*df_found, *df_known)),
        Line("", "denominator", dg, (dg_asked,), ("formula", "number"),
             (dg_found, dg.in_numbers())),
        Line("Quotient rule", "substitute", dp, (rule,), ("rule", "number"),
             (put_in.in_numbers(), dp.in_numbers())),
        Line("The same from the probabilities", "number", dp, (), ("formula", "number"),
             (result, result.in_numbers(), dp.in_numbers())),
    )  # fmt: skip


def _plain(left: Node, right: Sequence[Node]) -> tuple[Node, tuple[Node, ...]]:
    return _unmarked(left), tuple(map(_unmarked, right))


def _unmarked(node: Node) -> Node:
    """Return a formula without the colours and marks that it has on a screen."""
    return replace(node, parts=tuple(map(_unmarked, node.parts)), part="", new=False, valued=False)


def _notes(texts: Sequence[str], sums: Sequence[list[Decimal]]) -> tuple[str, ...]:
    """Say what a reader of the solutions may wonder about."""
    notes = []
    example = next((text for text in texts if "e" in text), None)
    if example:
        digits, power = example.split("e")
        notes.append(f"{example} stands for {digits} times 10 to the power {power}.")
    off = max(map(off_by, sums))
    if off:
        notes.append(f"Sums of the rounded numbers can miss the exact sum by {decimal(off)}.")
    return tuple(notes)
