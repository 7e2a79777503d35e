"""Formulas as data: small trees that can be evaluated exactly, typeset, spoken and sent to the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from math import ceil, log
from typing import Literal

__all__ = [
    "SECANT_STEP",
    "Kind",
    "Node",
    "Part",
    "evaluate",
    "exp",
    "frac",
    "group",
    "integer",
    "minus",
    "negative",
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

# The error of a central difference is the square of its step: 80 digits are more than are ever compared.
_STEP = Decimal("1e-40")
# How far a reader who checks a slope on the curve moves to each side, in units of T.
SECANT_STEP = 0.001
_DIGITS = 130


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
    >>> float(round(evaluate(secant(symbol("p", 0), 0), [0.0, 0.0], 1.0, 0, 0), 6))
    0.25
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


def evaluate(node: Node, z: Sequence[float], temperature: float, i: int, j: int) -> Decimal:
    """Return what a formula comes to, from the definitions of its letters alone.

    Parameters
    ----------
    node : Node
        The formula.
    z : sequence of float, n of them
        Raw output values.
    temperature : float
        T > 0.
    i, j : int
        The classes that f, df, dg and dp speak of.

    Returns
    -------
    Decimal
        Right to at least 20 digits, also where floats would cancel or overflow. Derivatives (df, dg, dp and
        slope) are taken as difference quotients, so that comparing the two sides of an equation proves it.

    Examples
    --------
    >>> float(evaluate(symbol("dp"), [1.43, -0.4, 0.23], 1.0, 0, 0))
    0.21607843596133924
    """
    spread = (max(z) - min(z)) / temperature / log(10)
    largest = max(abs(value) for value in z) / temperature / log(10)
    with localcontext() as context:
        # 1 - p of the class in front has as many leading zeros as the spread has decimals.
        context.prec = _DIGITS + 2 * ceil(spread)
        context.Emax, context.Emin = 999999999, -999999999
        if largest > 1e6:
            raise OverflowError("a raw output over T is beyond e^(10^6); nearer ones are accepted.")
        values = [Decimal(value) for value in z]
        return _Evaluator(Decimal(temperature), i, j).value(node, values)


class _Evaluator:
    """Evaluates one formula after the other in the same situation; exponentials are computed once."""

    def __init__(self, temperature: Decimal, i: int, j: int) -> None:
        self.temperature, self.i, self.j = temperature, i, j
        self.powers: dict[Decimal, Decimal] = {}

    def value(self, node: Node, z: list[Decimal]) -> Decimal:
        """Evaluate a node with these raw outputs."""
        parts = node.parts
        match node.kind:
            case "integer":
                return Decimal(node.index)
            case "z":
                return z[node.index]
            case "T":
                return self.temperature
            case "exp":
                return self._power(z[node.index])
            case "f":
                return self._power(z[self.i])
            case "g" | "total":
                return sum((self._power(value) for value in z), Decimal(0))
            case "p":
                return self.value(frac(exp(node.index), total()), z)
            case "df":
                return self._slope(symbol("f"), self.j, z)
            case "dg":
                return self._slope(symbol("g"), self.j, z)
            case "dp":
                return self._slope(symbol("p", self.i), self.j, z)
            case "slope":
                return self._slope(parts[0], node.index, z)
            case "secant":
                return self._slope(parts[0], node.index, z, Decimal(str(SECANT_STEP)) * self.temperature)
            case "frac":
                return self.value(parts[0], z) / self.value(parts[1], z)
            case "times":
                product = Decimal(1)
                for factor in parts:
                    product *= self.value(factor, z)
                return product
            case "minus":
                return self.value(parts[0], z) - self.value(parts[1], z)
            case "negative":
                return -self.value(parts[0], z)
            case "square":
                return self.value(parts[0], z) ** 2
            case "group" | "survivor":
                return self.value(parts[0], z)

    def _power(self, z: Decimal) -> Decimal:
        if z not in self.powers:
            self.powers[z] = (z / self.temperature).exp()
        return self.powers[z]

    def _slope(self, node: Node, k: int, z: list[Decimal], step: Decimal = _STEP) -> Decimal:
        ahead, behind = z.copy(), z.copy()
        ahead[k] += step
        behind[k] -= step
        return (self.value(node, ahead) - self.value(node, behind)) / (2 * step)
