"""Writes a situation with everything computed from it as CSV: at full precision, with names as text."""

from __future__ import annotations

import csv
import io
import unicodedata

from core.derivatives import jacobian
from core.situation.scenario import Scenario
from core.softmax import softmax

__all__ = ["cell_text", "situation_csv"]

# Without this mark, spreadsheets take UTF-8 for an older encoding and garble names.
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A cell that begins with one of these is a formula to a spreadsheet; some also take the full-width ones.
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_COLUMNS = ("class", "raw output", "temperature", "predicted probability")


def cell_text(text: str) -> str:
    """Return a text that a spreadsheet shows as it is and does not compute.

    Examples
    --------
    >>> cell_text("=1+1"), cell_text("setosa")
    ("'=1+1", 'setosa')
    """
    if text.startswith(("\t", "\r", "\n")):
        return f"'{text}"
    # A spreadsheet may skip what is invisible before it looks for a formula.
    first = next((c for c in text if unicodedata.category(c) not in ("Zs", "Cf", "Cc")), "")
    return f"'{text}" if first in _FORMULA else text


def situation_csv(scenario: Scenario) -> str:
    """Write raw outputs, temperature, probabilities and the Jacobian as one table, a row for each class.

    Parameters
    ----------
    scenario : Scenario
        The situation.

    Returns
    -------
    str
        CSV as in RFC 4180, with a byte order mark. After the class, its raw output, the temperature and its
        predicted probability, row i has the derivatives of that probability with respect to the raw output of
        each class. Every number is written so that reading it gives the same float64.

    Examples
    --------
    >>> print(situation_csv(Scenario(classes=["yes", "no"], z=[0, 0])).split()[-1])
    no,0.0,1.0,0.5,-0.25,0.25
    """
    derivatives = [f"derivative with respect to the raw output of {name}" for name in scenario.classes]
    p, rows = softmax(scenario.z, scenario.temperature), jacobian(scenario.z, scenario.temperature)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*_COLUMNS, *derivatives])
    for name, z, of_class, row in zip(scenario.classes, scenario.z, p.tolist(), rows.tolist(), strict=True):
        writer.writerow([cell_text(name), *map(repr, (z, scenario.temperature, of_class, *row))])
    return _BYTE_ORDER_MARK + file.getvalue()
