"""Declares the browser components whose modules and looks live in static/live/."""

import json
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

import streamlit as st

__all__ = ["declare", "files", "loader"]

_FOLDER = Path(__file__).parent.parent / "static" / "live"
_IMPORT = re.compile(r'^import [^;]* from "(\.[\w./]+)";$', re.MULTILINE)

# What is inline travels with every message, so it is short: it loads styles and modules by their addresses,
# as inline code runs from a Blob URL, where relative imports fail. All are asked for at once: else each
# would wait behind whatever the page is busy with. What could not be loaded is asked for once more, and again
# with the next message; Firefox and WebKit remember a module that failed until the page is loaded again.
_LOADER = """
const at = (file) => new URL(`app/static/live/${{file}}`, document.baseURI).href;
const style = (file) => fetch(at(file)).then((got) => got.text());
const load = () => Promise.all([Promise.all({styles}.map(style)),
  ...{modules}.map((file) => import(at(file)))]);
const later = () => new Promise((done) => setTimeout(done, 1000));
let loaded;
export default async (component) => {{
  loaded ??= load().catch(() => later().then(load));
  const found = await loaded.catch(() => null);
  if (found) return found[1].mount(component, found.at(-1), found[0]);
  loaded = undefined;
  component.parentElement.querySelector("[role=group]").textContent = "{failed}";
}}
"""
_FAILED = "This part of the page could not be loaded. Please reload the page."


def declare(name: str, label: str) -> Callable[..., Any]:
    """Return the component of `parts/<name>.js`, a group with a label."""
    component: Callable[..., Any] = st.components.v2.component(
        f"softmax_{name}",
        html=f'<div class="{name}" role="group" aria-label="{label}"></div>',
        js=loader(name),
    )
    return component


def loader(name: str) -> str:
    """Return the inline code that loads `parts/<name>.js` with all that it needs, and mounts it."""
    modules, styles = map(json.dumps, files(name))
    return _LOADER.format(modules=modules, styles=styles, failed=_FAILED)


def files(name: str) -> tuple[list[str], list[str]]:
    """Return the modules and the style sheets of `parts/<name>.js`, by their paths below static/live/.

    What mounts it is first and itself last; everything else comes before what imports it. A style sheet
    stands beside the module whose elements it dresses, so this is the order of the cascade, too. Only
    streamlit.css dresses what is outside of every part (ui/page.py).
    """
    modules = ["mount.js", *_with_imports(f"parts/{name}.js", [])]
    styles = [module.removesuffix(".js") + ".css" for module in modules]
    return modules, [style for style in styles if style != "streamlit.css" and (_FOLDER / style).is_file()]


def _with_imports(module: str, known: list[str]) -> list[str]:
    """Return a module after all that it imports and that is not known."""
    found: list[str] = []
    for other in _IMPORT.findall((_FOLDER / module).read_text(encoding="utf-8")):
        path = normpath(f"{PurePosixPath(module).parent}/{other}")
        before = [*known, module, *found]
        if path not in before:
            found += _with_imports(path, before)
    return [*found, module]
