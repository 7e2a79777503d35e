"""The smaller fonts hold every icon and letter that the app shows, the whole ones the other letters."""

import re
from itertools import chain

import pytest
from fontTools.ttLib import TTFont

from server.fonts.make import icons, ligatures
from server.smaller_fonts import FOLDER, SMALLER, STREAMLITS, smaller_fonts
from tests.browser.app_server import ROOT

TEXTS = {name: address for address, name in SMALLER.items() if name != "icons.woff2"}
SHEET = (ROOT / "static" / "live" / "streamlit.css").read_text(encoding="utf-8")
# The font has a few emoji and signs of enclosed letters; everyone's system has better ones.
_OTHERS = range(0x1F000, 0x20000)
_MARK = 0xFEFF


def letters(path: str, name: str) -> set[int]:
    font = TTFont((FOLDER if path == "smaller" else STREAMLITS) / name)
    return set(font.getBestCmap())


def ranges() -> list[set[int]]:
    """Return the letters that each rule of the style sheet takes from a whole font."""
    found = []
    for rule in re.findall(r"unicode-range:([^;]*);", SHEET):
        bounds = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
        spans = (range(int(first, 16), int(last or first, 16) + 1) for first, last in bounds)
        found.append(set(chain.from_iterable(spans)))
    return found


def test_the_fonts_are_those_of_this_streamlit_and_much_smaller() -> None:
    fonts = smaller_fonts()
    # If not: `python -m server.fonts.make`, after SMALLER and streamlit.css name this Streamlit's files.
    assert fonts.keys() == SMALLER.keys()
    for address, body in fonts.items():
        assert len(body) < 0.3 * (STREAMLITS / address).stat().st_size
    for address in TEXTS.values():
        assert f'url("./{address}?whole")' in SHEET


def test_every_icon_that_can_be_asked_for_is_there() -> None:
    whole = ligatures(TTFont(STREAMLITS / next(iter(SMALLER))))
    there = ligatures(TTFont(FOLDER / "icons.woff2"))
    asked = icons()
    # Of the app, of Streamlit's Python, and of its page.
    assert {"drag_pan", "restart_alt", "error", "keyboard_double_arrow_left", "expand_more"} <= asked
    # A name that the whole font lacks, too, is not one of an icon.
    assert asked - there.keys() == asked - whole.keys() <= {"icon_name", "star_filled"}


@pytest.mark.parametrize("name", TEXTS)
def test_every_letter_of_the_app_is_there(name: str) -> None:
    whole, there = letters("whole", TEXTS[name]), letters("smaller", name)
    files = chain.from_iterable((ROOT / folder).rglob("*") for folder in ("core", "ui", "pages", "static"))
    shown = {ord(c) for file in files if file.suffix in {".py", ".js"} for c in file.read_text("utf-8")}
    assert (shown & whole) - there == set()


@pytest.mark.parametrize("name", TEXTS)
def test_every_other_letter_comes_from_the_whole_font(name: str) -> None:
    whole, there = letters("whole", TEXTS[name]), letters("smaller", name)
    expected = whole - there - {*_OTHERS, _MARK}
    rules = ranges()
    assert len(rules) == len(TEXTS)
    for added in rules:
        assert expected - added == set()
        # Otherwise the whole font would be requested for a letter that is there.
        assert added & there == set()


@pytest.mark.parametrize("name", TEXTS)
def test_figures_have_equal_widths_and_the_reserved_name_is_not_used(name: str) -> None:
    font = TTFont(FOLDER / name)
    assert len({font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}) == 1
    named = [str(record) for record in font["name"].names if record.nameID in {1, 3, 4, 6, 16, 25}]
    assert named
    assert not any("Source" in text for text in named)
