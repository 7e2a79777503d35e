"""Which picture answers which question."""

from __future__ import annotations

from collections.abc import Callable

from core.questions import grids, lists
from core.questions.subject import Subject
from core.questions.tables import Picture

__all__ = ["PICTURES"]

# For each question by its key, the function that draws its picture.
PICTURES: dict[str, Callable[[Subject], Picture]] = {
    "matrix": grids.matrix,
    "exponential": lists.exponential,
    "largest": lists.largest,
    "sum": lists.sum_too,
    "temperature": lists.temperature,
    "log": grids.log,
    "variance": lists.variance,
    "inverse": grids.inverse,
    "outer": grids.outer,
    "delta": grids.delta,
    "diagonal": grids.diagonal,
    "cancel": lists.cancel,
    "squared": lists.squared,
    "total": grids.total,
}
