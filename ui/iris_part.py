"""The part for the irises: what it shows of a network's training, how any page mounts it, its commits."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, SPECIES_NAMES, scaled, unscaled
from core.network import HIDDEN, MAX_SEED, RATE, STEPS, Network, Training, forward, initial, parameters, train
from core.situation.query import parsed_integer, parsed_number
from core.softmax import softmax
from ui import session, theme
from ui.browser import note_browser, take_browser, window
from ui.component import declare
from ui.messages import IrisMessage
from ui.sent import number, whole
from ui.settings import Setting

__all__ = ["AT", "FLOWER", "PETAL", "SEED", "SEPAL", "SETTINGS", "STAGES", "TRAINED", "WAY"]
__all__ += ["chosen", "first_probabilities", "iris_part", "network", "of_weight", "probabilities", "seed"]
__all__ += ["WEIGHT", "trained", "training", "weight"]

_FLOWERS = len(SPECIES)
# The plane's ends in cm, as in static/live/views/plane.js.
PETAL, SEPAL = (0.0, 2.6), (1.8, 4.6)
# While the training is played, every fifth step is shown.
_STAGE = 5
# The stages of a flower's way through the network and back to a weight, as in static/live/text/way.js.
STAGES = 8


def _place(text: str) -> tuple[float, float] | None:
    """Return petal and sepal width of a free point."""
    parts = text.split(",")
    if len(parts) != 2:
        return None
    petal, sepal = parsed_number(parts[0], *PETAL), parsed_number(parts[1], *SEPAL)
    return None if petal is None or sepal is None else (petal, sepal)


def of_weight(text: str) -> tuple[int, int] | None:
    """Return the raw output and the hidden value of a weight, each counted from 0; None if there is none.

    Examples
    --------
    >>> of_weight("2-1"), of_weight("4-1")
    ((1, 0), None)
    """
    output, _, hidden = text.partition("-")
    i, h = parsed_integer(output, 1, 3), parsed_integer(hidden, 1, HIDDEN)
    return None if i is None or h is None else (i - 1, h - 1)


FLOWER = Setting(
    "flower", "60", lambda value, _: parsed_integer(value, 1, _FLOWERS) is not None,
    f"an integer from 1 to {_FLOWERS}",
)  # fmt: skip
AT = Setting(
    "at", "", lambda value, _: value == "" or _place(value) is not None,
    "a petal width from 0 to 2.6 and a sepal width from 1.8 to 4.6, separated by a comma",
)  # fmt: skip
SEED = Setting(
    "seed", "1", lambda value, _: parsed_integer(value, 0, MAX_SEED) is not None,
    f"an integer from 0 to {MAX_SEED}",
)  # fmt: skip
TRAINED = Setting(
    "trained", str(STEPS), lambda value, _: parsed_integer(value, 0, STEPS) is not None,
    f"an integer from 0 to {STEPS}",
)  # fmt: skip
WEIGHT = Setting(
    "weight",
    "2-1",
    lambda value, _: of_weight(value) is not None,
    f"a class and a hidden value, 1-1 to 3-{HIDDEN}",
)
# Which stage of the flower's way is lit; none if it is empty.
WAY = Setting(
    "way", "", lambda value, _: value == "" or parsed_integer(value, 1, STAGES) is not None,
    f"an integer from 1 to {STAGES}",
)  # fmt: skip
# A page that mounts the part has these in its link, so that the link says what the part shows.
SETTINGS = (FLOWER, AT, SEED, TRAINED, WEIGHT, WAY)

_IRIS = declare("iris", "Irises and their network")


@st.cache_resource(max_entries=32, show_spinner=False)
def training(seed: int) -> Training:
    """Return a whole training: the network at every fifth step, loss and accuracy at every one."""
    return train(initial(seed), scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES, RATE, STEPS, keep=_STAGE)


def network(seed: int, steps: int) -> Network:
    """Return the network after some steps; resumed training gives the same bits."""
    stage = training(seed).stages[steps // _STAGE]
    rest = steps % _STAGE
    if not rest:
        return stage
    return train(stage, scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES, RATE, rest).network


def seed() -> int:
    """Return the random seed of the initial weights."""
    return int(session.setting(SEED))


def trained() -> int:
    """Return how many steps the network has been trained."""
    return int(session.setting(TRAINED))


def weight() -> tuple[int, int]:
    """Return the raw output and the hidden value of the followed weight, each counted from 0."""
    return of_weight(session.setting(WEIGHT)) or (0, 0)


def chosen() -> tuple[int | None, float, float]:
    """Return the chosen flower, or None for a free point, and its two measurements."""
    free = _place(session.setting(AT)) if session.setting(AT) else None
    if free:
        return None, *free
    flower = int(session.setting(FLOWER)) - 1
    return flower, float(PETAL_WIDTH[flower]), float(SEPAL_WIDTH[flower])


def probabilities() -> tuple[float, ...]:
    """Return the probabilities that the network gives the chosen flower or point."""
    _, petal, sepal = chosen()
    return _probabilities(petal, sepal)


def first_probabilities() -> tuple[float, ...]:
    """Return the probabilities of the flower that a link without a flower shows."""
    flower = int(FLOWER.default) - 1
    return _probabilities(float(PETAL_WIDTH[flower]), float(SEPAL_WIDTH[flower]))


def _probabilities(petal: float, sepal: float) -> tuple[float, ...]:
    z = forward(network(seed(), trained()), scaled(petal, sepal)).z
    return tuple(softmax(z).tolist())


def iris_part(
    only: str = "", *, key: str = "iris", after: Callable[[Mapping[str, str]], None] = lambda _: None
) -> None:
    """Draw the plane and the network with the values of the chosen flower.

    Parameters
    ----------
    only : str
        "plane" or "network" shows that one alone, "flower" both without the training and the way from the
        loss to a weight; empty shows everything.
    key : str
        The component's key.
    after : callable
        Called at the end of a commit's callback, with the settings before the commit.

    Notes
    -----
    What is shown comes from `SETTINGS`, and what a user does there changes them. The chart of the training
    follows if the page draws it under the key "training".
    """
    start, steps = seed(), trained()
    flower, petal, sepal = chosen()
    stages = training(start).stages
    # Once the training is finished, Play starts from the beginning.
    first = 0 if steps == STEPS else steps // _STAGE + 1
    low, high = unscaled([0, 0]), unscaled([1, 1])
    message: IrisMessage = {
        "flowers": [
            [float(p), float(s), int(k)] for p, s, k in zip(PETAL_WIDTH, SEPAL_WIDTH, SPECIES, strict=True)
        ],
        "names": list(SPECIES_NAMES),
        "colours": list(theme.class_colours(3)),
        "positive": theme.POSITIVE,
        "negative": theme.NEGATIVE,
        "low": low.tolist(),
        "range": (high - low).tolist(),
        "hidden": HIDDEN,
        "rate": RATE,
        "weights": parameters(network(start, steps)),
        "seed": start,
        "trained": steps,
        "total": STEPS,
        # Single precision is more than a picture shows. When the play stops, Python sends the exact weights.
        "stages": {
            "first": first * _STAGE,
            "every": _STAGE,
            "weights": theme.packed(np.ravel([parameters(stage) for stage in stages[first:]]))["bdata"],
        },
        "petal": petal,
        "sepal": sepal,
        "flower": flower,
        "weight": list(weight()),
        "way": int(session.setting(WAY) or 0),
        "chart": "training",
        "only": only,
        "ack": session.acknowledged(key),
        "window": window(),
        "paper": [
            "From an iris to its raw outputs, its loss and one weight",
            f"{steps} of {STEPS} training steps from the initial weights of random seed {start}.",
        ],
        "link": session.link(),
    }
    told = _IRIS(
        key=key,
        data=message,
        on_commit_change=lambda: _take(key, after),
        on_browser_change=lambda: take_browser(key),
    )
    note_browser(told.browser)


def _take(key: str, after: Callable[[Mapping[str, str]], None]) -> None:
    payload = session.take_commit(key)
    now = session.scenario()
    before = {spec.name: session.setting(spec) for spec in SETTINGS}
    found: dict[str, str] = {}
    at = payload.get("at")
    if isinstance(at, list) and len(at) == 2:
        petal, sepal = number(at[0], *PETAL), number(at[1], *SEPAL)
        if petal is not None and sepal is not None:
            found["at"] = f"{petal:.4g},{sepal:.4g}"
    for spec, lowest, highest in ((FLOWER, 1, _FLOWERS), (TRAINED, 0, STEPS)):
        value = whole(payload.get(spec.name), lowest, highest)
        if value is not None:
            found[spec.name] = str(value)
    stage = whole(payload.get("way"), 0, STAGES)
    if stage is not None:
        found["way"] = str(stage or "")
    if isinstance(payload.get("weight"), str):
        found["weight"] = payload["weight"]
    specs = {spec.name: spec for spec in SETTINGS}
    found = {name: value for name, value in found.items() if specs[name].accepts(value, now)}
    if "flower" in found:
        found["at"] = ""
    session.change(None, **{name: specs[name].short(value) for name, value in found.items()})
    after(before)
