"""Enlarges a finished figure like a picture: type, lines, marks and margins, for the back row of a class."""

from typing import Any

import plotly.graph_objects as go

from ui import theme

__all__ = ["enlarged"]

# In layout and traces: numbers under these names are pixels.
_PIXELS = ("size", "width", "height", "l", "r", "t", "b", "standoff")


def enlarged(figure: go.Figure, size: float) -> go.Figure:
    """Return a figure as a picture `size` times as large, with the same proportions.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        A figure of `theme.figure`, drawn for 1 / `size` of the height that it will have. All of its type
        has a size of its own.
    size : float
        How many times larger; 1 returns the figure itself.
    """
    if size == 1:
        return figure
    written = figure.to_dict()
    layout = _scaled(written["layout"], size)
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
