"""Step by step: any derivative of softmax, from the question to the number, with the current numbers."""

import streamlit as st

from core.derivation.latex import latex_document
from core.derivation.steps import FIRST_WITH_RESULT, STEP_KEYS, Step, derive
from core.derivation.typeset import READINGS
from core.handout.table import situation_csv
from core.questions.subject import Subject
from core.situation.scenario import Scenario
from ui import prediction, session, theme
from ui.board import board, derivative_title, scale_for
from ui.component import declare
from ui.formulas import about
from ui.handout.board_picture import board_svg
from ui.handout.derive_notebook import derive_notebook
from ui.lesson import JACOBIAN, PROBABILITIES, only_setting
from ui.messages import TableMessage
from ui.page import Page, leave_folder_mode
from ui.presentation import presenting, quiet
from ui.questions import QUESTION, questions
from ui.settings import Setting
from ui.steps_part import steps_part
from ui.takeaway import TakeAway

__all__ = ["PAGE"]

STEP = Setting("step", STEP_KEYS[0], lambda value, _: value in STEP_KEYS, f"one of {', '.join(STEP_KEYS)}")
READ = Setting("read", READINGS[0], lambda value, _: value in READINGS, f"one of {', '.join(READINGS)}")
SHOW = Setting("show", "one", lambda value, _: value in ("one", "all"), "one or all")

# The parts that can be shown alone.
_ALONE = {"board": "Board", "steps": "Steps"}
ONLY = only_setting(tuple(_ALONE))

_FRAGMENT = "derivation"
_TABLE = declare("table", "All derivatives")


@st.fragment(key=_FRAGMENT)
def draw() -> None:
    """Draw the compact board, the steps, the questions, and at the end all derivatives."""
    now = session.scenario()
    n = len(now.classes)
    # A teacher asks the class, and hides what the class must predict.
    hidden = prediction.waiting(now) and not presenting()
    only = session.setting(ONLY)
    if only:
        left = right = st.container()
    else:
        with st.container(key="sides"):
            # Formulas about many classes are wide.
            wide = presenting() and n > 4
            share = 0.27 if wide else 0.42 if presenting() else 0.4
            left, right = st.columns([share, 1 - share], gap="medium" if presenting() else "large")
    if only != "steps":
        with left:
            # Beside a large step, there is room for the bars of a few classes below the grid.
            bars = () if presenting() and n > 4 and not only else None
            board(
                "board",
                fragment=_FRAGMENT,
                bars=bars,
                line=False,
                hide_values=hidden,
                paper=[derivative_title(now)],
            )
    if only == "board" or (session.first_run() and not only):
        return
    with right:
        steps = derive(now)
        _draw_steps(steps, now, hidden)
        if not quiet(only):
            last = _last_open_step(steps) if hidden else len(steps) - 1
            place = _place(steps, hidden)
            shown = steps[: last + 1] if session.setting(SHOW) == "all" else steps[place : place + 1]
            questions(
                "derive", [step.key for step in shown], lambda: Subject(now), key="questions", waits=hidden
            )
        if hidden and (session.setting(SHOW) == "all" or _place(steps, hidden) == _last_open_step(steps)):
            prediction.ask(now)
    if quiet(only):
        return
    # The extras are beside the steps, not below them. Steps differ in height, so the extras would otherwise
    # move from step to step.
    with left:
        _extras(steps[: _last_open_step(steps) + 1] if hidden else steps, now)
    if not hidden and (session.setting(SHOW) == "all" or _place(steps, hidden) >= _last_open_step(steps) + 2):
        _draw_table(now)


def _last_open_step(steps: tuple[Step, ...]) -> int:
    """Return the last step that does not give the result away."""
    return [step.key for step in steps].index(FIRST_WITH_RESULT) - 1


def _place(steps: tuple[Step, ...], hidden: bool) -> int:
    """Return which step is shown."""
    place = [step.key for step in steps].index(session.setting(STEP))
    return min(place, _last_open_step(steps)) if hidden else place


def _may_go_on(now: Scenario) -> bool:
    """Tell whether Next leads to the result, as it does once every answer is right."""
    return session.setting(SHOW) == "one" and prediction.foreseen(now)


def _draw_steps(steps: tuple[Step, ...], now: Scenario, hidden: bool) -> None:
    steps_part(
        steps,
        now,
        step=session.setting(STEP),
        reading=session.setting(READ),
        whole=session.setting(SHOW) == "all",
        last_open=_last_open_step(steps) if hidden and not _may_go_on(now) else None,
        take=_take_steps,
    )


def _take_steps() -> None:
    payload = session.take_commit("steps")
    now = session.scenario()
    step, reading, shown = payload.get("step"), payload.get("reading"), payload.get("all")
    asked = [
        (STEP, step),
        (READ, reading),
        (SHOW, ("all" if shown else "one") if isinstance(shown, bool) else None),
    ]
    found = {
        spec.name: spec.short(value)
        for spec, value in asked
        if isinstance(value, str) and spec.accepts(value, now)
    }
    # The browser goes on to the result only if all answers are right, so the result need not stay hidden.
    if (
        step in STEP_KEYS[STEP_KEYS.index(FIRST_WITH_RESULT) :]
        and prediction.waiting(now)
        and prediction.foreseen(now)
    ):
        prediction.reveal(now)
    session.change(None, **found)


def _extras(steps: tuple[Step, ...], now: Scenario) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="extras"):
        paper = st.popover("LaTeX", icon=":material/function:", key="latex", on_change="rerun")
        # The document is written only while the popover is open.
        if paper.open:
            document = latex_document(steps, now)
            with paper:
                st.caption("The derivation with the current numbers, ready to compile.")
                st.download_button(
                    "Download derivation.tex", document, "derivation.tex", "text/x-tex", on_click="ignore"
                )
                st.code(document, language="latex", height=240)
        prediction.switch()


def _draw_table(now: Scenario) -> None:
    n = len(now.classes)
    st.subheader(f"All {n * n} derivatives: two formulas", anchor=False)
    message: TableMessage = {
        "about": about(now),
        "z": list(now.z),
        "temperature": now.temperature,
        "positive": theme.POSITIVE,
        "negative": theme.NEGATIVE,
        "ack": session.acknowledged("table"),
    }
    _TABLE(
        key="table",
        data=message,
        on_commit_change=_take_cell,
    )
    questions("derive", ["table"], lambda: Subject(now), key="questions_table")


def _take_cell() -> None:
    payload = session.take_commit("table")
    try:
        new = session.scenario().with_cell(payload["i"], payload["j"])
    except (KeyError, TypeError, ValueError):
        return
    session.change(new, step="")


def _take_away() -> TakeAway:
    now = session.scenario()
    hidden = prediction.waiting(now)
    return TakeAway(
        page="derive",
        charts=(),
        board=lambda: board_svg(now, hide_values=hidden),
        csv=lambda: situation_csv(now),
        notebook=lambda: derive_notebook(now, scale_for(now.z)),
        note="Numbers and notebook hold the result that you have not predicted yet." if hidden else "",
    )


PAGE = Page(
    path="derive",
    title="Step by step",
    icon=":material/stairs:",
    intro="**Choose a cell of the grid** and work through its derivative. Drag the bars at any time.",
    settings=(STEP, READ, SHOW, prediction.PREDICT, ONLY, QUESTION),
    hides=(*PROBABILITIES, *JACOBIAN, "formula"),
    asks=(*JACOBIAN, "formula"),
    resets=("step",),
    draw=draw,
    alone=_ALONE,
    takeaway=_take_away,
)

if __name__ == "__main__":
    leave_folder_mode()
