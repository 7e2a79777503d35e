"""The list in docs/ names what runs the app and what reaches a browser, and every licence is allowed."""

from email.message import Message
from fnmatch import fnmatch
from importlib.metadata import Distribution
from pathlib import Path

import pytest
import streamlit

from supply.licences import BROWSER, is_allowed, licence_of, listed
from supply.runtime import distributions, requirements

STREAMLITS = Path(streamlit.__file__).parent / "static" / "static"


class Package(Distribution):
    """A package that says of itself what a test wants it to say."""

    def __init__(self, **said: str) -> None:
        self.said = Message()
        for name, value in said.items():
            self.said[name.replace("_", "-")] = value

    @property
    def metadata(self) -> Message:  # type: ignore[override]
        """What the package says of itself."""
        return self.said

    def read_text(self, filename: str) -> None:
        """Return no file."""

    def locate_file(self, path: object) -> Path:
        """Refuse to look for a file."""
        raise FileNotFoundError(path)


def test_every_package_that_runs_the_app_is_listed() -> None:
    assert set(distributions()) - set(listed()) == set()


def test_every_package_that_runs_the_app_has_an_allowed_licence() -> None:
    named = {name: licence_of(package) for name, package in distributions().items()}
    assert {name: licence for name, licence in named.items() if not licence or not is_allowed(licence)} == {}


def test_every_listed_licence_is_allowed() -> None:
    assert [licence for name, licence in listed().items() if not is_allowed(licence)] == []


def test_what_the_browser_gets_is_listed_and_is_in_streamlits_package() -> None:
    files = [file.relative_to(STREAMLITS).as_posix() for file in STREAMLITS.rglob("*.*")]
    assert [part.name for part in BROWSER if part.name not in listed()] == []
    assert [part.name for part in BROWSER if not any(fnmatch(file, part.files) for file in files)] == []


def test_every_font_in_streamlits_package_is_listed() -> None:
    fonts = [
        file.name
        for file in (STREAMLITS / "media").iterdir()
        if file.suffix in (".woff2", ".woff", ".ttf", ".otf")
    ]
    patterns = [Path(part.files).name for part in BROWSER if part.files.startswith("media/")]
    assert fonts
    assert [font for font in fonts if not any(fnmatch(font, pattern) for pattern in patterns)] == []


def test_what_runs_the_app_includes_what_packages_need_and_leaves_out_what_tests_need() -> None:
    assert {"streamlit", "plotly", "numpy"} <= {each.name for each in requirements()}
    assert {"starlette", "protobuf", "jsonschema"} <= set(distributions())
    assert not {"pytest", "pluggy", "playwright", "ruff"} & set(distributions())


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND BSD-3-Clause", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only OR AGPL-3.0-only", False),
        ("MIT AND (Apache-2.0 OR BSD-2-Clause)", True),
        ("MIT AND (GPL-3.0-only OR BSD-2-Clause)", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
    ],
)
def test_of_two_licences_both_must_be_allowed_unless_one_may_choose(licence: str, allowed: bool) -> None:
    assert is_allowed(licence) is allowed


@pytest.mark.parametrize(
    ("package", "licence"),
    [
        (Package(Name="a", License_Expression="mit"), "MIT"),
        (Package(Name="a", License="Apache-2.0"), "Apache-2.0"),
        (Package(Name="a", License_Expression="MIT", License="something else"), "MIT"),
        (Package(Name="Jinja2"), "BSD-3-Clause"),
        (Package(Name="a", License="BSD License"), None),
        (Package(Name="a"), None),
    ],
)
def test_a_licence_is_read_only_where_it_is_named_exactly(package: Distribution, licence: str | None) -> None:
    assert licence_of(package) == licence
