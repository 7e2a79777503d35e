"""A real TeX compiles the derivation as LaTeX, whatever strangers call their classes."""

import os
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from core.derivation.expression import exp, frac, minus, slope, symbol, total
from core.derivation.latex import latex, latex_document, latex_text
from core.derivation.speech import spoken
from core.derivation.steps import FIRST_WITH_RESULT, derive
from core.derivation.typeset import number, terms_shown
from core.situation.scenario import Scenario

HOSTILE = [
    r"\href{a}{b}",
    "$$}{",
    r"\input{/etc/passwd}",
    "100% & #1_^~",
    r"\end{document}",
    "--`'\"?`<>|",
    "שלום 🌸 国 é ß “q”",
    r"\\[1em]^^5c",
    "a" * 24,
]


WIDE = tuple(letter * 24 for letter in "WMQ@%国O&シD")
# A line may be this much too long, in points.
TOO_LONG = 5


@pytest.fixture(scope="module")
def pdflatex() -> str:
    found = shutil.which("pdflatex")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no pdflatex: .ci/run installs it")
        pytest.skip("no pdflatex on the PATH")
    return found


@pytest.mark.parametrize(
    "now",
    [
        Scenario(),
        Scenario(j=1, temperature=0.5),
        Scenario(z=(50, -50, 0), temperature=0.05),
        Scenario().resized(10).with_cell(3, 7),
        *(
            Scenario(WIDE[:n], tuple(50 - 9.1111111111 * k for k in range(n)), t, i, j)
            for n, t, i, j in (
                (3, 1, 0, 1),
                (4, 0.0512345678901, 1, 1),
                (10, 0.0512345678901, 4, 7),
                (4, 0.0512345678901, 1, 2),
                (10, 20, 4, 4),
            )
        ),
        *(Scenario(classes=(name, "b"), z=(1, 2), j=1) for name in HOSTILE),
    ],
    ids=lambda now: now.classes[0],
)
def test_a_real_tex_compiles_the_whole_derivation(pdflatex: str, tmp_path: Path, now: Scenario) -> None:
    (tmp_path / "derivation.tex").write_text(latex_document(derive(now), now), encoding="utf-8")
    run = subprocess.run(
        [pdflatex, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "derivation.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    assert (tmp_path / "derivation.pdf").stat().st_size > 10_000
    assert "passwd)" not in run.stdout
    too_long = re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)", run.stdout)
    assert all(float(points) <= TOO_LONG for points in too_long), run.stdout[-3000:]


def test_letters_come_once_with_a_legend_of_the_classes_then_numbers() -> None:
    now = Scenario(j=1)
    written = latex_document(derive(now), now)
    for index, name in zip("ij3", now.classes, strict=True):
        assert rf"\item[${index}$] {name}" in written
    # Formulas contain no class name.
    formulas = [line for line in written.splitlines() if line.startswith((r"\[", r"\begin{align*}"))]
    assert not any("text{" in line for line in formulas)
    assert len(formulas) == len(set(formulas))
    for step in derive(now):
        for equation in step.equations:
            letters = latex(equation.left, now, "symbols")
            # The document shows it in letters, in numbers, or in both if they differ.
            assert sum(letters in line.split("=")[0].split("\\approx")[0] for line in formulas) >= 1
    assert r"\[ p_{i} = \frac{f}{g} \]" in formulas
    assert r"\[ p_{i} = \frac{4.179}{6.108} \]" in formulas


def test_a_document_ends_where_its_steps_end() -> None:
    now = Scenario(j=1)
    steps = derive(now)
    gate = [step.key for step in steps].index(FIRST_WITH_RESULT)
    written = latex_document(steps[:gate], now)
    assert latex_text(steps[gate - 1].title) in written
    assert latex_text(steps[gate].title) not in written
    assert r"p_{i} \cdot p_{j}" not in written
    assert "-0.075" not in written


@pytest.mark.parametrize("name", HOSTILE)
def test_no_command_of_a_stranger_survives(name: str) -> None:
    written = latex_text(name)
    commands = set(re.findall(r"\\([A-Za-z]+)", written))
    textual = {f"text{name}" for name in ("backslash", "asciicircum", "asciitilde", "less", "greater", "bar")}
    assert commands <= textual | {"char", "foreign"}
    assert len(re.findall(r"(?<!\\)\{", written)) == len(re.findall(r"(?<!\\)\}", written))


def test_a_formula_reads_in_letters_and_in_numbers() -> None:
    formula = frac(minus(symbol("g"), exp(0)), total())
    now = Scenario(j=1)
    assert latex(formula, now, "symbols") == r"\frac{g - e^{z_{i}}}{\sum_{k} e^{z_{k}}}"
    assert latex(exp(1), now, "symbols") == "e^{z_{j}}"
    assert latex(exp(2), now, "symbols") == "e^{z_{3}}"
    assert latex(formula, now, "numbers") == r"\frac{6.108 - e^{1.43}}{e^{1.43} + e^{-0.40} + e^{0.23}}"
    assert latex(exp(0), now.with_temperature(0.5), "numbers") == "e^{1.43/0.5}"


def test_what_is_differentiated_stays_in_letters_among_numbers() -> None:
    assert latex(slope(exp(0), 1), Scenario(j=1), "numbers") == (r"\frac{\partial}{\partial z_{j}} e^{z_{i}}")


def test_long_sums_are_written_with_dots_and_keep_the_terms_that_matter() -> None:
    assert terms_shown(4) == [0, 1, 2, 3]
    assert terms_shown(10, 3, 4) == [0, None, 3, 4, None, 9]
    assert terms_shown(10, 0, 9) == [0, None, 9]


def test_numbers_are_rounded_half_up_and_huge_ones_get_a_power_of_ten() -> None:
    assert number(Decimal("0.0625")) == ("0.063", 0)
    assert number(Decimal("-0.0004999")) == ("-5.00", -4)
    assert number(Decimal("99999.4444")) == ("99999.444", 0)
    assert number(Decimal("123456")) == ("1.23", 5)
    assert number(Decimal(0)) == ("0", 0)


def test_every_equation_can_be_said_in_words() -> None:
    for now in (Scenario(), Scenario(j=1, temperature=2)):
        for step in derive(now):
            for equation in step.equations:
                for node in (equation.left, *equation.right):
                    said = spoken(node, now)
                    assert said
                    assert not re.search(r"[\\{}^_=]", said)
    assert spoken(derive(Scenario(j=1))[3].equations[0].right[0], Scenario(j=1)) == (
        "f prime times g minus f times g prime, over g squared"
    )
