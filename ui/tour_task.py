"""Draws what a scene of the tour asks, and the reply to what was done or answered."""

import streamlit as st

from core.tour.facts import Facts, Seen
from core.tour.scenes import Scene, find
from core.tour.tasks import Choose, Do, WorkOut
from ui import session, theme, tour_answers
from ui.number_answer import number_answer, typed_number
from ui.presentation import presenting
from ui.text import for_markdown

__all__ = ["ask_task"]


def ask_task(scene: Scene, seen: Seen) -> None:
    """Ask for the one thing to do or to predict, and answer it."""
    task, found = scene.words.task, tour_answers.verdict(scene, seen)
    done = found is not None and found.right
    with st.container(border=True, key="tour_task", gap="xsmall"):
        what = "Try it" if isinstance(task, Do) else "Predict"
        within = ""
        if isinstance(task, WorkOut):
            within = f" Within {theme.decimal(task.within(seen.now))} counts as correct."
        st.markdown(f"**{what}:** {for_markdown(task.ask)}{within}")
        # In a large picture the reply needs the room of the answers. The class has seen them.
        if not isinstance(task, Do) and not (done and presenting()):
            with st.container(horizontal=presenting(), vertical_alignment="center", gap="small"):
                _draw_answers(scene, task, seen)
                if not done:
                    st.button("Show the answer", key="tour_shown", on_click=_show_answer,
                              args=(scene.key,))  # fmt: skip
        if isinstance(task, Do) and not done and task.so_far and seen.moved:
            st.caption(for_markdown(task.so_far.format_map(Facts(seen))))
        if found and tour_answers.given(scene) == tour_answers.SHOWN:
            st.info(for_markdown(found.words), icon=":material/visibility:")
        elif found and done:
            st.success(for_markdown(found.words), icon=":material/check:")
        elif found:
            st.info(for_markdown(found.words), icon=":material/lightbulb:")


def _draw_answers(scene: Scene, task: Choose | WorkOut, seen: Seen) -> None:
    key, given = f"tour_{scene.key}", tour_answers.given(scene)
    if isinstance(task, WorkOut):
        number_answer(
            for_markdown(task.ask),
            key,
            given if isinstance(given, float) else None,
            _take_number,
            (scene.key,),
            placeholder="Your answer",
            label_visibility="collapsed",
        )
        return
    labels = {option.key: option.label.format_map(Facts(seen)) for option in task.options}
    st.session_state[key] = given if given in labels else None
    st.radio(
        for_markdown(task.ask),
        list(labels),
        format_func=lambda option: for_markdown(labels.get(option, "")),
        label_visibility="collapsed",
        horizontal=presenting(),
        key=key,
        on_change=_take_choice,
        args=(scene.key,),
    )


def _take_choice(key: str) -> None:
    _keep(key, st.session_state.get(f"tour_{key}"))


def _take_number(key: str) -> None:
    _keep(key, typed_number(f"tour_{key}"))


def _show_answer(key: str) -> None:
    _keep(key, tour_answers.SHOWN)


def _keep(key: str, value: object) -> None:
    scene = find(key)
    tour_answers.answer(scene, value, Seen(scene.situation, session.scenario()))
