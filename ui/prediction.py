"""Predict, then reveal: three questions before the result, with a helpful reply to each answer."""

from collections.abc import Callable, Container, Mapping
from typing import Any, Literal

import streamlit as st

from core.derivation.predictions import Verdict, judge_formula, judge_sign, judge_value, tolerance
from core.derivation.steps import FIRST_WITH_RESULT
from core.situation.scenario import MAX_CLASSES, Scenario
from ui import session, theme
from ui.number_answer import LARGEST, number_answer, typed_number
from ui.sent import chosen, number
from ui.settings import Setting
from ui.text import for_markdown

__all__ = ["PREDICT", "ask", "foreseen", "restore", "reveal", "switch", "waiting"]

PREDICT = Setting("predict", "on", lambda value, _: value in ("on", "off"), "on or off")

# The answers that are accepted; a browser may send anything.
_SIGNS: dict[str | None, Literal["positive", "negative"]] = {"positive": "positive", "negative": "negative"}
_FORMULAS: dict[str | None, Literal["own", "cross"]] = {"own": "own", "cross": "cross"}
# The names under which the reader's tab keeps the results shown, as [i, j], and the answers by question.
_SHOWN = "shown"
_ANSWERS = "answers"


def _one_of(options: Container[str | None]) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in options else None


_CHECKS: dict[str, Callable[[object], str | float | None]] = {
    "sign": _one_of(_SIGNS),
    "formula": _one_of(_FORMULAS),
    "value": lambda value: number(value, -LARGEST, LARGEST),
}


def waiting(now: Scenario) -> bool:
    """Tell whether the reader still has to predict the result of this derivative."""
    return session.setting(PREDICT) == "on" and [now.i, now.j] not in session.kept().get(_SHOWN, ())


def reveal(now: Scenario) -> None:
    """Show the result of this derivative from now on."""
    shown = session.kept().get(_SHOWN, [])
    if [now.i, now.j] not in shown:
        session.keep(shown=[*shown, [now.i, now.j]])


def restore(sent: Mapping[str, Any]) -> None:
    """Restore what the reader's tab had kept from an earlier session, as far as it is valid."""
    indices = range(MAX_CLASSES)
    pairs = sent.get(_SHOWN)
    pairs = pairs[: MAX_CLASSES**2] if isinstance(pairs, list) else []
    shown = session.kept().get(_SHOWN, [])
    found = [[i, j] for i in indices for j in indices if [i, j] in pairs]
    session.keep(shown=[*shown, *(pair for pair in found if pair not in shown)])
    answers = sent.get(_ANSWERS)
    if not isinstance(answers, dict):
        return
    cells = [f"{i}_{j}" for i in indices for j in indices]
    given = {
        f"{question}_{cell}": answers.get(f"{question}_{cell}") for question in _CHECKS for cell in cells
    }
    possible = {
        key: answer
        for key, value in given.items()
        if (answer := _CHECKS[key.partition("_")[0]](value)) is not None
    }
    answered = possible | session.kept().get(_ANSWERS, {})
    session.keep(answers=answered)
    # The questions may already be on the page without an answer.
    for key in st.session_state.keys() & answered.keys():
        if st.session_state[key] is None:
            st.session_state[key] = answered[key]


def foreseen(now: Scenario) -> bool:
    """Tell whether all three questions are answered correctly."""
    cell = f"{now.i}_{now.j}"
    sign, formula, value = (_given(f"{question}_{cell}") for question in ("sign", "formula", "value"))
    return (
        sign in _SIGNS
        and formula in _FORMULAS
        and (typed := number(value, -LARGEST, LARGEST)) is not None
        and judge_sign(now, _SIGNS[sign]).right
        and judge_formula(now, _FORMULAS[formula]).right
        and judge_value(now, typed).right
    )


def switch() -> None:
    """Draw the switch that turns the questions off, for a lecture."""
    st.session_state["predict_first"] = session.setting(PREDICT) == "on"
    st.toggle("Predict first", key="predict_first", on_change=_take_switch)


def _take_switch() -> None:
    on = chosen("predict_first", (True, False))
    if on is not None:
        session.change(predict="" if on else "off")


def ask(now: Scenario) -> None:
    """Ask for sign, formula and value, and answer each."""
    cell = f"{now.i}_{now.j}"
    per_t = " / T" if now.temperature != 1 else ""
    formulas = {"own": f"pᵢ (1 − pᵢ){per_t}", "cross": f"−pᵢ pⱼ{per_t}"}
    with st.container(border=True, key="predict"):
        st.markdown("**Your prediction**")
        sign = st.segmented_control(
            "Will the derivative be positive or negative?",
            list(_SIGNS),
            format_func=str.capitalize,
            key=_remembered(f"sign_{cell}"),
            on_change=_take_answer,
            args=(f"sign_{cell}",),
        )
        right = [_answer(judge_sign(now, _SIGNS[sign]) if sign in _SIGNS else None)]
        formula = st.segmented_control(
            "Which formula will it be?",
            list(formulas),
            format_func=formulas.__getitem__,
            key=_remembered(f"formula_{cell}"),
            on_change=_take_answer,
            args=(f"formula_{cell}",),
        )
        right.append(_answer(judge_formula(now, _FORMULAS[formula]) if formula in _FORMULAS else None))
        number_answer(
            f"What is its value? Within {theme.decimal(tolerance(now))} counts as correct.",
            f"value_{cell}",
            _given(f"value_{cell}"),
            _take_answer,
            (f"value_{cell}",),
            placeholder="Work it out from the probabilities",
        )
        found = _given(f"value_{cell}")
        right.append(_answer(judge_value(now, found) if found is not None else None))
        st.button(
            "Continue" if all(right) else "Show the result",
            type="secondary",
            icon=":material/visibility:",
            key="show_result",
            on_click=_show,
            args=(now.i, now.j),
        )


def _remembered(key: str) -> str:
    """Restore a question's answer and return its key. Streamlit forgets a widget that a run does not draw."""
    answers = session.kept().get(_ANSWERS, {})
    if key not in st.session_state and answers.get(key) is not None:
        st.session_state[key] = answers[key]
    return key


def _given(key: str) -> Any:
    answers = session.kept().get(_ANSWERS, {})
    # The box for a value holds text, which its callback has read.
    if key.startswith("value"):
        return number(answers.get(key), -LARGEST, LARGEST)
    return st.session_state[key] if key in st.session_state else answers.get(key)


def _take_answer(key: str) -> None:
    question = key.partition("_")[0]
    answer = typed_number(key) if question == "value" else _CHECKS[question](st.session_state.get(key))
    session.keep(answers=session.kept().get(_ANSWERS, {}) | {key: answer})


def _answer(verdict: Verdict | None) -> bool:
    """Show the reply to an answer; return whether the answer is right."""
    if verdict is None:
        return False
    if verdict.right:
        st.success(for_markdown(verdict.words), icon=":material/check:")
    else:
        st.info(for_markdown(verdict.words), icon=":material/lightbulb:")
    return verdict.right


def _show(i: int, j: int) -> None:
    reveal(session.scenario().with_cell(i, j))
    session.change(step=FIRST_WITH_RESULT)
