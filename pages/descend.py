"""Loss and descent: how wrong a prediction is, which way is down, and what a step of training does."""

import streamlit as st

from core.arguments import positive_number
from core.derivation.loss_predictions import Aim
from core.descent import LOSSES, Loss, overshooting_rate, safe_rate
from core.handout.table import situation_csv
from core.loss import one_hot
from core.questions.subject import Subject
from core.situation.query import parsed_number
from core.situation.scenario import MAX_ABS_Z, Scenario
from core.text import number_text
from ui import presentation, session
from ui.board import board, scale_for
from ui.choices import Choice
from ui.cover import covered
from ui.figures.enlarged import enlarged
from ui.figures.losses import HEIGHT, loss_figure, simplex_figure
from ui.handout.board_picture import board_svg
from ui.handout.descend_notebook import descend_notebook
from ui.lesson import GRADIENT, JACOBIAN, PROBABILITIES, only_setting
from ui.loss_part import (
    AHEAD,
    START,
    STEPS,
    WHY,
    Descending,
    ahead,
    descending,
    descent_start,
    loss_part,
    worked_lines,
)
from ui.loss_words import what_to_see, why_dots_leave
from ui.page import Page, leave_folder_mode
from ui.presentation import Room, presenting, quiet
from ui.questions import QUESTION, questions
from ui.settings import Setting
from ui.takeaway import ChartFile, TakeAway

__all__ = ["PAGE"]

_RATES = (0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_CERTAINTIES = (1.0, 0.95, 0.9, 0.8)


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

# The parts that can be shown alone.
_ALONE = {"board": "Board", "loss": "Loss and gradient", "curve": "Curve", "triangle": "Triangle"}
ONLY = only_setting(tuple(_ALONE))

_FRAGMENT = "loss_and_descent"


@st.fragment(key=_FRAGMENT)
def draw() -> None:
    """Draw the board, the loss with its gradient, and where descent leads."""
    now = session.scenario()
    only = session.setting(ONLY)
    choice = None if session.first_run() and only != "loss" else _choice()
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
            loss_part(now, _choice, _FRAGMENT)
            if not quiet(only):
                about = Subject(now, choice.true, choice.certainty)
                questions("descend", ["loss"], lambda: about, key="questions")
    if not quiet(only):
        _choices(now, choice)
        if words := what_to_see(now, choice):
            st.markdown(words)
    if only != "loss":
        _draw_charts(now, choice, only)
    if not quiet(only):
        _note(now, choice)


def _chosen(now: Scenario, choice: Descending) -> str:
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


def _choice() -> Descending:
    now = session.scenario()
    return descending(now, _aim(now), _rate())


def _choices(now: Scenario, choice: Descending) -> None:
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
                  help="Another class leads by far: see which loss still recovers.")  # fmt: skip


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


def _compare() -> None:
    """Go back to where the descent began, so that both losses can be compared from the same start."""
    begun = descent_start()
    if begun:
        session.change(session.scenario().with_z(begun), **_ANEW)
    _draw_followers()


_LOSS_CHOICE = Choice(LOSS, "loss_kind", lambda: LOSSES, then=_compare)


def _start_wrong() -> None:
    now = session.scenario()
    choice = _choice()
    n = len(now.classes)
    wrong = (choice.true + 1) % n
    # At any temperature that leaves the board the room, the other class is as sure as at T = 1.
    size = min(4 * now.temperature, MAX_ABS_Z)
    start = size * (one_hot(wrong, n) - one_hot(choice.true, n))
    session.change(now.with_z(start.tolist()), **_ANEW)
    _draw_followers()


def _draw_charts(now: Scenario, choice: Descending, only: str) -> None:
    n, lines = len(now.classes), worked_lines(choice)
    if only:
        room = presentation.room(presentation.bars_height(1 if only == "curve" else n))
    else:
        room = (
            presentation.room(presentation.loss_height(n, worked=lines)) if presenting() else Room(HEIGHT, 1)
        )
    # In a large picture with many classes or lines, the triangle would be too small to read.
    curves_alone = only == "curve" or (presenting() and (n > 6 or lines > 4))
    with st.container(key="losses"):
        places = st.columns(2 if curves_alone else 1 if only == "triangle" else 3, gap="medium")
    if only != "triangle":
        for place, loss, key in zip(places, LOSSES, ("cross_entropy", "squared_error"), strict=False):
            with place:
                _draw_curve(now, choice, "squared error" if loss == "squared error" else "cross-entropy",
                            key, room)  # fmt: skip
    if curves_alone:
        return
    figure = simplex_figure(now, choice.target, choice.true, choice.rate, AHEAD, choice.past, room.height)
    with places[-1]:
        st.plotly_chart(
            enlarged(figure, room.size),
            key="simplex",
            config={"displayModeBar": False},
            alt="The probabilities as a point in a triangle, with the paths of both descents",
        )


def _draw_curve(now: Scenario, choice: Descending, loss: Loss, key: str, room: Room) -> None:
    if covered("curve", f"curve of {loss}", room.pixels, key):
        return
    past = choice.past if loss == choice.loss else None
    figure = loss_figure(now, choice.target, choice.true, loss, choice.rate, AHEAD, scale_for(now.z), past,
                         room.height, brief=presenting())  # fmt: skip
    st.plotly_chart(
        enlarged(figure, room.size),
        key=key,
        config={"displayModeBar": False},
        alt=f"{loss.capitalize()} against the raw output of {now.classes[choice.true]}",
    )


def _note(now: Scenario, choice: Descending) -> None:
    """Say what the dots are, and which learning rates are too large; tests/core/test_descent.py proves it."""
    if words := why_dots_leave(now, choice):
        st.caption(words)
    st.caption(f"{_lowest_point(now, choice)} Yours is {number_text(choice.rate)}.")


def _lowest_point(now: Scenario, choice: Descending) -> str:
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
    choice = _choice()
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
            now, choice.target, choice.true, choice.rate, choice.loss, choice.past, ahead(now, choice)
        ),
    )


PAGE = Page(
    path="descend",
    title="Loss and descent",
    icon=":material/trending_down:",
    intro="**Press Play** and gradient descent moves the raw outputs; or drag a bar and see the loss follow.",
    settings=(TRUE, CERTAINTY, RATE, LOSS, STEPS, START, WHY, ONLY, QUESTION),
    hides=(*PROBABILITIES, *JACOBIAN, "loss", *GRADIENT, "curve"),
    asks=("loss", *GRADIENT, "curve"),
    draw=draw,
    alone=_ALONE,
    takeaway=_take_away,
    aim=_aim,
)

if __name__ == "__main__":
    leave_folder_mode()
