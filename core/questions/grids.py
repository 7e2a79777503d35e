"""The pictures that are equations between grids, each with a row and a column for every class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.derivatives import jvp
from core.questions.subject import Subject, jacobian_table, most
from core.questions.tables import (
    Array,
    Cell,
    Head,
    Picture,
    Table,
    bars,
    grid,
    of_class,
    of_entry,
    of_product,
)

__all__ = [
    "delta",
    "diagonal",
    "inverse",
    "log",
    "matrix",
    "outer",
    "total",
]


def matrix(subject: Subject) -> Picture:
    """Show that a push on one raw output is one column of the Jacobian."""
    j = subject.now.j
    column = [Cell(float(row[j]), places=of_entry(i, j)) for i, row in enumerate(subject.jacobian)]
    table = bars("Raise one raw output", subject.heads, {"": column}, signed=True)
    return table._replace(columns=(Head("", j),)), "is one column of", jacobian_table(subject)


def log(subject: Subject) -> Picture:
    """Show that the Jacobian, each row divided by its p, is δ - p."""
    left = subject.delta_minus_p / subject.now.temperature
    caption = "δ − p" if subject.now.temperature == 1 else "(δ − p) / T"
    return (
        jacobian_table(subject),
        "each row divided by its p =",
        grid(caption, left, of_class, largest=most(left), sums="rows"),
    )


def inverse(subject: Subject) -> Picture:
    """Show that the Jacobian times (1, 1, ..., 1) is 0."""
    ones = np.ones(subject.n)
    moved = jvp(subject.now.z, ones, subject.now.temperature)
    return jacobian_table(subject), "·", _column("All by 1", ones), "=", _column("Change", moved)


def _column(caption: str, values: Array) -> Table:
    """Return a column of integers."""
    heads = tuple(Head("", k) for k in range(len(values)))
    return Table(caption, (), heads, tuple((Cell(float(value), exact=True),) for value in values))


def outer(subject: Subject) -> Picture:
    """Show that diag(p) minus p times itself transposed is the Jacobian."""
    p, t = subject.p, subject.now.temperature
    diagonal, products = np.diag(p) / t, np.outer(p, p) / t
    largest = most(diagonal, products)
    return (
        grid(subject.over_t("diag(p)"), diagonal, of_class, largest=largest, signed=False, zeros=_off(p)),
        "−",
        grid(subject.over_t("p pᵀ"), products, of_product, largest=largest, signed=False),
        "=",
        jacobian_table(subject, largest=largest),
    )


def _off(values: Array) -> NDArray[np.bool_]:
    """Return where a grid is not on its diagonal."""
    return ~np.eye(len(values), dtype=bool)


def delta(subject: Subject) -> Picture:
    """Show that δ - p, each row times its p, is the Jacobian."""
    n, p, left = subject.n, subject.p, subject.delta_minus_p
    return (
        grid("δ", np.eye(n), lambda _, __: (), signed=False, integers=True),
        "−",
        grid("p in each row", np.tile(p, (n, 1)), of_class, signed=False),
        "=",
        grid("δ − p", left, of_class),
        subject.over_t("each row times its p") + " =",
        jacobian_table(subject),
    )


def diagonal(subject: Subject) -> Picture:
    """Show that only with the rest of the Jacobian the sums beside its diagonal are 0."""
    entries, off = subject.jacobian, _off(subject.p)
    largest = most(entries)
    return (
        grid("Diagonal alone", entries, of_entry, largest=largest, sums="both", zeros=off),
        "+",
        grid("The rest", entries, of_entry, largest=largest, sums="both", zeros=~off),
        "=",
        jacobian_table(subject, sums="both"),
    )


def total(subject: Subject) -> Picture:
    """Show the column sums of the Jacobian."""
    return (jacobian_table(subject, sums="columns"),)
