"""Makes the smaller fonts from Streamlit's: `python -m server.fonts.make`; needs requirements-dev.txt."""

import re
from itertools import chain
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from server.smaller_fonts import FOLDER, SMALLER, STREAMLITS, TEXT, second

_APP = Path(__file__).parents[2]
# Streamlit's modules for elements that the app does not use name half of all icons.
UNUSED = {
    "DataFrame": ("dataframe", "data_editor"),
    "Feedback": ("feedback",),
    "FileUploader": ("file_uploader", "chat_input"),
    "Json": ("json",),
    "Pagination": ("pagination",),
}
_ICON = re.compile(r":material/(\w+)")
_ESCAPED = re.compile(r"\\u?([0-9a-fA-F]{4})\b")
# Its licence reserves the name of the original for the original.
_NAME = "Explorer Sans"
_NAMES = {1, 3, 4, 6, 16, 25}
_FEATURES = ["kern", "liga", "ccmp", "mark", "mkmk"]


def icons() -> set[str]:
    """Return the names of all icons that the app can ask for, and Streamlit's page while it shows the app."""
    modules = (STREAMLITS / "static" / "js").glob("*.js")
    page = [path for path in modules if path.name.partition(".")[0] not in UNUSED]
    texts = [*(_APP / "ui").rglob("*.py"), *(_APP / "pages").rglob("*.py"), *page]
    return {name for text in texts for name in _ICON.findall(text.read_text(encoding="utf-8"))}


def ligatures(font: TTFont) -> dict[str, str]:
    """Return the glyph of each word that a font of icons draws as one."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, words in getattr(table, "ExtSubTable", table).ligatures.items():
                for word in words:
                    found["".join(letters[glyph] for glyph in [first, *word.Component])] = word.LigGlyph
    return found


def letters() -> set[int]:
    """Return the code points that the app writes, as themselves or as an escape, with all of ASCII."""
    files = chain.from_iterable((_APP / folder).rglob("*") for folder in ("core", "ui", "pages", "static"))
    texts = [file.read_text(encoding="utf-8") for file in files if file.suffix in {".py", ".js", ".css"}]
    escaped = {int(code, 16) for text in texts for code in _ESCAPED.findall(text)}
    return {ord(letter) for text in texts for letter in text} | escaped | {*range(0x20, 0x7F)}


def _icons(address: str, name: str) -> None:
    font = TTFont(STREAMLITS / address)
    options = Options(flavor="woff2", layout_features=["rlig"])
    # Without this, all icons stay whose letters are there.
    options.layout_closure = False
    subsetter = Subsetter(options)
    known = ligatures(font)
    wanted = sorted(icons() & known.keys())
    subsetter.populate(glyphs=[known[icon] for icon in wanted], text="".join(wanted))
    _save(font, subsetter, name)


def _text(address: str, name: str, codes: set[int]) -> None:
    font = TTFont(STREAMLITS / address)
    subsetter = Subsetter(Options(flavor="woff2", layout_features=_FEATURES))
    subsetter.populate(unicodes=codes)
    for record in font["name"].names:
        if record.nameID in _NAMES:
            record.string = _NAME.replace(" ", "") if record.nameID in (6, 25) else _NAME
    _save(font, subsetter, name)


def _save(font: TTFont, subsetter: Subsetter, name: str) -> None:
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(FOLDER / name)
    print(f"{name}: {(FOLDER / name).stat().st_size:,} bytes")


def _ranges(codes: set[int]) -> str:
    """Return code points as a style sheet names them, to be copied into static/live/streamlit.css."""
    starts = sorted(code for code in codes if code - 1 not in codes)
    ends = sorted(code for code in codes if code + 1 not in codes)
    return ", ".join(f"U+{a:X}" + (f"-{b:X}" if b > a else "") for a, b in zip(starts, ends, strict=True))


if __name__ == "__main__":
    both = {code for first, last in TEXT for code in range(first, last + 1)}
    for each, file in SMALLER.items():
        if file == "icons.woff2":
            _icons(each, file)
        else:
            first = both & letters() & TTFont(STREAMLITS / each).getBestCmap().keys()
            _text(each, file, first)
            _text(each, second(file), both - first)
            print("its letters:", _ranges(both - first))
