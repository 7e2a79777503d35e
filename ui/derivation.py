"""The parts of the Step by step page: the derivation, the prediction before its result, and all of them."""

from typing import Any

import streamlit as st

from core.derivation import RESULT, STEP_KEYS, Step, derive
from core.expression import SECANT_STEP, Node
from core.latex import latex_document
from core.scenario import Scenario
from core.spoken import spoken
from core.typeset import READINGS
from ui import prediction, state, theme
from ui.board import board, derivative_title
from ui.component import declare

__all__ = ["SETTINGS", "derivation"]

STEP = state.Setting(
    "step", STEP_KEYS[0], lambda value, _: value in STEP_KEYS, f"one of {', '.join(STEP_KEYS)}"
)
READ = state.Setting("read", READINGS[0], lambda value, _: value in READINGS, f"one of {', '.join(READINGS)}")
SHOW = state.Setting("show", "one", lambda value, _: value in ("one", "all"), "one or all")
SETTINGS = (STEP, READ, SHOW, prediction.PREDICT)

_STEPS = declare("steps", "Derivation, step by step")
_TABLE = declare("table", "All derivatives")


@st.fragment
def derivation() -> None:
    """Draw the compact board, the steps, what is to be predicted, and at the end all derivatives."""
    now = state.scenario()
    hidden = prediction.waiting(now)
    with st.container(key="sides"):
        left, right = st.columns([0.4, 0.6], gap="large")
    with left:
        board("board", line=False, veiled=hidden, paper=[derivative_title(now)])
    if state.first_run():
        return
    with right:
        steps = derive(now)
        _draw_steps(steps, now, hidden)
        if hidden and (state.setting(SHOW) == "all" or _place(steps, hidden) == _gate(steps)):
            prediction.ask(now)
    # Beside the steps, which differ in height: so it stays in its place from step to step.
    with left:
        _extras(steps[: _gate(steps) + 1] if hidden else steps, now)
    if not hidden and (state.setting(SHOW) == "all" or _place(steps, hidden) >= _gate(steps) + 2):
        _draw_table(now)


def _gate(steps: tuple[Step, ...]) -> int:
    """Return the last step that does not give the result away."""
    return [step.key for step in steps].index(RESULT) - 1


def _place(steps: tuple[Step, ...], hidden: bool) -> int:
    """Return which step is shown."""
    place = [step.key for step in steps].index(state.setting(STEP))
    return min(place, _gate(steps)) if hidden else place


def _may_go_on(now: Scenario) -> bool:
    """Tell whether Next leads past the gate: who has foreseen everything needs no button for it."""
    return state.setting(SHOW) == "one" and prediction.foreseen(now)


def _about(now: Scenario) -> dict[str, Any]:
    return {
        "names": list(now.classes),
        "colours": list(theme.class_colours(len(now.classes))),
        "i": now.i,
        "j": now.j,
        "tempered": now.temperature != 1,
    }


def _draw_steps(steps: tuple[Step, ...], now: Scenario, hidden: bool) -> None:
    _STEPS(
        key="steps",
        data={
            "steps": [_told(step, now) for step in steps],
            "about": _about(now),
            "z": list(now.z),
            "temperature": now.temperature,
            "secant_step": SECANT_STEP,
            "step": state.setting(STEP),
            "reading": state.setting(READ),
            "all": state.setting(SHOW) == "all",
            "gate": _gate(steps) if hidden and not _may_go_on(now) else None,
            "ack": state.acknowledged("steps"),
        },
        on_commit_change=_take_steps,
    )


def _told(step: Step, now: Scenario) -> dict[str, Any]:
    """Return a step as the browser takes it."""
    return {
        "key": step.key,
        "title": step.title,
        "reason": step.reason,
        "comes_to": step.comes_to and _tree(step.comes_to),
        "said": step.comes_to and spoken(step.comes_to, now),
        "equations": [
            {
                "left": _tree(equation.left),
                "right": [_tree(node) for node in equation.right],
                "exact": equation.exact,
                "lettered": equation.lettered,
                "words": (" equals " if equation.exact else " is approximately ").join(
                    spoken(node, now) for node in (equation.left, *equation.right) if not node.valued
                )
                + ".",
            }
            for equation in step.equations
        ],
    }


def _tree(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": node.kind}
    if node.parts:
        found["parts"] = [_tree(part) for part in node.parts]
    if node.index >= 0:
        found["index"] = node.index
    if node.part:
        found["part"] = node.part
    if node.new:
        found["new"] = True
    if node.valued:
        found["valued"] = True
    return found


def _take_steps() -> None:
    payload = state.commit("steps")
    now = state.scenario()
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
    # Past the gate the browser goes only with all answers right: that is what the result was kept back for.
    if step in STEP_KEYS[STEP_KEYS.index(RESULT) :] and prediction.waiting(now) and prediction.foreseen(now):
        prediction.reveal(now)
    state.change(None, **found)
    state.acknowledge("steps", payload.get("seq"))


def _extras(steps: tuple[Step, ...], now: Scenario) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="extras"):
        paper = st.popover("LaTeX", icon=":material/function:", key="latex", on_change="rerun")
        # Closed it holds nothing, so nothing is written for it.
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
    _TABLE(
        key="table",
        data={
            "about": _about(now),
            "z": list(now.z),
            "temperature": now.temperature,
            "positive": theme.POSITIVE,
            "negative": theme.NEGATIVE,
            "ack": state.acknowledged("table"),
        },
        on_commit_change=_take_cell,
    )


def _take_cell() -> None:
    payload = state.commit("table")
    try:
        new = state.scenario().with_cell(payload["i"], payload["j"])
    except (KeyError, TypeError, ValueError):
        return
    finally:
        state.acknowledge("table", payload.get("seq"))
    state.change(new, step="")
