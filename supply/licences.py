"""Lists the licences of what runs the app and of what a visitor's browser gets.

`python -m supply.licences` writes the tables in docs/licences.md from the installed packages. It ends with 1
if a licence is not allowed. With `--check` it only says what differs, and ends with 1 if something does.
"""

import re
import sys
from collections.abc import Iterable
from difflib import unified_diff
from importlib.metadata import Distribution
from typing import NamedTuple

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from supply.runtime import ROOT, distributions

__all__ = ["BROWSER", "LIST", "Part", "is_allowed", "licence_of", "listed"]

LIST = ROOT / "docs" / "licences.md"

# These let anyone run the app, change it and serve it to others, as our own licence (MIT) does. MPL-2.0 asks
# for the source of changed files of that package; we change none. OFL-1.1 is for fonts.
ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU"),
        *("MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib"),
    }
)

# The metadata of these packages names no licence, or not exactly. This is what their licence files say.
_READ = {
    "altair": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "nbformat": "BSD-3-Clause",
    "protobuf": "BSD-3-Clause",
    "pydeck": "Apache-2.0",
    "segno": "BSD-3-Clause",
    "traitlets": "BSD-3-Clause",
    "uvloop": "MIT OR Apache-2.0",
}


class Part(NamedTuple):
    """Something that a visitor's browser gets."""

    name: str
    licence: str
    """An SPDX expression."""
    files: str
    """The names of its files in Streamlit's package, as a pattern."""
    source: str
    """Who says so."""


BROWSER = (
    Part("Streamlit's pages", "Apache-2.0", "js/*.js", "Streamlit's package"),
    Part("React", "MIT", "js/react-dom.*.js", "its repository"),
    Part("Emotion", "MIT", "js/emotion-*.js", "its repository"),
    Part("protobuf.js", "BSD-3-Clause", "js/protobuf.*.js", "its repository"),
    Part("plotly.js", "MIT", "js/PlotlyChart.*.js", "its repository"),
    Part("KaTeX", "MIT", "js/katex.*.js", "its repository"),
    Part("KaTeX's fonts", "OFL-1.1", "media/KaTeX_*.woff2", "the font files"),
    Part("Source Sans", "OFL-1.1", "media/SourceSans*.woff2", "the font files"),
    Part("Source Serif", "OFL-1.1", "media/SourceSerif*.woff2", "the font files"),
    Part("Source Code", "OFL-1.1", "media/SourceCode*.woff2", "the font files"),
    Part("Material Symbols", "Apache-2.0", "media/MaterialSymbols*.woff2", "its repository"),
)


def licence_of(package: Distribution) -> str | None:
    """Return the licence of an installed package as an SPDX expression; None if nothing names it exactly."""
    said = package.metadata
    fields = [said[field] for field in ("License-Expression", "License") if field in said]
    for named in (*fields, _READ.get(said["Name"].lower(), "")):
        try:
            return canonicalize_license_expression(named)
        except InvalidLicenseExpression:
            continue
    return None


def is_allowed(licence: str) -> bool:
    """Tell whether a licence is allowed: of "A AND B" both must be, of "A OR B" one."""
    one_of = [part.strip("() ") for part in licence.split(" OR ")]
    if len(one_of) > 1 and " AND " in licence:
        # What one may choose depends on brackets. No package needs this, so every name must be allowed.
        return all(is_allowed(part.strip("() ")) for whole in one_of for part in whole.split(" AND "))
    return any(set(part.split(" AND ")) <= ALLOWED for part in one_of)


def listed() -> dict[str, str]:
    """Return the licences that the list in docs/ names, by the name of the package or part."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:3]] for line in lines if line.startswith("| ")]
    return {name: licence for name, licence in rows if licence != "licence"}


def _with_tables(text: str, *tables: Iterable[Iterable[str]]) -> str:
    """Return the text of the list with other rows in its tables."""
    rows = iter("".join(f"| {' | '.join(row)} |\n" for row in table) for table in tables)
    return re.sub(r"(?<=-\|\n)(\| .*\n)*", lambda _: next(rows), text)


def _main(arguments: list[str]) -> int:
    named = {name: licence_of(package) for name, package in distributions().items()}
    wrong = [name for name, licence in named.items() if not licence or not is_allowed(licence)]
    for name in wrong:
        print(f"{name}: {named[name] or 'names no licence exactly'}, which supply/licences.py does not allow")
    was = LIST.read_text(encoding="utf-8")
    on_the_server = [(name, licence or "not named") for name, licence in named.items()]
    in_the_browser = [(part.name, part.licence, f"`{part.files}`", part.source) for part in BROWSER]
    now = _with_tables(was, on_the_server, in_the_browser)
    if arguments == ["--check"]:
        sys.stdout.writelines(
            unified_diff(was.splitlines(True), now.splitlines(True), LIST.name, "installed")
        )
        return int(bool(wrong) or was != now)
    LIST.write_text(now, encoding="utf-8")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
