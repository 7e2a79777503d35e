"""Tour: sixteen scenes from raw outputs to p − y, each with one thing to do or to predict."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.derivation.slips import Verdict
from core.derivation.steps import derive
from core.descent import LOSSES
from core.situation.scenario import Scenario
from core.tour.facts import Facts, Seen
from core.tour.scenes import KEYS, RATE, SCENES, Scene, View, find
from core.tour.tasks import AIM
from ui import iris_part, presentation, session, tour_answers
from ui.board import board, scale_for
from ui.cover import covered
from ui.figures.curve import curve_figure
from ui.figures.enlarged import enlarged
from ui.figures.losses import loss_figure
from ui.lesson import GRADIENT, JACOBIAN, PROBABILITIES
from ui.loss_part import START, STEPS, Descending, descending, loss_part
from ui.page import Page, leave_folder_mode
from ui.presentation import Room, presenting
from ui.settings import Setting
from ui.steps_part import steps_part
from ui.text import for_markdown
from ui.tour_resume import resume
from ui.tour_task import ask_task

__all__ = ["PAGE", "SCENE"]

SCENE = Setting("scene", KEYS[0], lambda value, _: value in KEYS, f"one of {', '.join(KEYS)}")

_FRAGMENT = "tour"
# What follows the last scene; static/live/navigation/address.js opens these pages in the same tab.
_END = (
    "That was the tour. Go on with raw outputs of your own in [Explore](./), derive any of the nine "
    "[step by step](derive), or see how the same p − y reaches the weights of the [network](iris)."
)
_PLAIN = {"displayModeBar": False}
_CURVE_HEIGHT, _LOSS_HEIGHT = 270, 240
# The height of the words of a scene in presenter mode, in rem.
_WORDS = 11


@st.fragment(key=_FRAGMENT)
def draw() -> None:
    """Draw the words and the task of a scene, and beside them (in presenter mode below) what it shows."""
    scene = find(session.setting(SCENE))
    seen = _seen(scene)
    tour_answers.notice(scene, seen)
    found = tour_answers.verdict(scene, seen)
    places: Sequence[DeltaGenerator]
    if presenting():
        words = st.container(key="tour_words", gap="xsmall")
        with st.container(key="tour_views"):
            places = st.columns([0.46, 0.54], gap="medium") if _sides(scene) else (st.container(),)
    else:
        with st.container(key="sides"):
            words, *places = st.columns([0.38, 0.62], gap="large")
    with words:
        _tell(scene, seen, found)
    _show(scene, seen.now, places, done=found is not None and found.right)


def _sides(scene: Scene) -> bool:
    """Tell whether the large picture of a scene has two sides."""
    return bool((scene.shows | scene.then) & {"curve", "steps", "gradient", "losses"})


def _seen(scene: Scene) -> Seen:
    """Return what has happened in a scene."""
    now = session.scenario()
    if "irises" in scene.shows:
        return Seen(scene.situation, now, 0, iris_part.probabilities(), iris_part.first_probabilities())
    if "loss" not in scene.shows:
        return Seen(scene.situation, now)
    past = _choice().past.z
    return Seen(scene.situation, now, len(past) - 1, descent=now.with_z(past[0].tolist()))


def _choice() -> Descending:
    return descending(session.scenario(), AIM, RATE)


def _tell(scene: Scene, seen: Seen, found: Verdict | None) -> None:
    """Draw title, words and task; in presenter mode, a reply needs the room of the words."""
    words = scene.words
    # A large picture has no room above its title.
    top = st.container(horizontal=presenting(), vertical_alignment="center", key="tour_top")
    with top:
        if presenting():
            st.title(words.title, anchor=False)
        if not session.first_run():
            _moves(scene)
        if not presenting():
            st.title(words.title, anchor=False)
    if not (presenting() and found):
        st.markdown(for_markdown(words.says.format_map(Facts(seen._replace(now=seen.start)))))
    # The widgets load many files, and the board comes first.
    if not session.first_run():
        ask_task(scene, seen)
        if scene is SCENES[-1] and found and found.right:
            st.markdown(_END)
        resume(scene.key, _open)


def _moves(scene: Scene) -> None:
    """Draw what leads to other scenes; nothing blocks it.

    It is above the words: scenes differ in height, and so it stays under the pointer.
    """
    place = KEYS.index(scene.key)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key="tour_moves"
    ):
        # The buttons begin at the left edge; in a large picture they end at the right one.
        if presenting():
            _list(scene)
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
        if not presenting():
            _list(scene)


def _list(scene: Scene) -> None:
    """Draw the list of all scenes, and how far the reader is."""
    at = f"{KEYS.index(scene.key) + 1} of {len(KEYS)}"
    scenes = st.popover(at, key="tour_scenes", type="tertiary", on_change="rerun")
    if not scenes.open:
        return
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
    scene = find(key)
    tour_answers.begin_again(scene)
    answered = tour_answers.in_link(scene, Seen(scene.situation, scene.situation))
    session.restart(scene.situation, scene=SCENE.short(key), answered=answered, steps="", start="")


def _begin_again() -> None:
    """Open the task of the scene again, when a lesson goes back to the start; only for callbacks."""
    tour_answers.begin_again(find(session.setting(SCENE)))


def _show(scene: Scene, now: Scenario, places: Sequence[DeltaGenerator], *, done: bool) -> None:
    """Draw what a scene shows."""
    views: frozenset[View] = scene.shows | (scene.then if done else frozenset())
    with places[0]:
        if "irises" in views:
            iris_part.iris_part("flower")
            return
        board(
            "board",
            ("curve", "cross_entropy", "squared_error"),
            fragment=_FRAGMENT,
            paper=[scene.words.title],
            grid="grid" in views,
            probabilities="probabilities" in views,
            stage="stage" in views,
            marks=scene.situation.z if "marks" in views else (),
            line="line" in views,
        )
        if session.first_run():
            return
    with places[0] if "gradient" not in scene.shows | scene.then else places[-1]:
        if "loss" in views:
            shows = [view for view in ("descent", "gradient", "meaning") if view in views]
            loss_part(now, _choice, _FRAGMENT, shows=shows, why="why" in views)
    with places[-1]:
        if "curve" in views:
            _draw_curve(now, peak="peak" in views)
        if "steps" in views:
            # A large picture has no room for all of them.
            then = scene.then_steps[1:] if presenting() else scene.then_steps
            keys = scene.steps + (then if done else ())
            steps = tuple(step for step in derive(now) if step.key in keys)
            steps_part(steps, now, step=keys[0], reading="names", whole=True, controls=False)
        if "losses" in views:
            _draw_losses(now)


def _room(height: int) -> Room:
    """Return the room for a chart; a large picture leaves about half of the window to it."""
    return presentation.room(presentation.root() * _WORDS) if presenting() else Room(height, 1)


def _draw_curve(now: Scenario, *, peak: bool) -> None:
    room = _room(_CURVE_HEIGHT)
    if covered("curve", "curve", room.pixels):
        return
    st.plotly_chart(
        enlarged(curve_figure(now, scale_for(now.z), room.height, brief=presenting(), peak=peak), room.size),
        key="curve",
        config=_PLAIN,
        alt=f"Curve of the probability of {now.classes[now.i]} and of its derivative",
    )


def _draw_losses(now: Scenario) -> None:
    choice, room, scale = _choice(), _room(_LOSS_HEIGHT), scale_for(now.z)
    with st.container(key="losses"):
        places = st.columns(2, gap="medium")
    for place, loss in zip(places, LOSSES, strict=True):
        key = loss.replace("-", "_").replace(" ", "_")
        with place:
            if covered("curve", loss, room.pixels, key):
                continue
            figure = loss_figure(now, choice.target, choice.true, loss, RATE, 0, scale, None,
                                 room.height, brief=True)  # fmt: skip
            st.plotly_chart(
                enlarged(figure, room.size),
                key=key,
                config=_PLAIN,
                alt=f"{loss.capitalize()} against the raw output of {now.classes[choice.true]}",
            )


PAGE = Page(
    path="tour",
    title="Tour",
    icon=":material/route:",
    intro="",
    settings=(SCENE, tour_answers.ANSWERED, STEPS, START, *iris_part.SETTINGS),
    hides=(*PROBABILITIES, *JACOBIAN, "formula", "curve", "loss", *GRADIENT),
    asks=(*JACOBIAN, "curve", "loss", *GRADIENT),
    resets=("flower", "at"),
    again=_begin_again,
    draw=draw,
    has_situation=False,
    turn=turn,
    leads=True,
    base=lambda settings: find(settings.get(SCENE.name, "")).situation,
    caption=f"{len(SCENES)} scenes, about ten minutes. Each asks one thing; Next is always there.",
)

if __name__ == "__main__":
    leave_folder_mode()
