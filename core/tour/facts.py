"""The numbers in the tour's words, by name, computed from the situation that the words are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from core.derivatives import jacobian
from core.handout.numbers import decimal, raw
from core.loss import cross_entropy, cross_entropy_gradient, one_hot, squared_error_gradient
from core.situation.scenario import Scenario
from core.softmax import log_softmax, softmax

__all__ = ["PUSHED", "TRUE", "Facts", "Seen"]

# The class that the flower of the tour really belongs to.
TRUE = 1
# The class whose raw output the reader moves.
PUSHED = 2
_NAME = re.compile(r"([a-z]+)([0-9]?)")


class Seen(NamedTuple):
    """What has happened in a scene.

    Attributes
    ----------
    start, now : Scenario
        The situation with which the scene began, and the one shown.
    steps : int
        How many steps of descent have led to the one shown.
    flower : tuple of float
        The probabilities that the network gives the flower shown; empty outside the scene of the flowers.
    first_flower : tuple of float
        The same for the flower that the scene began with.
    descent : Scenario, optional
        Where the descent began that has led to the situation shown.
    """

    start: Scenario
    now: Scenario
    steps: int = 0
    flower: tuple[float, ...] = ()
    first_flower: tuple[float, ...] = ()
    descent: Scenario | None = None

    @property
    def moved(self) -> bool:
        """Whether anything differs from the start."""
        return self.now.z != self.start.z or self.flower != self.first_flower


class Facts(Mapping[str, str]):
    """The numbers that words can name, written with three decimals.

    A name ends with the number of a class, counted from 0, where that is needed: "p1" is a probability,
    "rest1" 1 minus it, "z1" a raw output, "moved1" how much a probability has moved because class `PUSHED`
    has, "ce1" and "se1" are the gradients of the two losses, whose true class is `TRUE`, and
    "startce1" and "startse1" those at the start. "d" is the
    derivative of the chosen cell, "size" its size, "loss" and "before" are cross-entropy now and where
    the descent began, "other" is the largest raw output besides that of `PUSHED`, "raised" how
    much higher that one is than at the start, "species" and "sure" say what the
    network makes of the flower.

    Parameters
    ----------
    seen : Seen
        What has happened.
    """

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def __getitem__(self, name: str) -> str:
        """Return one number as text."""
        found = _NAME.fullmatch(name)
        if found is None or found[1] not in _FACTS:
            raise KeyError(name)
        value = _FACTS[found[1]](self._seen, int(found[2] or 0))
        return value if isinstance(value, str) else decimal(Decimal(float(value)))

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names without the number of a class."""
        return iter(_FACTS)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(_FACTS)


def _p(now: Scenario) -> np.ndarray:
    return softmax(now.z, now.temperature)


def _derivative(now: Scenario) -> float:
    return float(jacobian(now.z, now.temperature)[now.i, now.j])


def _unpushed(seen: Seen) -> Scenario:
    return seen.now.with_value(PUSHED, seen.start.z[PUSHED])


def _loss(now: Scenario) -> float:
    return float(cross_entropy(now.z, one_hot(TRUE, len(now.z)), now.temperature))


def _gradient(of: Callable[..., np.ndarray], now: Scenario, k: int) -> float:
    return float(of(now.z, one_hot(TRUE, len(now.z)), now.temperature)[k])


_FACTS: dict[str, Callable[[Seen, int], str | float]] = {
    "p": lambda seen, k: _p(seen.now)[k],
    "rest": lambda seen, k: -np.expm1(log_softmax(seen.now.z, seen.now.temperature)[k]),
    "z": lambda seen, k: raw(seen.now.z[k]),
    "other": lambda seen, _: raw(max(z for k, z in enumerate(seen.now.z) if k != PUSHED)),
    "raised": lambda seen, _: raw(seen.now.z[PUSHED] - seen.start.z[PUSHED]),
    "d": lambda seen, _: _derivative(seen.now),
    "size": lambda seen, _: abs(_derivative(seen.now)),
    "moved": lambda seen, k: abs(_p(seen.now)[k] - _p(_unpushed(seen))[k]),
    "loss": lambda seen, _: _loss(seen.now),
    "before": lambda seen, _: _loss(seen.descent or seen.start),
    "ce": lambda seen, k: _gradient(cross_entropy_gradient, seen.now, k),
    "se": lambda seen, k: _gradient(squared_error_gradient, seen.now, k),
    "startce": lambda seen, k: _gradient(cross_entropy_gradient, seen.start, k),
    "startse": lambda seen, k: _gradient(squared_error_gradient, seen.start, k),
    "species": lambda seen, _: seen.now.classes[int(np.argmax(seen.flower or [0]))],
    "sure": lambda seen, _: max(seen.flower or (0,)),
}
