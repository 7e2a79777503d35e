"""Offers to go on with the tour where this browser was last, and announces the scene to screen readers."""

from collections.abc import Callable

from core.tour.scenes import KEYS, SCENES
from ui import session
from ui.component import declare
from ui.guide_messages import ResumeMessage

__all__ = ["resume"]

_RESUME = declare("resume", "The tour")


def resume(scene: str, go: Callable[[str], None]) -> None:
    """Mount the part; only the browser knows where its reader was last.

    Parameters
    ----------
    scene : str
        The key of the scene that is shown.
    go : callable
        Opens the scene with the given key; called in a callback.
    """
    message: ResumeMessage = {
        "keys": list(KEYS),
        "titles": [each.words.title for each in SCENES],
        "scene": scene,
        "ack": session.acknowledged("resume"),
    }
    _RESUME(
        key="resume",
        data=message,
        on_commit_change=lambda: _take(go),
    )


def _take(go: Callable[[str], None]) -> None:
    scene = session.take_commit("resume").get("scene")
    if isinstance(scene, str) and scene in KEYS:
        go(scene)
