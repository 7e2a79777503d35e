"""The parts of the Loss and descent page: the loss of what is shown, its gradient, and the way down."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from core.arguments import positive_number
from core.descent import LOSSES, Descent, Loss, descend, overshooting_rate, safe_rate
from core.loss import one_hot, smoothed
from core.query import parsed_integer, parsed_number, parsed_z
from core.scenario import MAX_ABS_Z, Scenario
from core.values import number_text
from ui import state, theme
from ui.board import board, scale_for
from ui.component import declare
from ui.figures.losses import loss_figure, simplex_figure
from ui.sent import chosen, whole

__all__ = ["SETTINGS", "descent"]

_RATES = (0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_CERTAINTIES = (1.0, 0.95, 0.9, 0.8)
_MOST_STEPS = 1000
_AHEAD = 40
# One step of the descent is repeated exactly; another machine's exponential may differ in the last digit.
_SAME = 1e-6


def _starts(value: str, now: Scenario) -> bool:
    try:
        return value == "" or len(parsed_z(value, len(now.classes))) == len(now.classes)
    except ValueError:
        return False


TRUE = state.Setting(
    "true", "", lambda value, now: value == "" or value in now.classes, "the name of a class"
)
CERTAINTY = state.Setting(
    "label", "1", lambda value, _: parsed_number(value, 0.5, 1) is not None, "a number from 0.5 to 1"
)
RATE = state.Setting(
    "rate", "1", lambda value, _: parsed_number(value, 0.01, 100) is not None, "a number from 0.01 to 100"
)
LOSS = state.Setting(
    "loss", "cross-entropy", lambda value, _: value in LOSSES, "cross-entropy or squared error"
)
STEPS = state.Setting(
    "steps", "0", lambda value, _: parsed_integer(value, 0, _MOST_STEPS) is not None,
    f"an integer from 0 to {_MOST_STEPS}",
)  # fmt: skip
START = state.Setting("start", "", _starts, "one number from −50 to 50 for each class, separated by commas")
SETTINGS = (TRUE, CERTAINTY, RATE, LOSS, STEPS, START)

_LOSS = declare("loss", "Loss and gradient")


class _Course(NamedTuple):
    """What is minimised, how fast, and the way taken so far."""

    true: int
    target: list[float]
    certainty: float
    rate: float
    loss: Loss
    past: Descent


@st.fragment
def descent() -> None:
    """Draw the board, the loss with its gradient, and where descent leads."""
    now = state.scenario()
    course = None if state.first_run() else _course(now)
    board("board", line=False, charts=("cross_entropy", "squared_error", "simplex"),
          paper=["Loss and gradient descent", *([_chosen(now, course)] if course else [])])  # fmt: skip
    if course is None:
        return
    # Play first: so it is in view together with the bars that it moves, also where a window is low.
    _draw_loss(now, course, _ahead(now, course))
    _choices(now, course)
    _draw_charts(now, course)
    _note(now, course)


def _chosen(now: Scenario, course: _Course) -> str:
    """Return what was chosen on this page, for the printed one."""
    taken = len(course.past.z) - 1
    return (
        f"True class: {now.classes[course.true]}, with target {number_text(course.certainty)}. "
        f"Gradient descent on {course.loss}, learning rate {number_text(course.rate)}, "
        f"{taken} {'step' if taken == 1 else 'steps'} taken."
    )


def _course(now: Scenario) -> _Course:
    named = state.setting(TRUE)
    # The second class: in the worked example one that is far from right, so that there is a way to go.
    true = now.classes.index(named) if named else 1
    certainty = parsed_number(state.setting(CERTAINTY), 0.5, 1) or 1.0
    target = smoothed(true, len(now.classes), certainty)
    rate = positive_number(parsed_number(state.setting(RATE), 0.01, 100), "rate")
    loss: Loss = "squared error" if state.setting(LOSS) == "squared error" else "cross-entropy"
    steps = parsed_integer(state.setting(STEPS), 0, _MOST_STEPS) or 0
    start = parsed_z(state.setting(START), len(now.classes)) if steps and state.setting(START) else now.z
    past = descend(start, target, rate, steps if start is not now.z else 0, now.temperature, loss)
    if np.abs(past.z[-1] - now.z).max() > _SAME:
        # The reader has moved on since: what is shown is a start of its own.
        past = descend(now.z, target, rate, 0, now.temperature, loss)
    return _Course(true, target.tolist(), certainty, rate, loss, past)


def _ahead(now: Scenario, course: _Course, loss: Loss | None = None) -> Descent:
    """Return the way ahead as far as the board reaches."""
    room = min(_AHEAD, _MOST_STEPS - len(course.past.z) + 1)
    path = descend(now.z, course.target, course.rate, room, now.temperature, loss or course.loss)
    inside = np.abs(path.z).max(axis=1) <= MAX_ABS_Z
    end = len(inside) if inside.all() else int(inside.argmin())
    return Descent(path.z[:end], path.p[:end], path.loss[:end])


def _draw_loss(now: Scenario, course: _Course, ahead: Descent) -> None:
    n, taken = len(now.classes), len(course.past.z) - 1
    _LOSS(
        key="loss",
        data={
            "names": list(now.classes),
            "colours": list(theme.class_colours(n)),
            "z": list(now.z),
            "temperature": now.temperature,
            "true": course.true,
            "target": course.target,
            "loss": course.loss,
            "scale": scale_for(now.z),
            "path": ahead.z.tolist(),
            "taken": taken,
            "end": (
                f"This page stops after {_MOST_STEPS} steps."
                if taken >= _MOST_STEPS
                else "The next step would leave the board, which ends at ±50."
            ),
            "ack": state.acknowledged("loss"),
        },
        on_commit_change=_take_steps,
    )


def _take_steps() -> None:
    payload = state.commit("loss")
    state.acknowledge("loss", payload.get("seq"))
    steps = whole(payload.get("steps"), -1, _AHEAD)
    if steps is None:
        return
    now = state.scenario()
    course = _course(now)
    if steps == -1:
        state.change(now.with_z(course.past.z[0]), steps="", start="")
        return
    ahead = _ahead(now, course)
    if 1 <= steps < len(ahead.z):
        start = ",".join(map(number_text, course.past.z[0].tolist()))
        taken = len(course.past.z) - 1 + steps
        state.change(now.with_z(ahead.z[steps].tolist()), steps=str(taken), start=start)


def _choices(now: Scenario, course: _Course) -> None:
    st.session_state.update(
        true_class=course.true, certainty=course.certainty, rate=course.rate, loss_kind=course.loss
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("True class", range(len(now.classes)), format_func=now.classes.__getitem__,
                     key="true_class", on_change=_take_true, width=150)  # fmt: skip
        st.selectbox("Its target y", _certainties(course),
                     format_func=number_text, key="certainty", on_change=_take_choices, width=120,
                     help="Below 1, the other classes share the rest equally (label smoothing).")  # fmt: skip
        st.selectbox("Learning rate", _rates(course), format_func=number_text, key="rate",
                     on_change=_take_choices, width=125)  # fmt: skip
        st.segmented_control("Minimise", list(LOSSES), key="loss_kind", format_func=str.capitalize,
                             required=True, on_change=_take_choices)  # fmt: skip
        st.button("Start confidently wrong", on_click=_start_wrong, icon=":material/sentiment_stressed:",
                  help="Another class leads by 8: see which loss still recovers.")  # fmt: skip


def _certainties(course: _Course) -> list[float]:
    return sorted({*_CERTAINTIES, course.certainty}, reverse=True)


def _rates(course: _Course) -> list[float]:
    return sorted({*_RATES, course.rate})


def _restarted(**settings: str) -> None:
    """Other choices make another descent: it starts where the board stands."""
    state.change(None, steps="", start="", **settings)


def _take_true() -> None:
    classes = state.scenario().classes
    true = chosen("true_class", range(len(classes)))
    if true is not None:
        _restarted(true=classes[true])


def _take_choices() -> None:
    course = _course(state.scenario())
    certainty = chosen("certainty", _certainties(course))
    rate = chosen("rate", _rates(course))
    loss = chosen("loss_kind", LOSSES)
    found = (
        (CERTAINTY, certainty and number_text(certainty)),
        (RATE, rate and number_text(rate)),
        (LOSS, loss),
    )
    settings = {spec.name: spec.short(value) for spec, value in found if isinstance(value, str)}
    if settings:
        _restarted(**settings)


def _start_wrong() -> None:
    now = state.scenario()
    course = _course(now)
    n = len(now.classes)
    wrong = (course.true + 1) % n
    start = 4 * (one_hot(wrong, n) - one_hot(course.true, n))
    state.change(now.with_z(start.tolist()), steps="", start="")


def _draw_charts(now: Scenario, course: _Course) -> None:
    scale = scale_for(now.z)
    with st.container(key="losses"):
        left, middle, right = st.columns(3, gap="medium")
    for place, loss, key in (
        (left, "cross-entropy", "cross_entropy"),
        (middle, "squared error", "squared_error"),
    ):
        kind: Loss = "cross-entropy" if loss == "cross-entropy" else "squared error"
        with place:
            st.plotly_chart(
                loss_figure(now, course.target, course.true, kind, course.rate, _AHEAD, scale,
                            course.past if kind == course.loss else None),
                key=key, config={"displayModeBar": False},
                alt=f"{loss.capitalize()} against the raw output of {now.classes[course.true]}",
            )  # fmt: skip
    with right:
        st.plotly_chart(
            simplex_figure(now, course.target, course.true, course.rate, _AHEAD, course.past),
            key="simplex",
            config={"displayModeBar": False},
            alt="The probabilities as a point in a triangle, with the paths of both descents",
        )


def _note(now: Scenario, course: _Course) -> None:
    """Say which learning rates are too large for the chosen loss; tests/core/test_descent.py proves it."""
    st.caption(f"{_lowest_point(now, course)} Yours is {number_text(course.rate)}.")


def _lowest_point(now: Scenario, course: _Course) -> str:
    limit = overshooting_rate(course.target, now.temperature, course.loss)
    never = np.isinf(limit)
    if never and course.loss == "cross-entropy":
        return (
            "With a target of exactly 1, cross-entropy has no minimum: every step brings it closer to 0, "
            "at any learning rate. Choose a target below 1 to see a learning rate that is too large."
        )
    lowers = f"Up to a learning rate of {safe_rate(now.temperature):.3g} every step lowers it."
    if never:
        return (
            "With a target of exactly 1, squared error has no minimum: it can only come closer to 0. "
            f"{lowers} A larger one can raise it and leave descent where the gradient is almost 0, so that "
            "hundreds of steps hardly move it."
        )
    return (
        f"{course.loss.capitalize()} is smallest where every p equals its y. "
        + (f"{lowers} " if course.loss == "squared error" else "")
        + f"Above a learning rate of {limit:.3g}, steps near that point end farther away than they started, "
        "and descent never settles there."
    )
