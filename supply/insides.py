"""Records what the app relies on in the installed Streamlit and Plotly.

`python -m supply.insides` prints the record as JSON. The names in it come from our own source: what the
browser side looks for on the page and in charts, what Python imports, which options we set. So a new use of
such a name is recorded without a list to maintain. What the names do, only the tests can tell.
"""

import ast
import gzip
import inspect
import json
import re
import tomllib
from collections.abc import Iterable
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from importlib.metadata import requires
from pathlib import Path
from types import ModuleType

import streamlit
from packaging.requirements import Requirement
from streamlit import config

from supply.runtime import ROOT, distributions

__all__ = ["NEEDED", "Record", "missing", "record"]

Record = dict[str, dict[str, str]]
"""For each kind of thing, what is recorded of each, by its name."""

_PAGE, _CHARTS, _PYTHON = "names on Streamlit's page", "names in plotly.js", "names in Python"
_FILES, _OURS = "files", "options that we set"
# If one of these is gone, something in the app breaks or becomes slower.
NEEDED = frozenset({_PAGE, _CHARTS, _PYTHON, _FILES, _OURS})

_STREAMLITS = Path(streamlit.__file__).parent / "static"
_LIVE = ROOT / "static" / "live"
# Scripts of Streamlit that server/ and static/live/ find by their names.
_PLOTLY_JS = "PlotlyChart.*.js"
_SCRIPTS = ("BidiComponent.*.js", _PLOTLY_JS)
# The packages whose insides matter, and the folders of our Python that runs with them.
_THEIRS = frozenset({"streamlit", "plotly", "starlette", "uvicorn", "anyio"})
_FOLDERS = ("ui", "server", "pages")

# What an element is called: "stMain", [data-testid="stMain"], .stMain; and attributes that tell its state.
_PAGE_NAMES = re.compile(
    r"""["'.](st[A-Z]\w+)-?["'\s:,{\]]|\b(data-test-[\w-]+|data-retained|data-collapsed|st-key-)"""
)
# Plotly's private properties begin with "_"; the other names are in its chart objects or style sheet.
_PLOTLY_NAMES = re.compile(
    r"""\b(_[a-z]\w+|l2p|glplot|getCamera|recoverContext|plotly_\w+|plotGlPixelRatio|imageDataOnly)\b"""
    r"""|["'` ]\.([a-z]+-[a-z-]+|\w+layer)\b"""
)


def record() -> Record:
    """Return what the app relies on, as it is in the installed packages."""
    scripts = {file.name: file.read_text(encoding="utf-8") for file in sorted(_STREAMLITS.rglob("*.js"))}
    styles = [file.read_text(encoding="utf-8") for file in sorted(_STREAMLITS.rglob("*.css"))]
    page = "\n".join((*scripts.values(), *styles))
    charts = "\n".join(text for name, text in scripts.items() if fnmatch(name, _PLOTLY_JS))
    options = {name: repr(option.default_val) for name, option in config.get_config_options().items()}
    names = _python_names()
    return {
        "versions": {name: package.version for name, package in distributions().items()},
        "what packages ask for": dict(_asked("streamlit", "plotly")),
        _FILES: _there(glob for glob in _SCRIPTS if any(fnmatch(name, glob) for name in scripts)),
        _PAGE: _there(name for name in _page_names() if name in page),
        _CHARTS: _there(name for name in _chart_names() if name in charts),
        _PYTHON: {name: _signature(name) for name in sorted(names) if _exists(name)},
        _OURS: {name: default for name, default in options.items() if name in _set_by_us()},
        "other options": {name: default for name, default in options.items() if name not in _set_by_us()},
        "sizes": dict(_sizes(scripts)),
    }


def missing(found: Record) -> list[str]:
    """Return the names that our source uses and that are not in a record."""
    used: dict[str, Iterable[str]] = {
        _FILES: _SCRIPTS,
        _PAGE: _page_names(),
        _CHARTS: _chart_names(),
        _PYTHON: _python_names(),
        _OURS: _set_by_us(),
    }
    return [
        f"{kind}: {name}" for kind, names in used.items() for name in sorted(set(names) - set(found[kind]))
    ]


def _there(names: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(sorted(names), "there")


@cache
def _page_names() -> set[str]:
    """Return the names on Streamlit's page that the browser side looks for."""
    files = [file for file in _LIVE.rglob("*.*") if file.suffix in (".js", ".css")]
    return {name for file in files for name in _names(_PAGE_NAMES, file)}


@cache
def _chart_names() -> set[str]:
    """Return the names of plotly.js's insides that the browser side uses."""
    return _names(_PLOTLY_NAMES, _LIVE / "charts" / "plotly.js")


@cache
def _python_names() -> set[str]:
    """Return what our Python takes from Streamlit, Plotly and what Streamlit's server is built on."""
    files = [ROOT / "app.py", *(file for folder in _FOLDERS for file in (ROOT / folder).rglob("*.py"))]
    return {name for file in files for name in _taken(ast.parse(file.read_text(encoding="utf-8")))}


def _names(pattern: re.Pattern[str], file: Path) -> set[str]:
    return {first or second for first, second in pattern.findall(file.read_text(encoding="utf-8"))}


def _taken(tree: ast.AST) -> set[str]:
    """Return the names of their packages that a file imports or reads from a module that it imports."""
    modules: dict[str, str] = {}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {each.asname or each.name: each.name for each in node.names if _is_theirs(each.name)}
        elif isinstance(node, ast.ImportFrom) and _is_theirs(node.module or ""):
            found |= {f"{node.module}.{each.name}" for each in node.names}
    chains = (_chain(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return found | {_inside(modules[first], rest) for first, *rest in chains if first in modules}


def _chain(node: ast.expr) -> list[str]:
    """Return the names in `a.b.c`; a first name that is not a plain name is left empty."""
    if isinstance(node, ast.Attribute):
        return [*_chain(node.value), node.attr]
    return [node.id if isinstance(node, ast.Name) else ""]


def _inside(module: str, rest: list[str]) -> str:
    """Return the dotted name up to the first thing that is not a module."""
    name = module
    found: object = import_module(module)
    for each in rest:
        name, found = f"{name}.{each}", getattr(found, each, None)
        if not isinstance(found, ModuleType):
            break
    return name


def _is_theirs(module: str) -> bool:
    return module.split(".")[0] in _THEIRS


def _object(name: str) -> object:
    """Return what a dotted name means: a module or what is in one."""
    module, _, last = name.rpartition(".")
    try:
        return getattr(import_module(module), last)
    except AttributeError:
        return import_module(name)


def _exists(name: str) -> bool:
    try:
        _object(name)
    except ImportError:
        return False
    return True


def _signature(name: str) -> str:
    found = _object(name)
    try:
        # Addresses in memory differ from run to run.
        return (
            re.sub(r" at 0x\w+", "", str(inspect.signature(found)))
            if callable(found)
            else type(found).__name__
        )
    except ValueError:
        return "callable"


@cache
def _set_by_us() -> set[str]:
    """Return the options that .streamlit/config.toml sets."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}" for section, name in _leaves(settings)}


def _leaves(table: dict[str, object]) -> Iterable[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{section}".rstrip("."), leaf) for section, leaf in _leaves(value))
        else:
            yield "", name


def _asked(*packages: str) -> Iterable[tuple[str, str]]:
    """Yield what packages ask for, without their extras."""
    for package in packages:
        for line in requires(package) or []:
            asked = Requirement(line)
            if "extra" not in str(asked.marker):
                yield f"{package}: {asked.name}", f"{asked.specifier} {asked.marker or ''}".strip()


def _sizes(scripts: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Yield how much a browser gets, in kilobytes; compressed as server/ does it."""
    page = (_STREAMLITS / "index.html").read_text(encoding="utf-8")
    first = [text for name, text in scripts.items() if name in page]
    charts = [text for name, text in scripts.items() if fnmatch(name, _PLOTLY_JS)]
    for what, texts in (("scripts that the page names", first), ("plotly.js", charts)):
        raw = [text.encode() for text in texts]
        small = sum(len(gzip.compress(each, 6)) for each in raw)
        yield what, f"{sum(map(len, raw)) / 1000:.0f} kB, compressed {small / 1000:.0f} kB, {len(raw)} files"
    for font in sorted((_STREAMLITS / "static" / "media").glob("*.woff2")):
        yield f"font {font.name.split('.')[0]}", f"{font.stat().st_size / 1000:.0f} kB"
    version = re.search(r"src/version\.js\W.{0,40}version=[`'\"]([\d.]+)", "".join(charts))
    yield "version of plotly.js in Streamlit", version[1] if version else "not found"


if __name__ == "__main__":
    print(json.dumps(record(), indent=1))
