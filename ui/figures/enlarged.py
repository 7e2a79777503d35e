"""Enlarges a finished figure like a picture: type, lines, marks and margins, for the back row of a class."""

from typing import Any

import plotly.graph_objects as go

from ui import theme

__all__ = ["enlarged"]

# What Streamlit's theme gives to ticks and axis titles of a chart that sets no size (seen in 1.67).
_TICKS, _AXIS_TITLE = 12, 14
# In layout and traces: numbers under these names are pixels.
_PIXELS = ("size", "width", "height", "l", "r", "t", "b", "standoff")


def enlarged(figure: go.Figure, size: float) -> go.Figure:
    """Return a figure as a picture `size` times as large, with the same proportions.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        A figure of `theme.figure`, drawn for 1 / `size` of the height that it will have.
    size : float
        How many times larger; 1 returns the figure itself.
    """
    if size == 1:
        return figure
    written = figure.to_dict()
    layout = _scaled(written["layout"], size)
    _set_type(layout, size)
    traces = [{name: value if name in ("x", "y", "z", "meta") else _scaled({name: value}, size)[name]
               for name, value in trace.items()} for trace in written["data"]]  # fmt: skip
    return theme.figure(traces, layout)


def _scaled(value: Any, size: float, name: str = "") -> Any:
    if isinstance(value, dict):
        # `meta` is for the browser, and contours have a "size" in the unit of their heights.
        return {
            key: part if key in ("meta", "contours") else _scaled(part, size, key)
            for key, part in value.items()
        }
    if isinstance(value, list) and name != "size":
        return [_scaled(part, size) for part in value]
    if isinstance(value, list):
        return [part * size for part in value]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return round(value * size, 2) if number and name in _PIXELS else value


def _set_type(layout: dict[str, Any], size: float) -> None:
    """Give a size to all type that has none of its own."""
    for name, axis in [*layout.items(), *layout.get("scene", {}).items()]:
        if not name.startswith(("xaxis", "yaxis", "zaxis")):
            continue
        axis["tickfont"] = {"size": _TICKS * size} | axis.get("tickfont", {})
        if "title" in axis:
            axis["title"] = axis["title"] | {
                "font": {"size": _AXIS_TITLE * size} | axis["title"].get("font", {})
            }
