"""What may be a class name, and how a stranger's text is quoted, so that no name spoils what is around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from core.text import LONGEST_TEXT, shortened

__all__ = ["MAX_NAME_LENGTH", "check_name", "normalised", "quoted"]

MAX_NAME_LENGTH = 24

_NAME_ACCEPTED = (
    f"a name of 1 to {MAX_NAME_LENGTH} characters without commas or control characters is accepted"
)
_FORBIDDEN_CATEGORIES = {
    "Cc": "a control character",
    "Cs": "half of a character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
}
# Bidirectional embeddings, overrides and isolates: they reach beyond the name and reorder its surroundings.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# Blank, although their category says letter, symbol or unassigned: Hangul fillers, the empty Braille cell and
# unassigned code points that Unicode reserves as ignorable.
_BLANK = re.compile("[\u115f\u1160\u3164\uffa0\u2800\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")
_INVISIBLE_ALONE = frozenset({"Cf", "Mn", "Me", "Zs"})


def check_name(name: str, others: Iterable[str] = ()) -> str:
    """Return a class name trimmed and in Unicode form NFC, or say why it cannot be one.

    Names are shown to other people inside other text, so they may not break a line, hide, or reorder what
    stands around them. Every script is welcome, and so are emoji joined with U+200D.

    Parameters
    ----------
    name : str
        The name to check.
    others : iterable of str
        The names that are taken. Two names are the same if they are equal in form NFC.

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If `name` is not a str.
    ValueError
        If the name is not accepted, with a sentence for the person who typed it.

    Examples
    --------
    >>> check_name("  iris ")
    'iris'
    >>> check_name("iris", others=["iris"])
    Traceback (most recent call last):
    ValueError: The name “iris” is already taken; every class needs a name of its own.
    """
    if not isinstance(name, str):
        raise TypeError(f"The name {quoted(repr(name))} is not text; {_NAME_ACCEPTED}.")
    text = normalised(name)
    fault = _name_fault(text)
    if fault is not None:
        raise ValueError(f"The name {quoted(text)} {fault}; {_NAME_ACCEPTED}.")
    if text in map(normalised, others):
        raise ValueError(f"The name {quoted(text)} is already taken; every class needs a name of its own.")
    return text


def normalised(name: str) -> str:
    r"""Return a name trimmed and in Unicode form NFC, whether or not it is accepted.

    Parameters
    ----------
    name : str
        The name; what is beyond 4000 characters is cut.

    Returns
    -------
    str

    Examples
    --------
    >>> normalised(" e\u0301 ") == "\u00e9"
    True
    """
    # NFC makes one character of a few at most: what is cut here stays too long to be a name.
    return unicodedata.normalize("NFC", name.strip()[:LONGEST_TEXT])


def quoted(text: str) -> str:
    r"""Quote a stranger's text inside a sentence: short, on one line, encodable, and in its own direction.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        At most its first 40 characters. What no name may hold becomes U+FFFD, except commas, and text from
        right to left is isolated from the sentence.

    Examples
    --------
    >>> quoted("rose")
    '“rose”'
    >>> quoted("two\nlines")
    '“two�lines”'
    """
    safe = "".join("\ufffd" if c != "," and _forbidden(c) else c for c in shortened(text))
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in safe):
        safe = f"{_ISOLATE}{safe}{_END_ISOLATE}"
    return f"“{safe}”"


def _name_fault(text: str) -> str | None:
    """Say what is wrong with a normalised name, as the end of a sentence; None if nothing is."""
    if not text:
        return "is empty"
    if len(text) > MAX_NAME_LENGTH:
        return f"is longer than {MAX_NAME_LENGTH} characters"
    for character in text:
        kind = _forbidden(character)
        if kind is not None:
            return f"contains {kind}"
    if not any(map(_visible, text)):
        return "has no visible character"
    return None


def _forbidden(character: str) -> str | None:
    """Say what a character is that no name may hold; None if it may."""
    if character == ",":
        return "a comma"
    if character in _REORDERING:
        kind = "a character that reorders text"
    elif unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
        kind = _FORBIDDEN_CATEGORIES[unicodedata.category(character)]
    else:
        return None
    return f"{kind} (U+{ord(character):04X})"


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE_ALONE and not _BLANK.match(character)
