"""The task of a link: one question about the situation, asked above the page and answered at once."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from core.derivation.loss_predictions import Aim
from core.situation.names import quoted
from core.situation.scenario import MAX_CLASSES, Scenario
from core.tasks import Kind, Question, accepted_error, judge, parse
from ui import session, theme
from ui.component import declare
from ui.lesson import ASK
from ui.messages import LinkPartMessage
from ui.number_answer import LARGEST, number_answer, typed_number
from ui.sent import number, whole
from ui.text import for_markdown

__all__ = ["TASK", "draw_task", "restore"]

# The key of the fragment and of the box.
TASK = "task"

# Tells the reader's tab what to keep.
_KEPT = declare("kept", "Kept")
# The name under which the reader's tab keeps the answers, by question as it stands in the link.
_ANSWERS = "task_answers"
_MOST_SIDE_BY_SIDE = 5
_SIGNS = {"positive": "Positive", "negative": "Negative"}
_FORMULAS = {"own": "pᵢ (1 − pᵢ)", "cross": "−pᵢ pⱼ"}
_KINDS: tuple[Kind, ...] = ("sign", "formula", "value", "gradient", "gains")

_Answer = str | int | float


def draw_task(aim: Callable[[Scenario], Aim] | None) -> None:
    """Draw the task's question, if the link asks one that this page can answer.

    Parameters
    ----------
    aim : callable, optional
        Returns what is minimised in a situation; only a page with a loss has one, and only such a page can
        ask for a gradient.
    """
    if _asked(aim) is None:
        return
    # An answer runs this fragment alone. A change of the situation runs it together with the page's own one.
    session.follow(TASK)
    _draw(aim)


def _asked(aim: Callable[[Scenario], Aim] | None) -> Question | None:
    question = parse(session.setting(ASK), len(session.scenario().classes))
    return None if question and question.kind == "gradient" and aim is None else question


@st.fragment(key=TASK)
def _draw(aim: Callable[[Scenario], Aim] | None) -> None:
    question, now = _asked(aim), session.scenario()
    if question is None:
        return
    what = aim(now) if aim and question.kind == "gradient" else None
    asked = _words(question, now, what)
    with st.container(border=True, key="task", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="task_row"):
            st.markdown(f"**Task** {for_markdown(asked)}")
            # The widgets load many files, and the board comes first.
            if session.first_run():
                return
            _ask(question, now, asked)
        with st.container(key="task_kept"):
            message: LinkPartMessage = {"link": session.link()}
            _KEPT(key="task_kept_part", data=message)
        answer = _given(question, now)
        if answer is None:
            return
        verdict = judge(question, now, answer, what)
        if verdict.right:
            st.success(for_markdown(verdict.words), icon=":material/check:")
        else:
            st.info(for_markdown(verdict.words), icon=":material/lightbulb:")


def _words(question: Question, now: Scenario, aim: Aim | None) -> str:
    """Return the question in words; plain text."""
    i, j = quoted(now.classes[question.i]), quoted(now.classes[question.j])
    allowed = accepted_error(question, now, aim)
    within = f" Within {theme.decimal(allowed)} counts as correct." if allowed else ""
    if aim:
        return (
            f"What is the gradient of {aim.loss} with respect to the raw output of {j}? "
            f"The true class is {quoted(now.classes[aim.true])}.{within}"
        )
    if question.kind == "gains":
        return f"The raw output of {j} is lowered a little. Which class gains the most probability?"
    if question.kind == "formula":
        return (
            f"Which formula gives the derivative of the probability of {i} (class i) "
            f"with respect to the raw output of {j} (class j)?"
        )
    what = f"derivative of the probability of {i} with respect to the raw output of {j}"
    return (
        f"Is the {what} positive or negative?" if question.kind == "sign" else f"What is the {what}?{within}"
    )


def _ask(question: Question, now: Scenario, asked: str) -> None:
    """Draw the widget for the answer."""
    key, asked = _key(question), for_markdown(asked)
    given = _given(question, now)
    st.session_state[key] = given
    if question.kind in ("value", "gradient"):
        number_answer(
            asked,
            key,
            None if given is None else float(given),
            _take_answer,
            (question.in_link(),),
            placeholder="Your answer",
            label_visibility="collapsed",
            width=160,
        )
        return
    options = _options(question.kind, now)
    # Markdown shows blanks in a row as one, so two names may look the same; a list shows them as they are.
    labels = {option: for_markdown(label) for option, label in options.items()}
    if len(options) > _MOST_SIDE_BY_SIDE or len(set(labels.values())) < len(labels):
        st.selectbox(
            asked,
            list(options),
            format_func=lambda option: options.get(option, str(option)),
            placeholder="Choose a class",
            label_visibility="collapsed",
            width=220,
            key=key,
            on_change=_take_answer,
            args=(question.in_link(),),
        )
    else:
        st.segmented_control(
            asked,
            list(options),
            format_func=lambda option: labels.get(option, str(option)),
            label_visibility="collapsed",
            width="content",
            key=key,
            on_change=_take_answer,
            args=(question.in_link(),),
        )


def _options(kind: Kind, now: Scenario) -> dict[Any, str]:
    """Return the answers to choose from, with their labels as plain text."""
    if kind == "sign":
        return _SIGNS
    if kind == "formula":
        per_t = " / T" if now.temperature != 1 else ""
        return {key: f"{formula}{per_t}" for key, formula in _FORMULAS.items()}
    return dict(enumerate(now.classes))


def _key(question: Question) -> str:
    return f"task_{question.in_link()}"


def _checked(kind: Kind, value: object) -> _Answer | None:
    """Return an answer if it is possible, otherwise None; a browser may send anything."""
    if kind in ("value", "gradient"):
        return number(value, -LARGEST, LARGEST)
    if kind == "gains":
        return whole(value, 0, MAX_CLASSES - 1)
    accepted = _SIGNS if kind == "sign" else _FORMULAS
    return value if isinstance(value, str) and value in accepted else None


def _given(question: Question, now: Scenario) -> _Answer | None:
    """Return the answer that was given, if it is still possible."""
    answer = _checked(question.kind, session.kept().get(_ANSWERS, {}).get(question.in_link()))
    gone = question.kind == "gains" and answer is not None and int(answer) >= len(now.classes)
    return None if gone else answer


def _take_answer(asked: str) -> None:
    question = parse(asked, MAX_CLASSES)
    if question:
        numeric = question.kind in ("value", "gradient")
        value = typed_number(_key(question)) if numeric else st.session_state.get(_key(question))
        answer = _checked(question.kind, value)
        session.keep(**{_ANSWERS: session.kept().get(_ANSWERS, {}) | {asked: answer}})


def restore(sent: Mapping[str, Any]) -> None:
    """Restore the answers that the reader's tab had kept from an earlier session, as far as valid."""
    answers = sent.get(_ANSWERS)
    if not isinstance(answers, dict):
        return
    classes = range(MAX_CLASSES)
    questions = {Question(kind, i, j) for kind in _KINDS for i in classes for j in classes}
    given = {question.in_link(): (question.kind, answers.get(question.in_link())) for question in questions}
    possible = {
        asked: answer
        for asked, (kind, value) in given.items()
        if (answer := _checked(kind, value)) is not None
    }
    session.keep(**{_ANSWERS: possible | session.kept().get(_ANSWERS, {})})
