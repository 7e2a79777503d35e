"""A real TeX compiles the worksheets: one page each, on A4 and on Letter, whatever strangers call classes."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from core.handout.worksheet import worksheet
from core.handout.worksheet_latex import worksheet_latex
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from tests.browser.hostile import HOSTILE as LINKED
from tests.core.derivation.test_latex import HOSTILE, TOO_LONG, WIDE

PLAIN = [Scenario(j=1), *(preset.scenario for preset in PRESETS if preset.scenario != Scenario())]
WORST = [
    *(
        Scenario(WIDE[:n], tuple(50 - 9.1111111111 * k for k in range(n)), 0.0512345678901, i, j)
        for n, i, j in ((3, 0, 1), (4, 1, 1), (7, 2, 5), (10, 4, 7), (10, 9, 9))
    ),
    Scenario(WIDE, (50,) * 10, 20, 8, 4),
    Scenario(tuple(dict.fromkeys([*HOSTILE, "b"])), tuple(range(10)), 0.5, 0, 1),
    Scenario(tuple(LINKED.values()), tuple(range(len(LINKED))), 2, 7, 8),
]


@pytest.fixture(scope="module", autouse=True)
def programs() -> None:
    missing = [name for name in ("pdflatex", "pdftotext") if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing} missing: .ci/run installs them")
    if missing:
        pytest.skip(f"{missing} not on the PATH")


def compiled(written: str, folder: Path) -> tuple[list[str], str]:
    """The text of each page that TeX makes of a document, and what TeX said."""
    (folder / "worksheet.tex").write_text(written, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "worksheet.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    read = ["pdftotext", "-layout", "worksheet.pdf", "-"]
    told = subprocess.run(read, cwd=folder, check=True, capture_output=True, text=True).stdout
    return told.split("\f")[:-1], run.stdout


@pytest.mark.parametrize("paper", ["a4paper", "letterpaper"])
def test_each_worksheet_and_its_solutions_take_one_page(tmp_path: Path, paper: str) -> None:
    situations = PLAIN + WORST
    written = worksheet_latex([worksheet(now) for now in situations])
    pages, said = compiled(written.replace("[a4paper]", f"[{paper}]"), tmp_path)
    n = len(situations)
    names = [re.split(r"\s{2,}", page.strip())[0].strip() for page in pages]
    assert [name.partition("\n")[0] for name in names] == [
        *(f"Worksheet {k}" for k in range(1, n + 1)),
        *(f"Solutions {k}" for k in range(1, n + 1)),
    ]
    assert "passwd)" not in said
    too_long = re.findall(r"Overfull \\[hv]box \(([\d.]+)pt too (?:wide|high)\)", said)
    assert all(float(points) <= TOO_LONG for points in too_long), said[-3000:]


def test_the_blanks_are_filled_only_on_the_page_of_solutions(tmp_path: Path) -> None:
    asked, solved = compiled(worksheet_latex([worksheet(Scenario(j=1))]), tmp_path)[0]
    for given in ("1.43", "setosa", "versicolor", "probability"):
        assert given in asked
    for filled in ("0.684", "0.216", "0.075", "6.108", "4.179", "It falls"):
        assert filled not in asked
        assert filled in solved


def test_solutions_can_be_left_out() -> None:
    written = worksheet_latex([worksheet(Scenario())], solutions=False)
    assert "Solutions" not in written
    assert "0.684" not in written
    assert written.count(r"\begin{onepage}") == 1
