"""The smaller fonts hold every icon and letter that the app shows, the whole ones the other letters."""

import re
from itertools import chain

import pytest
from fontTools.ttLib import TTFont

from server.fonts.make import UNUSED, icons, ligatures
from server.smaller_fonts import FOLDER, MORE, SMALLER, STREAMLITS, second, smaller_fonts
from tests.browser.app_server import ROOT

TEXTS = {name: address for address, name in SMALLER.items() if name != "icons.woff2"}
SHEET = (ROOT / "static" / "live" / "streamlit.css").read_text(encoding="utf-8")
# The font has a few emoji and signs of enclosed letters; everyone's system has better ones.
_OTHERS = range(0x1F000, 0x20000)
_MARK = 0xFEFF


def letters(path: str, name: str) -> set[int]:
    """The letters of a font: of the first or second one ("smaller"), or of Streamlit's."""
    font = TTFont((FOLDER if path == "smaller" else STREAMLITS) / name)
    return set(font.getBestCmap())


def ranges(query: str) -> list[set[int]]:
    """The letters that each rule of the style sheet takes from a second or a whole font."""
    found = []
    for rule in re.findall(rf'[?]{query}"\) format\("woff2"\);\s*unicode-range:([^;]*);', SHEET):
        bounds = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
        spans = (range(int(first, 16), int(last or first, 16) + 1) for first, last in bounds)
        found.append(set(chain.from_iterable(spans)))
    return found


def test_the_fonts_are_those_of_this_streamlit_and_much_smaller() -> None:
    fonts = smaller_fonts()
    # If not: `python -m server.fonts.make`, after SMALLER and streamlit.css name this Streamlit's files.
    assert fonts.keys() == SMALLER.keys() | {address + MORE for address in TEXTS.values()}
    for address, body in fonts.items():
        assert len(body) < 0.2 * (STREAMLITS / address.removesuffix(MORE)).stat().st_size
    for address in TEXTS.values():
        assert f'url("./{address}{MORE}")' in SHEET
        assert f'url("./{address}?whole")' in SHEET


def test_every_icon_that_can_be_asked_for_is_there() -> None:
    whole = ligatures(TTFont(STREAMLITS / next(iter(SMALLER))))
    there = ligatures(TTFont(FOLDER / "icons.woff2"))
    asked = icons()
    # Of the app, and of Streamlit's page.
    assert {"drag_pan", "restart_alt", "error", "keyboard_double_arrow_left", "expand_more"} <= asked
    # A name that the whole font lacks, too, is not one of an icon.
    assert asked - there.keys() == asked - whole.keys() == set()


def test_elements_whose_icons_are_left_out_are_not_used() -> None:
    calls = re.compile(rf"\.({'|'.join(chain.from_iterable(UNUSED.values()))})\(")
    for file in chain.from_iterable((ROOT / folder).rglob("*.py") for folder in ("ui", "pages")):
        assert not calls.findall(file.read_text("utf-8")), file
    for module in UNUSED:
        assert list((STREAMLITS / "static" / "js").glob(f"{module}.*.js")), module


@pytest.mark.parametrize("name", TEXTS)
def test_every_letter_of_the_app_is_in_the_first_font(name: str) -> None:
    whole, there = letters("whole", TEXTS[name]), letters("smaller", name)
    files = chain.from_iterable((ROOT / folder).rglob("*") for folder in ("core", "ui", "pages", "static"))
    written = (file.read_text("utf-8") for file in files if file.suffix in {".py", ".js", ".css"})
    # If not: `python -m server.fonts.make`, and copy what it prints into streamlit.css.
    assert ({ord(letter) for text in written for letter in text} & whole) - there == set()
    # The signs that are written as escapes.
    assert set(map(ord, "\N{NO-BREAK SPACE}\N{MINUS SIGN}\N{HORIZONTAL ELLIPSIS}")) <= there


@pytest.mark.parametrize("name", TEXTS)
def test_every_other_letter_comes_from_one_other_font(name: str) -> None:
    whole, first = letters("whole", TEXTS[name]), letters("smaller", name)
    more = letters("smaller", second(name))
    assert first & more <= {ord(" ")}
    assert set(map(ord, "éüñßΩΣ≈")) <= first | more
    expected = whole - first - {*_OTHERS, _MARK}
    seconds, wholes = ranges("more"), ranges("whole")
    assert len(seconds) == len(wholes) == len(TEXTS)
    for from_second, from_whole in zip(seconds, wholes, strict=True):
        assert more - first <= from_second
        assert expected - more <= from_whole
        # Otherwise a second font would be requested for a letter that is there.
        assert not first & (from_second | from_whole)
        assert not from_second & from_whole


@pytest.mark.parametrize("name", TEXTS)
def test_figures_have_equal_widths_and_the_reserved_name_is_not_used(name: str) -> None:
    font = TTFont(FOLDER / name)
    assert len({font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}) == 1
    named = [str(record) for record in font["name"].names if record.nameID in {1, 3, 4, 6, 16, 25}]
    assert named
    assert not any("Source" in text for text in named)
