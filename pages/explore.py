"""Explore: drag a raw output and see the probabilities, the Jacobian and the derivative follow."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitInvalidLayoutContextError

from core.handout.table import situation_csv
from core.questions.subject import Subject
from core.situation.scenario import Scenario
from ui import presentation, session
from ui.board import FROM, board, derivative_title, scale_for
from ui.browser import browser
from ui.choices import Choice
from ui.cover import covered
from ui.figures import camera
from ui.figures.curve import curve_figure
from ui.figures.enlarged import enlarged
from ui.figures.peak import peak_aloud
from ui.figures.surface import Quantity, View, surface_figure
from ui.handout.board_picture import board_svg
from ui.handout.explore_notebook import explore_notebook
from ui.lead import turn_to_preset
from ui.lesson import HIDE, JACOBIAN, PROBABILITIES, SHOWN, is_hidden, only_setting
from ui.page import Page, leave_folder_mode
from ui.presentation import Room, presenting, quiet
from ui.questions import QUESTION, questions
from ui.sent import chosen
from ui.settings import Setting
from ui.takeaway import ChartFile, TakeAway

__all__ = ["PAGE"]

_QUANTITIES: dict[Quantity, str] = {
    "derivative": "Derivative",
    "probability": "Probability",
    "log-derivative": "Derivative of log p",
}
# What the surface shows, for those who do not see it.
_SURFACES: dict[Quantity, str] = {
    "derivative": "Derivative of the probability",
    "probability": "Probability",
    "log-derivative": "Derivative of the logarithm of the probability",
}
_LOG_HELP = (
    "The derivative of log p has no factor p: p(1 − p) becomes 1 − p. Where p is almost 0, that is almost 1 "
    "and not almost 0, so a wrong prediction can still be corrected quickly."
)
QUANTITY = Setting(
    "surface",
    "derivative",
    lambda value, _: value in _QUANTITIES,
    "derivative, probability or log-derivative",
)
VIEW = Setting("view", "", lambda value, _: value in ("", "contour", "3d"), "contour or 3d")
OTHER = Setting(
    "over",
    "",
    lambda value, now: value == "" or value in now.classes,
    "the name of a class",
    names_a_class=True,
)
# The parts that can be shown alone.
_ALONE = {"board": "Board", "curve": "Curve", "surface": "Surface"}
ONLY = only_setting(tuple(_ALONE))
STAGE = Setting("stage", "", lambda value, _: value in ("", "on"), "on")
CAMERA = Setting("camera", "", lambda value, _: camera.parsed(value) is not None, camera.EXPECTED)

# A window that is less wide leaves little room beside the title of a chart.
_WIDE = 1280
# Whether the browser has dropped the picture in 3D since it was last asked for.
_LOST = "softmax_lost_scene"
_PLAIN = {"displayModeBar": False}
# At any other ratio, Plotly changes the size of a scene's numbers when it redraws them.
_IN_SPACE = {"plotGlPixelRatio": 1}
_VIEWS = {"contour": "Contours", "3d": "3D"}


# A commit of raw outputs does not change the choices, so it must not redraw them. They stand between the
# board and the charts, but have a fragment of their own.
_BOARD, _CHOICES, _QUESTIONS = "board_and_charts", "choices", "asked"


def draw() -> None:
    """Draw the board, the choice of classes, the curve and the surface, or one of them alone."""
    only = session.setting(ONLY)
    above = st.container()
    if session.first_run() or only == "board":
        with above:
            _board_and_charts(())
        return
    between = None if quiet(only) else st.container(key="between", gap=None)
    if between is not None:
        # An empty container has no height. This one has that of the choices, so the charts need not move.
        between.html("<i></i>")
    with st.container(key="charts"):
        places = [st.container()] if only else st.columns(2, gap="medium")
    with above:
        _board_and_charts(places)
    if between is not None:
        with between:
            _choices(places[-1])
        _questions()


@st.fragment(key=_BOARD)
def _board_and_charts(places: Sequence[DeltaGenerator]) -> None:
    now, only = session.scenario(), session.setting(ONLY)
    seen_from = camera.told(session.setting(CAMERA)) or ""
    # Beside a chart alone, only the raw outputs on its axes can be dragged.
    bars = {"curve": (now.j,), "surface": (now.j, _other(now))}.get(only)
    board(
        "board",
        fragment=_BOARD,
        charts=("curve", "surface"),
        paper=[derivative_title(now)],
        bars=bars,
        grid=bars is None,
        line=bars is None,
        stage=bars is None and _stage(),
        stage_button=not only,
        camera=seen_from,
        pin=bars is None,
        also=_take_view,
        after=_draw_choices_too,
    )
    if not places:
        return
    left, right = places[0], places[-1]
    room = _room(len(now.classes), bars)
    if not room.enough:
        # In a fragment, what is not drawn again would stay.
        for place in places:
            with _inside(place):
                st.empty()
        return
    if only != "surface":
        with _inside(left):
            _draw_curve(now, room)
    if only != "curve":
        with _inside(right):
            _draw_surface(now, room, seen_from)


def _draw_curve(now: Scenario, room: Room) -> None:
    if covered("curve", "curve", room.pixels):
        return
    st.plotly_chart(
        enlarged(curve_figure(now, scale_for(now.z), room.height, brief=_narrow()), room.size),
        key="curve",
        config=_PLAIN,
        alt=f"Curve of the probability of {now.classes[now.i]} and of its derivative, {peak_aloud(now)}",
    )


def _narrow() -> bool:
    """Tell whether a title has little room beside it in a chart."""
    known = browser()
    return presenting() or (known is not None and known.width < _WIDE)


def _draw_surface(now: Scenario, room: Room, seen_from: str) -> None:
    if covered("surface", "surface", room.pixels, then=_draw_both):
        return
    view, _ = _view()
    quantity = _quantity()
    figure = surface_figure(now, _other(now), quantity, view, scale_for(now.z), room.height, seen_from)
    st.plotly_chart(
        enlarged(figure, room.size),
        key="surface",
        config=_PLAIN | _IN_SPACE,
        alt=f"{_SURFACES[quantity]} of {now.classes[now.i]} over two raw outputs",
    )


def _room(n: int, bars: Sequence[int] | None) -> Room:
    """Return the room for the charts below a board with `n` classes, or with some of their bars alone."""
    if bars is not None:
        return presentation.room(presentation.bars_height(len(bars)))
    if presenting():
        # With many classes, the stage between leaves no room for charts.
        taken = presentation.board_height(n, line=True, stage=_stage())
        return presentation.room(taken, least=0) if _stage() else presentation.room(taken)
    known = browser()
    # The charts get the window's height beyond 720 pixels, except for the line under them.
    spare = max(known.spare - 32 if known else 0, 0)
    return Room({2: 320, 3: 286, 4: 250}.get(n, 212) + spare, 1)


@contextmanager
def _inside(place: DeltaGenerator) -> Iterator[None]:
    """Draw in a place outside the fragment.

    Streamlit lets a fragment write only where it has written in the last whole run. A click or a lost
    connection may have cut that run short before it reached this place. Another whole run repairs this.
    """
    try:
        with place:
            yield
    except StreamlitInvalidLayoutContextError:
        st.rerun()


def _other(now: Scenario) -> int:
    """Return the second raw output: the chosen one, otherwise class i, otherwise the first that is not j."""
    over = session.setting(OTHER)
    if over in now.classes and now.classes.index(over) != now.j:
        return now.classes.index(over)
    return now.i if now.i != now.j else next(k for k in range(len(now.classes)) if k != now.j)


def _quantity() -> Quantity:
    return next(name for name in _QUANTITIES if name == session.setting(QUANTITY))


def _webgl() -> str | None:
    known = browser()
    return known.webgl if known else None


def _view() -> tuple[View, str]:
    """Return how the surface is drawn, and the reason if the reader may expect something else."""
    asked, able = session.setting(VIEW), _webgl()
    if able == "none":
        return (
            "contour",
            "Shown as contours: this browser cannot draw 3D (WebGL is off)." if asked != "contour" else "",
        )
    if st.session_state.get(_LOST):
        return "contour", "Shown as contours: the browser lost the 3D picture. Choose 3D to draw it again."
    if asked:
        return ("3d" if asked == "3d" else "contour"), ""
    if able == "software":
        return "contour", "Shown as contours: this computer draws 3D without a graphics card, which is slow."
    return ("3d" if able == "hardware" else "contour"), ""


@st.fragment(key=_CHOICES)
def _choices(below_surface: DeltaGenerator) -> None:
    now = session.scenario()
    n = len(now.classes)
    view, why = _view()
    st.session_state.update(class_i=now.i, class_j=now.j)
    name = now.classes.__getitem__
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("Probability of", range(n), format_func=name, key="class_i", on_change=_take_cell)
        st.selectbox(
            "with respect to raw output of", range(n), format_func=name, key="class_j", on_change=_take_cell
        )
        _OTHER_CHOICE.select("Surface: second raw output", _other(now), format_func=name)
        _QUANTITY_CHOICE.select("Show", _quantity(), format_func=_QUANTITIES.__getitem__, help=_LOG_HELP)
        with st.container(horizontal=True, gap="small", width="content"):
            _VIEW_CHOICE.segments("As", view, format_func=_VIEWS.__getitem__, disabled=_webgl() == "none")
    # It stands under the chart, but belongs to the choice: a commit of raw outputs does not change it.
    with _inside(below_surface):
        if why and not is_hidden("surface", session.setting(HIDE), session.setting(SHOWN)):
            with st.container(key="screen_only_why"):
                st.caption(why)
        else:
            # In a fragment, what is not drawn again would stay.
            st.empty()


@st.fragment(key=_QUESTIONS)
def _questions() -> None:
    if questions("explore", ["board"], lambda: Subject(session.scenario()), key="questions"):
        # Its picture shows the numbers of the situation.
        session.follow(_QUESTIONS)


def _draw_both() -> None:
    """Redraw board, charts and choices after a change; only for callbacks."""
    session.redraw(_BOARD, _CHOICES)


def _draw_choices_too(before: Scenario, told: Mapping[str, Any]) -> None:
    """Redraw the choices, too, if a commit of the board changes what they show."""
    now = session.scenario()
    if (now.i, now.j) != (before.i, before.j) or told.get("lost") is True:
        _draw_both()


def _take_cell() -> None:
    now = session.scenario()
    i, j = chosen("class_i", range(len(now.classes))), chosen("class_j", range(len(now.classes)))
    session.change(now.with_cell(now.i if i is None else i, now.j if j is None else j))
    _draw_both()


def _second_raw_outputs() -> list[int]:
    now = session.scenario()
    return [k for k in range(len(now.classes)) if k != now.j]


def _draw_again() -> None:
    """Redraw everything after a choice of view; a lost 3D picture is tried again."""
    st.session_state.pop(_LOST, None)
    _draw_both()


_OTHER_CHOICE = Choice(
    OTHER,
    "class_over",
    _second_raw_outputs,
    in_link=lambda k: session.scenario().classes[k],
    then=_draw_both,
)
_QUANTITY_CHOICE = Choice(QUANTITY, "quantity", lambda: _QUANTITIES, then=_draw_both)
_VIEW_CHOICE = Choice(VIEW, "view", lambda: _VIEWS, then=_draw_again)


def _take_view(told: Mapping[str, Any]) -> dict[str, str]:
    """Store what the board shows and the viewpoint in 3D, and whether the browser has lost its picture."""
    if told.get("lost") is True:
        st.session_state[_LOST] = True
    view, stage = camera.told(told.get("camera")), told.get("stage")
    settings = {} if view is None else {CAMERA.name: view}
    # Only the whole page has a button for it.
    if isinstance(stage, bool) and not session.setting(ONLY):
        settings[STAGE.name] = "on" if stage else ""
    return settings


def _stage() -> bool:
    """Tell whether the board shows e^(z / T) of each class and their sum."""
    return session.setting(STAGE) == "on"


def _take_away() -> TakeAway:
    now = session.scenario()
    return TakeAway(
        page="explore",
        charts=(
            ChartFile("curve", "Curve", "softmax-curve"),
            ChartFile("surface", "Surface", "softmax-surface"),
        ),
        board=lambda: board_svg(now),
        csv=lambda: situation_csv(now),
        notebook=lambda: explore_notebook(now, _other(now), _quantity(), scale_for(now.z)),
    )


PAGE = Page(
    path="",
    title="Explore",
    icon=":material/drag_pan:",
    intro=(
        "# How softmax moves\n"
        "Softmax turns raw outputs into probabilities. How does each change when one raw output moves? "
        "**Drag a bar**, or [take the tour](tour)."
    ),
    settings=(QUANTITY, VIEW, OTHER, STAGE, CAMERA, FROM, ONLY, QUESTION),
    hides=(*PROBABILITIES, *JACOBIAN, "formula", "curve", "surface"),
    asks=(*JACOBIAN, "formula", "curve", "surface"),
    draw=draw,
    gap="xsmall",
    turn=turn_to_preset,
    alone=_ALONE,
    takeaway=_take_away,
)

if __name__ == "__main__":
    leave_folder_mode()
