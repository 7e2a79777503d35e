"""Declares the browser components whose modules and looks live in static/live/."""

import json
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

import streamlit as st

__all__ = ["declare", "loader", "with_imports"]

_FOLDER = Path(__file__).parent.parent / "static" / "live"
_IMPORT = re.compile(r'^import [^;]* from "(\.[\w./]+)";$', re.MULTILINE)

# What is inline travels with every message, so it is short: it loads style and modules by their addresses, as
# inline code runs from a Blob URL, where relative imports fail. All are asked for at once: else each
# would wait behind whatever the page is busy with. What could not be loaded is asked for once more, and again
# with the next message; Firefox and WebKit remember a module that failed until the page is loaded again.
_LOADER = """
const at = (file) => new URL(`app/static/live/${{file}}`, document.baseURI).href;
const load = () => Promise.all([fetch(at("parts/{name}.css")).then((got) => got.text()),
  ...{modules}.map((file) => import(at(file)))]);
const later = () => new Promise((done) => setTimeout(done, 1000));
let loaded;
export default async (component) => {{
  loaded ??= load().catch(() => later().then(load));
  const found = await loaded.catch(() => null);
  if (found) return found[1].mount(component, found[2], found[0]);
  loaded = undefined;
  component.parentElement.querySelector("[role=group]").textContent = "{failed}";
}}
"""
_FAILED = "This part of the page could not be loaded. Please reload the page."


def declare(name: str, label: str) -> Callable[..., Any]:
    """Return the component of `parts/<name>.js` and `<name>.css`, a group with a label."""
    component: Callable[..., Any] = st.components.v2.component(
        f"softmax_{name}",
        html=f'<div class="{name}" role="group" aria-label="{label}"></div>',
        js=loader(name),
    )
    return component


def loader(name: str) -> str:
    """Return the inline code that loads `parts/<name>.js` with style and imports, and mounts it."""
    modules = json.dumps(["mount.js", *with_imports(f"parts/{name}.js")])
    return _LOADER.format(modules=modules, name=name, failed=_FAILED)


def with_imports(module: str) -> list[str]:
    """Return a module and all that it imports, itself first, by their paths below static/live/."""
    found = [module]
    for name in found:
        text = (_FOLDER / name).read_text(encoding="utf-8")
        others = (normpath(f"{PurePosixPath(name).parent}/{other}") for other in _IMPORT.findall(text))
        found += [other for other in dict.fromkeys(others) if other not in found]
    return found
