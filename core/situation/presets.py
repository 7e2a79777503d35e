"""Situations worth looking at, as data, so that a first visitor and a teacher have somewhere to start."""

from __future__ import annotations

from dataclasses import dataclass

from core.situation.scenario import Scenario

__all__ = ["PRESETS", "Preset", "find"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario with a name and a hint.

    Parameters
    ----------
    key : str
        Identifies it in code and links, so it never changes.
    title : str
        What the reader sees in a list.
    note : str
        One sentence that says what to look at.
    scenario : Scenario
        The situation itself.
    """

    key: str
    title: str
    note: str
    scenario: Scenario


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="worked-example",
        title="Worked example",
        note="Raise setosa a little: what it gains is exactly what versicolor and virginica lose together.",
        scenario=Scenario(),
    ),
    Preset(
        key="all-equal",
        title="All equal",
        note="Every class has probability one third; whichever you raise takes equally from the other two.",
        scenario=Scenario(z=(0, 0, 0)),
    ),
    Preset(
        key="two-way-tie",
        title="Two-way tie",
        note="Setosa and versicolor share the lead: what one gains comes almost entirely from the other.",
        scenario=Scenario(z=(2, 2, -1), i=0, j=1),
    ),
    Preset(
        key="one-confident",
        title="One confident class",
        note="Setosa already has more than 98% of the probability, so raising it further gains very little.",
        scenario=Scenario(z=(5, 0.5, -0.5)),
    ),
    Preset(
        key="saturated",
        title="Saturated",
        note="Setosa is so far ahead that every derivative is almost 0: a small push changes almost nothing.",
        scenario=Scenario(z=(40, 0, 0)),
    ),
    Preset(
        key="two-classes",
        title="Two classes: the sigmoid",
        note="Only the difference of the raw outputs matters, and all four derivatives have the same size.",
        scenario=Scenario(classes=("yes", "no"), z=(2, -1)),
    ),
    Preset(
        key="ten-classes",
        title="Ten classes",
        note="Raise seven: most of what it gains comes from its two strongest rivals, three and nine.",
        scenario=Scenario(
            classes=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            z=(-1.5, 2.5, 0.25, 3.5, -2, 1, -0.5, 4, 0.75, 3),
            i=7,
            j=7,
        ),
    ),
)


def find(key: str) -> Preset | None:
    """Return the preset with this key, or None."""
    return next((preset for preset in PRESETS if preset.key == key), None)
