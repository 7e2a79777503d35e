"""Declares the browser components; their modules and style sheets are in static/live/."""

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

# Streamlit sends inline code with every message, so this code is short and loads everything else. It loads by
# full address, because inline code runs from a Blob URL, where relative imports fail. It requests all files
# at once; otherwise each request would wait behind whatever the page is busy with. If a file fails to load,
# all are requested once more, and again with the next message. Firefox and WebKit, however, remember a failed
# module until the page is reloaded.
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

    def mounted(*, data: object, **options: Any) -> Any:
        # Streamlit looks at every value of a dictionary in case it is a data frame; it sends a list as it is.
        return component(data=[data], **options)

    return mounted


def loader(name: str) -> str:
    """Return the inline code that loads `parts/<name>.js` with everything it needs, and mounts it."""
    modules, styles = map(json.dumps, files(name))
    return _LOADER.format(modules=modules, styles=styles, failed=_FAILED)


def files(name: str) -> tuple[list[str], list[str]]:
    """Return the modules and the style sheets of `parts/<name>.js`, by their paths below static/live/.

    The module that mounts the part is first, the part itself is last, and every other module comes before
    those that import it. A style sheet lies beside the module whose elements it styles, so this is also the
    order of the cascade. ui/page.py loads the sheets
    for elements outside the parts.
    """
    modules = ["mount.js", *_with_imports(f"parts/{name}.js", [])]
    styles = [module.removesuffix(".js") + ".css" for module in modules]
    return modules, [style for style in styles if style != "streamlit.css" and (_FOLDER / style).is_file()]


def _with_imports(module: str, known: list[str]) -> list[str]:
    """Return a module, preceded by all of its imports that are not yet known."""
    found: list[str] = []
    for other in _IMPORT.findall((_FOLDER / module).read_text(encoding="utf-8")):
        path = normpath(f"{PurePosixPath(module).parent}/{other}")
        before = [*known, module, *found]
        if path not in before:
            found += _with_imports(path, before)
    return [*found, module]
