"""What the picture of a question is about, and what several pictures show."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core.derivatives import jacobian
from core.loss import probability_error
from core.questions.tables import Array, Head, Table, grid, of_entry
from core.situation.scenario import Scenario
from core.softmax import softmax

__all__ = ["Subject", "jacobian_table", "most"]


class Subject(NamedTuple):
    """What a picture is about.

    Parameters
    ----------
    now : Scenario
        The situation.
    true : int
        The true class, where there is a loss.
    certainty : float
        Its target; the other classes share the rest.
    """

    now: Scenario
    true: int = 0
    certainty: float = 1.0

    @property
    def n(self) -> int:
        """Return the number of classes."""
        return len(self.now.z)

    @property
    def heads(self) -> tuple[Head, ...]:
        """Return a head for each class."""
        return tuple(Head("", k) for k in range(self.n))

    @property
    def p(self) -> Array:
        """Return the probabilities."""
        return softmax(self.now.z, self.now.temperature)

    @property
    def jacobian(self) -> Array:
        """Return the Jacobian."""
        return jacobian(self.now.z, self.now.temperature)

    @property
    def delta_minus_p(self) -> Array:
        """Return δ_ij - p_j with all digits of 1 - p_j."""
        return -probability_error(self.now.z, np.eye(self.n), self.now.temperature)

    def over_t(self, text: str) -> str:
        """Write a caption, divided by T unless that is 1."""
        return text if self.now.temperature == 1 else f"{text} / T"


def most(*grids: Array) -> float:
    """Return the largest size in some arrays."""
    return max(float(np.abs(each).max()) for each in grids)


def jacobian_table(subject: Subject, *, sums: str = "", largest: float = 0.0) -> Table:
    """Return the Jacobian as a grid; see `core.questions.tables.grid`."""
    entries = subject.jacobian
    return grid("Jacobian", entries, of_entry, largest=largest or most(entries), sums=sums)
