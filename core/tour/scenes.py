"""The scenes of the tour: the situation of each, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from core.situation.scenario import Scenario
from core.tour.words import WORDS, Words

__all__ = ["KEYS", "RATE", "SCENES", "Scene", "View", "find"]

# What a scene can show besides the raw outputs: parts of the board, and parts and charts of other pages.
View = Literal[
    "probabilities",
    "stage",
    "grid",
    "line",
    "curve",
    "steps",
    "irises",
    "loss",
    "descent",
    "gradient",
    "why",
    "losses",
    "marks",
    "meaning",
    "peak",
]

# The learning rate of the tour.
RATE = 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene.

    Attributes
    ----------
    key : str
        Links contain it, so it never changes.
    situation : Scenario
        The situation with which it begins; always of the three irises.
    shows : frozenset of View
        What it shows.
    then : frozenset of View
        What it shows besides once its task is done.
    steps, then_steps : tuple of str
        The steps of the derivation that it shows, before and after, by their keys.
    """

    key: str
    situation: Scenario
    shows: frozenset[View]
    then: frozenset[View]
    steps: tuple[str, ...] = ()
    then_steps: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """Return its words."""
        return WORDS[self.key]


def _scene(
    key: str,
    shows: str,
    then: str = "",
    *,
    situation: Scenario | None = None,
    steps: str = "",
    then_steps: str = "",
) -> Scene:
    return Scene(
        key,
        situation or Scenario(),
        _views(shows),
        _views(then),
        tuple(steps.split()),
        tuple(then_steps.split()),
    )


def _views(names: str) -> frozenset[View]:
    return frozenset(cast("View", name) for name in names.split())


_OF_SETOSA_BY_VIRGINICA = Scenario(i=0, j=2)

SCENES: tuple[Scene, ...] = (
    _scene("outputs", ""),
    _scene("exponentials", "stage"),
    _scene("shares", "stage probabilities"),
    _scene("push", "probabilities marks"),
    _scene("slope", "probabilities", "curve", situation=_OF_SETOSA_BY_VIRGINICA),
    _scene("formulas", "probabilities", "line", situation=Scenario(i=1, j=0)),
    _scene(
        "minus",
        "probabilities steps",
        situation=_OF_SETOSA_BY_VIRGINICA,
        steps="rule",
        then_steps="numerator factor result",
    ),
    _scene("jacobian", "probabilities grid"),
    _scene("rank", "probabilities grid"),
    _scene("peak", "probabilities curve", "peak"),
    _scene("flower", "irises"),
    _scene("loss", "probabilities loss", situation=Scenario(i=1, j=1)),
    _scene("chain", "probabilities loss", "gradient why", situation=Scenario(i=1, j=0)),
    _scene("step", "probabilities loss gradient descent", situation=Scenario(i=1, j=1)),
    _scene("stuck", "probabilities loss", "losses", situation=Scenario(z=(4, -4, 0), i=1, j=1)),
    _scene("meaning", "probabilities loss", "gradient meaning", situation=Scenario(i=1, j=1)),
)

KEYS = tuple(scene.key for scene in SCENES)


def find(key: str) -> Scene:
    """Return the scene with this key; the first one if there is none."""
    return next((scene for scene in SCENES if scene.key == key), SCENES[0])
