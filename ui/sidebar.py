"""What all pages share: presets, classes, temperature, reset and the link."""

from collections.abc import Callable, Sequence

import streamlit as st

from core.situation.names import MAX_NAME_LENGTH, check_name
from core.situation.presets import PRESETS, find
from core.situation.scenario import MAX_CLASSES, MIN_CLASSES, Scenario
from ui import session
from ui.controls import copy_link, preset_note, temperature_slider
from ui.lead import lesson_buttons
from ui.lesson import LOCKABLE
from ui.sent import chosen, whole
from ui.takeaway import TakeAway, take_away_popover
from ui.text import for_markdown

__all__ = ["notices", "sidebar"]

_HEIGHT = 460
_NAME_PROBLEM = "softmax_name_problem"
_RESETS = "softmax_resets"


def notices() -> None:
    """Show what was wrong with the link, with one notice for each parameter."""
    for problem in session.problems():
        st.warning(for_markdown(problem.message), icon=":material/link_off:")


def sidebar(
    *,
    situation: bool = True,
    caption: str = "",
    hides: Sequence[str] = (),
    takeaway: Callable[[], TakeAway] | None = None,
    share: Callable[[], None] = lambda: None,
) -> None:
    """Draw the sidebar; each control changes the situation in its callback.

    Parameters
    ----------
    situation : bool
        Whether the page shows the situation that presets, temperature and classes control.
    caption : str
        What is said in their place.
    hides : sequence of str
        What the page can hide, by the names of `ui.lesson.TITLES`.
    takeaway : callable, optional
        Returns what the page has to take away.
    share : callable
        Draws the button that opens the dialog for sharing.
    """
    now, first = session.scenario(), session.first_run()
    with st.sidebar:
        # Streamlit's widgets load many files. So the board comes first, and the first run only reserves their
        # room.
        if first:
            st.container(height=_HEIGHT, border=False)
            return
        if situation:
            _presets()
            temperature_slider("temperature")
            _classes(now)
            _say_what_is_locked()
        else:
            st.caption(caption)
        with st.container(horizontal=True, gap="xsmall"):
            lesson_buttons(hides)
        share()
        if takeaway:
            take_away_popover(takeaway)
        copy_link("link")


def _presets() -> None:
    start = session.start()
    present = next((preset for preset in PRESETS if preset.scenario == start), None)
    st.session_state["preset"] = present.key if present else None
    titles = {preset.key: preset.title for preset in PRESETS}
    st.selectbox(
        "Start from",
        list(titles),
        format_func=lambda key: titles.get(key, key),
        key="preset",
        placeholder="Your own values",
        on_change=_take_preset,
        disabled=bool(session.locked()),
    )
    if present:
        preset_note("preset_note", present)
    st.button("Reset", icon=":material/restart_alt:", width="stretch", on_click=_reset, key="reset",
              disabled=not session.permits(start),
              help="Back to where this started: the last preset, link or change of classes.")  # fmt: skip


def _take_preset() -> None:
    key = chosen("preset", [preset.key for preset in PRESETS])
    preset = find(key) if key else None
    if preset:
        session.restart(preset.scenario)


def _reset() -> None:
    st.session_state[_RESETS] = st.session_state.get(_RESETS, 0) + 1
    session.restart(session.start())


def _classes(now: Scenario) -> None:
    key = _number_key()
    st.session_state[key] = len(now.classes)
    st.number_input(
        f"Number of classes ({MIN_CLASSES} to {MAX_CLASSES})",
        min_value=MIN_CLASSES,
        max_value=MAX_CLASSES,
        step=1,
        key=key,
        on_change=_take_number,
        # Another number of classes has other raw outputs, too.
        disabled=bool(session.locked() & {"classes", "z"}),
    )
    name_problem = st.session_state.pop(_NAME_PROBLEM, None)
    with st.expander("Class names", icon=":material/label:", key="class_names"):
        for k, name in enumerate(now.classes):
            st.session_state[f"class_name_{k}"] = name
            st.text_input(
                f"Class {k + 1}",
                key=f"class_name_{k}",
                max_chars=MAX_NAME_LENGTH,
                on_change=_take_name,
                args=(k,),
                disabled="classes" in session.locked(),
            )
            if name_problem and name_problem[0] == k:
                st.warning(for_markdown(name_problem[1]))


def _say_what_is_locked() -> None:
    found = session.locked()
    if found:
        named = [name for key, name in LOCKABLE.items() if key in found]
        st.caption(f"Locked for this task: {', '.join(named)}.")


def _number_key() -> str:
    """Return the key of the box for the number of classes; every reset changes it.

    Streamlit does not report a number that the box refuses, so only a new box gets rid of that number.
    """
    resets = st.session_state.get(_RESETS, 0)
    return f"number_of_classes_{resets}" if resets else "number_of_classes"


def _take_number() -> None:
    n = whole(st.session_state.get(_number_key()), MIN_CLASSES, MAX_CLASSES)
    if n is not None:
        session.resize(n)


def _take_name(k: int) -> None:
    names = list(session.scenario().classes)
    typed = st.session_state.get(f"class_name_{k}")
    # The class may have been removed at the same moment. Streamlit then calls both callbacks.
    if not isinstance(typed, str) or not 0 <= k < len(names):
        return
    others = names[:k] + names[k + 1 :]
    try:
        names[k] = check_name(typed, others)
    except ValueError as problem:
        st.session_state[_NAME_PROBLEM] = k, f"{problem} The name stays “{names[k]}”."
        return
    session.rename(names)
