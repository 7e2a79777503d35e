"""Declares the browser components whose modules and looks live in static/board/."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["declare"]

_FOLDER = Path(__file__).parent.parent / "static" / "board"

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


def declare(name: str, label: str, style: str | None = None) -> Callable[..., Any]:
    """Return the component of `static/board/<name>.js` and `<style or name>.css`, a group with a label."""
    component: Callable[..., Any] = st.components.v2.component(
        f"softmax_{name}",
        html=f'<div class="{name}" role="group" aria-label="{label}"></div>',
        css=(_FOLDER / f"{style or name}.css").read_text(encoding="utf-8"),
        js=_LOADER.format(module=f"{name}.js"),
    )
    return component
