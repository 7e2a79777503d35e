"""Writes formulas and the whole derivation as LaTeX; strangers' names are escaped and do nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.derivation.expression import Node, symbol
from core.derivation.shown import Shown, Written
from core.derivation.steps import Equation, Step
from core.derivation.typeset import MOST_TERMS, terms_shown
from core.situation.scenario import Scenario

__all__ = ["latex", "latex_document", "latex_text"]

# On paper the legend names the classes once, so there is no reading with names.
PaperReading = Literal["symbols", "numbers"]
_READINGS: tuple[PaperReading, ...] = ("symbols", "numbers")

_LATEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    # Unescaped, two of these, or one after a question mark, would become another character.
    "-": "{-}",
    "`": "{`}",
    "'": "{'}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",
    "′": "$'$",
}


def latex_text(text: str) -> str:
    r"""Escape a stranger's text for LaTeX text mode, so that it is shown and does nothing else.

    Examples
    --------
    >>> print(latex_text(r"\input{x} 50%"))
    \textbackslash{}input\{x\} 50\%
    """
    return "".join(map(_latex_character, text))


def _latex_character(character: str) -> str:
    if character in _LATEX_SPECIAL:
        return _LATEX_SPECIAL[character]
    if character.isascii() or character in "“”" or ("À" <= character <= "ÿ" and character not in "×÷"):
        return character
    # pdfTeX stops at a character that its fonts lack; `latex_document` defines \foreign for such characters.
    return rf"\foreign{{{ord(character):04X}}}{{{character}}}"


def latex_document(steps: Sequence[Step], scenario: Scenario) -> str:
    r"""Write a derivation as a document that pdfLaTeX, XeLaTeX and LuaLaTeX compile.

    Parameters
    ----------
    steps : sequence of Step
        The result of `derive` for the scenario, or only those of its steps that may already be shown.
    scenario : Scenario
        The situation.

    Returns
    -------
    str
        The whole file: what the letters stand for, then every equation in letters and below it in numbers.
    """
    shown = Shown(scenario)
    above, below = (_Latex(scenario, "symbols", shown, "")._name(*what) for what in _ends(scenario))
    lines = [
        r"\documentclass{article}",
        r"\usepackage{amsmath}",
        r"\usepackage[margin=1.5cm]{geometry}",
        r"\usepackage{iftex}",
        r"\ifPDFTeX\usepackage[utf8]{inputenc}\fi",
        "% pdfTeX knows few scripts: it shows the number of a character where the others show the character.",
        r"\newcommand{\foreign}[2]{\ifPDFTeX U+#1\else #2\fi\allowbreak}",
        "% A name can be a long word that cannot be divided; wide spaces are better than a line too long.",
        r"\sloppy\emergencystretch=\textwidth",
        r"\begin{document}",
        rf"\section*{{The derivative $\partial {above} / \partial {below}$, step by step}}",
        r"\begin{description}",
        *_legend(scenario),
        r"\end{description}",
    ]
    for place, step in enumerate(steps, 1):
        lines += ["", rf"\subsection*{{{place}. {latex_text(step.title)}}}", latex_text(step.reason)]
        for equation in step.equations:
            told: list[str] = []
            for reading in _READINGS:
                left, *right = _sides(equation, _Latex(scenario, reading, shown, step.key))
                # An equation that both readings write in numbers would appear twice.
                if not right or not set(right) <= set(told):
                    lines.append(_line(left, right, "=" if equation.exact else r"\approx"))
                told += right
                if not right:
                    break
    return "\n".join([*lines, "", r"\end{document}", ""])


def _ends(scenario: Scenario) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("p", scenario.i), ("z", scenario.j)


def _legend(scenario: Scenario) -> list[str]:
    """Say once which class each index means, and what its raw output is."""
    told = []
    shown = Shown(scenario)
    for k, name in enumerate(scenario.classes):
        index = _index(scenario, k)
        same = " = j" if k == scenario.i == scenario.j else ""
        told.append(rf"\item[${index}{same}$] {latex_text(name)}, $z_{{{index}}} = {shown.z('', k)}$")
    if scenario.temperature != 1:
        told.append(rf"\item[$T$] the temperature, ${shown.temperature('')}$")
    return told


def _index(scenario: Scenario, k: int) -> str:
    return "i" if k == scenario.i else "j" if k == scenario.j else str(k + 1)


def _sides(equation: Equation, writer: _Latex) -> list[str]:
    letters, numbers = replace(writer, reading="symbols"), replace(writer, reading="numbers")
    usual = letters if equation.lettered else writer
    right = [(numbers if node.valued else usual).write(node) for node in equation.right]
    return [letters.write(equation.left), *dict.fromkeys(right)]


def _line(left: str, right: list[str], equals: str) -> str:
    """Write an equation, with a line for each equals sign if there are several."""
    if len(right) < 2:
        return rf"\[ {f' {equals} '.join([left, *right])} \]"
    chain = r" \\ ".join(f"&{equals} {each}" for each in right)
    return rf"\begin{{align*}} {left} {chain} \end{{align*}}"


def latex(node: Node, scenario: Scenario, reading: PaperReading, step: str = "number") -> str:
    r"""Write a formula as LaTeX, for math mode.

    Parameters
    ----------
    node : Node
        The formula.
    scenario : Scenario
        The situation whose classes and numbers it shows.
    reading : {"symbols", "numbers"}
        Whether it is written in letters, with classes i and j, or in numbers.
    step : str
        The key of its step, because some steps need more digits than others.

    Examples
    --------
    >>> from core.derivation.expression import exp, frac
    >>> latex(frac(exp(0), symbol("g")), Scenario(), "symbols")
    '\\frac{e^{z_{i}}}{g}'
    >>> latex(frac(exp(0), symbol("g")), Scenario(), "numbers")
    '\\frac{e^{1.43}}{6.108}'
    """
    return _Latex(scenario, reading, Shown(scenario), step).write(node)


@dataclass(frozen=True, slots=True)
class _Latex:
    scenario: Scenario
    reading: PaperReading
    shown: Shown
    step: str

    def write(self, node: Node) -> str:
        """Write one node."""
        parts = [self.write(part) for part in node.parts]
        match node.kind:
            case "integer":
                return str(node.index)
            case "z" | "p" | "T" | "f" | "g" | "df" | "dg" | "dp":
                return self._letter(node)
            case "rest":
                number = self.shown.rest(self.step) if self.reading == "numbers" else None
                return _written(number) if number else f"1 - {self._letter(symbol('p', node.index))}"
            case "exp":
                return f"e^{{{self._exponent(node.index)}}}"
            case "total":
                if self.reading == "symbols":
                    return r"\sum_{k} e^{z_{k}" + ("/T" if self._tempered else "") + "}"
                shown = terms_shown(len(self.scenario.z), self.scenario.i, self.scenario.j)
                return " + ".join(r"\cdots" if k is None else f"e^{{{self._exponent(k)}}}" for k in shown)
            case "survivor":
                if self.reading == "symbols" or len(self.scenario.z) > MOST_TERMS:
                    return rf"0 + \cdots + {parts[0]} + \cdots + 0"
                return " + ".join(parts[0] if k == node.index else "0" for k in range(len(self.scenario.z)))
            case "slope":
                # The formula to differentiate stays in letters, because the slope of a number would be 0.
                letters = replace(self, reading="symbols")
                inner = letters.write(node.parts[0])
                if node.parts[0].kind in ("total", "minus"):
                    inner = rf"\left({inner}\right)"
                return rf"\frac{{\partial}}{{\partial {letters._name('z', node.index)}}} {inner}"
            case "secant":
                return self._secant(node)
            case "frac":
                return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
            case "times":
                return (r" \times " if self.reading == "numbers" else r" \cdot ").join(parts)
            case "minus":
                return f"{parts[0]} - {parts[1]}"
            case "negative":
                return f"-{parts[0]}"
            case "group":
                return rf"\left({parts[0]}\right)"
            case "square":
                # 1.97 x 10^434 squared needs brackets, 6.108 squared does not.
                return f"{parts[0]}^{{2}}" if "^" not in parts[0] else rf"\left({parts[0]}\right)^{{2}}"

    @property
    def _tempered(self) -> bool:
        return self.scenario.temperature != 1

    def _letter(self, node: Node) -> str:
        if self.reading == "numbers":
            if node.kind == "T":
                return self.shown.temperature(self.step)
            if node.kind == "z":
                return self.shown.z(self.step, node.index)
            number = self.shown.letter(self.step, node)
            return _written(number) if number else replace(self, reading="symbols")._letter(node)
        if node.kind in ("z", "p"):
            return self._name(node.kind, node.index)
        if node.kind == "dp":
            above, below = (self._name(*what) for what in _ends(self.scenario))
            return rf"\frac{{\partial {above}}}{{\partial {below}}}"
        return {"df": "f'", "dg": "g'"}.get(node.kind, node.kind)

    def _name(self, letter: str, k: int) -> str:
        return f"{letter}_{{{_index(self.scenario, k)}}}"

    def _exponent(self, k: int) -> str:
        exponent = self._letter(symbol("z", k))
        return f"{exponent}/{self._letter(symbol('T'))}" if self._tempered else exponent

    def _secant(self, node: Node) -> str:
        sides = self.shown.sides(self.step) if self.reading == "numbers" else None
        if sides:
            return (
                rf"\frac{{{_written(sides[0])} - {_written(sides[1])}}}{{{self.shown.distance(self.step)}}}"
            )
        letters = replace(self, reading="symbols")
        p, z = letters._name("p", node.parts[0].index), letters._name("z", node.index)
        return rf"\frac{{{p}({z} + h) - {p}({z} - h)}}{{2h}}"


def _written(number: Written) -> str:
    digits, power = number
    return rf"{digits} \times 10^{{{power}}}" if power else digits
