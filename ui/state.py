"""The one owner of session state and URL: a situation is what the link says, and the link says all of it."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.names import quoted
from core.scenario import Problem, Scenario
from ui.sent import whole

__all__ = [
    "UNKNOWN_PAGE",
    "Setting",
    "acknowledge",
    "acknowledged",
    "begin",
    "change",
    "claim_run",
    "commit",
    "first_run",
    "heard",
    "home",
    "keep",
    "kept",
    "link",
    "payload",
    "problems",
    "rename",
    "resize",
    "restart",
    "scenario",
    "setting",
    "started",
    "visit",
]

_P = ParamSpec("_P")

_SCENARIO = "softmax_scenario"
_HOME = "softmax_home"
_SETTINGS = "softmax_settings"
_PROBLEMS = "softmax_problems"
_URL = "softmax_url"
_PAGE = "softmax_page"
_ACK = "softmax_acknowledged"
_BEGUN = "softmax_begun"
_FIRST = "softmax_first_run"
_ASIDE = "softmax_set_aside"
_PAGES = "softmax_pages"
_VISIT = "softmax_visit"
_READER = "softmax_reader"
_HEARD = "softmax_heard"
_KEPT = "softmax_kept"
_CARRIED = "softmax_carried_over"

# Where a link to a page that does not exist says which one that was (ui/addresses.py).
UNKNOWN_PAGE = "page"

# Settings whose value is the name of a class.
_HOLDS_A_CLASS = {"over", "true"}
# Settings that tell how these raw outputs came about: from other ones they would be untrue.
_HOLDS_THE_WAY = {"steps", "start"}

# JavaScript counts exactly up to here; its parts number their commits by the clock, in milliseconds.
MAX_SEQ = 2**53

# One link cannot make the server keep more than this of parameters nobody knows.
_LONGEST_VALUE = 4000


@dataclass(frozen=True, slots=True)
class Setting:
    """A page's own setting in the link.

    Attributes
    ----------
    name : str
        The query parameter.
    default : str
        Its value when it is left out.
    accepts : callable
        Given a value and the scenario: whether it is possible.
    expected : str
        What is accepted, in words.
    """

    name: str
    default: str
    accepts: Callable[[str, Scenario], bool]
    expected: str

    def short(self, value: str) -> str:
        """Return a value as the link has it: a default is left out."""
        return "" if value == self.default else value


def begin(page: str, pages: Mapping[str, tuple[Setting, ...]]) -> None:
    """Bring session and URL together at the start of a full run.

    A link counts where a session starts and where the reader goes back or forward or opens a page
    (static/board/address.js). In every other run the session wins: what the browser sends as its address may
    be older than the last commit, and where Streamlit itself switches pages it is empty.

    Parameters
    ----------
    page : str
        The path of the page that is shown.
    pages : mapping of str to tuple of Setting
        The settings of every page, by its path.
    """
    state = st.session_state
    state[_BEGUN] = True
    params = {name: values[-1] for name in st.query_params if (values := st.query_params.get_all(name))}
    first = _SCENARIO not in state
    state[_PAGE], state[_PAGES] = page, pages
    # The second run only completes the first: what was wrong with the link is still to be read.
    if not state.get(_FIRST, False):
        state[_PROBLEMS] = []
    state[_FIRST] = first
    if first or (_went_through_history() and params != state[_URL]):
        _load(params, pages[page], first=first)
    else:
        state[_URL] = params
        _write()


def _went_through_history() -> bool:
    """Tell whether this run shows where the reader went by Back or Forward."""
    context = get_script_run_ctx(suppress_warning=True)
    return bool(context and context.is_history_navigation)


def _load(params: Mapping[str, str], settings: tuple[Setting, ...], *, first: bool) -> None:
    state = st.session_state
    found, found_problems = Scenario.from_query(params)
    values = {} if first else _true_of(found)
    for spec in settings:
        values.pop(spec.name, None)
        value = params.get(spec.name)
        if value is None or value == spec.default:
            continue
        if len(value) <= _LONGEST_VALUE and spec.accepts(value, found):
            values[spec.name] = value
        else:
            accepted = spec.expected
            if spec.name in _HOLDS_A_CLASS:
                accepted = f"the name of a class: {', '.join(map(quoted, found.classes))}"
            found_problems.append(
                Problem(spec.name, f"{spec.name} in the link is {quoted(value)}; it must be {accepted}.")
            )
    if UNKNOWN_PAGE in params:
        asked = quoted(params[UNKNOWN_PAGE])
        found_problems.append(
            Problem(UNKNOWN_PAGE, f"There is no page {asked} here; Explore is shown instead.")
        )
    state[_SCENARIO] = found
    # Where a double-click returns to stays put while the reader goes back and forward.
    if first or state[_HOME].classes != found.classes or found == state.pop(_CARRIED, None):
        state[_HOME] = found
    state[_SETTINGS] = values
    state[_PROBLEMS] = found_problems
    state[_URL] = dict(params)


def started() -> bool:
    """Tell whether the session has had its first run."""
    return _SCENARIO in st.session_state


def first_run() -> bool:
    """Tell whether this is the first run of the session, which draws the board and little else."""
    return bool(st.session_state[_FIRST])


def claim_run() -> bool:
    """Tell a page, once a run, whether `begin` came before it."""
    return bool(st.session_state.pop(_BEGUN, False))


def scenario() -> Scenario:
    """Return the situation shown."""
    found: Scenario = st.session_state[_SCENARIO]
    return found


def home() -> Scenario:
    """Return where the situation started: what reset and a double-click return to."""
    found: Scenario = st.session_state[_HOME]
    return found


def problems() -> list[Problem]:
    """Return what was wrong with the link that this run opened."""
    found: list[Problem] = st.session_state[_PROBLEMS]
    return found


def setting(spec: Setting) -> str:
    """Return the value of a page's setting; one that has become impossible counts as its default."""
    value: str = st.session_state[_SETTINGS].get(spec.name, spec.default)
    return value if spec.accepts(value, scenario()) else spec.default


def _for_callbacks(take: Callable[_P, None]) -> Callable[_P, None]:
    """Let what callbacks ask for change nothing in a run that shows where the reader went by Back or Forward.

    The link decides then. The browser sends what its widgets show, and after two quick steps back that is
    older than what Python has set them to: Streamlit takes it for a change.
    """

    @wraps(take)
    def taken(*args: _P.args, **settings: _P.kwargs) -> None:
        if not _went_through_history():
            take(*args, **settings)

    return taken


@_for_callbacks
def change(new: Scenario | None = None, **settings: str) -> None:
    """Show another situation, other settings or both, and write the link once."""
    state = st.session_state
    if new is not None:
        state[_SETTINGS] = _true_of(new)
        state[_SCENARIO] = new
        if new.classes != state[_HOME].classes:
            state[_HOME] = new
    state[_SETTINGS] = state[_SETTINGS] | settings
    _write()


def _true_of(new: Scenario) -> dict[str, str]:
    """Return the settings that hold for another situation too."""
    now, values = scenario(), st.session_state[_SETTINGS]
    if (new.z, new.temperature) == (now.z, now.temperature):
        return dict(values)
    return {name: value for name, value in values.items() if name not in _HOLDS_THE_WAY}


@_for_callbacks
def restart(new: Scenario) -> None:
    """Show a situation that is itself a start: a preset, or a new set of classes."""
    st.session_state[_HOME] = new
    st.session_state.pop(_ASIDE, None)
    change(new)


@_for_callbacks
def resize(n: int) -> None:
    """Show `n` classes; those taken away are set aside and come back with their names and raw outputs."""
    now = scenario()
    aside = [*zip(now.classes[n:], now.z[n:], strict=True), *st.session_state.get(_ASIDE, [])]
    new = now.resized(min(n, len(now.classes)))
    while len(new.classes) < n:
        back = next((pair for pair in aside if pair[0] not in new.classes), None)
        new = new.resized(len(new.classes) + 1)
        if back:
            aside.remove(back)
            new = new.with_classes([*new.classes[:-1], back[0]]).with_value(len(new.classes) - 1, back[1])
    st.session_state[_ASIDE] = aside
    change(new)


@_for_callbacks
def rename(names: list[str]) -> None:
    """Give the classes other names; raw outputs and their start stay."""
    old, state = scenario().classes, st.session_state
    new_name = dict(zip(old, names, strict=True))
    state[_HOME] = state[_HOME].with_classes(names)
    for parameter in _HOLDS_A_CLASS & state[_SETTINGS].keys():
        value = state[_SETTINGS][parameter]
        state[_SETTINGS] = state[_SETTINGS] | {parameter: new_name.get(value, value)}
    change(scenario().with_classes(names))


def payload(sent: object) -> dict[str, Any]:
    """Return what a component sent; nothing if it is not what our components send."""
    return sent if isinstance(sent, dict) else {}


def commit(key: str, name: str = "commit") -> dict[str, Any]:
    """Return what a component sent with a commit; nothing if Streamlit has left its page and forgotten it."""
    return payload(getattr(st.session_state.get(key), name, None))


def acknowledge(key: str, seq: object) -> None:
    """Remember the number of the last commit that arrived from one part of a page.

    Parameters
    ----------
    key : str
        The part's component key: a commit of one part says nothing of the others'.
    seq : object
        What the browser sent as the number; anything but a whole number from 0 to `MAX_SEQ` is ignored.
    """
    number = whole(seq, 0, MAX_SEQ)
    if number is not None:
        known = st.session_state.get(_ACK, {})
        st.session_state[_ACK] = known | {key: max(acknowledged(key), number)}


def acknowledged(key: str) -> int:
    """Return the number of the last commit that arrived from one part of a page; 0 if none did."""
    number: int = st.session_state.get(_ACK, {}).get(key, 0)
    return number


def _query(page: str | None = None, now: Scenario | None = None) -> dict[str, str]:
    state = st.session_state
    now = now or scenario()
    values = {
        spec.name: value
        for spec in state[_PAGES][state[_PAGE] if page is None else page]
        if (value := state[_SETTINGS].get(spec.name)) and spec.accepts(value, now)
    }
    return now.to_query() | values


def _write() -> None:
    query = _query()
    if query != st.session_state[_URL]:
        st.session_state[_URL] = query
        st.query_params.from_dict(query)


def link() -> dict[str, Any]:
    """Return what static/board/address.js needs to know of links.

    Returns
    -------
    dict
        `page`, the path of the page shown; `queries`, what the address of each page says of what is shown;
        `at`, when it was written: components may hear of it late; `kept`, what static/board/kept.js keeps for
        the reader; `open`, what `visit` asked for, once.
    """
    state = st.session_state
    if _READER not in state:
        state[_READER] = secrets.token_hex(8)
    told = {
        "page": state[_PAGE],
        "queries": {page: urlencode(_query(page)) for page in state[_PAGES]},
        "at": time.time(),
        "kept": {
            "session": state[_READER],
            "heard": state.get(_HEARD, False),
            "memory": kept(),
        },
    }
    page, carried = state.pop(_VISIT, ("", None))
    if carried is not None:
        state[_CARRIED] = carried
        told["open"] = {"page": page, "query": urlencode(_query(page, carried))}
    return told


def kept() -> dict[str, Any]:
    """Return what the reader's own tab keeps of this session: plain JSON, by name."""
    found: dict[str, Any] = st.session_state.get(_KEPT, {})
    return found


def keep(**values: Any) -> None:
    """Have the reader's tab keep more, or other values."""
    st.session_state[_KEPT] = kept() | values


def heard() -> None:
    """Remember that this session has heard what the reader's tab had kept."""
    st.session_state[_HEARD] = True


def visit(page: str, carried: Scenario) -> None:
    """Have the browser open a page with a situation that is itself a start."""
    st.session_state[_VISIT] = (page, carried)
