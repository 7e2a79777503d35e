"""Leads a lesson: the part with its keys, what its commits change, and the sidebar's two buttons."""

from collections.abc import Callable, Sequence

import streamlit as st

from core.situation.presets import PRESETS
from ui import lesson, session
from ui.component import declare
from ui.lesson import HIDE, PRESENT, SHOWN, TITLES
from ui.messages import LessonPartMessage
from ui.sent import whole

__all__ = ["lead", "lesson_buttons", "turn_to_preset"]

_LESSON = declare("lesson", "Lesson")
_KEY = "lesson"
# The key of the choice of what is hidden.
_HIDDEN = "hidden_items"


def lead(
    asks: Sequence[str],
    resets: Sequence[str],
    share: Callable[[], None],
    *,
    turn: Callable[[int], None] | None,
    leads: bool,
    again: Callable[[], None],
) -> None:
    """Mount the part that leads a lesson; it must be outside every fragment.

    Parameters
    ----------
    asks : sequence of str
        What the page hides when nothing else was chosen, by the names of `ui.lesson.TITLES`.
    resets : sequence of str
        The settings of the page that go back to their defaults with the situation.
    share : callable
        Opens the dialog for sharing, in the run that follows.
    turn : callable or None
        Shows the scene that is so many scenes on; None if the page has steps of its own.
    leads : bool
        Whether arrow keys do so outside presenter mode, too.
    again : callable
        Called when the lesson goes back to its start.
    """
    message: LessonPartMessage = {
        "link": session.link(),
        "asks": list(asks),
        "scenes": turn is not None,
        "leads": leads,
        "ack": session.acknowledged(_KEY),
    }
    with st.container(key="lead"):
        _LESSON(key=_KEY, data=message, on_commit_change=lambda: _take(resets, share, turn, again))


def _take(
    resets: Sequence[str],
    share: Callable[[], None],
    turn: Callable[[int], None] | None,
    again: Callable[[], None] = lambda: None,
) -> None:
    told = session.take_commit(_KEY)
    present, hide, shown = told.get("present"), told.get("hide"), told.get("shown")
    if told.get("start") is True:
        again()
        session.restart(session.start())
        session.change(None, **{name: session.opened_with().get(name, "") for name in resets})
    if told.get("share") is True:
        share()
    by = whole(told.get("turn"), -1, 1)
    if by and turn:
        turn(by)
    now = session.scenario()
    found = {PRESENT.name: "on" if present else ""} if isinstance(present, bool) else {}
    for spec, value in ((HIDE, hide), (SHOWN, shown)):
        if isinstance(value, str) and spec.accepts(value, now):
            found[spec.name] = lesson.hide_text(lesson.hidden(value) or ()) if spec is HIDE else value
    if found:
        session.change(None, **found)


def turn_to_preset(by: int) -> None:
    """Show the next or the previous preset; before the first and after the last there is none."""
    keys = [preset.scenario for preset in PRESETS]
    at = keys.index(session.start()) + by if session.start() in keys else 0
    if 0 <= at < len(keys):
        session.restart(keys[at])


def lesson_buttons(hides: Sequence[str]) -> None:
    """Draw the sidebar's two buttons: to present the page, and to hide parts of it.

    Parameters
    ----------
    hides : sequence of str
        What this page can hide, by the names of `ui.lesson.TITLES`.
    """
    st.button("Present", icon=":material/slideshow:", width="stretch", on_click=_present, key="present",
              help="Fills the window for the back row. Key P; ? lists all keys.")  # fmt: skip
    if not hides:
        return
    chooser = st.popover(
        "Hide", icon=":material/visibility_off:", width="stretch", key="hide", on_change="rerun"
    )
    if not chooser.open:
        return
    with chooser:
        hidden = lesson.hidden(session.setting(HIDE)) or ()
        st.session_state[_HIDDEN] = [item for item in hidden if item in hides]
        st.pills(
            "Hide on this page",
            hides,
            selection_mode="multi",
            format_func=lambda item: TITLES.get(item, item),
            key="hidden_items",
            on_change=_take_hidden,
            args=(tuple(hides),),
        )
        if hidden:
            settings = session.setting(HIDE), session.setting(SHOWN)
            shown = not any(lesson.is_hidden(item, *settings) for item in hidden)
            st.button(
                "Hide again" if shown else "Reveal everything",
                key="reveal_all",
                on_click=_reveal_all,
                args=(not shown,),
            )
        st.caption(
            "A click on a “?” reveals it. Key H hides or reveals what is chosen, or what the page asks about."
        )


def _present() -> None:
    session.change(None, present="on")


def _reveal_all(reveal: bool) -> None:
    session.change(None, shown="all" if reveal else "")


def _take_hidden(hides: Sequence[str]) -> None:
    chosen = st.session_state.get(_HIDDEN)
    if not isinstance(chosen, list):
        return
    # What only other pages can hide stays hidden there.
    others = [item for item in lesson.hidden(session.setting(HIDE)) or () if item not in hides]
    picked = [item for item in hides if item in chosen]
    session.change(None, hide=lesson.hide_text([*others, *picked]), shown="")
