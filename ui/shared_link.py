"""Writes what a sender chooses in the dialog for sharing into a link, and into the code that embeds it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from core import tasks
from core.situation.scenario import Scenario
from ui.lesson import ASK, HIDE, LOCK, LOCKABLE, PRESENT, SHOWN, TITLES, hidden, hide_text, lock_text, locks

__all__ = [
    "EMBEDDED",
    "LOCKS",
    "ONLY",
    "THEMES",
    "WHOLE",
    "Options",
    "Question",
    "address",
    "base_address",
    "embed_code",
    "options_of",
    "parameters",
    "questions",
]

# The name of `only_setting` (ui/lesson.py).
ONLY = "only"
# What can be locked, with its title.
LOCKS = {name: title.capitalize() for name, title in LOCKABLE.items()}
# What Streamlit's own `embed_options` says about the theme, with its title.
THEMES = {"": "Reader's own", "light_theme": "Light", "dark_theme": "Dark"}
# What the reader gets, besides the name of one part: the whole page, with or without everything around it.
WHOLE, EMBEDDED = "", "embed"
_LONGEST_BASE = 500
# What gives away the answer to each kind of question. The first must be hidden, so a page that cannot hide it
# does not offer the question.
_GIVES_AWAY: dict[tasks.Kind, tuple[str, ...]] = {
    "sign": ("jacobian-numbers", "jacobian-colours", "formula", "curve", "surface", "gradient-numbers"),
    "formula": ("formula",),
    "value": ("jacobian-numbers", "formula", "curve", "surface", "gradient-numbers"),
    "gains": ("jacobian-numbers", "jacobian-colours", "formula", "curve", "surface"),
    "gradient": ("gradient-numbers", "gradient-bars"),
}


class Question(NamedTuple):
    """A question that a link can ask.

    Attributes
    ----------
    text : str
        How the link writes it; empty for none.
    title : str
        What the list of questions says; it may hold names of classes.
    gives_away : tuple of str
        What would give the answer away.
    """

    text: str
    title: str
    gives_away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What the sender chooses for the reader.

    Attributes
    ----------
    present : bool
        Whether the reader gets presenter mode.
    hide : frozenset of str
        What is hidden, of what the page can hide.
    lock : frozenset of str
        What is locked.
    ask : str
        The question, as the link writes it; empty for none.
    theme : str
        One of `THEMES`.
    shows : str
        `WHOLE`, `EMBEDDED` or the name of one part.
    """

    present: bool = False
    hide: frozenset[str] = frozenset()
    lock: frozenset[str] = frozenset()
    ask: str = ""
    theme: str = ""
    shows: str = WHOLE


def questions(now: Scenario, hides: Collection[str], own: str = "") -> list[Question]:
    """Return the questions that a page with this situation can ask, first of all none.

    Parameters
    ----------
    now : Scenario
        The situation; its `i` and `j` say which derivative is asked for.
    hides : collection of str
        What the page can hide.
    own : str
        The question of the sender's own link, which may be about another derivative.
    """
    n = len(now.classes)
    about: list[tasks.Question] = [
        tasks.Question(kind, now.i, now.j) for kind in ("sign", "formula", "value")
    ]
    about += [tasks.Question("gains", now.j, now.j)]
    about += [tasks.Question("gradient", k, k) for k in range(n)]
    asked = tasks.parse(own, n)
    if asked and asked not in about:
        about.append(asked)
    offered = [
        Question(question.in_link(), _title(question, now), tuple(each for each in answer if each in hides))
        for question in about
        if (answer := _GIVES_AWAY[question.kind])[0] in hides
    ]
    return [Question("", "No question"), *offered]


def _title(question: tasks.Question, now: Scenario) -> str:
    i, j = now.classes[question.i], now.classes[question.j]
    if question.kind == "gradient":
        return f"Gradient for {j}"
    if question.kind == "gains":
        return f"Which class gains most when {j} falls"
    return f"{question.kind.capitalize()} of ∂p {i} / ∂z {j}"


def options_of(link: Mapping[str, str], hides: Collection[str], asked: Collection[str]) -> Options:
    """Return what the sender's own link says; `asked` are the questions that the page offers."""
    return Options(
        present=link.get(PRESENT.name) == PRESENT.expected,
        hide=frozenset(hidden(link.get(HIDE.name, "")) or ()).intersection(hides),
        lock=locks(link.get(LOCK.name, "")).intersection(LOCKS),
        ask=ask if (ask := link.get(ASK.name, "")) in asked else "",
    )


def parameters(link: Mapping[str, str], options: Options, hides: Collection[str]) -> dict[str, str]:
    """Return the parameters of the link that the reader gets.

    Parameters
    ----------
    link : mapping of str to str
        The parameters of the sender's own link.
    options : Options
        What the sender has chosen.
    hides : collection of str
        What the page can hide. What the sender's link hides on other pages stays hidden there.
    """
    before = hidden(link.get(HIDE.name, "")) or ()
    elsewhere = [item for item in before if item not in hides]
    hide = hide_text([*elsewhere, *options.hide])
    # What the sender has revealed stays revealed, unless the link now hides or asks something else.
    same = (hide, options.ask) == (hide_text(before), link.get(ASK.name, ""))
    part = options.shows if options.shows not in (WHOLE, EMBEDDED) else ""
    chosen = {
        PRESENT.name: "on" if options.present else "",
        HIDE.name: hide,
        SHOWN.name: link.get(SHOWN.name, "") if same else "",
        LOCK.name: lock_text(options.lock),
        ASK.name: options.ask,
        ONLY: part,
        "embed": "" if options.shows == WHOLE else "true",
        "embed_options": options.theme,
    }
    return {name: value for name, value in (dict(link) | chosen).items() if value}


def base_address(text: object) -> str | None:
    """Return the address of the app if it is one, as a browser writes it; otherwise None.

    Examples
    --------
    >>> base_address("https://example.org/softmax"), base_address("javascript:alert()")
    ('https://example.org/softmax/', None)
    """
    if not isinstance(text, str) or len(text) > _LONGEST_BASE or not text.isascii() or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    known = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    if not known or parts.query or parts.fragment or set(text) & set(" \"'<>\\^`{|}"):
        return None
    return f"{text.rstrip('/')}/"


def address(base: str, page: str, query: str) -> str:
    """Return the address of a page with a query, as static/live/navigation/address.js writes it."""
    return f"{base}{quote(page)}?{query}" if query else f"{base}{quote(page)}"


def embed_code(base: str, page: str, params: Mapping[str, str], title: str) -> str:
    """Return the HTML that shows the page in a frame of another page, without anything around it."""
    src = address(base, page, urlencode({**params, "embed": "true"}))
    return (
        f'<iframe src="{escape(src)}" width="800" height="450" title="{escape(title)}" loading="lazy" '
        'allow="clipboard-write; fullscreen" style="border: 0"></iframe>'
    )


def titles(items: Collection[str]) -> dict[str, str]:
    """Return the titles of what can be hidden, in their usual order."""
    return {item: title for item, title in TITLES.items() if item in items}
