"""Colours and number formats: one colour per class, one pair for the signs, the same on every page."""

import base64
import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from unicodedata import east_asian_width

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from core.handout.numbers import MINUS, raw
from ui.messages import ColoursMessage

__all__ = [
    "CHART_MARGIN",
    "CHART_TITLE",
    "CLASS_COLOURS",
    "CLEAR",
    "INK",
    "LABEL_HEIGHT",
    "MINUS",
    "NEGATIVE",
    "NEUTRAL",
    "PLAIN_AXIS",
    "POINT_LABEL",
    "POINT_MARK",
    "POSITIVE",
    "TEXT",
    "axis_title",
    "board_colours",
    "class_colours",
    "decimal",
    "derivative_ticks",
    "even_grid",
    "fading_scale",
    "figure",
    "label_place",
    "packed",
    "plot_height",
    "raw",
    "rounded",
    "shortened",
    "signed",
    "signed_scale",
    "situation_meta",
    "text_width",
]


# These colours were found by search. Each has a contrast of at least 3:1 against both backgrounds (WCAG
# 1.4.11). Each is as far as possible from the ones before it for readers with any of the three colour-vision
# deficiencies. tests/ui measures both.
CLASS_COLOURS = (
    "#2364cf",  # blue
    "#a8406f",  # wine
    "#949620",  # olive
    "#3496ef",  # sky
    "#d863a0",  # pink
    "#7c630d",  # bronze
    "#6d8967",  # sage
    "#a1589b",  # orchid
    "#3a84ca",  # steel
    "#ee5377",  # coral
)

# The signs of derivatives: orange and violet, a family of colours apart from those of the classes.
POSITIVE = "#7c5cd6"
NEGATIVE = "#dd6b20"

NEUTRAL = "rgba(128, 128, 128, 0.45)"
CLEAR = "rgba(0, 0, 0, 0)"
INK = "#808794"

# In a chart Streamlit replaces this name by the theme's text colour, dark on light or light on dark. The name
# is not public; seen in Streamlit 1.67.
TEXT = GRAY_90

# The number at the current point may stand on any colour. A contrasting halo keeps it legible.
POINT_LABEL = {"size": 14, "weight": 700, "shadow": "auto", "color": TEXT}
POINT_MARK = {"size": 11, "color": INK, "line": {"color": "white", "width": 1.5}}

# A number beside a point needs these shares of its axis. On the right that is 74 px, in Firefox too, less the
# margin of the chart; on the left the margin has room for most of it. Above or below its point, the number
# needs these pixels.
LABEL_NEEDS = {"left": 0.1, "right": 0.25}
LABEL_HEIGHT = 25

# These axes are cheap to redraw during a drag: ranges are fixed, and margins do not depend on the labels.
# Their type has sizes of its own. Streamlit's would depend on the size of the root at the moment of drawing,
# which changes when presenter mode ends.
PLAIN_AXIS: dict[str, Any] = {
    "fixedrange": True,
    "zeroline": False,
    "automargin": False,
    "tickfont": {"color": TEXT, "size": 12},
    "title": {"standoff": 4, "font": {"color": TEXT, "size": 13}},
}
CHART_MARGIN = {"l": 48, "r": 16, "t": 26, "b": 38, "pad": 0}
CHART_TITLE: dict[str, Any] = {
    "x": 0,
    "xref": "paper",
    "yref": "paper",
    "xanchor": "left",
    "yanchor": "bottom",
    "showarrow": False,
    "font": {"size": 13, "color": TEXT},
}


def plot_height(height: int) -> int:
    """Return how many pixels of a chart's height its axes have."""
    return height - CHART_MARGIN["t"] - CHART_MARGIN["b"]


def label_place(
    at: tuple[float, float], x_axis: Sequence[float], y_axis: Sequence[float], height: float, usual: str
) -> str:
    """Return the `textposition` (Plotly) at which a point's number has room inside the axes.

    Parameters
    ----------
    at : (float, float)
        The point.
    x_axis, y_axis : sequence of two float
        The ends of the axes.
    height : float
        Pixels of the vertical axis.
    usual : str
        "top left", "top right", "bottom left" or "bottom right": the place if every place has room. A curve
        that leaves this corner free also leaves the opposite one free.

    Examples
    --------
    >>> label_place((0, 0), (-5, 5), (-5, 5), 200, "top right")
    'top right'
    >>> label_place((4, 4.9), (-5, 5), (-5, 5), 200, "top right")
    'bottom left'
    """
    # While the point moves, static/live/charts/direct.js applies the same rule.
    level, side = usual.split()
    above = height * (y_axis[1] - at[1]) / (y_axis[1] - y_axis[0])
    if (above if level == "top" else height - above) < LABEL_HEIGHT:
        level, side = {"top": "bottom", "bottom": "top"}[level], {"left": "right", "right": "left"}[side]
    share = (at[0] - x_axis[0]) / (x_axis[1] - x_axis[0])
    if share > 1 - LABEL_NEEDS["right"]:
        side = "left"
    elif share < LABEL_NEEDS["left"]:
        side = "right"
    return f"{level} {side}"


def derivative_ticks(*, positive: bool) -> dict[str, Any]:
    """Return the ticks of an axis of derivatives at T = 1: 0 and 1/4, the largest possible size."""
    return {"tickmode": "array", "tickvals": [0, 0.25] if positive else [-0.25, 0], "tickformat": ".3~g"}


def axis_title(name: str, room: float = 200) -> str:
    """Return a name for the axis of a raw output that fits into `room` pixels.

    Examples
    --------
    >>> axis_title("setosa"), axis_title("a name of 24 characters.")
    ('raw output of setosa', 'a name of 24 characters.')
    """
    text = f"raw output of {name}"
    return text if text_width(text) <= room else shortened(name, room)


def shortened(text: str, room: float) -> str:
    """Shorten a text to `room` pixels, with an ellipsis for what is cut off."""
    if text_width(text) <= room:
        return text
    while text and text_width(text) > room - _LETTER:
        text = text[:-1]
    return f"{text.rstrip()}\N{HORIZONTAL ELLIPSIS}"


# The average width of a letter in a chart, in pixels; East Asian letters are twice as wide.
_LETTER = 6.2


def text_width(text: str) -> float:
    """Return about how many pixels a text takes in a chart."""
    return _LETTER * sum(1.9 if east_asian_width(letter) in "WF" else 1.0 for letter in text)


class _Figure(go.Figure):  # type: ignore[misc]
    """A figure that is sent exactly as it was written.

    Plotly copies a figure attribute by attribute when it is built, and once more when it is sent. That made
    up half the cost of a commit. The tests check that every attribute exists and has a possible value.
    """

    def __init__(self, written: dict[str, Any]) -> None:
        self._written = written

    def to_dict(self) -> dict[str, Any]:
        """Return the dictionary that is sent."""
        return self._written


def figure(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Return a figure of plain dictionaries. Only Streamlit can use it; other code reads its `to_dict()`."""
    return _Figure({"data": traces, "layout": layout})


def packed(values: ArrayLike) -> dict[str, str]:
    """Return a row or a grid of numbers as float32 in base 64, which plotly.js reads.

    This is half as long as text, and quicker to write. Single precision is enough for a line or a shade.
    Numbers that are written out are sent in full.

    Examples
    --------
    >>> packed([0.5, 1.0])
    {'dtype': 'f4', 'bdata': 'AAAAPwAAgD8='}
    """
    array = np.asarray(values, "<f4")
    if array.ndim not in (1, 2):
        raise ValueError(f"values has {array.ndim} dimensions; one or two are accepted.")
    written = {"dtype": "f4", "bdata": base64.b64encode(array.tobytes()).decode("ascii")}
    return written if array.ndim == 1 else written | {"shape": ", ".join(map(str, array.shape))}


def rounded(values: ArrayLike, largest: float) -> list[list[float]]:
    """Return a grid with few digits: its numbers are accurate to 5 millionths of the largest possible one.

    Plotly draws no surface in 3D from a packed grid.
    """
    digits = 5 + math.ceil(-math.log10(largest))
    found: list[list[float]] = np.round(np.asarray(values, float), digits).tolist()
    return found


@lru_cache(maxsize=64)
def even_grid(end: float, points: int) -> NDArray[np.float64]:
    """Return evenly spaced points from -end to end, each of which single precision holds exactly."""
    grid = np.linspace(-end, end, points).astype(np.float32).astype(np.float64)
    # All callers share the array.
    grid.flags.writeable = False
    return grid


def situation_meta(z: Sequence[float], temperature: float, **per_temperature: object) -> dict[str, object]:
    """Return a layout's `meta`: the situation of the chart, and layout values that are given for T = 1."""
    return {"of": {"z": list(z), "temperature": temperature}, "perTemperature": per_temperature}


def class_colours(n: int) -> tuple[str, ...]:
    """Return the colours of the first `n` classes."""
    return CLASS_COLOURS[:n]


def board_colours(n: int) -> ColoursMessage:
    """Return the colours that the board needs."""
    return {"classes": list(class_colours(n)), "positive": POSITIVE, "negative": NEGATIVE}


# 0 has no colour. In a flat chart it is transparent, so the light or dark page shows; a surface in 3D must be
# opaque.
_BODY = "#9aa1ae"


def _faded(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def signed_scale(*, flat: bool) -> list[tuple[float, str]]:
    """Return Plotly's colour scale for signed values, symmetric about 0."""
    if not flat:
        return [(0.0, NEGATIVE), (0.5, _BODY), (1.0, POSITIVE)]
    return [
        (0.0, _faded(NEGATIVE, 0.85)),
        (0.5, _faded(NEGATIVE, 0)),
        (0.5, _faded(POSITIVE, 0)),
        (1.0, _faded(POSITIVE, 0.85)),
    ]


def fading_scale(colour: str, *, flat: bool) -> list[tuple[float, str]]:
    """Return Plotly's colour scale from nothing to one colour."""
    return [(0.0, _faded(colour, 0) if flat else _BODY), (1.0, colour if not flat else _faded(colour, 0.85))]


def decimal(value: float) -> str:
    """Write a number with three decimals; one too small for them is written like 4e−18.

    Examples
    --------
    >>> decimal(0.6841780769), decimal(-0.0750895), decimal(4.2e-18)
    ('0.684', '−0.075', '4e−18')
    """
    exact = Decimal(value)
    if value != 0 and abs(value) < 0.0005:
        digits, exponent = f"{_one_digit(exact):.0e}".split("e")
        return f"{digits}e{int(exponent)}".replace("-", MINUS)
    rounded = exact.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 and value == 0 else rounded:f}".replace("-", MINUS)


def _one_digit(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(value.adjusted()), rounding=ROUND_HALF_UP)


def signed(value: float) -> str:
    """Write a number as `decimal` does, but always with its sign.

    Examples
    --------
    >>> signed(0.216), signed(0.0)
    ('+0.216', '0.000')
    """
    return f"+{decimal(value)}" if value > 0 else decimal(value)
