"""Worksheet: what a teacher hands out, one printed page for each situation, and the solutions."""

import streamlit as st

from core.derivation.expression import SECANT_STEP, Node
from core.derivation.speech import spoken
from core.handout.worksheet import Line, Worksheet, worksheet
from core.handout.worksheet_latex import worksheet_latex
from core.situation.presets import PRESETS, find
from core.situation.scenario import Scenario
from ui import session
from ui.component import declare
from ui.formulas import about, tree
from ui.handout.messages import SheetLineMessage, SheetMessage, WorksheetMessage
from ui.page import Page, leave_folder_mode
from ui.settings import Setting

__all__ = ["PAGE"]

_KEYS = tuple(preset.key for preset in PRESETS)
_TITLES = {preset.key: preset.title for preset in PRESETS}


def _chosen(value: str) -> list[str] | None:
    """Return the keys of the situations to add; None if one is unknown or comes twice."""
    keys = value.split(",") if value else []
    return keys if set(keys) <= set(_KEYS) and len(set(keys)) == len(keys) else None


WITH = Setting(
    "with",
    "",
    lambda value, _: _chosen(value) is not None,
    f"different ones of {', '.join(_KEYS)}, separated by commas",
)
SOLUTIONS = Setting("solutions", "on", lambda value, _: value in ("on", "off"), "on or off")

_WORKSHEET = declare("worksheet", "Worksheets")


def draw() -> None:
    """Draw the choice of situations and solutions, and below it the very sheets that are printed."""
    if session.first_run():
        return
    added = _chosen(session.setting(WITH)) or []
    found = [session.scenario(), *(preset.scenario for key in added if (preset := find(key)))]
    # A situation that is both shown and added is handed out once.
    sheets = [worksheet(now) for now in dict.fromkeys(found)]
    solutions = session.setting(SOLUTIONS) == "on"
    _choices(added, sheets, solutions)
    message: WorksheetMessage = {
        "sheets": [_sheet(sheet) for sheet in sheets],
        "solutions": solutions,
        "secant_step": SECANT_STEP,
    }
    _WORKSHEET(key="worksheet", data=message)


def _choices(added: list[str], sheets: list[Worksheet], solutions: bool) -> None:
    st.session_state.update(with_situations=added, with_solutions=solutions)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="handout"):
        st.multiselect(
            "More situations, one page each",
            _KEYS,
            format_func=lambda key: _TITLES.get(key, key),
            key="with_situations",
            placeholder="Only the one shown",
            on_change=_take_added,
        )
        st.toggle("Solutions", key="with_solutions", on_change=_take_solutions)
        st.download_button(
            "Download worksheet.tex",
            # The document is written only when it is asked for.
            lambda: worksheet_latex(sheets, solutions=solutions),
            "worksheet.tex",
            "text/x-tex",
            icon=":material/download:",
            on_click="ignore",
            key="download_worksheet",
        )


def _take_added() -> None:
    sent = st.session_state.get("with_situations")
    if not isinstance(sent, list) or not all(isinstance(key, str) for key in sent):
        return
    value = ",".join(sent)
    if WITH.accepts(value, session.scenario()):
        session.change(None, **{WITH.name: value})


def _take_solutions() -> None:
    on = st.session_state.get("with_solutions")
    if isinstance(on, bool):
        session.change(None, solutions=SOLUTIONS.short("on" if on else "off"))


def _sheet(sheet: Worksheet) -> SheetMessage:
    return {
        "title": sheet.title,
        "situation": sheet.situation,
        "about": about(sheet.now),
        "z": list(sheet.now.z),
        "temperature": sheet.now.temperature,
        "rows": [
            {"letter": row.letter, "name": row.name, "z": row.z, "power": row.power, "p": row.p}
            for row in sheet.rows
        ],
        "total": sheet.total,
        "jacobian": [list(row) for row in sheet.jacobian],
        "lines": [_line(line, sheet.now) for line in sheet.lines],
        "questions": [{"question": asked.question, "answer": asked.answer} for asked in sheet.questions],
        "notes": list(sheet.notes),
    }


def _line(line: Line, now: Scenario) -> SheetLineMessage:
    def said(*nodes: Node) -> str:
        # Numbers are read as they stand.
        return "".join(f" equals {spoken(node, now)}" for node in nodes if not node.valued)

    words = spoken(line.left, now) + said(*line.given)
    return {
        "label": line.label,
        "step": line.step,
        "left": tree(line.left),
        "given": [tree(node) for node in line.given],
        "blanks": list(line.blanks),
        "answer": [tree(node) for node in line.answer],
        "words": words,
        "answer_words": words + said(*line.answer),
    }


PAGE = Page(
    path="worksheet",
    title="Worksheet",
    icon=":material/assignment:",
    intro="**Print the sheets below**: one page for each situation, and the solutions on pages of their own.",
    settings=(WITH, SOLUTIONS),
    draw=draw,
    first_part="worksheet",
)

if __name__ == "__main__":
    leave_folder_mode()
