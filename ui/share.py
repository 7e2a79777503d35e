"""The dialog for sharing: the link, its QR code, what it does for the reader, and its embed code."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from ui import session, shared_link
from ui.component import declare
from ui.handout.messages import EmbedMessage, ShareMessage
from ui.lesson import ASK
from ui.qr import qr_code
from ui.sent import chosen, sent
from ui.shared_link import EMBEDDED, LOCKS, THEMES, WHOLE, Options, Question

if TYPE_CHECKING:
    from ui.page import Page

__all__ = ["open_share", "share_button"]

_SHARE = declare("share", "Link and QR code")
_EMBED = declare("embed", "Embed code")

# The app's address, as the reader's browser has told it.
_BASE = "softmax_base"
# The keys of the widgets.
_PRESENT, _HIDE, _LOCK, _ASK, _THEME, _SHOWS = (
    f"share_{name}" for name in ("present", "hide", "lock", "ask", "theme", "shows")
)
# What the last chosen question hides in addition.
_ADDED = "softmax_share_added"
# The button and the page that have opened the dialog. A whole run closes every dialog that it does not draw,
# and a run may be asked for while the dialog is open: after a lost connection, for example.
_OPEN = "softmax_share_open"


def share_button(key: str, page: "Page") -> None:
    """Draw the button that opens the dialog; the first run of a session leaves it out.

    Parameters
    ----------
    key : str
        The button's key.
    page : Page
        The page that is shared.
    """
    if session.first_run():
        return
    st.button(
        "Share",
        icon=":material/share:",
        width="stretch",
        key=key,
        on_click=open_share,
        args=(key, page),
    )
    opened = st.session_state.get(_OPEN)
    if opened == (key, page.path):
        _dialog(page)
    elif opened and opened[1] != page.path:
        # The reader has left the page by Back or Forward.
        _close()


def _questions(page: "Page") -> list[Question]:
    """Return the questions the page can ask; a page without the shared situation asks none."""
    own = session.query().get(ASK.name, "")
    return shared_link.questions(session.scenario(), page.hides if page.has_situation else (), own)


def open_share(key: str, page: "Page") -> None:
    """Open the dialog, with all options set to what the sender's own link says."""
    asked = [question.text for question in _questions(page)]
    found = shared_link.options_of(session.query(), page.hides, asked)
    st.session_state.update({
        _PRESENT: found.present,
        _HIDE: [item for item in page.hides if item in found.hide],
        _LOCK: [item for item in LOCKS if item in found.lock],
        _ASK: found.ask,
        _THEME: found.theme,
        _SHOWS: found.shows,
        _ADDED: frozenset(),
        _OPEN: (key, page.path),
    })  # fmt: skip


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _options(page: "Page") -> Options:
    """Return what is chosen in the dialog; anything that is not offered counts as not chosen."""
    return Options(
        present=st.session_state.get(_PRESENT) is True,
        hide=_several(_HIDE, page.hides),
        lock=_several(_LOCK, LOCKS if page.has_situation else ()),
        ask=chosen(_ASK, [question.text for question in _questions(page)]) or "",
        theme=chosen(_THEME, THEMES) or "",
        shows=chosen(_SHOWS, _parts(page)) or WHOLE,
    )


def _several(key: str, offered: Iterable[str]) -> frozenset[str]:
    found = st.session_state.get(key)
    return frozenset(item for item in offered if isinstance(found, list) and item in found)


def _parts(page: "Page") -> dict[str, str]:
    """Return what the reader can get, with titles."""
    around = {WHOLE: "The whole page", EMBEDDED: "The page without navigation"}
    return around | {part: f"{title} only" for part, title in page.alone.items()}


@st.dialog("Share this view", width="medium", on_dismiss=_close)
def _dialog(page: "Page") -> None:
    options = _options(page)
    params = shared_link.parameters(session.query(), options, page.hides)
    base = _base(page)
    _link(base, page, urlencode(params))
    _choices(page)
    if options.hide or options.lock:
        st.caption(
            "This relies on honesty: whoever changes the address sees what is hidden and can move what is "
            "locked."
        )
    with st.expander("Embed code", icon=":material/code:"):
        st.caption("Shows this view, without sidebar and navigation, inside another page.")
        title = f"{page.title} · The softmax derivative"
        message: EmbedMessage = {"code": shared_link.embed_code(base, page.path, params, title)}
        _EMBED(key="share_embed", data=message)


def _base(page: "Page") -> str:
    """Return the address of the app; if the browser has not told it yet, what Streamlit believes it to be."""
    told = st.session_state.get(_BASE)
    if isinstance(told, str):
        return told
    url = (st.context.url or "").removesuffix("/").removesuffix(page.path)
    return shared_link.base_address(url) or "http://localhost/"


def _link(base: str, page: "Page", query: str) -> None:
    address = shared_link.address(base, page.path, query)
    message: ShareMessage = {"page": page.path, "query": query, "address": address, "qr": qr_code(address)}
    _SHARE(key="share_link", data=message, on_base_change=_take_base)


def _take_base() -> None:
    base = shared_link.base_address(sent("share_link", "base").get("base"))
    if base:
        st.session_state[_BASE] = base


def _choices(page: "Page") -> None:
    """Draw the options, first those about the page, then those that make a task of it."""
    parts = _parts(page)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox("Show", list(parts), format_func=parts.__getitem__, key=_SHOWS, width=280)
        st.segmented_control("Theme", list(THEMES), format_func=THEMES.__getitem__, key=_THEME,
                             required=True, width="content")  # fmt: skip
        st.toggle("Presenter mode", key=_PRESENT, width="content")
    if page.has_situation:
        asked = {question.text: question.title for question in _questions(page)}
        with st.container(horizontal=True, gap="medium"):
            st.selectbox("Question", list(asked), format_func=lambda text: asked.get(text, text), key=_ASK,
                         on_change=_hide_answer, args=(page,), width=280)  # fmt: skip
            st.pills("Lock", list(LOCKS), format_func=LOCKS.__getitem__, key=_LOCK, selection_mode="multi")
    titles = shared_link.titles(page.hides)
    if not titles:
        return
    st.pills("Hide", list(titles), format_func=titles.__getitem__, key=_HIDE, selection_mode="multi")


def _hide_answer(page: "Page") -> None:
    """Hide what would give the new question's answer away, and show again what the last one had hidden."""
    asked = chosen(_ASK, [question.text for question in _questions(page)])
    found = next((question for question in _questions(page) if question.text == asked), None)
    if found is None:
        return
    before = _several(_HIDE, page.hides)
    added = st.session_state.get(_ADDED, frozenset())
    kept = before - added
    st.session_state[_ADDED] = frozenset(found.gives_away) - kept
    st.session_state[_HIDE] = [item for item in page.hides if item in kept.union(found.gives_away)]
