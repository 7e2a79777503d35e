"""The part for the loss and its descent, for any page: what it is told, and the steps that it takes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from core.derivation.loss_predictions import Aim
from core.descent import Descent, Loss, descend, ends_at, within
from core.loss import smoothed
from core.situation.query import parsed_integer, parsed_z
from core.situation.scenario import MAX_ABS_Z, Scenario
from core.text import number_text
from ui import session, theme
from ui.board import scale_for
from ui.component import declare
from ui.messages import LossMessage
from ui.sent import whole
from ui.settings import Setting, raw_outputs_setting

__all__ = [
    "AHEAD",
    "START",
    "STEPS",
    "WHY",
    "Descending",
    "ahead",
    "descending",
    "descent_start",
    "loss_part",
]
__all__ += ["worked_lines"]

# How many steps to come are drawn, and how many one link may have taken.
AHEAD = 40
_MOST_STEPS = 1000

_LOSS = declare("loss", "Loss and gradient")


STEPS = Setting(
    "steps", "0", lambda value, _: parsed_integer(value, 0, _MOST_STEPS) is not None,
    f"an integer from 0 to {_MOST_STEPS}", ends_with_the_situation=True,
)  # fmt: skip
START = raw_outputs_setting("start", ends_with_the_situation=True)
# Whether the part shows how all but p - y cancels, with the numbers in place.
WHY = Setting("why", "", lambda value, _: value in ("", "on"), "on")


class Descending(NamedTuple):
    """What is minimised, how fast, and the path taken so far."""

    true: int
    target: list[float]
    certainty: float
    rate: float
    loss: Loss
    past: Descent


def descent_start() -> tuple[float, ...] | None:
    """Return the raw outputs where the descent began that the link tells of; None if no step was taken."""
    told = session.setting(START)
    return parsed_z(told, len(session.scenario().classes)) if told and session.setting(STEPS) != "0" else None


def descending(now: Scenario, aim: Aim, rate: float) -> Descending:
    """Return the descent that has led to a situation, as far as the link tells.

    Parameters
    ----------
    now : Scenario
        The situation shown.
    aim : Aim
        What is minimised.
    rate : float
        The learning rate.
    """
    true, certainty, loss = aim
    target = smoothed(true, len(now.classes), certainty)
    steps = parsed_integer(session.setting(STEPS), 0, _MOST_STEPS) or 0
    start = parsed_z(session.setting(START), len(now.classes)) if steps and session.setting(START) else now.z
    past = descend(start, target, rate, steps if start is not now.z else 0, now.temperature, loss)
    if not ends_at(past, now.z):
        # The reader has changed the raw outputs since, so the descent starts anew from those shown.
        past = descend(now.z, target, rate, 0, now.temperature, loss)
    return Descending(true, target.tolist(), certainty, rate, loss, past)


def ahead(now: Scenario, choice: Descending, loss: Loss | None = None) -> Descent:
    """Return the descent to come on the chosen loss or another, as far as the board reaches."""
    room = min(AHEAD, _MOST_STEPS - len(choice.past.z) + 1)
    path = descend(now.z, choice.target, choice.rate, room, now.temperature, loss or choice.loss)
    return within(path, MAX_ABS_Z)


def worked_lines(choice: Descending) -> int:
    """Return how many lines of a large picture the cancellation takes (static/live/views/cancellation.js)."""
    if session.setting(WHY) != "on" or choice.loss != "cross-entropy":
        return 0
    return 4 if choice.certainty == 1 else 7


def loss_part(
    now: Scenario,
    choice: Callable[[], Descending],
    fragment: str,
    after: Callable[[], None] = lambda: None,
    *,
    shows: Sequence[str] = ("descent", "gradient", "meaning", "other", "choice"),
    why: bool | None = None,
) -> None:
    """Draw the loss with its gradient and the buttons of the descent.

    Parameters
    ----------
    now : Scenario
        The situation shown.
    choice : callable
        Returns the descent of the situation that the session has when it is called. A commit arrives later
        than this drawing, so its callback asks anew.
    fragment : str
        The key of the page's fragment that the part is drawn in.
    after : callable
        Is called when a commit has been taken.
    shows : sequence of str
        What it shows besides the loss: "descent" are its buttons, "gradient" is the gradient, "meaning" says
        what that asks for, "other" is the other loss, and "choice" is the button for the chain rule with its
        numbers.
    why : bool, optional
        Whether the chain rule is shown with its numbers; by default the setting `WHY` says so.
    """
    shown = choice()
    n, taken = len(now.classes), len(shown.past.z) - 1
    message: LossMessage = {
        "names": list(now.classes),
        "colours": list(theme.class_colours(n)),
        "z": list(now.z),
        "temperature": now.temperature,
        "i": now.i,
        "j": now.j,
        "true": shown.true,
        "target": shown.target,
        "loss": shown.loss,
        "scale": scale_for(now.z),
        "path": ahead(now, shown).z.tolist(),
        "taken": taken,
        "end": (
            f"This page stops after {_MOST_STEPS} steps."
            if taken >= _MOST_STEPS
            else "The next step would leave the board, which ends at ±50."
        ),
        "ack": session.acknowledged("loss"),
        "locked": "z" in session.locked(),
        "why": session.setting(WHY) == "on" if why is None else why,
        "shows": list(shows),
    }
    _LOSS(
        key="loss",
        data=message,
        on_commit_change=lambda: _take(choice, fragment, after),
    )


def _take(choice: Callable[[], Descending], fragment: str, after: Callable[[], None]) -> None:
    payload = session.take_commit("loss")
    why, steps = payload.get("why"), whole(payload.get("steps"), -1, AHEAD)
    if isinstance(why, bool):
        session.change(why="on" if why else "")
    if steps is not None:
        _take_steps(choice(), steps)
    if isinstance(why, bool) or steps is not None:
        after()
        session.redraw_followers(fragment)


def _take_steps(shown: Descending, steps: int) -> None:
    now, taken = session.scenario(), len(shown.past.z) - 1
    if steps == -1 or (steps == 0 and taken <= 1):
        session.change(now.with_z(shown.past.z[0]), steps="", start="")
        return
    start = ",".join(map(number_text, shown.past.z[0].tolist()))
    path = ahead(now, shown).z
    if steps == 0:
        session.change(now.with_z(shown.past.z[-2].tolist()), steps=str(taken - 1), start=start)
    elif steps < len(path):
        session.change(now.with_z(path[steps].tolist()), steps=str(taken + steps), start=start)
