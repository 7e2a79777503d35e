"""Writes worksheets as LaTeX: one page for each situation, its solutions on a page of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.derivation.expression import Node
from core.derivation.latex import latex, latex_text
from core.handout.numbers import MINUS
from core.handout.worksheet import Blank, Line, Worksheet
from core.situation.scenario import Scenario

__all__ = ["worksheet_latex"]

_PREAMBLE = r"""% A page holds the same on A4 and on Letter: for Letter write letterpaper instead of a4paper.
\documentclass[a4paper]{article}
\usepackage{amsmath}
\usepackage{array}
\usepackage[margin=12mm]{geometry}
\usepackage{iftex}
\ifPDFTeX\usepackage[utf8]{inputenc}\fi
% pdfTeX knows few scripts: it shows the number of a character where the others show the character.
\newcommand{\foreign}[2]{\ifPDFTeX U+#1\else #2\fi\allowbreak}
% A name can be a long word that cannot be divided; wide spaces are better than a line too long.
\sloppy\emergencystretch=\textwidth
\pagestyle{empty}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0pt}
\setlength{\tabcolsep}{1.5mm}
\newcommand{\head}[1]{\par\vspace{3mm plus 3mm}\textbf{#1}\par\nopagebreak\vspace{1.5mm}}
\newcommand{\blank}[1]{\underline{\hspace{#1}}}
\newcommand{\bx}{\fbox{\rule[-1mm]{0pt}{4.5mm}\hspace{13mm}}}
\newcommand{\rowheight}[1]{\rule[-.35\dimexpr#1\relax]{0pt}{#1}}
\newcommand{\ruled}[1]{\par\vspace{#1}\hrule height 0.2pt}
\newcommand{\name}[1]{{\footnotesize #1}}
\begin{document}"""


class _Look(NamedTuple):
    """How a page is laid out, in millimetres, so that it holds so many classes and still has room to write."""

    row: str
    cell: str
    line: str
    rules: int


_ROOMY, _CLOSE, _DENSE = (
    _Look("9mm", "10mm", "9mm", 3),
    _Look("7mm", "7mm", "8mm", 2),
    _Look("5.6mm", "5.6mm", "6.4mm", 2),
)
# Millimetres between the margins of A4, the narrower paper, and the columns at the sides of the Jacobian.
_WIDTH, _SIDE = 186, 15
# With more classes the columns of the Jacobian are too narrow for names.
_MOST_NAMED = 4

_SKELETON = r"\frac{\bx \cdot \bx - \bx \cdot \bx}{\bx^{\,2}}"
_BLANKS: dict[Blank, str] = {
    "number": r"\blank{20mm}",
    "formula": r"\blank{34mm}",
    "rule": _SKELETON,
}


def worksheet_latex(sheets: Sequence[Worksheet], *, solutions: bool = True) -> str:
    r"""Write worksheets as a document that pdfLaTeX, XeLaTeX and LuaLaTeX compile.

    Parameters
    ----------
    sheets : sequence of Worksheet
        The worksheets.
    solutions : bool
        Whether the solutions follow, after all worksheets.

    Returns
    -------
    str
        The whole file. Each worksheet takes one page, and so do its solutions, on A4 and on Letter.
    """
    lines = [_PREAMBLE]
    for solved in (False, True) if solutions else (False,):
        for place, sheet in enumerate(sheets, 1):
            lines += _page(sheet, f" {place}" if len(sheets) > 1 else "", solved)
    return "\n".join([*lines, r"\end{document}", ""])


def _page(sheet: Worksheet, number: str, solved: bool) -> Iterator[str]:
    n = len(sheet.rows)
    look = _ROOMY if n <= 4 else _CLOSE if n <= 7 else _DENSE
    yield ""
    if solved:
        yield rf"\textbf{{\large Solutions{number}}}\par\vspace{{2mm}}"
    else:
        yield (
            rf"\textbf{{\large Worksheet{number}}}\hfill Name \blank{{55mm}}\quad Date \blank{{25mm}}"
            r"\par\vspace{2mm}"
        )
    yield rf"\textbf{{{_text(sheet.title)}}}\par\vspace{{1mm}}"
    if not solved:
        yield rf"{_text(sheet.situation)}\par"
    yield r"\head{1. The probabilities}"
    yield from _probabilities(sheet, look, solved)
    yield r"\head{2. One derivative by the quotient rule}"
    yield from _derivation(sheet, look, solved)
    yield r"\head{3. All derivatives}"
    yield from _jacobian(sheet, look, solved)
    yield r"\head{4. Questions}"
    for place, (question, answer) in enumerate(sheet.questions):
        yield rf"({'abc'[place]}) {_text(question)}\par"
        if solved:
            yield rf"\textit{{{_text(answer)}}}\par\vspace{{2mm}}"
        else:
            yield rf"\ruled{{{look.line}}}" * look.rules + r"\vspace{3mm plus 2mm}"
    if solved and sheet.notes:
        yield rf"\vspace{{2mm}}{{\small {_text(' '.join(sheet.notes))}}}\par"
    yield r"\newpage"


def _text(text: str) -> str:
    """Write plain text that may contain numbers and names."""
    for sign, written in ((MINUS, "$-$"), ("×", r"$\times$")):
        if sign in text:
            return written.join(map(_text, text.split(sign)))
    return latex_text(text)


def _name(name: str) -> str:
    """Write a name that may be broken anywhere if its column is too narrow."""
    return r"\hspace{0pt}".join(map(latex_text, name))


def _probabilities(sheet: Worksheet, look: _Look, solved: bool) -> Iterator[str]:
    power = "e^{z/T}" if sheet.now.temperature != 1 else "e^{z}"
    wide = r"@{\hspace{1.5mm}}>{\raggedright\arraybackslash}m{"
    yield rf"\begin{{tabular}}{{|c|{wide}68mm}}|r|>{{\centering\arraybackslash}}m{{30mm}}|>{{\centering\arraybackslash}}m{{30mm}}|}}\hline"
    yield rf"\rowheight{{5.6mm}} & class & raw output $z$ & ${power}$ & probability $p$ \\ \hline"
    for row in sheet.rows:
        filled = (row.power, row.p) if solved else ("", "")
        cells = [f"${_letter(sheet.now, row.letter)}$", _name(row.name), row.z, *filled]
        yield rf"\rowheight{{{look.row}}}{_cells(cells, named=1)} \\ \hline"
    total = (sheet.total, "1") if solved else ("", "")
    yield rf"\rowheight{{{look.row}}}{_cells(['', 'sum', '', *total])} \\ \hline"
    yield r"\end{tabular}\par"


def _letter(now: Scenario, letter: str) -> str:
    return "i = j" if letter == "i" and now.i == now.j else letter


def _cells(cells: Sequence[str], named: int = -1) -> str:
    return " & ".join(text if k == named or "$" in text else _text(text) for k, text in enumerate(cells))


def _derivation(sheet: Worksheet, look: _Look, solved: bool) -> Iterator[str]:
    first, later = sheet.lines[:4], sheet.lines[4:]
    for left, right in zip(first[::2], first[1::2], strict=True):
        halves = [
            rf"\parbox[t]{{0.485\textwidth}}{{\raggedright {_line(line, sheet.now, solved)}}}"
            for line in (left, right)
        ]
        yield rf"\rule{{0pt}}{{{look.line}}}" + r"\hfill".join(halves) + r"\par"
    for line in later:
        yield rf"\rule{{0pt}}{{{look.line}}}{_line(line, sheet.now, solved)}\par\vspace{{1mm}}"


def _line(line: Line, now: Scenario, solved: bool) -> str:
    def write(node: Node) -> str:
        return latex(node, now, "numbers" if node.valued else "symbols", line.step)

    sides = [write(line.left), *map(write, line.given)]
    sides += map(write, line.answer) if solved else (_BLANKS[blank] for blank in line.blanks)
    formula = " = ".join(sides)
    return rf"{_text(line.label)}: $\displaystyle {formula}$"


def _jacobian(sheet: Worksheet, look: _Look, solved: bool) -> Iterator[str]:
    n = len(sheet.rows)
    named = n <= _MOST_NAMED
    side = 30 if named else _SIDE
    width = min(32.0, (_WIDTH - side - _SIDE - 3 * (n + 2)) / n)
    centred = r">{\centering\arraybackslash}m"
    size = r"\small" if n <= 6 else r"\footnotesize"
    yield rf"{{{size}\begin{{tabular}}{{|{centred}{{{side}mm}}|*{{{n}}}{{{centred}{{{width:.2f}mm}}|}}{centred}{{{_SIDE - 3}mm}}|}}\hline"
    columns = []
    for row in sheet.rows:
        name = rf" \newline \name{{{_name(row.name)}}}" if named else ""
        columns.append(rf"$\partial z_{{{row.letter}}}${name}")
    if sheet.now.i == sheet.now.j:
        pass
    yield rf"\rowheight{{5.6mm}} & {' & '.join(columns)} & sum \\ \hline"
    for row, entries in zip(sheet.rows, sheet.jacobian, strict=True):
        head = rf"$\partial p_{{{row.letter}}}$" + (rf" \name{{{_name(row.name)}}}" if named else "")
        filled = [*map(_text, entries), "0"] if solved else [""] * (n + 1)
        yield rf"\rowheight{{{look.cell}}}{head} & {' & '.join(filled)} \\ \hline"
    sums = ["0"] * n if solved else [""] * n
    yield rf"\rowheight{{{look.cell}}}sum & {' & '.join(sums)} & \\ \hline"
    yield r"\end{tabular}}\par"
