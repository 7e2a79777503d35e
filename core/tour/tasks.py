"""What a scene of the tour asks for: something to do, a choice, or a number; and how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.derivation.loss_predictions import Aim, gradient_tolerance, judge_gradient
from core.derivation.predictions import judge_value, tolerance
from core.derivation.slips import Verdict
from core.derivatives import jacobian
from core.handout.numbers import decimal
from core.loss import cross_entropy, cross_entropy_gradient, one_hot
from core.situation.scenario import Scenario
from core.tour.facts import TRUE, Facts, Seen

__all__ = ["AIM", "Choose", "Do", "Option", "Task", "WorkOut", "another_species", "at_peak", "below", "leads",
           "raised", "stepped"]  # fmt: skip

# What is minimised in the tour.
AIM = Aim(TRUE, 1.0, "cross-entropy")
# The derivative at which the peak of 1/4 counts as reached: p is then within 0.071 of one half, and the point
# seems to be at the top of the curve.
_NEARLY_PEAK = 0.245


@dataclass(frozen=True, slots=True)
class Do:
    """Something to do with the hand; it is noticed when it was done.

    Attributes
    ----------
    ask : str
        What to do.
    done : callable
        Tells from what has happened whether it was done.
    reply : str
        What is said then, and stays true later; numbers are named as in `Facts`.
    so_far : str
        What is said while something was done, but not that.
    """

    ask: str
    done: Callable[[Seen], bool]
    reply: str
    so_far: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose, and what is said about it; numbers are named as in `Facts`."""

    key: str
    label: str
    reply: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """A prediction by choice of an answer.

    Attributes
    ----------
    ask : str
        The question.
    options : tuple of Option
        The answers, of which one is right.
    """

    ask: str
    options: tuple[Option, ...]

    def judge(self, key: str, seen: Seen) -> Verdict:
        """Judge an answer.

        Raises
        ------
        ValueError
            If no option has this key.
        """
        found = next((option for option in self.options if option.key == key), None)
        if found is None:
            accepted = ", ".join(option.key for option in self.options)
            raise ValueError(f"{key!r} is no answer; {accepted} are accepted.")
        said = found.reply.format_map(Facts(seen))
        return Verdict(found.right, None if found.right else found.key, said)

    def shown(self, seen: Seen) -> Verdict:
        """Return the right answer, for a reader who asks for it."""
        right = next(option for option in self.options if option.right)
        said = f"{right.label}: {_without_yes(right.reply)}"
        return Verdict(True, None, said.format_map(Facts(seen)))


@dataclass(frozen=True, slots=True)
class WorkOut:
    """A prediction of a number: a derivative, or an entry of the gradient of the loss.

    Attributes
    ----------
    ask : str
        The question.
    gradient : bool
        Whether it asks for the gradient for raw output j, instead of the derivative of the chosen cell.
    more : str
        What is added to the reply to a right answer; numbers are named as in `Facts`.
    """

    ask: str
    gradient: bool
    more: str

    def within(self, now: Scenario) -> float:
        """Return how far from the exact value an answer may be."""
        return gradient_tolerance(now, AIM, now.j) if self.gradient else tolerance(now)

    def judge(self, answer: float, seen: Seen) -> Verdict:
        """Judge an answer in the situation shown; see `judge_value` and `judge_gradient`."""
        now = seen.now
        found = judge_gradient(now, AIM, now.j, answer) if self.gradient else judge_value(now, answer)
        more = f" {self.more.format_map(Facts(seen))}" if found.right and self.more else ""
        return found._replace(words=found.words + more)

    def shown(self, seen: Seen) -> Verdict:
        """Return the right answer, for a reader who asks for it."""
        now = seen.now
        exact = cross_entropy_gradient(now.z, one_hot(TRUE, len(now.z)), now.temperature)[now.j]
        value = exact if self.gradient else jacobian(now.z, now.temperature)[now.i, now.j]
        found = self.judge(float(value), seen)
        return found._replace(words=f"{decimal(Decimal(float(value)))}: {_without_yes(found.words)}")


def _without_yes(reply: str) -> str:
    """Return a reply for a reader who has not answered."""
    return reply.removeprefix("Yes: ")


Task = Do | Choose | WorkOut


def leads(k: int) -> Callable[[Seen], bool]:
    """Return whether class k has the largest raw output."""
    return lambda seen: all(seen.now.z[k] > other for m, other in enumerate(seen.now.z) if m != k)


def raised(k: int, by: float) -> Callable[[Seen], bool]:
    """Return whether raw output k is higher than at the start by so much."""
    # What was typed or dragged has two decimals; 0.23 + 1 has an error of rounding.
    return lambda seen: seen.now.z[k] - seen.start.z[k] >= by - 1e-9


def at_peak(seen: Seen) -> bool:
    """Tell whether the derivative of the chosen cell is all but the largest that there is."""
    now = seen.now
    return bool(abs(jacobian(now.z, now.temperature)[now.i, now.j]) * now.temperature >= _NEARLY_PEAK)


def below(loss: float) -> Callable[[Seen], bool]:
    """Return whether cross-entropy is below this."""

    def done(seen: Seen) -> bool:
        target = one_hot(TRUE, len(seen.now.z))
        return bool(cross_entropy(seen.now.z, target, seen.now.temperature) < loss)

    return done


def stepped(seen: Seen) -> bool:
    """Tell whether a step of descent was taken."""
    return seen.steps > 0


def another_species(seen: Seen) -> bool:
    """Tell whether the network names another species than at the start."""
    return bool(seen.flower) and int(np.argmax(seen.flower)) != int(np.argmax(seen.first_flower))
