"""Tour: sixteen scenes from raw outputs to p − y, each with one thing to do or to predict."""

import streamlit as st

from core.derivation.steps import derive
from core.descent import LOSSES
from core.situation.scenario import Scenario
from core.tour.facts import Facts, Seen
from core.tour.scenes import KEYS, RATE, SCENES, Scene, View, find
from core.tour.tasks import AIM, Choose, Do, Task, WorkOut
from ui import iris_part, presentation, session, theme, tour_answers
from ui.board import board, scale_for
from ui.figures.curve import curve_figure
from ui.figures.enlarged import enlarged
from ui.figures.losses import loss_figure
from ui.lesson import GRADIENT, JACOBIAN, PROBABILITIES
from ui.loss_part import AHEAD, START, STEPS, Descending, descending, loss_part
from ui.number_answer import number_answer, typed_number
from ui.page import Page, leave_folder_mode
from ui.presentation import Room
from ui.settings import Setting
from ui.steps_part import steps_part
from ui.text import for_markdown
from ui.tour_offer import offer_tour

__all__ = ["PAGE", "SCENE"]

SCENE = Setting("scene", KEYS[0], lambda value, _: value in KEYS, f"one of {', '.join(KEYS)}")

_FRAGMENT = "tour"
_PLAIN = {"displayModeBar": False}
_CURVE_HEIGHT, _LOSS_HEIGHT = 270, 240


@st.fragment(key=_FRAGMENT)
def draw() -> None:
    """Draw the words and the task of a scene, and beside them what it shows."""
    scene = find(session.setting(SCENE))
    seen = _seen(scene)
    tour_answers.notice(scene, seen)
    with st.container(key="sides"):
        left, right = st.columns([0.38, 0.62], gap="large")
    with left:
        _tell(scene, seen)
    with right:
        _show(scene, seen.now)


def _seen(scene: Scene) -> Seen:
    """Return what has happened in a scene."""
    now = session.scenario()
    if "irises" in scene.shows:
        return Seen(scene.situation, now, 0, iris_part.probabilities(), iris_part.first_probabilities())
    return Seen(scene.situation, now, len(_choice().past.z) - 1 if "loss" in scene.shows else 0)


def _choice() -> Descending:
    return descending(session.scenario(), AIM, RATE)


def _tell(scene: Scene, seen: Seen) -> None:
    words = scene.words
    if not session.first_run():
        _moves(scene)
    with st.container(key="scene", gap="small"):
        st.title(words.title, anchor=False)
        st.markdown(for_markdown(words.says.format_map(Facts(seen._replace(now=seen.start)))))
        # The widgets load many files, and the board comes first.
        if session.first_run():
            return
        _ask(scene, words.task, seen)
        offer_tour(scene.key, _open)


def _ask(scene: Scene, task: Task, seen: Seen) -> None:
    """Ask for the one thing to do or to predict, and answer it."""
    found = tour_answers.verdict(scene, seen)
    key = f"tour_{scene.key}"
    with st.container(border=True, key="tour_task", gap="xsmall"):
        what = "Try it" if isinstance(task, Do) else "Predict"
        within = ""
        if isinstance(task, WorkOut):
            within = f" Within {theme.decimal(task.within(seen.now))} counts as correct."
        st.markdown(f"**{what}:** {for_markdown(task.ask)}{within}")
        if isinstance(task, Choose):
            labels = {option.key: option.label.format_map(Facts(seen)) for option in task.options}
            given = tour_answers.given(scene)
            st.session_state[key] = given if given in labels else None
            st.radio(
                for_markdown(task.ask),
                list(labels),
                format_func=lambda option: for_markdown(labels.get(option, "")),
                label_visibility="collapsed",
                key=key,
                on_change=_take_choice,
                args=(scene.key,),
            )
        elif isinstance(task, WorkOut):
            given = tour_answers.given(scene)
            number_answer(
                for_markdown(task.ask),
                key,
                given if isinstance(given, float) else None,
                _take_number,
                (scene.key,),
                placeholder="Your answer",
                label_visibility="collapsed",
            )
        if not isinstance(task, Do) and not (found and found.right):
            st.button(
                "Show the answer", type="tertiary", key="tour_shown", on_click=_show_answer, args=(scene.key,)
            )
        if found and found.right:
            st.success(for_markdown(found.words), icon=":material/check:")
        elif found:
            st.info(for_markdown(found.words), icon=":material/lightbulb:")


def _take_choice(key: str) -> None:
    tour_answers.answer(find(key), st.session_state.get(f"tour_{key}"))


def _take_number(key: str) -> None:
    tour_answers.answer(find(key), typed_number(f"tour_{key}"))


def _show_answer(key: str) -> None:
    tour_answers.answer(find(key), tour_answers.SHOWN)


def _moves(scene: Scene) -> None:
    """Draw what leads to other scenes; nothing blocks it.

    It is above the words: scenes differ in height, and so it stays under the pointer.
    """
    place = KEYS.index(scene.key)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tour_moves"):
        st.button(
            "Back",
            icon=":material/arrow_back:",
            key="tour_back",
            disabled=place == 0,
            on_click=turn,
            args=(-1,),
        )
        st.button(
            "Next",
            icon=":material/arrow_forward:",
            icon_position="right",
            type="primary",
            key="tour_next",
            disabled=place == len(KEYS) - 1,
            on_click=turn,
            args=(1,),
        )
        scenes = st.popover(
            f"{place + 1} of {len(KEYS)}", key="tour_scenes", type="tertiary", on_change="rerun"
        )
        if scenes.open:
            with scenes:
                for number, other in enumerate(SCENES, 1):
                    st.button(
                        f"{number}. {other.words.title}",
                        key=f"tour_to_{other.key}",
                        type="tertiary",
                        disabled=other is scene,
                        on_click=_open,
                        args=(other.key,),
                    )


def turn(by: int) -> None:
    """Show the scene that is so many scenes on; only for callbacks."""
    place = KEYS.index(session.setting(SCENE)) + by
    if 0 <= place < len(KEYS):
        _open(KEYS[place])


def _open(key: str) -> None:
    session.restart(find(key).situation, scene=SCENE.short(key), steps="", start="")


def _show(scene: Scene, now: Scenario) -> None:
    """Draw what a scene shows."""
    found = tour_answers.verdict(scene, _seen(scene))
    views: frozenset[View] = scene.shows | (scene.then if found and found.right else frozenset())
    if "irises" in views:
        iris_part.iris_part("")
        return
    charts = (("curve",) if "curve" in views else ()) + (
        ("cross_entropy", "squared_error") if "losses" in views else ()
    )
    board(
        "board",
        charts,
        fragment=_FRAGMENT,
        paper=[scene.words.title],
        grid="grid" in views,
        line="line" in views,
    )
    if session.first_run():
        return
    if "curve" in views:
        _draw_curve(now)
    if "steps" in views:
        keys = scene.steps + (scene.then_steps if found and found.right else ())
        steps = tuple(step for step in derive(now) if step.key in keys)
        steps_part(steps, now, step=keys[0], reading="names", whole=True, controls=False)
    if "loss" in views:
        loss_part(now, _choice, _FRAGMENT)
    if "losses" in views:
        _draw_losses(now)


def _room(height: int) -> Room:
    return Room(height, presentation.root() / 16)


def _draw_curve(now: Scenario) -> None:
    room = _room(_CURVE_HEIGHT)
    st.plotly_chart(
        enlarged(curve_figure(now, scale_for(now.z), room.height), room.size),
        key="curve",
        config=_PLAIN,
        alt=f"Curve of the probability of {now.classes[now.i]} and of its derivative",
    )


def _draw_losses(now: Scenario) -> None:
    choice, room, scale = _choice(), _room(_LOSS_HEIGHT), scale_for(now.z)
    with st.container(key="losses"):
        places = st.columns(2, gap="medium")
    for place, loss in zip(places, LOSSES, strict=True):
        with place:
            figure = loss_figure(now, choice.target, choice.true, loss, RATE, AHEAD, scale, None,
                                 room.height, brief=True)  # fmt: skip
            st.plotly_chart(
                enlarged(figure, room.size),
                key=loss.replace("-", "_").replace(" ", "_"),
                config=_PLAIN,
                alt=f"{loss.capitalize()} against the raw output of {now.classes[choice.true]}",
            )


PAGE = Page(
    path="tour",
    title="Tour",
    icon=":material/route:",
    intro="",
    settings=(SCENE, STEPS, START, *iris_part.SETTINGS),
    hides=(*PROBABILITIES, *JACOBIAN, "formula", "curve", "loss", *GRADIENT),
    asks=(*JACOBIAN, "curve", "loss", *GRADIENT),
    resets=("flower", "at"),
    draw=draw,
    has_situation=False,
    turn=turn,
    leads=True,
    base=lambda settings: find(settings.get(SCENE.name, "")).situation,
    caption=f"{len(SCENES)} scenes, about ten minutes. Each asks one thing; Next is always there.",
)

if __name__ == "__main__":
    leave_folder_mode()
