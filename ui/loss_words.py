"""What the page for the loss says at rest beside its charts; a "?" elsewhere is never answered here."""

from core.outlook import Outlook, confidently_wrong, outlook
from core.situation.scenario import Scenario
from ui import lesson, session, theme
from ui.lesson import HIDE, SHOWN
from ui.loss_part import Descending, ahead
from ui.text import for_markdown

__all__ = ["what_to_see", "why_dots_leave"]


def why_dots_leave(now: Scenario, choice: Descending) -> str | None:
    """Return in Markdown why the dots of a descent leave the curve; None while the curve is hidden."""
    if _is_hidden("curve"):
        return None
    return (
        "The dots are the steps of descent. They leave the curve because a step moves all raw outputs, and "
        f"the curve only that of {for_markdown(now.classes[choice.true])}."
    )


def what_to_see(now: Scenario, choice: Descending) -> str | None:
    """Return in Markdown what both losses do from a confidently wrong prediction.

    Parameters
    ----------
    now : Scenario
        The situation shown.
    choice : Descending
        What is minimised; both losses are followed at its learning rate.

    Returns
    -------
    str or None
        None for any other prediction, and while the gradient or the curve is hidden.
    """
    true, t = choice.true, now.temperature
    if _is_hidden("gradient-numbers") or _is_hidden("curve") or not confidently_wrong(now.z, true, t):
        return None
    name = for_markdown(now.classes[true])
    quick = outlook(ahead(now, choice, "cross-entropy"), choice.target, true, "cross-entropy", t)
    slow = outlook(ahead(now, choice, "squared error"), choice.target, true, "squared error", t)
    compare = "" if "z" in session.locked() else " Press **Play** with each loss to compare."
    return (
        f"**Confidently wrong.** With cross-entropy, {name} has the gradient {theme.signed(quick.gradient)} "
        f"and {_outcome(quick)}. With squared error, it has {theme.signed(slow.gradient)} and "
        f"{_outcome(slow)}.{compare}"
    )


def _outcome(found: Outlook) -> str:
    if not found.steps:
        return "would leave the board with the next step"
    if found.leads_after is not None:
        return f"leads after {_steps(found.leads_after)}"
    return f"{'is stuck: it ' if found.stuck else ''}does not lead after {_steps(found.steps)}"


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _is_hidden(item: str) -> bool:
    return lesson.is_hidden(item, session.setting(HIDE), session.setting(SHOWN))
