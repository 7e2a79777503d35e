"""Draws the QR code of a link as a path for an SVG, so that no text of the link is ever markup."""

from collections.abc import Iterable
from itertools import groupby

import segno

from ui.handout.messages import QrMessage

__all__ = ["qr_code"]

# Modules of white around the code, which ISO/IEC 18004 asks for.
_EDGE = 4


def qr_code(text: str) -> QrMessage | None:
    """Return the QR code of a text, with error correction M; None if the text is too long for one.

    The largest code, version 40, holds 2331 bytes at this level.
    """
    try:
        found = segno.make_qr(text, error="m", boost_error=False)
    except segno.DataOverflowError:
        return None
    rows = list(found.matrix_iter(border=_EDGE))
    return {"size": len(rows), "path": "".join(_lines(y, row) for y, row in enumerate(rows))}


def _lines(y: int, row: Iterable[int]) -> str:
    """Return the lines, one module wide, that draw the dark modules of a row."""
    drawn, x = [], 0
    for dark, modules in groupby(map(bool, row)):
        width = len(list(modules))
        if dark:
            drawn.append(f"M{x} {y}.5h{width}")
        x += width
    return "".join(drawn)
