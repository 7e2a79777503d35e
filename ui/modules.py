"""Finds the modules and style sheets in static/live/ that a part of a page needs."""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath

__all__ = ["FOLDER", "files", "resolved", "source", "styles", "with_imports", "without_comments"]

FOLDER = Path(__file__).parent.parent / "static" / "live"
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_IMPORT = re.compile(r'^import [^;]* from "(\.[\w./]+)";$', re.MULTILINE)


def files(name: str) -> tuple[list[str], list[str]]:
    """Return the modules and the style sheets of `parts/<name>.js`, by their paths below static/live/.

    The module that mounts the part is first, the part itself is last, and every other module comes before
    those that import it. A style sheet lies beside the module whose elements it styles, so this is also the
    order of the cascade. ui/page.py loads the sheets for elements outside the parts.
    """
    modules = ["mount.js", *with_imports(f"parts/{name}.js")]
    return modules, styles(modules)


def styles(modules: list[str]) -> list[str]:
    """Return the style sheets beside modules."""
    beside = [module.removesuffix(".js") + ".css" for module in modules]
    return [style for style in beside if style != "streamlit.css" and (FOLDER / style).is_file()]


def with_imports(module: str, known: list[str] | None = None) -> list[str]:
    """Return a module, preceded by all of its imports that are not yet known."""
    found: list[str] = []
    for other in _IMPORT.findall(source(module)):
        path = resolved(module, other)
        before = [*(known or []), module, *found]
        if path not in before:
            found += with_imports(path, before)
    return [*found, module]


def resolved(module: str, address: str) -> str:
    """Return the path below static/live/ of what a module imports by a relative address."""
    return normpath(f"{PurePosixPath(module).parent}/{address}")


def source(name: str) -> str:
    """Return the text of a file below static/live/."""
    return (FOLDER / name).read_text(encoding="utf-8")


def without_comments(name: str) -> str:
    """Return the text of a file below static/live/ without the comments that have lines of their own."""
    return _COMMENT.sub("", source(name))
