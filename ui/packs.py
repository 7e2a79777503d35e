"""Puts the modules and style sheets of static/live/ into two files, so that a first visit needs few requests.

A board alone is some forty small files. From a server without HTTP/2, a browser requests six at a time, and
each waits for a round trip. The pack `first.js` holds what a board needs, the pack `rest.js` everything else.
The name of their folder changes with their contents, so a browser need not ask for them again.

A module becomes a function that returns its exports. Nothing else in it changes, except that comments on
lines of their own are left out. `static/live/packs.js` calls these functions. The modules must keep to the
few forms of import and export that are rewritten here.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from ui.chunks import chunks
from ui.modules import FOLDER, resolved, styles, with_imports, without_comments

__all__ = ["Packs", "packs"]

_RUNTIME = "packs.js"
# What a board needs: itself, what mounts it, and what its first message to Python is made of. Then the small
# parts of the sidebar, so that each is there as soon as its place is, and nothing moves when it comes.
_FIRST = (
    *("mount.js", "parts/board.js", "browser.js"),
    *("parts/note.js", "parts/temperature.js", "parts/link.js"),
)

# What Streamlit's page loads for other elements is requested along with a module that is loaded once the
# first part can be used. Otherwise it would be requested only when Python has drawn them, and something else
# would stand in their place until then. The module for charts, the largest of all, comes last.
_ALONG = {
    "browser.js": ("Selectbox", "NumberInput", "TextInput", "Button", "ButtonGroup"),
    "charts/charts.js": ("PlotlyChart",),
}

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[\w./]+)";$', re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.[\w./]+)"\)')
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*|.*\bimport(?:\(|\.meta).*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Packs:
    """The two packs, and their folder below static/."""

    folder: str
    first: bytes
    rest: bytes


@cache
def packs() -> Packs:
    """Return the two packs, made once: a changed module counts from the next start of the server."""
    parts = sorted(f"parts/{path.name}" for path in (FOLDER / "parts").glob("*.js"))
    first = _closure(list(_FIRST), later=False)
    rest = [module for module in _closure(parts, later=True) if module not in first]
    sources, sheets = _packed(first)
    begin = f"unpack({{ sources: {sources}, styles: {sheets} }});\n"
    begin += f"requestAlong({json.dumps({module: chunks(*kinds) for module, kinds in _ALONG.items()})});\n"
    texts = [without_comments(_RUNTIME) + begin]
    sources, sheets = _packed(rest)
    texts.append(f"export const sources = {sources};\nexport const styles = {sheets};\n")
    bodies = [text.encode() for text in texts]
    return Packs(f"packs/{sha256(b'/'.join(bodies)).hexdigest()[:16]}", *bodies)


def _closure(modules: list[str], *, later: bool) -> list[str]:
    """Return modules with everything they import; `later` counts what they import only when it is needed."""
    found: list[str] = []
    for module in modules:
        if module not in found:
            found += [other for other in with_imports(module) if other not in found]
    for module in found if later else ():
        wanted = [resolved(module, address) for address in _LATER.findall(without_comments(module))]
        found += [new for other in wanted for new in with_imports(other) if new not in found]
    return found


def _packed(modules: list[str]) -> tuple[str, str]:
    """Return two object literals: modules as functions, and the style sheets beside them."""
    functions = "".join(f"{json.dumps(module)}: {_as_function(module)},\n" for module in modules)
    sheets = {style: without_comments(style) for style in styles(modules)}
    return f"{{\n{functions}}}", json.dumps(sheets, ensure_ascii=False, indent=0)


def _as_function(module: str) -> str:
    """Return a module as a function that returns its exports, given what gets other modules, now or later."""
    text = without_comments(module)
    exports = ", ".join(name for _, name in _EXPORT.findall(text))
    text = _IMPORT.sub(
        lambda found: (
            f"const {found[1].replace(' as ', ': ')} = $live({json.dumps(resolved(module, found[2]))});"
        ),
        text,
    )
    text = _LATER.sub(lambda found: f"$later({json.dumps(resolved(module, found[1]))})", text)
    text = _EXPORT.sub(r"\1 \2", text)
    if left := _LEFT_OVER.search(text):
        raise ValueError(f"static/live/{module} has a form of import or export that packs lack: {left[0]}")
    return f"($live, $later) => {{\n{text}return {{ {exports} }};\n}}"
