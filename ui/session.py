"""The only owner of session and URL; the link (ui/links.py) always says exactly what is shown."""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec, cast
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.situation.scenario import Problem, Scenario
from ui import lesson, links
from ui.lesson import HIDE, LOCK, PRESENT, SHOWN, locks
from ui.messages import LinkMessage
from ui.sent import sent, whole
from ui.session_data import Base, Session, Visit
from ui.settings import Setting

__all__ = [
    "KEY",
    "Session",
    "acknowledged",
    "await_browser",
    "awaits_browser",
    "begin",
    "change",
    "first_run",
    "follow",
    "keep",
    "kept",
    "kept_has_arrived",
    "link",
    "locked",
    "opened_with",
    "permits",
    "problems",
    "query",
    "redraw",
    "redraw_followers",
    "rename",
    "resize",
    "restart",
    "scenario",
    "setting",
    "start",
    "started",
    "take_commit",
    "visit",
]

_P = ParamSpec("_P")

# The key under which Streamlit keeps the session.
KEY = "softmax_session"

# The largest integer that JavaScript represents exactly. Its parts number their commits by the clock, in
# milliseconds.
MAX_SEQ = 2**53


# The session, once a run's thread has found it: a run asks some eighty times, and each answer is slow.
_found = threading.local()


def _now() -> Session:
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or getattr(_found, "run", None) is not run:
        _found.session, _found.run = st.session_state[KEY], run
    return cast(Session, _found.session)


def begin(
    page: str, pages: Mapping[str, tuple[Setting, ...]], bases: Mapping[str, Base] | None = None
) -> None:
    """Bring session and URL together at the start of a full run.

    The link decides when a session starts, and when the reader goes back or forward or opens a page
    (static/live/navigation/address.js). In every other run the session wins. The address that the browser
    sends may be older than the last commit, and it is empty when Streamlit itself switches pages.

    Parameters
    ----------
    page : str
        The path of the page that is shown.
    pages : mapping of str to tuple of Setting
        The settings of every page, by its path.
    bases : mapping of str to Base, optional
        The pages that have a situation of their own, by their paths.
    """
    params = {name: values[-1] for name in st.query_params if (values := st.query_params.get_all(name))}
    first = not started()
    if first:
        st.session_state[KEY] = Session(Scenario(), Scenario(), page, pages)
        _found.run = None
    now = _now()
    now.bases = bases or {}
    if page != now.page:
        now.asked_for = None
        now.go_from(now.page, page)
    now.page, now.pages, now.followers = page, pages, ()
    # The second run only completes the first, so the problems of the link must stay visible.
    if not first and not now.first_run:
        now.problems = []
    now.first_run = first
    if first or (_went_through_history() and params != now.url):
        _read(params, first=first)
    else:
        now.url = params
        _write()


def _went_through_history() -> bool:
    """Tell whether Back or Forward caused this run; the attribute is not public in Streamlit 1.67."""
    context = get_script_run_ctx(suppress_warning=True)
    return bool(context and context.is_history_navigation)


def _read(params: Mapping[str, str], *, first: bool) -> None:
    """Take the situation and the page's settings from a link."""
    now = _now()
    specs = now.pages[now.page]
    base = now.bases[now.page](params) if now.page in now.bases else None
    found = links.read(params, specs, base)
    values = {} if first else _true_of(found.situation)
    for spec in specs:
        values.pop(spec.name, None)
    carried, now.carried = now.carried, None
    now.situation = found.situation
    # The target of a double-click stays the same while the reader goes back and forward.
    if first or now.start.classes != now.situation.classes or now.situation == carried:
        now.start = now.situation
    now.start = base or now.start
    now.settings = values | found.settings
    now.opened_with.setdefault(now.page, found.settings)
    now.problems = found.problems
    now.url = dict(params)


def started() -> bool:
    """Tell whether the session has had its first run."""
    return KEY in st.session_state


def first_run() -> bool:
    """Tell whether this is the first run of the session, which draws the board and little else."""
    return _now().first_run


def await_browser() -> None:
    """Remember that a part will report what it knows about the browser, and so end the first run."""
    _now().awaits_browser = True


def awaits_browser() -> bool:
    """Tell whether a part will end the first run."""
    return _now().awaits_browser


def scenario() -> Scenario:
    """Return the situation shown."""
    return _now().situation


def start() -> Scenario:
    """Return the situation that reset and a double-click return to."""
    return _now().start


def opened_with() -> dict[str, str]:
    """Return the settings with which the page was first opened by a link, without those at their default."""
    now = _now()
    return now.opened_with.get(now.page, {})


def problems() -> list[Problem]:
    """Return what was wrong with the link that this run opened."""
    return _now().problems


def setting(spec: Setting) -> str:
    """Return the value of a page's setting; one that has become impossible counts as its default."""
    value = _now().settings.get(spec.name, spec.default)
    return value if spec.accepts(value, scenario()) else spec.default


def locked() -> frozenset[str]:
    """Return what must not be changed here: some of "classes", "temperature" and "z"."""
    return locks(setting(LOCK))


def permits(new: Scenario) -> bool:
    """Tell whether a situation differs from the one shown in nothing that is locked."""
    shown = scenario()
    return all(getattr(new, name) == getattr(shown, name) for name in locked())


def _for_callbacks(take: Callable[_P, None]) -> Callable[_P, None]:
    """Ignore what callbacks ask for in a run that Back or Forward has caused.

    The link decides in such a run. The browser sends the values of its widgets. After two quick steps back
    they are older than the values that Python has set, and Streamlit mistakes them for changes.
    """

    @wraps(take)
    def taken(*args: _P.args, **settings: _P.kwargs) -> None:
        if not _went_through_history():
            take(*args, **settings)

    return taken


@_for_callbacks
def change(new: Scenario | None = None, **settings: str) -> None:
    """Show another situation, other settings or both, and write the link once.

    If the situation differs in what is locked, nothing changes: it was sent by a browser that ignores locks.
    """
    if new is not None and not permits(new):
        return
    now = _now()
    now.asked_for = None
    if new is not None:
        now.settings = _true_of(new)
        now.situation = new
        if new.classes != now.start.classes:
            now.start = new
    now.settings = now.settings | settings
    _write()


def _true_of(new: Scenario) -> dict[str, str]:
    """Return the settings that stay true in a new situation."""
    now = _now()
    if (new.z, new.temperature) == (now.situation.z, now.situation.temperature):
        return dict(now.settings)
    ends = now.ending()
    return {name: value for name, value in now.settings.items() if name not in ends}


@_for_callbacks
def restart(new: Scenario, **settings: str) -> None:
    """Show a situation that becomes the new start, such as a preset, unless it differs in what is locked."""
    if not permits(new):
        return
    now = _now()
    now.start = new
    now.set_aside = []
    change(new, **settings)


@_for_callbacks
def resize(n: int) -> None:
    """Show `n` classes; removed ones are set aside and come back with their names and raw outputs."""
    now = _now()
    shown = now.situation
    aside = [*zip(shown.classes[n:], shown.z[n:], strict=True), *now.set_aside]
    new = shown.resized(min(n, len(shown.classes)))
    while len(new.classes) < n:
        back = next((pair for pair in aside if pair[0] not in new.classes), None)
        new = new.resized(len(new.classes) + 1)
        if back:
            aside.remove(back)
            new = new.with_classes([*new.classes[:-1], back[0]]).with_value(len(new.classes) - 1, back[1])
    if not permits(new):
        return
    now.set_aside = aside
    change(new)


@_for_callbacks
def rename(names: list[str]) -> None:
    """Rename the classes; the raw outputs, shown and at the start, stay the same."""
    now = _now()
    if not permits(now.situation.with_classes(names)):
        return
    new_name = dict(zip(now.situation.classes, names, strict=True))
    now.start = now.start.with_classes(names)
    follow = {spec.name for specs in now.pages.values() for spec in specs if spec.names_a_class}
    now.settings = {
        name: new_name.get(value, value) if name in follow else value for name, value in now.settings.items()
    }
    change(now.situation.with_classes(names))


@_for_callbacks
def redraw(*fragments: str) -> None:
    """Run the fragments with these keys after a callback, instead of the fragment that the widget is in.

    After Back from another page, a callback may run before these fragments are drawn. Then the whole page
    runs anyway.
    """
    with suppress(StreamlitAPIException):
        st.rerun((*fragments, *_now().followers))


def follow(fragment: str) -> None:
    """Make the fragment with this key run after every change of the situation until the next whole run."""
    now = _now()
    if fragment not in now.followers:
        now.followers = (*now.followers, fragment)


def redraw_followers(fragment: str) -> None:
    """Run a fragment after its own callback, together with those that follow the situation, if any."""
    if _now().followers:
        redraw(fragment)


def take_commit(key: str) -> dict[str, Any]:
    """Take a part's commit: return it, and remember that it has arrived.

    A part that waits long for an answer sends its commit again. By then, other changes may have followed the
    first arrival, so each commit counts only once.

    Parameters
    ----------
    key : str
        The part's component key; each part numbers its own commits.

    Returns
    -------
    dict
        What was sent; empty if it has arrived before or does not come from our parts, whose number "seq" is
        an integer up to `MAX_SEQ`.
    """
    found = sent(key, "commit")
    number = whole(found.get("seq"), 0, MAX_SEQ)
    if number is None or number <= acknowledged(key):
        return {}
    _now().acknowledged[key] = number
    return found


def acknowledged(key: str) -> int:
    """Return the number of the last commit that arrived from one part of a page; 0 if none did."""
    return _now().acknowledged.get(key, 0)


def query(page: str | None = None, situation: Scenario | None = None) -> dict[str, str]:
    """Return the parameters of the link to a page with a situation; by default to what is shown."""
    now = _now()
    page = now.page if page is None else page
    shown, settings = now.shown_on(page)
    base = now.bases[page](settings) if page in now.bases else None
    return links.written(situation or shown, settings, now.pages[page], base)


def _write() -> None:
    now = _now()
    params = query()
    if params != now.url:
        now.url = params
        st.query_params.from_dict(params)


def link() -> LinkMessage:
    """Return the links to what is shown, for static/live/navigation/address.js."""
    now = _now()
    told: LinkMessage = {
        "page": now.page,
        "queries": {page: urlencode(query(page)) for page in now.pages},
        "at": time.time(),
        "kept": {"session": now.reader, "arrived": now.kept_has_arrived, "memory": now.kept},
        "lesson": lesson.message(setting(PRESENT), setting(HIDE), setting(SHOWN)),
    }
    if now.asked_for:
        # Every run repeats this until the browser has opened the page. Streamlit drops a message if another
        # run begins before the message is sent.
        page, carried, at = now.asked_for
        now.carried = carried
        told["open"] = {"page": page, "query": urlencode(query(page, carried)), "at": at}
    return told


def kept() -> dict[str, Any]:
    """Return what the reader's own tab keeps of this session: plain JSON, by name."""
    return _now().kept


def keep(**values: Any) -> None:
    """Make the reader's tab keep these values, too."""
    now = _now()
    now.kept = now.kept | values


def kept_has_arrived() -> None:
    """Remember that the reader's tab has sent what it had kept of an earlier session."""
    _now().kept_has_arrived = True


def visit(page: str, carried: Scenario) -> None:
    """Make the browser open a page with a situation that becomes the new start, unless a lock forbids it."""
    if not permits(carried):
        return
    _now().asked_for = Visit(page, carried, time.time())
