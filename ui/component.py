"""Declares the browser components whose modules and looks live in static/board/."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["declare", "loader", "with_imports"]

_FOLDER = Path(__file__).parent.parent / "static" / "board"
_IMPORT = re.compile(r'^import .* from "\./([\w.]+)";$', re.MULTILINE)

# Inline component code runs from a Blob URL, where relative imports fail: load the modules by address. All
# are asked for at once: one import after the other would wait behind whatever else the page is busy with.
# Streamlit also cleans up after a call that newer data overtook, while the component stays: only what has
# left the page is stopped, or a hand that is dragging would lose its bar.
_LOADER = """
let loaded;
const load = (module) => import(new URL(`app/static/board/${{module}}`, document.baseURI).href);
export default function (component) {{
  const {{ parentElement }} = component;
  let stop = null;
  loaded ??= Promise.all({modules}.map(load)).then(([first]) => first);
  loaded.then((module) => {{ if (parentElement.isConnected) stop = module.render(component); }});
  return () => {{ if (!parentElement.isConnected) stop?.(); }};
}}
"""


def declare(name: str, label: str, style: str | None = None) -> Callable[..., Any]:
    """Return the component of `static/board/<name>.js` and `<style or name>.css`, a group with a label."""
    component: Callable[..., Any] = st.components.v2.component(
        f"softmax_{name}",
        html=f'<div class="{name}" role="group" aria-label="{label}"></div>',
        css=(_FOLDER / f"{style or name}.css").read_text(encoding="utf-8"),
        js=loader(name),
    )
    return component


def loader(name: str) -> str:
    """Return the inline code that loads `static/board/<name>.js` with all its imports and renders it."""
    return _LOADER.format(modules=json.dumps(with_imports(f"{name}.js")))


def with_imports(module: str) -> list[str]:
    """Return a module and all that it imports, itself first."""
    found = [module]
    for name in found:
        text = (_FOLDER / name).read_text(encoding="utf-8")
        found += [other for other in dict.fromkeys(_IMPORT.findall(text)) if other not in found]
    return found
