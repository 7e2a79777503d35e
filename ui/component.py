"""Declares the browser components; their modules and style sheets are in static/live/."""

import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from ui import session
from ui.modules import files
from ui.packs import packs
from ui.sent import payload, whole

__all__ = ["declare", "loader"]

# Streamlit sends inline code with every message, so this code is short and loads everything else. It loads by
# full address, because inline code runs from a Blob URL, where relative imports fail. What is loaded comes in
# packs (ui/packs.py). All parts of a page take them, or none does: two copies of a module would hold two
# situations. If the packs are not there, because the host serves static files but does not know st.App, each
# module and style sheet is loaded by itself. If a part fails to load, it is requested once more, and again
# with the next message. Firefox and WebKit, however, remember a failed module until the page is reloaded.
_LOADER = """
const live = (file) => import(new URL(`app/static/${{file}}`, document.baseURI).href);
const load = async () => {{
  globalThis.livePacks ??= live("{folder}/first.js").catch(() => live("live/separate.js"));
  const packs = await globalThis.livePacks.catch(() => {{
    globalThis.livePacks = undefined;
  }});
  return packs.part("{name}", {styles});
}};
const later = () => new Promise((done) => setTimeout(done, 1000));
let loaded;
export default async (component) => {{
  loaded ??= load().catch(() => later().then(load));
  const found = await loaded.catch(() => null);
  if (found) return found.mount(component, found.module, found.styles);
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

    def mounted(*, key: str, data: object, **options: Any) -> Any:
        # Streamlit looks at every value of a dictionary in case it is a data frame; it sends a list as it is.
        told = component(key=key, data=[data], **options)
        take = options.get("on_commit_change")
        if take and _has_not_counted(key, told):
            _count(key, take)
        return told

    return mounted


def _has_not_counted(key: str, told: object) -> bool:
    """Tell whether a component has sent a commit that no callback has taken.

    That happens in the first run of a session, which knows no callbacks yet: the browser has lost its server,
    and sends what was not confirmed along with the request for the page.
    """
    number = whole(payload(getattr(told, "commit", None)).get("seq"), 0, session.MAX_SEQ)
    return number is not None and number > session.acknowledged(key)


def _count(key: str, take: Callable[[], None]) -> None:
    """Take a commit in the middle of a run, and draw the whole page again."""
    before = session.acknowledged(key)
    take()
    if session.acknowledged(key) > before:
        st.rerun()


def loader(name: str) -> str:
    """Return the inline code that loads `parts/<name>.js` with everything it needs, and mounts it."""
    styles = json.dumps(files(name)[1])
    return _LOADER.format(folder=packs().folder, name=name, styles=styles, failed=_FAILED)
