"""Writes formulas and the whole derivation as LaTeX; strangers' names come out as text and do nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.derivation import Step
from core.expression import SECANT_STEP, Node, symbol
from core.readings import Readings
from core.scenario import Scenario
from core.typeset import MOST_TERMS, READINGS, Reading, number, terms_shown

__all__ = ["latex", "latex_document", "latex_text"]

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
    # Otherwise two of them, or one after a question mark, become another character.
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
    r"""Write a stranger's text so that LaTeX shows it and does nothing else with it.

    Parameters
    ----------
    text : str
        Any text, such as a class name.

    Returns
    -------
    str
        The same text with every character that LaTeX would act on escaped; for text mode.

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
    # pdfTeX stops at a character that its fonts lack; `latex_document` says what to do there.
    return rf"\foreign{{{ord(character):04X}}}{{{character}}}"


def latex_document(steps: Sequence[Step], scenario: Scenario) -> str:
    r"""Write a derivation as a document that pdfLaTeX, XeLaTeX and LuaLaTeX compile.

    Parameters
    ----------
    steps : sequence of Step
        What `derive` returns for the scenario.
    scenario : Scenario
        The situation.

    Returns
    -------
    str
        The whole file. Every formula stands there with symbols, with class names and with numbers.

    Examples
    --------
    >>> from core.derivation import derive
    >>> latex_document(derive(Scenario()), Scenario()).splitlines()[0]
    '\\documentclass{article}'
    """
    name_i, name_j = (latex_text(f"“{scenario.classes[k]}”") for k in (scenario.i, scenario.j))
    numbers = Readings(scenario)

    def write(node: Node, reading: Reading) -> str:
        return _Latex(scenario, reading, numbers).write(node)

    lines = [
        r"\documentclass{article}",
        r"\usepackage{amsmath}",
        r"\usepackage{iftex}",
        r"\ifPDFTeX\usepackage[utf8]{inputenc}\fi",
        "% pdfTeX knows few scripts: it shows the number of a character where the others show the character.",
        r"\newcommand{\foreign}[2]{\ifPDFTeX U+#1\else #2\fi}",
        r"\begin{document}",
        r"\section*{The derivative of the probability of "
        rf"{name_i} with respect to the raw output of {name_j}}}",
    ]
    for place, step in enumerate(steps, 1):
        lines += ["", rf"\subsection*{{{place}. {latex_text(step.title)}}}", latex_text(step.reason)]
        for equation in step.equations:
            written: list[str] = []
            for reading in READINGS:
                # The question stays in letters: a number cannot be asked for.
                left = write(equation.left, "names" if reading == "numbers" else reading)
                right = [write(node, "numbers" if node.valued else reading) for node in equation.right]
                # Where all is written in numbers, what always is would stand there twice.
                right = list(dict.fromkeys(right))
                equals = " = " if equation.exact else r" \approx "
                line = equals.join([left, *right])
                if line not in written:
                    written.append(line)
            lines += [rf"\[ {line} \]" for line in written]
    return "\n".join([*lines, "", r"\end{document}", ""])


def latex(node: Node, scenario: Scenario, reading: Reading) -> str:
    r"""Write a formula as LaTeX, for math mode.

    Parameters
    ----------
    node : Node
        The formula.
    scenario : Scenario
        The classes and numbers that it speaks of.
    reading : {"symbols", "names", "numbers"}
        Whether classes are called i and j, called by their names, or replaced by their numbers.

    Returns
    -------
    str

    Examples
    --------
    >>> from core.expression import exp, frac
    >>> latex(frac(exp(0), symbol("g")), Scenario(), "symbols")
    '\\frac{e^{z_{i}}}{g}'
    >>> latex(frac(exp(0), symbol("g")), Scenario(), "numbers")
    '\\frac{e^{1.43}}{6.108}'
    """
    return _Latex(scenario, reading, Readings(scenario)).write(node)


@dataclass(frozen=True, slots=True)
class _Latex:
    scenario: Scenario
    reading: Reading
    numbers: Readings

    def write(self, node: Node) -> str:
        """Write one node."""
        parts = [self.write(part) for part in node.parts]
        match node.kind:
            case "integer":
                return str(node.index)
            case "z" | "p" | "T" | "f" | "g" | "df" | "dg" | "dp":
                return self._letter(node)
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
                # What is differentiated stays in letters: the slope of a number would be 0.
                letters = replace(self, reading="names") if self.reading == "numbers" else self
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
            return self._number(node)
        if node.kind in ("z", "p"):
            return self._name(node.kind, node.index)
        if node.kind == "dp":
            above, below = self._name("p", self.scenario.i), self._name("z", self.scenario.j)
            return rf"\frac{{\partial {above}}}{{\partial {below}}}"
        return {"df": "f'", "dg": "g'"}.get(node.kind, node.kind)

    def _name(self, letter: str, k: int) -> str:
        """Write z or p of a class by its letter or by its name; the question is never a number."""
        if self.reading == "symbols":
            index = "i" if k == self.scenario.i else "j" if k == self.scenario.j else str(k + 1)
            return f"{letter}_{{{index}}}"
        return rf"{letter}_{{\text{{{latex_text(self.scenario.classes[k])}}}}}"

    def _exponent(self, k: int) -> str:
        exponent = self._number(symbol("z", k)) if self.reading == "numbers" else self._name("z", k)
        divisor = "T" if self.reading != "numbers" else self._number(symbol("T"))
        return f"{exponent}/{divisor}" if self._tempered else exponent

    def _number(self, node: Node, places: int = 3) -> str:
        now = self.scenario
        if node.kind == "T":
            return f"{now.temperature:g}"
        value = self.numbers.value(node)
        if node.kind == "z":
            return f"{float(value):.{2 if round(float(value), 2) == float(value) else 3}f}"
        digits, power = number(value, places)
        return rf"{digits} \times 10^{{{power}}}" if power else digits

    def _secant(self, node: Node) -> str:
        now, k = self.scenario, node.index
        if self.reading != "numbers":
            p, z = self._name("p", node.parts[0].index), self._name("z", k)
            return rf"\frac{{{p}({z} + h) - {p}({z} - h)}}{{2h}}"
        step = SECANT_STEP * now.temperature
        sides = self.numbers.beside(node.parts[0].index, k)
        above = " - ".join(
            digits if not power else rf"{digits} \times 10^{{{power}}}"
            for digits, power in (number(side, 7) for side in sides)
        )
        return rf"\frac{{{above}}}{{{2 * step:g}}}"
