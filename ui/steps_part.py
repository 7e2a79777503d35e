"""The part for the steps of the derivation, for any page: what it is told, and its formulas as messages."""

from collections.abc import Callable, Sequence

from core.derivation.expression import SECANT_STEP
from core.derivation.speech import spoken
from core.derivation.steps import Step
from core.situation.scenario import Scenario
from ui import session
from ui.component import declare
from ui.formulas import about, tree
from ui.messages import StepMessage, StepsMessage

__all__ = ["steps_part"]

_STEPS = declare("steps", "Derivation, step by step")


def steps_part(
    steps: Sequence[Step],
    now: Scenario,
    *,
    step: str,
    reading: str,
    whole: bool,
    last_open: int | None = None,
    controls: bool = True,
    take: Callable[[], None] = lambda: None,
) -> None:
    """Draw steps of the derivation.

    Parameters
    ----------
    steps : sequence of Step
        The steps; they are counted from 1.
    now : Scenario
        The situation shown.
    step : str
        The key of the step that is shown when they are shown one at a time.
    reading : str
        How formulas are written: one of `core.derivation.typeset.READINGS`.
    whole : bool
        Whether all steps are shown at once.
    last_open : int, optional
        The place of the last step that may be shown; all may if it is not given.
    controls : bool
        Whether the reader can change the notation and turn to other steps.
    take : callable
        Takes a commit of the part "steps".
    """
    message: StepsMessage = {
        "steps": [_step_message(each, now) for each in steps],
        "about": about(now),
        "z": list(now.z),
        "temperature": now.temperature,
        "secant_step": SECANT_STEP,
        "step": step,
        "reading": reading,
        "all": whole,
        "last_open": last_open,
        "controls": controls,
        "ack": session.acknowledged("steps"),
    }
    _STEPS(
        key="steps",
        data=message,
        on_commit_change=take,
    )


def _step_message(step: Step, now: Scenario) -> StepMessage:
    """Return a step as a message to the browser."""
    return {
        "key": step.key,
        "title": step.title,
        "reason": step.reason,
        "comes_to": tree(step.comes_to) if step.comes_to else None,
        "said": spoken(step.comes_to, now) if step.comes_to else None,
        "equations": [
            {
                "left": tree(equation.left),
                "right": [tree(node) for node in equation.right],
                "exact": equation.exact,
                "lettered": equation.lettered,
                "words": (" equals " if equation.exact else " is approximately ").join(
                    spoken(node, now) for node in (equation.left, *equation.right) if not node.valued
                )
                + ".",
            }
            for equation in step.equations
        ],
    }
