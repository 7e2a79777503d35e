"""Every part is loaded with the style sheets of what it imports, in the order of the cascade."""

from pathlib import Path

import pytest

from ui.modules import files

LIVE = Path(__file__).parents[2] / "static" / "live"
# They style what is outside the parts (ui/page.py).
OUTSIDE = {"streamlit.css", "quiet.css", "presenter.css"}
PARTS = sorted(path.stem for path in (LIVE / "parts").glob("*.js"))


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_the_last_of_its_modules_and_its_style_sheets(part: str) -> None:
    modules, styles = files(part)
    assert len(set(modules)) == len(modules)
    assert (modules[0], modules[-1]) == ("mount.js", f"parts/{part}.js")
    assert (styles[0], styles[-1]) == ("mount.css", f"parts/{part}.css")


def test_what_is_imported_is_dressed_before_what_imports_it() -> None:
    _, styles = files("board")
    for first, then in (("drag", "views/bars"), ("number", "views/bars"), ("views/tint", "views/heatmap")):
        assert styles.index(f"{first}.css") < styles.index(f"{then}.css")


def test_every_style_sheet_of_elements_in_a_part_is_loaded_with_some_part() -> None:
    there = {path.relative_to(LIVE).as_posix() for path in LIVE.rglob("*.css")}
    assert {style for part in PARTS for style in files(part)[1]} == there - OUTSIDE
