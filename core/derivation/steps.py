"""The derivation of dp_i/dz_j by the quotient rule, as data: every step with formula, reason and value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.derivation.expression import (
    Node,
    exp,
    frac,
    group,
    integer,
    minus,
    negative,
    rest,
    secant,
    slope,
    square,
    survivor,
    symbol,
    times,
    total,
)
from core.derivation.words import WORDS
from core.situation.scenario import Scenario

__all__ = ["FIRST_WITH_RESULT", "STEP_KEYS", "Equation", "Step", "derive"]

STEP_KEYS = (
    "question",
    "softmax",
    "parts",
    "rule",
    "numerator",
    "denominator",
    "substitute",
    "factor",
    "recognise",
    "result",
    "number",
    "check",
)
# The first step that reveals the result.
FIRST_WITH_RESULT = "recognise"


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation, or a chain of them, in reading order.

    Attributes
    ----------
    left : Node
        The left side, written in letters even where the rest is written in numbers.
    right : tuple of Node
        The formulas that it equals, one after the other; empty where nothing is known yet.
    exact : bool
        False if the two sides are only approximately equal.
    lettered : bool
        Whether it stays in letters where others are written in numbers, because a rule is not a calculation.
    """

    left: Node
    right: tuple[Node, ...]
    exact: bool = True
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the derivation.

    Attributes
    ----------
    key : str
        One of `STEP_KEYS`. Links contain it, so it never changes.
    title : str
        A few words.
    reason : str
        Why this step may be taken, in one or two sentences. Plain text that contains class names.
    equations : tuple of Equation
        Its equations.
    comes_to : Node or None
        The letter whose value the step arrives at; None for the question and for the rule.
    """

    key: str
    title: str
    reason: str
    equations: tuple[Equation, ...]
    comes_to: Node | None


def derive(scenario: Scenario) -> tuple[Step, ...]:
    r"""Derive dp_i/dz_j of a situation with the quotient rule.

    .. math:: \Bigl(\frac{f}{g}\Bigr)' = \frac{f' g - f g'}{g^2}, \quad f = e^{z_i / T},
        \quad g = \sum_k e^{z_k / T}

    Parameters
    ----------
    scenario : Scenario
        Its `i` and `j` say which derivative, its raw outputs and temperature give the numbers.

    Returns
    -------
    tuple of Step
        One for each of `STEP_KEYS`, in that order. With T = 1 no formula mentions T.
    """
    i, j, tempered = scenario.i, scenario.j, scenario.temperature != 1
    own = i == j
    p_i, p_j, dp = symbol("p", i), symbol("p", j), symbol("dp")
    f, g = symbol("f").of("numerator"), symbol("g").of("denominator")
    df, dg = symbol("df").of("numerator"), symbol("dg").of("denominator")
    e_i, e_j, everything = exp(i).of("numerator"), exp(j).of("denominator"), total().of("denominator")
    per_t = frac(integer(1), symbol("T"))

    def tempering(*factors: Node) -> Node:
        """Put 1/T before a product when the temperature is not 1."""
        product = (per_t, *factors) if tempered else factors
        return times(*product) if len(product) > 1 else product[0]

    df_value = tempering(e_i) if own else integer(0)
    dg_value = tempering(e_j)
    left_over = times(per_t, group(survivor(e_j))) if tempered else survivor(e_j)
    first, second = frac(e_i, g), frac(minus(g, e_i), g) if own else frac(e_j, g)
    put_in = minus(times(_in_brackets(df_value).changed(), g), times(e_i, _in_brackets(dg_value).changed()))
    one_minus_p = rest(i)
    split = tempering(first.changed(), second.changed())
    result = tempering(p_i, group(one_minus_p)) if own else negative(tempering(p_i, p_j))

    near = secant(p_i, j)

    claims: dict[str, tuple[tuple[Equation, ...], Node | None]] = {
        "question": ((Equation(dp.changed(), ()),), None),
        "softmax": ((Equation(p_i, (frac(e_i, everything).changed(),)),), p_i),
        "parts": (
            (Equation(f, (e_i,)), Equation(g, (everything,)), Equation(p_i, (frac(f, g).changed(),))),
            p_i,
        ),
        "rule": (
            (Equation(dp, (frac(minus(times(df, g), times(f, dg)), square(g)).changed(),), lettered=True),),
            None,
        ),
        "numerator": ((Equation(df, (slope(e_i, j), df_value.changed())),), df),
        "denominator": ((Equation(dg, (slope(everything, j), left_over, dg_value.changed())),), dg),
        "substitute": ((Equation(dp, (frac(put_in, square(g)),)),), dp),
        "factor": ((Equation(dp, (split if own else negative(split),)),), dp),
        "recognise": (
            (
                Equation(first, (p_i.changed(),)),
                Equation(second, (minus(frac(g, g), first), one_minus_p.changed()))
                if own
                else Equation(second, (p_j.changed(),)),
            ),
            dp,
        ),
        "result": ((Equation(dp, (result.changed(),)),), dp),
        "number": ((Equation(dp, (result, result.in_numbers(), dp.in_numbers().changed())),), dp),
        "check": ((Equation(dp, (near.changed(), near.in_numbers()), exact=False),), dp),
    }
    return tuple(_step(scenario, key, *claims[key]) for key in STEP_KEYS)


def _step(scenario: Scenario, key: str, equations: tuple[Equation, ...], comes_to: Node | None) -> Step:
    """Give a step its words and its value."""
    words = WORDS[key]
    own, tempered = scenario.i == scenario.j, scenario.temperature != 1
    reason = words.own if own else words.cross
    if tempered:
        reason += words.tempered_own if own else words.tempered_cross
    names = {"{i}": scenario.classes[scenario.i], "{j}": scenario.classes[scenario.j]}
    told = {place: f"“{name}”" for place, name in names.items()} | {"{h}": "0.001 T" if tempered else "0.001"}
    # Not str.format, because a class may be called "{j}".
    reason = re.sub("{[ijh]}", lambda found: told[found[0]], reason)
    return Step(key, words.title, reason, equations, comes_to)


def _in_brackets(node: Node) -> Node:
    """Bracket a product inside a product, so that the reader sees what was put in."""
    return group(node) if node.kind == "times" else node
