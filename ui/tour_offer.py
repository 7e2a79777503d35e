"""Offers the tour, on its own page and on others; only the browser knows where its reader was last."""

from collections.abc import Callable

from core.tour.scenes import KEYS, SCENES
from ui import session
from ui.component import declare
from ui.guide_messages import OfferMessage

__all__ = ["offer_tour"]

_OFFER = declare("offer", "The tour")


def offer_tour(scene: str | None, go: Callable[[str], None]) -> None:
    """Draw the line that offers the tour; the browser shows it to whoever has not been there yet.

    Parameters
    ----------
    scene : str or None
        The key of the scene that is shown; None outside the tour.
    go : callable
        Opens the scene with the given key; called in a callback.
    """
    message: OfferMessage = {
        "keys": list(KEYS),
        "titles": [each.words.title for each in SCENES],
        "scene": scene,
        "ack": session.acknowledged("offer"),
    }
    _OFFER(
        key="offer",
        data=message,
        on_commit_change=lambda: _take(go),
    )


def _take(go: Callable[[str], None]) -> None:
    scene = session.take_commit("offer").get("scene")
    if isinstance(scene, str) and scene in KEYS:
        go(scene)
