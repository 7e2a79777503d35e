"""Draws the board as a standalone SVG file: bars, numbers, Jacobian and the formula of the chosen cell."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from core.derivation.expression import symbol
from core.derivation.shown import Shown, Written
from core.derivatives import jacobian
from core.situation.scenario import Scenario
from core.softmax import softmax
from core.text import number_text
from ui import theme
from ui.board import scale_for

__all__ = ["board_svg"]

# The light theme's colours (.streamlit/config.toml; tests/ui compares them). A picture is printed or put on a
# white slide, whatever the theme of the page.
TEXT, GROUND, TRACK, LINE = "#141922", "#ffffff", "#f5f6f7", "#dfe2e6"
_FAINT = "#5f6670"
_FONT = "'Source Sans 3', 'Source Sans Pro', 'Source Sans', system-ui, sans-serif"

# XML has no way to write these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Pixels: where each column begins, and how large its parts are.
_EDGE, _TOP, _ROW, _GAP = 24, 84, 40, 4
_NAME, _TRACK, _Z, _BAR, _P, _ROW_NAME, _GRID = 24, 196, 452, 470, 650, 774, 782
_TRACK_WIDTH, _BAR_WIDTH, _CELL, _SUM = 200, 120, 62, 60
_NAME_ROOM, _ROW_NAME_ROOM = 152, 104
# Even two classes leave room for the lines below, in which names have these pixels (of 13-pixel text).
_LEAST_WIDTH, _IN_WORDS, _AS_INDEX = 1064, 110, 90
# How strongly the largest possible derivative colours its cell, and how steeply this rises from 0, as in
# static/live/views/heatmap.js and tint.js.
_STRONGEST, _STEEPNESS = 0.62, 0.7


def board_svg(scenario: Scenario, *, hide_values: bool = False) -> str:
    """Return the board as a standalone SVG file with light colours on white.

    Parameters
    ----------
    scenario : Scenario
        The situation.
    hide_values : bool
        Whether the derivatives are hidden because the reader must predict them first.
    """
    n = len(scenario.classes)
    width = max(_GRID + n * (_CELL + _GAP) + _SUM + _EDGE, _LEAST_WIDTH)
    bottom = _TOP + n * (_ROW + _GAP)
    height = bottom + (70 if hide_values else 118)
    names = [_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", name) for name in scenario.classes]
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": _FONT})
    ET.SubElement(root, "title").text = "Softmax: raw outputs, predicted probabilities and their derivatives"
    _box(root, 0, 0, width, height, GROUND)
    temperature = number_text(scenario.temperature)
    _say(root, _NAME, 30, f"Softmax at temperature T = {temperature}", size=16, weight=600)
    _bars(root, scenario, names, bottom)
    _grid(root, scenario, names, bottom, hide_values)
    if not hide_values:
        _formula(root, scenario, names, bottom + 64)
    return ET.tostring(root, encoding="unicode")


def _box(
    to: ET.Element, x: float, y: float, width: float, height: float, fill: str, **more: str
) -> ET.Element:
    place = {name: f"{value:.6g}" for name, value in zip(("x", "y"), (x, y), strict=True)}
    place |= {"width": f"{width:.6g}", "height": f"{height:.6g}", "fill": fill}
    return ET.SubElement(to, "rect", place | {name.replace("_", "-"): text for name, text in more.items()})


def _say(
    to: ET.Element, x: float, y: float, text: str, *,
    anchor: str = "start", size: int = 14, weight: int = 400, fill: str = TEXT,
) -> ET.Element:  # fmt: skip
    """Write a text."""
    look = {"text-anchor": anchor, "font-size": str(size), "font-weight": str(weight), "fill": fill}
    said = ET.SubElement(to, "text", {"x": f"{x:.6g}", "y": f"{y:.6g}", **look})
    said.text = text
    return said


def _name(
    to: ET.Element, left: float, y: float, name: str, room: float, *,
    anchor: str = "start", size: int = 13, weight: int = 400,
) -> None:  # fmt: skip
    """Write a class name into a room of its own, which also cuts off unusually wide letters."""
    place = {"x": f"{left:.6g}", "y": f"{y - 20:.6g}", "width": f"{room:.6g}", "height": "28"}
    box = ET.SubElement(to, "svg", {**place, "overflow": "hidden"})
    x = {"start": 0.0, "middle": room / 2, "end": room}[anchor]
    # Bold letters are a tenth wider.
    short = theme.shortened(name, room * 13 / size / (1 + (weight > 400) / 10))
    said = _say(box, x, 20, short, anchor=anchor, size=size, weight=weight)
    if short != name:
        ET.SubElement(said, "title").text = name


def _bars(root: ET.Element, scenario: Scenario, names: list[str], bottom: int) -> None:
    """Draw a row for each class: its name, raw output and probability."""
    group = ET.SubElement(root, "g", {"data-part": "classes"})
    scale, p = scale_for(scenario.z), softmax(scenario.z, scenario.temperature).tolist()
    zero, per_unit = _TRACK + _TRACK_WIDTH / 2, _TRACK_WIDTH / 2 / scale
    for x, title in ((_NAME, "Class"), (_TRACK, "Raw output value"), (_BAR, "Predicted probability")):
        _say(group, x, _TOP - 12, title, size=13, fill=_FAINT)
    for k, (name, colour) in enumerate(zip(names, theme.class_colours(len(names)), strict=True)):
        top = _TOP + k * (_ROW + _GAP)
        middle, z = top + _ROW / 2 + 5, scenario.z[k]
        dot = {"cx": str(_NAME + 5), "cy": f"{middle - 5:g}", "r": "5", "fill": colour}
        ET.SubElement(group, "circle", dot)
        _name(group, _NAME + 16, middle, name, _NAME_ROOM, size=14, weight=600)
        _box(group, _TRACK, top, _TRACK_WIDTH, _ROW, TRACK, rx="4")
        _box(group, zero + min(z, 0) * per_unit, top + 7, abs(z) * per_unit, _ROW - 14, colour)
        _box(group, zero - 0.5, top, 1, _ROW, _FAINT)
        _say(group, _Z, middle, theme.raw(z), anchor="end")
        _box(group, _BAR, top + 10, _BAR_WIDTH, _ROW - 20, LINE, rx="2")
        _box(group, _BAR, top + 10, p[k] * _BAR_WIDTH, _ROW - 20, colour, rx="2")
        _say(group, _P, middle, theme.decimal(p[k]), anchor="end", weight=600)
    for end, value in ((_TRACK, -scale), (zero, 0), (_TRACK + _TRACK_WIDTH, scale)):
        anchor = "middle" if not value else "start" if value < 0 else "end"
        _say(
            group,
            end,
            bottom + 14,
            f"{value:g}".replace("-", theme.MINUS),
            size=12,
            anchor=anchor,
            fill=_FAINT,
        )


def _grid(root: ET.Element, scenario: Scenario, names: list[str], bottom: int, hidden: bool) -> None:
    """Draw the Jacobian with the sums of its rows and columns."""
    group = ET.SubElement(root, "g", {"data-part": "jacobian"})
    entries, t = jacobian(scenario.z, scenario.temperature), scenario.temperature
    colours, right = theme.class_colours(len(names)), _GRID + len(names) * (_CELL + _GAP)
    _say(group, _ROW_NAME, _TOP - 30, "probability of ↓", size=12, anchor="end", fill=_FAINT)
    _say(group, _ROW_NAME, _TOP - 12, "raw output of →", size=12, anchor="end", fill=_FAINT)
    for k, name in enumerate(names):
        x, y = _GRID + k * (_CELL + _GAP), _TOP + k * (_ROW + _GAP)
        _name(group, x - 1, _TOP - 12, name, _CELL + 2, anchor="middle")
        _box(group, x, _TOP - 6, _CELL, 3, colours[k])
        _name(group, _ROW_NAME - 8 - _ROW_NAME_ROOM, y + 25, name, _ROW_NAME_ROOM, anchor="end")
        _box(group, _ROW_NAME - 3, y + 8, 3, _ROW - 16, colours[k])
    for i, row in enumerate(entries.tolist()):
        for j, value in enumerate(row):
            x, y = _GRID + j * (_CELL + _GAP), _TOP + i * (_ROW + _GAP)
            chosen = (i, j) == (scenario.i, scenario.j)
            frame = {"stroke": TEXT, "stroke_width": "2.5"} if chosen else {}
            fill = TRACK if hidden else _tinted(value, t)
            _box(group, x, y, _CELL, _ROW, fill, rx="4", **frame)
            shown = "?" if hidden else theme.signed(value)
            _say(group, x + _CELL / 2, y + 25, shown, anchor="middle", weight=700 if chosen else 400)
    if hidden:
        return
    _say(group, right + _SUM / 2, _TOP - 12, "sum", size=12, anchor="middle", fill=_FAINT)
    _say(group, _ROW_NAME - 8, bottom + 16, "sum", size=12, anchor="end", fill=_FAINT)
    for k, (of_row, of_column) in enumerate(zip(entries.sum(axis=1), entries.sum(axis=0), strict=True)):
        x, y = _GRID + k * (_CELL + _GAP), _TOP + k * (_ROW + _GAP)
        _say(group, right + _SUM / 2, y + 25, _sum(of_row), size=12, anchor="middle", fill=_FAINT)
        _say(group, x + _CELL / 2, bottom + 16, _sum(of_column), size=12, anchor="middle", fill=_FAINT)


def _sum(value: float) -> str:
    """Write a sum that is 0 up to rounding."""
    return f"{round(float(value), 3) + 0.0:.3f}".replace("-", theme.MINUS)


def _tinted(value: float, temperature: float) -> str:
    """Return a cell's colour: the larger the derivative, the stronger the colour of its sign."""
    share = min(1.0, abs(value) * 4 * temperature) ** _STEEPNESS * _STRONGEST
    sign = theme.NEGATIVE if value < 0 else theme.POSITIVE
    mixed = (
        round(share * int(sign[at : at + 2], 16) + (1 - share) * int(TRACK[at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _formula(root: ET.Element, scenario: Scenario, names: list[str], y: int) -> None:
    """Write what the chosen derivative says, in words and as a formula with the numbers in place."""
    group = ET.SubElement(root, "g", {"data-part": "formula"})
    i, j, shown = scenario.i, scenario.j, Shown(scenario)
    value = float(jacobian(scenario.z, scenario.temperature)[i, j])
    _box(group, _EDGE, y - 30, float(root.attrib["width"]) - 2 * _EDGE, 1, LINE)
    words, bold, _ = _pen(_say(group, _NAME, y, "", size=16))
    words("Raise ")
    bold(theme.shortened(names[j], _IN_WORDS))
    words(" a little: the probability of ")
    bold(theme.shortened(names[i], _IN_WORDS))
    words(" falls by " if value < 0 else " rises by ")
    bold(theme.decimal(abs(value)))
    words(" times that amount.")

    write, bold, below = _pen(_say(group, _NAME, y + 32, "", size=18))

    def letter(symbol: str, k: int) -> None:
        write(symbol)
        below(theme.shortened(names[k], _AS_INDEX))

    # These digits give the digits of the result, as on the page.
    p_i, rest = _number(shown.letter("number", symbol("p", i))), shown.rest("number")
    letter("∂p", i)
    letter(" / ∂z", j)
    write(" = " if i == j else f" = {theme.MINUS}")
    letter("p", i)
    if i == j:
        letter(f" (1 {theme.MINUS} p", i)
        write(")")
        second = _number(rest) if rest else f"(1 {theme.MINUS} {p_i})"
    else:
        letter(" · p", j)
        second = _number(shown.letter("number", symbol("p", j)))
    over_t, over_number = (
        (" / T", f" / {shown.temperature('number')}") if scenario.temperature != 1 else ("", "")
    )
    minus = "" if i == j else theme.MINUS
    write(f"{over_t} = {minus}{p_i} × {second}{over_number} = ")
    bold(theme.signed(value))


def _number(written: Written | None) -> str:
    digits, power = written or ("", 0)
    return f"{digits}e{power}".replace("-", theme.MINUS) if power else digits


_Write = Callable[[str], None]


def _pen(text: ET.Element) -> tuple[_Write, _Write, _Write]:
    """Return functions that continue a text: as it is, in bold, and as an index."""
    raised = [False]

    def part(said: str, **look: str) -> None:
        # A text may run from right to left; it must not take its neighbours along.
        given: dict[str, Any] = {"style": "unicode-bidi: isolate", **look}
        if raised[0] != ("font-size" in look):
            raised[0] = not raised[0]
            given["dy"] = "5" if raised[0] else "-5"
        ET.SubElement(text, "tspan", given).text = said

    text.set("xml:space", "preserve")
    return (
        part,
        lambda said: part(said, **{"font-weight": "700"}),
        lambda said: part(said, **{"font-size": "12"}),
    )
