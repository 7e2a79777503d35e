"""The picture of the board is an SVG file that needs nothing else, with every number, and names as text."""

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from core.derivatives import jacobian
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.browser.hostile import HOSTILE
from ui import theme
from ui.handout import board_picture
from ui.handout.board_picture import board_svg

SVG = "{http://www.w3.org/2000/svg}"
SITUATIONS = [preset.scenario for preset in PRESETS] + [
    Scenario(temperature=0.5, i=1, j=2),
    Scenario(z=(50, -50, 49.5), temperature=0.05, j=1),
    Scenario(tuple(HOSTILE.values()), tuple(range(-4, 5)), 2.0, 3, 7),
    Scenario(("\ufffe]]>", "<!--"), (1, 2)),
]


def part(picture: ET.Element, name: str) -> ET.Element:
    found = picture.find(f"{SVG}g[@data-part='{name}']")
    assert found is not None
    return found


def texts(of: ET.Element) -> list[str]:
    """The texts in their order, each as it is read."""
    found = of.iter(f"{SVG}text")
    return [
        "".join(t for e in text.iter() if e.tag != f"{SVG}title" for t in (e.text or "",)) for text in found
    ]


@pytest.mark.parametrize("now", SITUATIONS)
def test_every_number_of_the_situation_is_in_the_picture(now: Scenario) -> None:
    picture = ET.fromstring(board_svg(now))  # noqa: S314
    n = len(now.classes)
    p, entries = softmax(now.z, now.temperature), jacobian(now.z, now.temperature)
    said = texts(part(picture, "classes"))
    rows = [said[3 + 3 * k : 6 + 3 * k] for k in range(n)]
    assert [row[1:] for row in rows] == [
        [theme.raw(z), theme.decimal(of_class)] for z, of_class in zip(now.z, p, strict=True)
    ]
    cells = [text for text in texts(part(picture, "jacobian")) if re.search(r"^[+−]?\d", text)]
    assert cells[: n * n] == [theme.signed(value) for value in entries.ravel()]
    assert set(cells[n * n :]) == {"0.000"}
    words, formula = texts(part(picture, "formula"))
    value = float(entries[now.i, now.j])
    assert f"by {theme.decimal(abs(value))} times" in words
    assert formula.endswith(f" = {theme.signed(value)}")
    assert ("/ T" in formula) == (now.temperature != 1)
    assert f"T = {now.temperature:g}" in "".join(texts(picture))


@pytest.mark.parametrize("now", SITUATIONS)
def test_a_picture_draws_with_plain_shapes_inside_its_own_edges(now: Scenario) -> None:
    source = board_svg(now)
    picture = ET.fromstring(source)  # noqa: S314
    tags = {element.tag.removeprefix(SVG) for element in picture.iter()}
    assert tags <= {"svg", "g", "rect", "circle", "text", "tspan", "title"}
    assert not re.search(r"href=|url\(|<style|\son\w+=", re.sub(r">[^<]*<", "><", source))
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    for shape in picture.iter(f"{SVG}rect"):
        x, y, w, h = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
        assert min(x, y, w, h) >= 0
        assert x + w <= width
        assert y + h <= height


def test_names_are_text_and_a_short_one_says_what_it_is_short_for() -> None:
    now = Scenario(tuple(HOSTILE.values()), tuple(range(-4, 5)))
    picture = ET.fromstring(board_svg(now))  # noqa: S314
    classes = part(picture, "classes")
    said = texts(classes)[3::3][:9]
    whole = [title.text for title in classes.iter(f"{SVG}title")]
    for name, text in zip(now.classes, said, strict=True):
        assert text == name or (text.endswith("…") and name.startswith(text[:-1]) and name in whole)


def test_a_character_that_xml_cannot_hold_is_replaced() -> None:
    picture = ET.fromstring(board_svg(Scenario(("a\ufffeb", "c"), (0, 0))))  # noqa: S314
    assert "a\ufffdb" in texts(picture)


def test_what_must_be_predicted_is_not_in_the_picture() -> None:
    source = board_svg(Scenario(), hide_values=True)
    assert "0.216" not in source
    assert "0.684" in source
    assert theme.POSITIVE not in source
    assert texts(part(ET.fromstring(source), "jacobian")).count("?") == 9  # noqa: S314


def test_larger_derivatives_have_stronger_colours() -> None:
    colours = [board_picture._tinted(value, 1.0) for value in (0.25, 0.05, 0.0, -0.05, -0.25)]
    assert len(set(colours)) == 5
    assert colours[2] == board_picture.TRACK


def test_the_colours_are_those_of_the_light_theme() -> None:
    config = Path(__file__).parents[3] / ".streamlit" / "config.toml"
    light = tomllib.loads(config.read_text(encoding="utf-8"))["theme"]["light"]
    told = board_picture.TEXT, board_picture.GROUND, board_picture.TRACK, board_picture.LINE
    names = "textColor", "backgroundColor", "secondaryBackgroundColor", "borderColor"
    assert told == tuple(light[name] for name in names)
