"""Smaller fonts, sent at the addresses of Streamlit's own: few characters and icons are ever shown.

Streamlit's font of icons holds four thousand, and its page requests it before anything else. Its text fonts
hold two thousand letters each. `python -m server.fonts.make` takes from them the letters that the app itself
writes, and makes a second font of what is named here, for names and other texts of visitors. All other
letters come from the whole fonts. static/live/streamlit.css adds both under the same name, with the letters
for which a browser requests them. A font of another Streamlit has another address and is sent whole.
"""

from pathlib import Path

import streamlit

__all__ = ["FOLDER", "MORE", "SMALLER", "STREAMLITS", "TEXT", "second", "smaller_fonts"]

FOLDER = Path(__file__).parent / "fonts"
STREAMLITS = Path(streamlit.__file__).parent / "static"

# The address of each font, and the smaller file.
SMALLER = {
    "static/media/MaterialSymbols-Rounded.nEdyypZU.woff2": "icons.woff2",
    "static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2": "upright.woff2",
    "static/media/SourceSansVF-Italic.ttf.Bt9VkdQ3.woff2": "italic.woff2",
}

# What is added to an address to get the second font.
MORE = "?more"

# First and last code points of both fonts together: Latin of Western Europe, Greek, punctuation, arrows and
# mathematics.
TEXT = (
    *((0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2DD), (0x300, 0x304)),
    *((0x308, 0x308), (0x391, 0x3A9), (0x3B1, 0x3C9), (0x2000, 0x205F), (0x2070, 0x209C), (0x20AC, 0x20AC)),
    *((0x2122, 0x2122), (0x2190, 0x2195), (0x2200, 0x2265)),
    # Marks of the app's own: transposed, points of three classes, a check.
    *((code, code) for code in (0x1D40, 0x25A0, 0x25B2, 0x25CF, 0x2713)),
)


def smaller_fonts() -> dict[str, bytes]:
    """Return the smaller fonts for each address that this Streamlit has."""
    found: dict[str, bytes] = {}
    for address, name in SMALLER.items():
        if (STREAMLITS / address).is_file():
            found[address] = (FOLDER / name).read_bytes()
            if (FOLDER / second(name)).is_file():
                found[address + MORE] = (FOLDER / second(name)).read_bytes()
    return found


def second(name: str) -> str:
    """Return the name of the second file of a font."""
    return name.replace(".", "_more.")
