"""Colours and number formats: one colour per class, one pair for the signs, the same on every page."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import plotly.graph_objects as go
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

__all__ = [
    "CHART_MARGIN",
    "CHART_TITLE",
    "CLASS_COLOURS",
    "CLEAR",
    "INK",
    "NEGATIVE",
    "NEUTRAL",
    "PLAIN_AXIS",
    "POINT_LABEL",
    "POINT_MARK",
    "POSITIVE",
    "TEXT",
    "board_colours",
    "class_colours",
    "decimal",
    "drawn_for",
    "fading_scale",
    "figure",
    "label_side",
    "raw",
    "signed",
    "signed_scale",
]

MINUS = "\N{MINUS SIGN}"

# Chosen by search: each at least 3:1 against both backgrounds (WCAG 1.4.11), each as far as possible from
# the ones before it for readers with any of the three colour-vision deficiencies; tests/ui measures both.
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

# The signs of derivatives: another family than the classes, as far apart as orange and violet.
POSITIVE = "#7c5cd6"
NEGATIVE = "#dd6b20"

NEUTRAL = "rgba(128, 128, 128, 0.45)"
CLEAR = "rgba(0, 0, 0, 0)"
INK = "#808794"

# In a chart Streamlit replaces this by the theme's own colour of text, dark on light or light on dark.
TEXT = GRAY_90

# The number at the current point stands on any colour: a contrasting halo keeps it legible.
POINT_LABEL = {"size": 14, "weight": 700, "shadow": "auto", "color": TEXT}
POINT_MARK = {"size": 11, "color": INK, "line": {"color": "white", "width": 1.5}}

# Within this part of an axis from either end, a number stands on the inner side of its point.
LABEL_TURNS = 0.15

# Axes that cost little to redraw while dragging: fixed ranges, no margins that depend on the labels.
PLAIN_AXIS: dict[str, Any] = {
    "fixedrange": True,
    "zeroline": False,
    "automargin": False,
    "tickfont": {"color": TEXT},
    "title": {"standoff": 4, "font": {"color": TEXT}},
}
CHART_MARGIN = {"l": 48, "r": 8, "t": 26, "b": 38, "pad": 0}
CHART_TITLE: dict[str, Any] = {
    "x": 0,
    "xref": "paper",
    "yref": "paper",
    "xanchor": "left",
    "yanchor": "bottom",
    "showarrow": False,
    "font": {"size": 13, "color": TEXT},
}


def label_side(x: float, axis: tuple[float, float], usual: str) -> str:
    """Return on which side of a point its number stands: the usual one, but not beyond an end of the axis.

    Examples
    --------
    >>> label_side(0, (-5, 5), "right"), label_side(4, (-5, 5), "right"), label_side(-4, (-5, 5), "left")
    ('right', 'left', 'right')
    """
    # static/board/direct.js turns it by the same rule while the point moves.
    share = (x - axis[0]) / (axis[1] - axis[0])
    return "left" if share > 1 - LABEL_TURNS else "right" if share < LABEL_TURNS else usual


def figure(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Return a figure of plain dictionaries.

    Plotly's own way of building one, attribute by attribute with checks, takes 30 ms of every commit; these
    take 3. That the attributes exist is checked once, by the tests.
    """
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def drawn_for(z: Sequence[float], temperature: float, **per_temperature: object) -> dict[str, object]:
    """Return a layout's `meta`: of which situation the chart is, and what in its layout is as at T = 1."""
    return {"z": list(z), "temperature": temperature, "perTemperature": per_temperature}


def class_colours(n: int) -> tuple[str, ...]:
    """Return the colours of the first `n` classes."""
    return CLASS_COLOURS[:n]


def board_colours(n: int) -> dict[str, object]:
    """Return what the board needs to know of colour."""
    return {"classes": list(class_colours(n)), "positive": POSITIVE, "negative": NEGATIVE}


# 0 has no colour. On paper it lets the page through, light or dark; a surface in 3D needs a body.
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
    """Write a number with three decimals; what these would hide is written as 4e−18.

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
    """Write as `decimal` does, always with the sign.

    Examples
    --------
    >>> signed(0.216), signed(0.0)
    ('+0.216', '0.000')
    """
    return f"+{decimal(value)}" if value > 0 else decimal(value)


def raw(value: float) -> str:
    """Write a raw output: two decimals, or three when it was set that precisely.

    Examples
    --------
    >>> raw(1.43), raw(-0.4), raw(1.234567)
    ('1.43', '−0.40', '1.235')
    """
    places = "0.01" if abs(value * 100 - round(value * 100)) < 1e-9 else "0.001"
    rounded = Decimal(value).quantize(Decimal(places), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}".replace("-", MINUS)
