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
\usepackage{graphicx}
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
\newcommand{\head}[1]{\par\vspace{2.5mm plus 3mm}\textbf{#1}\par\vspace{1.2mm}}
\newcommand{\blank}[1]{\underline{\hspace{#1}}}
\newcommand{\bx}{\fbox{\rule[-.8mm]{0pt}{4.2mm}\hspace{12mm}}}
\newcommand{\rowheight}[1]{\rule[-.35\dimexpr#1\relax]{0pt}{#1}}
\newcommand{\ruled}[1]{\par\vspace{#1 plus 4mm}\hrule height 0.2pt}
\newcommand{\name}[1]{{\footnotesize #1}}
% What would not fit on one page, because names are very long, is made smaller.
\newsavebox{\sheet}
\newenvironment{onepage}{\setbox\sheet=\vbox\bgroup}{\par\egroup
  \ifdim\ht\sheet>\textheight\hbox to\textwidth{\hss\resizebox*{!}{.99\textheight}{\box\sheet}\hss}%
  \else\vbadness=10000\vbox to\textheight{\unvbox\sheet}\fi\newpage}
\begin{document}"""


class _Look(NamedTuple):
    """How a page is laid out, in millimetres, so that all classes fit and there is room to write."""

    row: str
    cell: str
    line: str
    rules: int


_ROOMY = _Look("7.6mm", "8.2mm", "6.8mm", 2)
_CLOSE = _Look("6mm", "6.4mm", "6.2mm", 2)
_DENSE = _Look("5.2mm", "5.2mm", "5.4mm", 2)
# Millimetres between the margins of A4, the narrower paper, and the columns at the sides of the Jacobian.
_WIDTH, _SIDE = 186, 13
# With more classes the columns of the Jacobian are too narrow for names.
_MOST_NAMED = 4

_SKELETON = r"\frac{\bx \cdot \bx - \bx \cdot \bx}{\bx^{\,2}}"
_BLANKS: dict[Blank, str] = {
    "number": r"\blank{17mm}",
    "formula": r"\blank{22mm}",
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
    yield r"\begin{onepage}"
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
            yield rf"\ruled{{{look.line}}}" * look.rules + r"\vspace{2mm plus 3mm}"
    if solved and sheet.notes:
        yield rf"\vspace{{2mm}}{{\small {_text(' '.join(sheet.notes))}}}\par"
    if solved:
        yield r"\vfil"
    yield r"\end{onepage}"


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
    centred, left = r">{\centering\arraybackslash}m", r">{\raggedright\arraybackslash}m"
    columns = f"|{centred}{{10mm}}|{left}{{72mm}}|{centred}{{24mm}}|{centred}{{32mm}}|{centred}{{32mm}}|"
    yield rf"\begin{{tabular}}{{{columns}}}\hline"
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
        written = _line(line, sheet.now, solved)
        yield rf"{{\raggedright\rule{{0pt}}{{{look.line}}}{written}\par}}\vspace{{1mm}}"


def _line(line: Line, now: Scenario, solved: bool) -> str:
    def write(node: Node) -> str:
        return latex(node, now, "numbers" if node.valued else "symbols", line.step)

    sides = [write(line.left), *map(write, line.given)]
    sides += map(write, line.answer) if solved else (_BLANKS[blank] for blank in line.blanks)
    formula = " = ".join(sides)
    label = f"{_text(line.label)}: " if line.label else ""
    return rf"{label}$\displaystyle {formula}$"


def _jacobian(sheet: Worksheet, look: _Look, solved: bool) -> Iterator[str]:
    n = len(sheet.rows)
    named = n <= _MOST_NAMED
    side = 30 if named else _SIDE
    # Each column has 1 mm on both sides; the rules take the rest.
    width = (_WIDTH - side - _SIDE - 2 * (n + 2) - 0.15 * (n + 3)) / n
    centred = r">{\centering\arraybackslash}m"
    size = r"\small" if n <= 6 else r"\footnotesize"
    sides = f"{centred}{{{side}mm}}|", f"{centred}{{{_SIDE}mm}}|"
    columns = rf"|{sides[0]}*{{{n}}}{{{centred}{{{width:.2f}mm}}|}}{sides[1]}"
    yield rf"{{{size}\setlength{{\tabcolsep}}{{1mm}}\begin{{tabular}}{{{columns}}}\hline"
    heads = []
    for row in sheet.rows:
        name = rf"\par\name{{{_name(row.name)}}}" if named else ""
        heads.append(rf"$\partial z_{{{row.letter}}}${name}")
    yield rf"\rowheight{{5.6mm}} & {' & '.join(heads)} & sum \\ \hline"
    for row, entries in zip(sheet.rows, sheet.jacobian, strict=True):
        head = rf"$\partial p_{{{row.letter}}}$" + (rf" \name{{{_name(row.name)}}}" if named else "")
        filled = [*map(_text, entries), "0"] if solved else [""] * (n + 1)
        yield rf"\rowheight{{{look.cell}}}{head} & {' & '.join(filled)} \\ \hline"
    sums = ["0"] * n if solved else [""] * n
    yield rf"\rowheight{{{look.cell}}}sum & {' & '.join(sums)} & \\ \hline"
    yield r"\end{tabular}}\par"
