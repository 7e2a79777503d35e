"""Formulas as data: small trees that can be typeset, spoken, evaluated and sent to the browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

__all__ = [
    "SECANT_STEP",
    "Kind",
    "Node",
    "Part",
    "exp",
    "frac",
    "group",
    "integer",
    "minus",
    "negative",
    "rest",
    "secant",
    "slope",
    "square",
    "survivor",
    "symbol",
    "times",
    "total",
]

Kind = Literal[
    "integer",  # a whole number
    "z",  # the raw output of a class
    "p",  # the predicted probability of a class
    "rest",  # 1 - p of a class
    "T",  # the temperature
    "f",  # the numerator e^(z_i / T)
    "g",  # the denominator: the sum over all classes
    "df",  # df/dz_j
    "dg",  # dg/dz_j
    "dp",  # dp_i/dz_j, the derivative in question
    "exp",  # e^(z_k / T)
    "total",  # e^(z_1 / T) + ... + e^(z_n / T)
    "survivor",  # 0 + ... + a term + ... + 0: a sum of which one term is left
    "slope",  # d/dz_j of a formula, not worked out
    "secant",  # its change while z_j goes from a little below to a little above, divided by that distance
    "frac",
    "times",
    "minus",
    "negative",
    "group",  # brackets
    "square",
]
Part = Literal["numerator", "denominator", ""]

# How far z_j moves to each side when the slope is checked on the curve, in units of T.
SECANT_STEP = 0.001


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a formula.

    Attributes
    ----------
    kind : str
        One of `Kind`.
    parts : tuple of Node
        Its children, in reading order.
    index : int
        The class that it belongs to, or the whole number; -1 if neither.
    part : {"numerator", "denominator", ""}
        Which part of the fraction f / g it comes from, so that it keeps one colour in every step.
    new : bool
        Whether it changed from the line before.
    valued : bool
        Whether it is written in numbers even where the rest is written in letters.
    """

    kind: Kind
    parts: tuple[Node, ...] = ()
    index: int = -1
    part: Part = ""
    new: bool = False
    valued: bool = False

    def changed(self) -> Node:
        """Return this formula marked as changed from the line before."""
        return replace(self, new=True)

    def in_numbers(self) -> Node:
        """Return this formula marked to be written in numbers even where the rest is written in letters."""
        return replace(self, valued=True)

    def of(self, part: Part) -> Node:
        """Return this formula marked as a part of the fraction f / g."""
        return replace(self, part=part)


def symbol(kind: Literal["z", "p", "T", "f", "g", "df", "dg", "dp"], index: int = -1) -> Node:
    """Return a letter: z or p of a class, T, f, g or one of their derivatives."""
    return Node(kind, index=index)


def rest(index: int) -> Node:
    """Return 1 - p of a class. In numbers it is written as one number where p is almost 1."""
    return Node("rest", index=index)


def integer(value: int) -> Node:
    """Return a whole number."""
    return Node("integer", index=value)


def exp(k: int) -> Node:
    """Return e^(z_k / T)."""
    return Node("exp", index=k)


def total() -> Node:
    """Return the sum of e^(z_k / T) over all classes."""
    return Node("total")


def frac(above: Node, below: Node) -> Node:
    """Return a fraction."""
    return Node("frac", (above, below))


def times(*factors: Node) -> Node:
    """Return a product."""
    return Node("times", factors)


def minus(left: Node, right: Node) -> Node:
    """Return a difference."""
    return Node("minus", (left, right))


def negative(of: Node) -> Node:
    """Return a formula with a minus sign before it."""
    return Node("negative", (of,))


def group(of: Node) -> Node:
    """Return a formula in brackets."""
    return Node("group", (of,))


def square(of: Node) -> Node:
    """Return a square."""
    return Node("square", (of,))


def slope(of: Node, j: int) -> Node:
    """Return the derivative of a formula with respect to the raw output of class j, not worked out."""
    return Node("slope", (of,), j)


def secant(of: Node, j: int) -> Node:
    """Return the slope of a formula between `SECANT_STEP` T below and above the raw output of class j."""
    return Node("secant", (of,), j)


def survivor(of: Node) -> Node:
    """Return a sum of zeros and one remaining term, whose class says where in the sum it stands."""
    return Node("survivor", (of,), of.index)
