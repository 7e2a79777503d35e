"""Which class names are accepted, and how strangers' text is quoted so that it cannot garble a sentence."""

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
# Bidirectional embeddings, overrides and isolates: they would also reorder the text around the name.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# Characters that look blank although their category is letter, symbol or unassigned: Hangul fillers, the
# empty Braille cell and unassigned code points that Unicode reserves as ignorable.
_BLANK = re.compile("[\u115f\u1160\u3164\uffa0\u2800\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")
_INVISIBLE_ALONE = frozenset({"Cf", "Mn", "Me", "Zs"})


def check_name(name: str, others: Iterable[str] = ()) -> str:
    """Return a class name trimmed and in Unicode form NFC, or raise an error that says what is wrong.

    Names are shown to other people inside other text, so they may not break a line, be invisible, or reorder
    the text around them. Every script is accepted, and so are emoji joined with U+200D.

    Parameters
    ----------
    name : str
        The name to check.
    others : iterable of str
        The names that are taken. Two names are the same if they are equal in form NFC.

    Raises
    ------
    TypeError
        If `name` is not a str.
    ValueError
        If the name is not accepted, with a sentence for the person who typed it.

    Examples
    --------
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
    r"""Return a name trimmed, cut to 4000 characters and in Unicode form NFC, whether or not it is accepted.

    Examples
    --------
    >>> normalised(" e\u0301 ") == "\u00e9"
    True
    """
    # NFC merges at most a few characters into one, so a text that is cut here is still too long for a name.
    return unicodedata.normalize("NFC", name.strip()[:LONGEST_TEXT])


def quoted(text: str) -> str:
    r"""Quote any text from a stranger inside a sentence: short, on one line, encodable, in its own direction.

    Returns
    -------
    str
        At most its first 40 characters. Except for commas, characters that no name may contain become U+FFFD.
        Right-to-left text is isolated from the sentence.

    Examples
    --------
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
    """Say what kind of character this is if no name may contain it; else None."""
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
