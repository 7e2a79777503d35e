"""The corners of each page's limits: the links that ask the most of the server."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from streamlit.testing.v1 import AppTest

from core.network import STEPS
from core.situation.scenario import MAX_ABS_Z, MAX_CLASSES, MAX_TEMPERATURE, MIN_CLASSES, MIN_TEMPERATURE
from core.tour.scenes import SCENES
from tests.pages.follow import turn_to

__all__ = ["PAGES", "corners", "opened"]

APP = str(Path(__file__).parents[2] / "app.py")
PAGES = ("explore", "derive", "descend", "iris", "worksheet", "tour")
_OWN = {
    "explore": (
        {"view": "contour"},
        {"view": "3d"},
        {"view": "3d", "surface": "probability"},
        {"view": "contour", "surface": "log-derivative"},
    ),
    "derive": (
        {},
        {"step": "factor"},
        {"step": "check", "show": "all", "read": "numbers", "predict": "off"},
    ),
    "descend": (
        {},
        {"rate": "100", "label": "0.5"},
        {"rate": "0.01", "loss": "squared error"},
    ),
    "iris": (
        {"seed": "0"},
        {"seed": "999999", "trained": str(STEPS - 1)},
        {"seed": "77", "trained": "0", "at": "0,1.8", "weight": "3-4"},
        {"seed": "78", "flower": "150", "trained": "1", "way": "8"},
    ),
    "worksheet": ({}, {"solutions": "off"}),
    "tour": tuple(
        {"scene": scene.key} | ({} if "irises" in scene.shows else {"z": "50,-50,50"}) for scene in SCENES
    ),
}


def opened(page: str) -> AppTest:
    """A page in a new session."""
    test = AppTest.from_file(APP, default_timeout=60)
    test.run()
    if page != "explore":
        turn_to(test, page)
    return test.run()


def corners(page: str) -> Iterator[dict[str, str]]:
    """Return the query of each corner of a page's limits."""
    if page in ("iris", "tour"):
        yield from _OWN[page]
        return
    for n, t, (kind, own) in product(
        (MIN_CLASSES, 3, MAX_CLASSES), (MIN_TEMPERATURE, MAX_TEMPERATURE), product(_SPREADS, (True, False))
    ):
        # The raw outputs have many digits, as after a descent. The names are as wide as possible.
        z = [value * (1 - k / 1e6) for k, value in enumerate(_SPREADS[kind](n))]
        names = [letter * 24 for letter in "WMQGOABCDE"[:n]]
        place = {"of": names[0], "wrt": names[0 if own else -1]}
        for settings in _OWN[page]:
            query = {"classes": ",".join(names), "z": ",".join(map(str, z)), "T": str(t)}
            yield query | (place if page != "descend" else {}) | settings
        if page == "descend":
            # The most steps that the page takes. They do not leave this start, so the link is consistent.
            z = [MAX_ABS_Z, *(n - 1) * [-MAX_ABS_Z]]
            told = ",".join(map(str, z))
            yield {"classes": ",".join(names), "z": told, "T": str(t), "true": names[0], "steps": "1000",
                   "start": told, "rate": "0.01"}  # fmt: skip


_SPREADS: dict[str, Callable[[int], list[float]]] = {
    "apart": lambda n: [MAX_ABS_Z if k % 2 else -MAX_ABS_Z for k in range(n)],
    "level": lambda n: n * [MAX_ABS_Z],
}
