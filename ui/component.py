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

# What is inline travels with every message, so it is short: it loads style and modules by their addresses, as
# inline code runs from a Blob URL, where relative imports fail. All are asked for at once: else each
# would wait behind whatever the page is busy with.
_LOADER = """
const at = (file) => new URL(`app/static/board/${{file}}`, document.baseURI).href;
let loaded;
export default async (component) => {{
  loaded ??= Promise.all([fetch(at("{style}.css")).then((got) => got.text()),
    ...{modules}.map((file) => import(at(file)))]);
  const [style, {{ mount }}, module] = await loaded;
  return mount(component, module, style);
}}
"""


def declare(name: str, label: str, style: str | None = None) -> Callable[..., Any]:
    """Return the component of `static/board/<name>.js` and `<style or name>.css`, a group with a label."""
    component: Callable[..., Any] = st.components.v2.component(
        f"softmax_{name}",
        html=f'<div class="{name}" role="group" aria-label="{label}"></div>',
        js=loader(name, style),
    )
    return component


def loader(name: str, style: str | None = None) -> str:
    """Return the inline code that loads `static/board/<name>.js` with style and imports, and mounts it."""
    modules = json.dumps(["mount.js", *with_imports(f"{name}.js")])
    return _LOADER.format(modules=modules, style=style or name)


def with_imports(module: str) -> list[str]:
    """Return a module and all that it imports, itself first."""
    found = [module]
    for name in found:
        text = (_FOLDER / name).read_text(encoding="utf-8")
        found += [other for other in dict.fromkeys(_IMPORT.findall(text)) if other not in found]
    return found
