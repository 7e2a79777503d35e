"""Rules of the project: what may import what, what may reach a visitor's browser, how long a file may be.

Every rule is a function that finds offences in a text. Each rule is run on the project's files, and on a bad
and a good snippet, so that a rule that no longer finds anything fails here too.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400

# A URL is an address to fetch from, unless it is the name of an XML vocabulary.
URL = re.compile(r"https?://(?!www\.w3\.org/)[^\s\"'`)>]+", re.IGNORECASE)
MARKUP_SINK = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write(?:ln)?|unsafe_allow_html)\b"
)


@cache
def tracked() -> tuple[Path, ...]:
    """The files that git knows and that exist, relative to the root."""
    # A CI machine may run as another user than the one that cloned. Without this, git refuses that.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def files(*suffixes: str, under: tuple[str, ...] = ()) -> list[Path]:
    """Tracked files with one of the suffixes, all or those whose top folder or name is in `under`."""
    return [p for p in tracked() if p.suffix in suffixes and (not under or p.parts[0] in under)]


def offences(paths: list[Path], find: Callable[[str], list[str]]) -> list[str]:
    """What `find` reports for each file, after the file's name."""
    return [f"{path}: {what}" for path in paths for what in find((ROOT / path).read_text(encoding="utf-8"))]


def imports(source: str) -> list[str]:
    """The top-level package of each import in Python source; a relative import is a dot."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." if node.level else (node.module or "").split(".")[0])
    return found


def imports_of(*forbidden: str) -> Callable[[str], list[str]]:
    """A rule: none of these packages is imported."""
    return lambda source: [name for name in imports(source) if name in forbidden]


def imports_beside_numpy(source: str) -> list[str]:
    """A rule: only NumPy, the standard library and the core itself are imported."""
    allowed = {"numpy", "core", "."} | sys.stdlib_module_names
    return [name for name in imports(source) if name not in allowed]


def markup_sinks(source: str) -> list[str]:
    """A rule: no text is handed to a browser as markup; names come from strangers' links."""
    return [match.group(0) for match in MARKUP_SINK.finditer(source)]


def foreign_addresses(source: str) -> list[str]:
    """A rule: nothing is loaded from another server, whether or not its address names a protocol."""
    without_protocol = re.findall(r"(?:url\(|from|import|src=)\s*\(?[\"']?(//[\w.-]+\.\w+)", source)
    return URL.findall(source) + without_protocol


def too_long(source: str) -> list[str]:
    """A rule: a file is short enough to be read in one sitting."""
    lines = len(source.splitlines())
    return [f"{lines} lines"] if lines >= LONGEST_FILE else []


def python_without_docstring(source: str) -> list[str]:
    """A rule: a Python file with code first says why it exists."""
    tree = ast.parse(source)
    return ["no docstring"] if tree.body and not ast.get_docstring(tree) else []


def script_without_comment(source: str) -> list[str]:
    """A rule: a JavaScript file first says why it exists."""
    return [] if re.match(r"\s*(//|/\*)\W*\w", source) else ["no opening comment"]


# For each rule: its function, the files it applies to, a snippet it must report and one it must accept.
Rule = tuple[Callable[[str], list[str]], list[Path], str, str]
RULES: dict[str, Rule] = {
    "core imports NumPy and the standard library alone": (
        imports_beside_numpy,
        files(".py", under=("core",)),
        "import math\nfrom scipy.special import softmax",
        "from __future__ import annotations\nimport numpy as np\nfrom . import x\nfrom core import softmax",
    ),
    "core knows neither Streamlit nor Plotly nor what is built on it": (
        imports_of("streamlit", "plotly", "ui", "server", "pages", "app"),
        files(".py", under=("core",)),
        "def f():\n    import streamlit as st",
        "import numpy as np",
    ),
    "ui never imports a page, nor what serves the app": (
        imports_of("pages", "server", "app"),
        files(".py", under=("ui",)),
        "from pages.explore import draw",
        "from core.softmax import softmax",
    ),
    "what serves the app never imports a page": (
        imports_of("pages", "app"),
        files(".py", under=("server",)),
        "from pages.explore import PAGE",
        "from ui.packs import packs",
    ),
    "pages and the router do no mathematics themselves": (
        imports_of("numpy", "scipy", "math", "cmath"),
        files(".py", under=("pages", "app.py")),
        "import numpy.linalg as la",
        "import streamlit as st\nfrom core import derivation",
    ),
    "nothing hands text to the browser as markup": (
        markup_sinks,
        files(".js", ".mjs", ".html", ".py", under=("static", "ui", "server", "pages", "app.py")),
        "cell.innerHTML = name",
        "cell.textContent = name",
    ),
    "nothing that a browser runs is loaded from another server": (
        foreign_addresses,
        files(".js", ".mjs", ".css", ".html", ".svg", under=("static",)),
        '@import url("https://fonts.googleapis.com/css2?family=Inter")',
        'const SVG = "http://www.w3.org/2000/svg"; // a name\nimport { x } from "./x.js"; // see it',
    ),
    "the theme loads nothing from another server": (
        foreign_addresses,
        files(".toml", under=(".streamlit",)),
        'font = "Inter:https://fonts.googleapis.com/css2"',
        'font = "sans-serif"',
    ),
    f"every source file stays under {LONGEST_FILE} lines": (
        too_long,
        files(".py", ".js", ".mjs"),
        "x = 1\n" * LONGEST_FILE,
        "x = 1\n" * (LONGEST_FILE - 1),
    ),
    "every Python file opens with a docstring": (
        python_without_docstring,
        files(".py"),
        "# A comment.\nx = 1",
        '"""Why."""\nx = 1',
    ),
    "every JavaScript file opens with a comment": (
        script_without_comment,
        files(".js", ".mjs"),
        "export const x = 1; // why",
        "/**\n * Why.\n */\nexport const x = 1;",
    ),
}
by_name = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())


@by_name
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    find, paths, _, _ = rule
    assert offences(paths, find) == []


@by_name
def test_the_rule_finds_a_bad_snippet_and_passes_a_good_one(rule: Rule) -> None:
    find, _, bad, good = rule
    assert find(bad) != []
    assert find(good) == []


def test_an_address_without_a_protocol_is_found() -> None:
    assert foreign_addresses('import x from "//cdn.plot.ly/plotly.js"') == ["//cdn.plot.ly"]


def test_git_tells_the_files_so_that_no_rule_looks_at_nothing() -> None:
    assert Path("tests/project/test_project.py") in tracked()
    assert Path(".streamlit/config.toml") in files(".toml", under=(".streamlit",))
