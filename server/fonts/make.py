"""Makes the smaller fonts from Streamlit's: `python -m server.fonts.make`; needs requirements-dev.txt."""

import re
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from server.smaller_fonts import FOLDER, SMALLER, STREAMLITS, TEXT

_APP = Path(__file__).parents[2]
_ICON = re.compile(r":material/(\w+)")
# Its licence reserves the name of the original for the original.
_NAME = "Explorer Sans"
_NAMES = {1, 3, 4, 6, 16, 25}
_FEATURES = ["kern", "liga", "ccmp", "mark", "mkmk"]


def icons() -> set[str]:
    """Return the names of all icons that the app, Streamlit's Python or Streamlit's page can ask for."""
    python = [*STREAMLITS.parent.rglob("*.py"), *(_APP / "ui").rglob("*.py"), *(_APP / "pages").rglob("*.py")]
    texts = [*python, *(STREAMLITS / "static" / "js").glob("*.js")]
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


def _make(address: str, name: str) -> None:
    font = TTFont(STREAMLITS / address)
    options = Options(flavor="woff2", layout_features=["rlig"] if name == "icons.woff2" else _FEATURES)
    subsetter = Subsetter(options)
    if name == "icons.woff2":
        known = ligatures(font)
        wanted = sorted(icons() & known.keys())
        subsetter.populate(glyphs=[known[icon] for icon in wanted], text="".join(wanted))
        # Without this, all icons stay whose letters are there.
        options.layout_closure = False
    else:
        subsetter.populate(unicodes=[code for first, last in TEXT for code in range(first, last + 1)])
    subsetter.subset(font)
    if name != "icons.woff2":
        for record in font["name"].names:
            if record.nameID in _NAMES:
                record.string = _NAME.replace(" ", "") if record.nameID in (6, 25) else _NAME
    font.flavor = "woff2"
    font.save(FOLDER / name)
    print(f"{name}: {(FOLDER / name).stat().st_size:,} bytes of {(STREAMLITS / address).stat().st_size:,}")


if __name__ == "__main__":
    for each, file in SMALLER.items():
        _make(each, file)
