"""The one owner of session state and URL: a situation is what the link says, and the link says all of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from core.scenario import Problem, Scenario
from ui.sent import whole

__all__ = [
    "Setting",
    "acknowledge",
    "acknowledged",
    "begin",
    "change",
    "claim_run",
    "commit",
    "first_run",
    "home",
    "link",
    "payload",
    "problems",
    "rename",
    "resize",
    "restart",
    "scenario",
    "setting",
    "started",
]

_SCENARIO = "softmax_scenario"
_HOME = "softmax_home"
_SETTINGS = "softmax_settings"
_PROBLEMS = "softmax_problems"
_URL = "softmax_url"
_OPENED = "softmax_opened"
_PAGE = "softmax_page"
_ACK = "softmax_acknowledged"
_BEGUN = "softmax_begun"
_FIRST = "softmax_first_run"
_ASIDE = "softmax_set_aside"
_NAMES = "softmax_names_of_settings"

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


def begin(page: str, settings: tuple[Setting, ...]) -> None:
    """Bring session and URL together at the start of a full run.

    The URL wins when it is not the one written last: a link was opened, or the reader went back or
    forward. After a switch of pages, which empties the query, the session wins.
    """
    state = st.session_state
    state[_BEGUN] = True
    params = {name: values[-1] for name in st.query_params if (values := st.query_params.get_all(name))}
    first = _SCENARIO not in state
    switched = state.get(_PAGE) not in (None, page)
    state[_PAGE] = page
    # The second run only completes the first: what was wrong with the link is still to be read. A hand that
    # was quicker may have changed the situation, and the run was asked for with the link from before.
    completing = state.get(_FIRST, False)
    overtaken = completing and params == state[_OPENED]
    if not completing:
        state[_PROBLEMS] = []
    state[_FIRST] = first
    state[_NAMES] = frozenset(spec.name for spec in settings)
    if first or (params != state[_URL] and not overtaken and not (switched and not params)):
        _load(params, settings, first=first)
    elif switched or params != state[_URL]:
        state[_URL] = params
        _write()


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
            shown = value if len(value) <= 40 else value[:40] + "…"
            found_problems.append(
                Problem(spec.name, f"{spec.name} in the link is “{shown}”; accepted is {spec.expected}.")
            )
    state[_SCENARIO] = found
    # Where a double-click returns to stays put while the reader goes back and forward.
    if first or state[_HOME].classes != found.classes:
        state[_HOME] = found
    state[_SETTINGS] = values
    state[_PROBLEMS] = found_problems
    state[_URL] = state[_OPENED] = dict(params)


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


def restart(new: Scenario) -> None:
    """Show a situation that is itself a start: a preset, or a new set of classes."""
    st.session_state[_HOME] = new
    st.session_state.pop(_ASIDE, None)
    change(new)


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


def commit(key: str) -> dict[str, Any]:
    """Return what a component sent with a commit; nothing if Streamlit has left its page and forgotten it."""
    return payload(getattr(st.session_state.get(key), "commit", None))


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


def _query() -> dict[str, str]:
    state = st.session_state
    values = {name: value for name, value in state[_SETTINGS].items() if value and name in state[_NAMES]}
    return scenario().to_query() | values


def _write() -> None:
    query = _query()
    if query != st.session_state[_URL]:
        st.session_state[_URL] = query
        st.query_params.from_dict(query)


def link() -> dict[str, str | float]:
    """Return the link to exactly what is shown, and when it was written: components may hear of it late."""
    parts = urlsplit(st.context.url or "")
    url = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode(_query()), ""))
    return {"url": url, "at": time.time()}
