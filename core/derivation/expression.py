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
    "survivor",  # 0 + ... + a term + ... + 0: what is left of a sum
    "slope",  # d/dz_j of what follows, not worked out
    "secant",  # how far it moves while z_j goes from a little before to a little after, over the distance
    "frac",
    "times",
    "minus",
    "negative",
    "group",  # brackets
    "square",
]
Part = Literal["numerator", "denominator", ""]

# How far a reader who checks a slope on the curve moves to each side, in units of T.
SECANT_STEP = 0.001


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a formula.

    Attributes
    ----------
    kind : str
        What it is; see `Kind`.
    parts : tuple of Node
        What it is made of, in reading order.
    index : int
        The class that it belongs to, or the whole number; -1 if neither.
    part : {"numerator", "denominator", ""}
        Which part of the fraction f / g it comes from, so that it keeps one colour in every step.
    new : bool
        Whether it is what changed from the line before.
    valued : bool
        Whether it is written in numbers also where the rest is written in letters.

    Examples
    --------
    >>> frac(exp(0), total()).parts[0].index
    0
    """

    kind: Kind
    parts: tuple[Node, ...] = ()
    index: int = -1
    part: Part = ""
    new: bool = False
    valued: bool = False

    def changed(self) -> Node:
        """Return this formula marked as what changed from the line before.

        Examples
        --------
        >>> symbol("g").changed().new
        True
        """
        return replace(self, new=True)

    def in_numbers(self) -> Node:
        """Return this formula to be written in numbers, whatever the rest is written in.

        Examples
        --------
        >>> symbol("g").in_numbers().valued
        True
        """
        return replace(self, valued=True)

    def of(self, part: Part) -> Node:
        """Return this formula as a part of the fraction.

        Examples
        --------
        >>> exp(0).of("numerator").part
        'numerator'
        """
        return replace(self, part=part)


def symbol(kind: Literal["z", "p", "T", "f", "g", "df", "dg", "dp"], index: int = -1) -> Node:
    """Return a letter: z or p of a class, T, f, g or one of their derivatives.

    Examples
    --------
    >>> symbol("p", 2).index
    2
    """
    return Node(kind, index=index)


def rest(index: int) -> Node:
    """Return 1 - p of a class; in numbers it is one number where p is as good as 1.

    Examples
    --------
    >>> rest(0).kind
    'rest'
    """
    return Node("rest", index=index)


def integer(value: int) -> Node:
    """Return a whole number.

    Examples
    --------
    >>> integer(1).index
    1
    """
    return Node("integer", index=value)


def exp(k: int) -> Node:
    """Return e^(z_k / T).

    Examples
    --------
    >>> exp(1).kind
    'exp'
    """
    return Node("exp", index=k)


def total() -> Node:
    """Return the sum of e^(z_k / T) over all classes.

    Examples
    --------
    >>> total().kind
    'total'
    """
    return Node("total")


def frac(above: Node, below: Node) -> Node:
    """Return a fraction.

    Examples
    --------
    >>> frac(integer(1), symbol("T")).kind
    'frac'
    """
    return Node("frac", (above, below))


def times(*factors: Node) -> Node:
    """Return a product.

    Examples
    --------
    >>> len(times(integer(1), integer(2), integer(3)).parts)
    3
    """
    return Node("times", factors)


def minus(left: Node, right: Node) -> Node:
    """Return a difference.

    Examples
    --------
    >>> minus(integer(1), symbol("p", 0)).kind
    'minus'
    """
    return Node("minus", (left, right))


def negative(of: Node) -> Node:
    """Return a formula with a minus sign before it.

    Examples
    --------
    >>> negative(integer(1)).kind
    'negative'
    """
    return Node("negative", (of,))


def group(of: Node) -> Node:
    """Return a formula in brackets.

    Examples
    --------
    >>> group(integer(1)).kind
    'group'
    """
    return Node("group", (of,))


def square(of: Node) -> Node:
    """Return a square.

    Examples
    --------
    >>> square(symbol("g")).kind
    'square'
    """
    return Node("square", (of,))


def slope(of: Node, j: int) -> Node:
    """Return the derivative of a formula with respect to the raw output of class j, not worked out.

    Examples
    --------
    >>> slope(total(), 1).index
    1
    """
    return Node("slope", (of,), j)


def secant(of: Node, j: int) -> Node:
    """Return the slope of a formula between `SECANT_STEP` T before and after the raw output of class j.

    Examples
    --------
    >>> secant(symbol("p", 0), 1).index
    1
    """
    return Node("secant", (of,), j)


def survivor(of: Node) -> Node:
    """Return a sum of zeros around the one term that is left; the term's index tells its place.

    Examples
    --------
    >>> survivor(exp(1)).index
    1
    """
    return Node("survivor", (of,), of.index)
