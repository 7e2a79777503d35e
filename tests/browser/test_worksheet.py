"""The worksheet prints one page for each situation, and its solutions on pages of their own."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import go
from tests.browser.hostile import HOSTILE
from tests.browser.test_print import assert_black_on_white, printed, squeezed

NAMES = [*HOSTILE.values(), "10"]
WORST = urlencode(
    {
        "classes": ",".join(NAMES),
        "z": ",".join(str(50 - 9.1111 * k) for k in range(10)),
        "T": "0.0512",
        "of": NAMES[7],
        "wrt": NAMES[8],
    }
)


@pytest.mark.skipif(
    not (shutil.which("pdftotext") or os.environ.get("CI")),
    reason="nothing reads PDF here (install Debian's poppler-utils)",
)
def test_each_situation_is_one_page_and_its_solutions_another(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/worksheet?wrt=versicolor&with=two-classes,ten-classes", color_scheme="dark")
    expect(page.locator(".worksheet .sheet")).to_have_count(6)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print", exact=True).click()
    assert page.evaluate("window.printed")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download worksheet.tex").click()
    written = download.value.path().read_text(encoding="utf-8")
    assert written.count(r"\begin{onepage}") == 6
    for size in ("A4", "Letter"):
        papers = printed(page, size, tmp_path)
        starts = [paper.text.split("\n")[0] for paper in papers]
        assert [re.match(r"\w+ \d", start)[0] for start in starts] == [  # type: ignore[index]
            *(f"Worksheet {k}" for k in (1, 2, 3)),
            *(f"Solutions {k}" for k in (1, 2, 3)),
        ]
        asked, solved = squeezed(papers[0].text), squeezed(papers[3].text)
        for given in ("setosa", "1.43", "−0.40", "(c)Lowertherawoutputof“versicolor”"):
            assert given in asked
        for answer in ("0.684", "0.216", "−0.141", "Itfalls"):
            assert answer not in asked
            assert answer in solved
        everything = "".join(paper.text for paper in papers)
        assert not re.search("Print|Copy link|Download|More situations|Temperature T", everything)
        for paper in papers:
            assert_black_on_white(paper)
    go(page, f"/worksheet?{WORST}")
    expect(page.locator(".worksheet .sheet")).to_have_count(2)
    expect(page.locator(".worksheet th.class").nth(1)).to_have_text(NAMES[0])
    (worst := tmp_path / "worst").mkdir()
    for size in ("A4", "Letter"):
        assert len(printed(page, size, worst)) == 2
