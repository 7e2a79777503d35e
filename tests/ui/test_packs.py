"""The two packs hold every module and style sheet of the parts, each once, under an address of their own."""

import json
import re

import pytest

from ui import modules, packs as under_test
from ui.modules import FOLDER
from ui.packs import packs

# Types alone, what makes the modules of a pack, and the sheets for what is outside the parts (ui/page.py).
OUTSIDE = {
    *("messages.js", "guide_messages.js", "handout/messages.js", "packs.js", "separate.js"),
    *("streamlit.css", "quiet.css", "presenter.css"),
}


read = modules.source


def names(pack: bytes, suffix: str) -> list[str]:
    return re.findall(rf'^"([\w/]+\.{suffix})": ', pack.decode(), re.MULTILINE)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Make packs anew in this test, and forget them after it."""
    monkeypatch.setattr(under_test, "packs", packs.__wrapped__)
    return monkeypatch


@pytest.mark.parametrize("suffix", ["js", "css"])
def test_every_file_is_in_one_pack(suffix: str) -> None:
    both = [*names(packs().first, suffix), *names(packs().rest, suffix)]
    assert len(set(both)) == len(both)
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob(f"*.{suffix}")}
    assert set(both) == there - OUTSIDE


def test_a_board_needs_the_first_pack_alone() -> None:
    first = names(packs().first, "js")
    modules_, styles = modules.files("board")
    assert {*modules_, "browser.js"} <= set(first)
    assert set(styles) <= set(names(packs().first, "css"))
    assert "charts/charts.js" not in first


def test_what_streamlit_loads_for_choices_and_charts_is_requested_along() -> None:
    (told,) = re.findall(r"^requestAlong\((.*)\);$", packs().first.decode(), re.MULTILINE)
    along = json.loads(told)
    assert any("Selectbox." in address for address in along["browser.js"])
    assert along["charts/charts.js"][0].startswith("static/js/PlotlyChart.")


def test_another_text_has_another_folder(fresh: pytest.MonkeyPatch) -> None:
    fresh.setattr(modules, "source", lambda name: read(name) + "\nconst more = 1;\n")
    assert under_test.packs().folder != packs().folder


@pytest.mark.parametrize(
    "form",
    [
        'import * as dom from "./dom.js";',
        'import "./dom.js";',
        "export let count = 0;",
        "export default 1;",
        'export { el } from "./dom.js";',
        "const here = import.meta.url;",
        "const other = import(name);",
    ],
)
def test_a_form_that_packs_do_not_rewrite_is_named(fresh: pytest.MonkeyPatch, form: str) -> None:
    fresh.setattr(modules, "source", lambda name: read(name) + (form if name == "mount.js" else ""))
    with pytest.raises(ValueError, match=re.escape(form)):
        under_test.packs()
