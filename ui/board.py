"""Mounting the board and the temperature slider: thin wrappers around the modules in static/board/."""

from collections.abc import Sequence
from math import inf
from pathlib import Path
from typing import Any

import streamlit as st

from core.scenario import MAX_TEMPERATURE, MIN_TEMPERATURE
from ui import state, theme

__all__ = ["board", "scale_for", "temperature_slider", "webgl"]

_FOLDER = Path(__file__).parent.parent / "static" / "board"
_WEBGL = "softmax_webgl"

# Inline component code runs from a Blob URL, where relative imports fail: load the modules by address.
_LOADER = """
let loaded;
const address = new URL("app/static/board/{module}", document.baseURI).href;
export default function (component) {{
  let stop = null;
  let gone = false;
  loaded ??= import(address);
  loaded.then((module) => {{ if (!gone) stop = module.render(component); }});
  return () => {{ gone = true; stop?.(); }};
}}
"""

_BOARD = st.components.v2.component(
    "softmax_board",
    html='<div class="board" role="group" aria-label="Softmax board"></div>',
    css=(_FOLDER / "board.css").read_text(encoding="utf-8"),
    js=_LOADER.format(module="board.js"),
)

_TEMPERATURE = st.components.v2.component(
    "softmax_temperature",
    html='<div class="temperature" role="group" aria-label="Temperature"></div>',
    css=(_FOLDER / "temperature.css").read_text(encoding="utf-8"),
    js=_LOADER.format(module="temperature.js"),
)


def scale_for(z: Sequence[float]) -> float:
    """Return the end of the raw-output axis: the first of 5, 10, 20, 50 that holds every value.

    Examples
    --------
    >>> scale_for([1.43, -0.4]), scale_for([40.0, 0.0])
    (5.0, 50.0)
    """
    largest = max(abs(value) for value in z)
    return next(end for end in (5.0, 10.0, 20.0, 50.0, inf) if largest <= end)


def webgl() -> str | None:
    """Return "hardware", "software" or "none" as the browser reported, None before it did."""
    found: str | None = st.session_state.get(_WEBGL)
    return found


def board(key: str, charts: Sequence[str] = ()) -> None:
    """Draw the board; `charts` are the keys of the Plotly charts that follow it."""
    now = state.scenario()
    _BOARD(
        key=key,
        data={
            "names": list(now.classes),
            "z": list(now.z),
            "home": list(state.home().z),
            "temperature": now.temperature,
            "i": now.i,
            "j": now.j,
            "scale": scale_for(now.z),
            "ack": state.acknowledged(),
            "colours": theme.board_colours(len(now.classes)),
            "charts": list(charts),
            "webgl": webgl(),
        },
        on_commit_change=lambda: _take_board(key),
        on_webgl_change=lambda: _take_webgl(key),
    )


def _take_board(key: str) -> None:
    payload = _payload(key)
    now = state.scenario()
    try:
        state.change(now.with_z(payload["z"]).with_cell(payload["i"], payload["j"]))
    except (KeyError, TypeError, ValueError):
        # Not from our board, or from one with other classes: nothing is changed.
        return
    finally:
        state.acknowledge(payload.get("seq"))


def _take_webgl(key: str) -> None:
    found = st.session_state[key].webgl
    if found in ("hardware", "software", "none"):
        st.session_state[_WEBGL] = found


def temperature_slider(key: str) -> None:
    """Draw the temperature slider; every board of the page follows it live."""
    _TEMPERATURE(
        key=key,
        data={
            "temperature": state.scenario().temperature,
            "lowest": MIN_TEMPERATURE,
            "highest": MAX_TEMPERATURE,
            "ack": state.acknowledged(),
        },
        on_commit_change=lambda: _take_temperature(key),
    )


def _take_temperature(key: str) -> None:
    payload = _payload(key)
    try:
        state.change(state.scenario().with_temperature(payload["temperature"]))
    except (KeyError, TypeError, ValueError):
        return
    finally:
        state.acknowledge(payload.get("seq"))


def _payload(key: str) -> dict[str, Any]:
    payload = st.session_state[key].commit
    return payload if isinstance(payload, dict) else {}
