"""Draws the questions that learners ask, where they arise; a press opens the answer with its picture."""

from collections.abc import Callable, Iterable
from decimal import Decimal

import streamlit as st

from core.handout.numbers import decimal as large
from core.questions.pictures import PICTURES
from core.questions.subject import Subject
from core.questions.tables import Cell, Head, Table
from core.questions.words import QUESTIONS, Question, asked
from ui import lesson, session, theme
from ui.component import declare
from ui.guide_messages import AnswerMessage, GridMessage, HeadMessage, NumberMessage
from ui.lesson import GROUPS, HIDE, SHOWN
from ui.settings import Setting

__all__ = ["QUESTION", "questions"]

_PICTURE = declare("picture", "Picture")
# From this size on, a number is written with a power of ten.
_LARGE = 100_000
_LEAST = Decimal("1e-300")


# All pages have the same one, because several questions arise on more than one page.
QUESTION = Setting(
    "question", "", lambda value, _: value == "" or value in QUESTIONS, f"one of {', '.join(QUESTIONS)}"
)


def questions(
    page: str,
    places: Iterable[str],
    find: Callable[[], Subject],
    *,
    key: str,
    waits: bool = False,
) -> bool:
    """Draw a row of the questions that arise at some places of a page.

    Parameters
    ----------
    page : str
        The page's name in `core.questions.words`.
    places : iterable of str
        Places on the page.
    find : callable
        Returns what the pictures are about; called only if a question is open.
    key : str
        The key of the row.
    waits : bool
        Whether the reader must predict the derivatives first, so that pictures hide them.

    Returns
    -------
    bool
        Whether one of them is open.
    """
    found = [
        question
        for question in asked(page, places, tempered=session.scenario().temperature != 1)
        if not _given_away(question)
    ]
    if not found:
        return False
    opened = False
    with st.container(horizontal=True, gap="small", key=key):
        for question in found:
            opened |= _draw(question, find, waits=waits)
    return opened


def _draw(question: Question, find: Callable[[], Subject], *, waits: bool) -> bool:
    key = f"question_{question.key}"
    wanted = session.setting(QUESTION) == question.key
    # Setting what is already so would close a question that the reader opens during this run.
    if st.session_state.get(key, False) != wanted:
        st.session_state[key] = wanted
    place = st.popover(
        question.asks,
        type="tertiary",
        key=key,
        on_change=_take,
        args=(question.key,),
    )
    # The answer is worked out only while it is open.
    if not place.open:
        return False
    with place, st.container(key="answer"):
        subject = find()
        tempered = question.tempered if subject.now.temperature != 1 else ""
        st.markdown(" ".join(filter(None, (question.answer, tempered))))
        _PICTURE(key=f"picture_{question.key}", data=_message(question, subject, waits=waits))
    return True


def _take(question: str) -> None:
    opened = st.session_state.get(f"question_{question}") is True
    # Another question may have been opened in the same moment.
    if opened or session.setting(QUESTION) == question:
        session.change(None, question=question if opened else "")


def _given_away(question: Question) -> bool:
    """Tell whether the words would give away what a teacher hides."""
    hide, shown = session.setting(HIDE), session.setting(SHOWN)
    items = [item for name in question.gives for item in GROUPS.get(name, (name,))]
    return any(lesson.is_hidden(item, hide, shown) for item in items)


def _message(question: Question, subject: Subject, *, waits: bool) -> AnswerMessage:
    n = len(subject.now.classes)
    return {
        "names": list(subject.now.classes),
        "colours": theme.board_colours(n),
        "pieces": [
            {
                "sign": piece if isinstance(piece, str) else "",
                "grid": _grid(piece, waits=waits) if isinstance(piece, Table) else None,
            }
            for piece in PICTURES[question.key](subject)
        ],
    }


def _grid(table: Table, *, waits: bool) -> GridMessage:
    def number(cell: Cell, *, signed: bool = table.signed) -> NumberMessage:
        return _number(cell, signed=signed, waits=waits)

    return {
        "caption": {"text": table.caption, "of": table.of},
        "columns": list(map(_head, table.columns)),
        "rows": list(map(_head, table.rows)),
        "cells": [list(map(number, row)) for row in table.cells],
        "row_sums": [number(cell, signed=False) for cell in table.row_sums],
        "column_sums": [number(cell, signed=False) for cell in table.column_sums],
        "bars": table.has_bars,
    }


def _head(head: Head) -> HeadMessage:
    return {"text": head.text, "of": head.of}


def _number(cell: Cell, *, signed: bool, waits: bool) -> NumberMessage:
    if waits and any(place.startswith("j") for place in cell.places):
        return {"text": "?", "exact": "", "share": 0.0, "places": []}
    if cell.value is None:
        return {"text": "" if cell.exact else "none", "exact": "", "share": 0.0, "places": []}
    return {
        "text": f"{cell.value:.0f}" if cell.exact else _written(cell.value, signed=signed),
        "exact": str(cell.value),
        "share": cell.share,
        "places": list(cell.places),
    }


def _written(value: float | Decimal, *, signed: bool) -> str:
    number = Decimal(value)
    # As a float, a very large number would be infinite and a very small one 0.
    beyond = abs(number) >= _LARGE or 0 < abs(number) < _LEAST
    text = large(number) if beyond else theme.decimal(float(value))
    return f"+{text}" if signed and number > 0 else text
