"""Loss and descent: how wrong a prediction is, which way is down, and what a step of training does."""

from typing import NamedTuple

import streamlit as st

from core.arguments import positive_number
from core.derivation.loss_predictions import Aim
from core.descent import LOSSES, Descent, Loss, descend, ends_at, overshooting_rate, safe_rate, within
from core.handout.table import situation_csv
from core.loss import one_hot, smoothed
from core.questions.subject import Subject
from core.situation.query import parsed_integer, parsed_number, parsed_z
from core.situation.scenario import MAX_ABS_Z, Scenario
from core.text import number_text
from ui import presentation, session, theme
from ui.board import board, scale_for
from ui.choices import Choice
from ui.component import declare
from ui.cover import covered
from ui.figures.enlarged import enlarged
from ui.figures.losses import HEIGHT, loss_figure, simplex_figure
from ui.handout.board_picture import board_svg
from ui.handout.descend_notebook import descend_notebook
from ui.lesson import GRADIENT, JACOBIAN, PROBABILITIES, only_setting
from ui.messages import LossMessage
from ui.page import Page, leave_folder_mode
from ui.presentation import Room, presenting, quiet
from ui.questions import QUESTION, questions
from ui.sent import whole
from ui.settings import Setting
from ui.takeaway import ChartFile, TakeAway

__all__ = ["PAGE"]

_RATES = (0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_CERTAINTIES = (1.0, 0.95, 0.9, 0.8)
_MOST_STEPS = 1000
_AHEAD = 40


def _starts(value: str, now: Scenario) -> bool:
    try:
        return value == "" or len(parsed_z(value, len(now.classes))) == len(now.classes)
    except ValueError:
        return False


TRUE = Setting(
    "true",
    "",
    lambda value, now: value == "" or value in now.classes,
    "the name of a class",
    names_a_class=True,
)
CERTAINTY = Setting(
    "label", "1", lambda value, _: parsed_number(value, 0.5, 1) is not None, "a number from 0.5 to 1"
)
RATE = Setting(
    "rate", "1", lambda value, _: parsed_number(value, 0.01, 100) is not None, "a number from 0.01 to 100"
)
LOSS = Setting("loss", "cross-entropy", lambda value, _: value in LOSSES, "cross-entropy or squared error")
STEPS = Setting(
    "steps", "0", lambda value, _: parsed_integer(value, 0, _MOST_STEPS) is not None,
    f"an integer from 0 to {_MOST_STEPS}", ends_with_the_situation=True,
)  # fmt: skip
START = Setting(
    "start",
    "",
    _starts,
    "one number from −50 to 50 for each class, separated by commas",
    ends_with_the_situation=True,
)

# The parts that can be shown alone.
_ALONE = {"board": "Board", "loss": "Loss and gradient", "curve": "Curve", "triangle": "Triangle"}
ONLY = only_setting(tuple(_ALONE))

_FRAGMENT = "loss_and_descent"
_LOSS = declare("loss", "Loss and gradient")


class _Choice(NamedTuple):
    """What is minimised, how fast, and the path taken so far."""

    true: int
    target: list[float]
    certainty: float
    rate: float
    loss: Loss
    past: Descent


@st.fragment(key=_FRAGMENT)
def draw() -> None:
    """Draw the board, the loss with its gradient, and where descent leads."""
    now = session.scenario()
    only = session.setting(ONLY)
    choice = None if session.first_run() and only != "loss" else _choice(now)
    # A large picture has no room for the Jacobian: the loss stands beside the bars that it moves.
    beside = presenting() and not only
    with st.container(key="beside_loss" if beside else "above_loss", gap="small"):
        first, second = st.columns(2, gap="medium") if beside else (st.container(), st.container())
    if only != "loss":
        with first:
            bars = (choice.true,) if choice and only == "curve" else None
            board(
                "board",
                fragment=_FRAGMENT,
                charts=("cross_entropy", "squared_error", "simplex"),
                bars=bars,
                grid=not beside and only in ("", "board"),
                line=False,
                paper=["Loss and gradient descent", *([_chosen(now, choice)] if choice else [])],
            )
    if choice is None or only == "board":
        return
    # The part with Play comes first, so that even a low window shows it together with the bars that it moves.
    if only in ("", "loss"):
        with second:
            _draw_loss(now, choice, _ahead(now, choice))
            if not quiet(only):
                about = Subject(now, choice.true, choice.certainty)
                questions("descend", ["loss"], lambda: about, key="questions")
    if not quiet(only):
        _choices(now, choice)
    if only != "loss":
        _draw_charts(now, choice, only)
    if not quiet(only):
        _note(now, choice)


def _chosen(now: Scenario, choice: _Choice) -> str:
    """Return a sentence about the choices on this page, for the printed page."""
    taken = len(choice.past.z) - 1
    return (
        f"True class: {now.classes[choice.true]}, with target {number_text(choice.certainty)}. "
        f"Gradient descent on {choice.loss}, learning rate {number_text(choice.rate)}, "
        f"{taken} {'step' if taken == 1 else 'steps'} taken."
    )


def _certainty() -> float:
    return parsed_number(session.setting(CERTAINTY), 0.5, 1) or 1.0


def _rate() -> float:
    return positive_number(parsed_number(session.setting(RATE), 0.01, 100), "rate")


def _aim(now: Scenario) -> Aim:
    named = session.setting(TRUE)
    # The default is the second class. In the worked example its probability is far from the target, so that
    # there is a path to see.
    true = now.classes.index(named) if named else 1
    return Aim(
        true, _certainty(), "squared error" if session.setting(LOSS) == "squared error" else "cross-entropy"
    )


def _choice(now: Scenario) -> _Choice:
    true, certainty, loss = _aim(now)
    target = smoothed(true, len(now.classes), certainty)
    rate = _rate()
    steps = parsed_integer(session.setting(STEPS), 0, _MOST_STEPS) or 0
    start = parsed_z(session.setting(START), len(now.classes)) if steps and session.setting(START) else now.z
    past = descend(start, target, rate, steps if start is not now.z else 0, now.temperature, loss)
    if not ends_at(past, now.z):
        # The reader has changed the raw outputs since, so the descent starts anew from those shown.
        past = descend(now.z, target, rate, 0, now.temperature, loss)
    return _Choice(true, target.tolist(), certainty, rate, loss, past)


def _ahead(now: Scenario, choice: _Choice, loss: Loss | None = None) -> Descent:
    """Return the descent to come, as far as the board reaches."""
    room = min(_AHEAD, _MOST_STEPS - len(choice.past.z) + 1)
    path = descend(now.z, choice.target, choice.rate, room, now.temperature, loss or choice.loss)
    return within(path, MAX_ABS_Z)


def _draw_loss(now: Scenario, choice: _Choice, ahead: Descent) -> None:
    n, taken = len(now.classes), len(choice.past.z) - 1
    message: LossMessage = {
        "names": list(now.classes),
        "colours": list(theme.class_colours(n)),
        "z": list(now.z),
        "temperature": now.temperature,
        "i": now.i,
        "j": now.j,
        "true": choice.true,
        "target": choice.target,
        "loss": choice.loss,
        "scale": scale_for(now.z),
        "path": ahead.z.tolist(),
        "taken": taken,
        "end": (
            f"This page stops after {_MOST_STEPS} steps."
            if taken >= _MOST_STEPS
            else "The next step would leave the board, which ends at ±50."
        ),
        "ack": session.acknowledged("loss"),
        "locked": "z" in session.locked(),
    }
    _LOSS(
        key="loss",
        data=message,
        on_commit_change=_take_steps,
    )


def _take_steps() -> None:
    payload = session.take_commit("loss")
    steps = whole(payload.get("steps"), -1, _AHEAD)
    if steps is None:
        return
    now = session.scenario()
    choice = _choice(now)
    taken = len(choice.past.z) - 1
    if steps == -1 or (steps == 0 and taken <= 1):
        session.change(now.with_z(choice.past.z[0]), steps="", start="")
        _draw_followers()
        return
    start = ",".join(map(number_text, choice.past.z[0].tolist()))
    if steps == 0:
        session.change(now.with_z(choice.past.z[-2].tolist()), steps=str(taken - 1), start=start)
    ahead = _ahead(now, choice)
    if 1 <= steps < len(ahead.z):
        session.change(now.with_z(ahead.z[steps].tolist()), steps=str(taken + steps), start=start)
    _draw_followers()


def _choices(now: Scenario, choice: _Choice) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _TRUE_CHOICE.select("True class", choice.true, format_func=now.classes.__getitem__, width=150)
        _CERTAINTY_CHOICE.select(
            "Its target y",
            choice.certainty,
            format_func=number_text,
            width=120,
            help="Below 1, the other classes share the rest equally (label smoothing).",
        )
        _RATE_CHOICE.select("Learning rate", choice.rate, format_func=number_text, width=125)
        _LOSS_CHOICE.segments("Minimise", choice.loss, format_func=str.capitalize)
        st.button("Start confidently wrong", on_click=_start_wrong, icon=":material/sentiment_stressed:",
                  disabled="z" in session.locked(),
                  help="Another class leads by 8: see which loss still recovers.")  # fmt: skip


def _certainties() -> list[float]:
    return sorted({*_CERTAINTIES, _certainty()}, reverse=True)


def _rates() -> list[float]:
    return sorted({*_RATES, _rate()})


def _draw_followers() -> None:
    session.redraw_followers(_FRAGMENT)


# Another choice makes another descent, which starts at the raw outputs shown.
_ANEW = {"steps": "", "start": ""}
_TRUE_CHOICE = Choice(
    TRUE,
    "true_class",
    lambda: range(len(session.scenario().classes)),
    in_link=lambda k: session.scenario().classes[k],
    also=_ANEW,
    then=_draw_followers,
)
_CERTAINTY_CHOICE = Choice(
    CERTAINTY, "certainty", _certainties, in_link=number_text, also=_ANEW, then=_draw_followers
)
_RATE_CHOICE = Choice(RATE, "rate", _rates, in_link=number_text, also=_ANEW)
_LOSS_CHOICE = Choice(LOSS, "loss_kind", lambda: LOSSES, also=_ANEW, then=_draw_followers)


def _start_wrong() -> None:
    now = session.scenario()
    choice = _choice(now)
    n = len(now.classes)
    wrong = (choice.true + 1) % n
    start = 4 * (one_hot(wrong, n) - one_hot(choice.true, n))
    session.change(now.with_z(start.tolist()), **_ANEW)
    _draw_followers()


def _draw_charts(now: Scenario, choice: _Choice, only: str) -> None:
    n = len(now.classes)
    if only:
        room = presentation.room(presentation.bars_height(1 if only == "curve" else n))
    else:
        room = presentation.room(presentation.loss_height(n)) if presenting() else Room(HEIGHT, 1)
    # In a large picture with many classes, the triangle would be too small to read.
    curves_alone = only == "curve" or (presenting() and n > 6)
    with st.container(key="losses"):
        places = st.columns(2 if curves_alone else 1 if only == "triangle" else 3, gap="medium")
    if only != "triangle":
        for place, loss, key in zip(places, LOSSES, ("cross_entropy", "squared_error"), strict=False):
            with place:
                _draw_curve(now, choice, "squared error" if loss == "squared error" else "cross-entropy",
                            key, room)  # fmt: skip
    if curves_alone:
        return
    figure = simplex_figure(now, choice.target, choice.true, choice.rate, _AHEAD, choice.past, room.height)
    with places[-1]:
        st.plotly_chart(
            enlarged(figure, room.size),
            key="simplex",
            config={"displayModeBar": False},
            alt="The probabilities as a point in a triangle, with the paths of both descents",
        )


def _draw_curve(now: Scenario, choice: _Choice, loss: Loss, key: str, room: Room) -> None:
    if covered("curve", f"curve of {loss}", room.pixels, key):
        return
    past = choice.past if loss == choice.loss else None
    figure = loss_figure(now, choice.target, choice.true, loss, choice.rate, _AHEAD, scale_for(now.z), past,
                         room.height, brief=presenting())  # fmt: skip
    st.plotly_chart(
        enlarged(figure, room.size),
        key=key,
        config={"displayModeBar": False},
        alt=f"{loss.capitalize()} against the raw output of {now.classes[choice.true]}",
    )


def _note(now: Scenario, choice: _Choice) -> None:
    """Say which learning rates are too large for the chosen loss; tests/core/test_descent.py proves it."""
    st.caption(f"{_lowest_point(now, choice)} Yours is {number_text(choice.rate)}.")


def _lowest_point(now: Scenario, choice: _Choice) -> str:
    limit = overshooting_rate(choice.target, now.temperature, choice.loss)
    never = limit == float("inf")
    if never and choice.loss == "cross-entropy":
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
        f"{choice.loss.capitalize()} is smallest where every p equals its y. "
        + (f"{lowers} " if choice.loss == "squared error" else "")
        + f"Above a learning rate of {limit:.3g}, steps near that point end farther away than they started, "
        "and descent never settles there."
    )


def _take_away() -> TakeAway:
    now = session.scenario()
    choice = _choice(now)
    return TakeAway(
        page="descend",
        charts=(
            ChartFile("cross_entropy", "Cross-entropy", "softmax-cross-entropy"),
            ChartFile("squared_error", "Squared error", "softmax-squared-error"),
            ChartFile("simplex", "Triangle of probabilities", "softmax-triangle"),
        ),
        board=lambda: board_svg(now),
        csv=lambda: situation_csv(now),
        notebook=lambda: descend_notebook(
            now, choice.target, choice.true, choice.rate, choice.loss, choice.past, _ahead(now, choice)
        ),
    )


PAGE = Page(
    path="descend",
    title="Loss and descent",
    icon=":material/trending_down:",
    intro="**Press Play** and gradient descent moves the raw outputs; or drag a bar and see the loss follow.",
    settings=(TRUE, CERTAINTY, RATE, LOSS, STEPS, START, ONLY, QUESTION),
    hides=(*PROBABILITIES, *JACOBIAN, "loss", *GRADIENT, "curve"),
    asks=("loss", *GRADIENT, "curve"),
    draw=draw,
    alone=_ALONE,
    takeaway=_take_away,
    aim=_aim,
)

if __name__ == "__main__":
    leave_folder_mode()
