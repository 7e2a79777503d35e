"""The surface: the derivative of p or log p, or p itself, over two raw outputs, as contours or in 3D."""

import math
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go

from core.derivatives import derivative_surface, jacobian, probability_surface
from core.log_derivatives import log_derivative, log_derivative_surface
from core.situation.scenario import Scenario
from core.softmax import softmax, without_bystanders
from ui import theme
from ui.figures.camera import camera
from ui.text import for_plotly, for_scene

__all__ = ["Quantity", "View", "surface_figure"]

Quantity = Literal["derivative", "probability", "log-derivative"]
View = Literal["contour", "3d"]

# No value is larger than this; the derivatives, over T.
_LARGEST: dict[Quantity, float] = {"derivative": 0.25, "probability": 1.0, "log-derivative": 1.0}
_TITLES: dict[Quantity, str] = {
    "derivative": "derivative of the probability of",
    "probability": "probability of",
    "log-derivative": "derivative of log p for",
}
# The fewest and the most points on each axis, for contours and in 3D.
_POINTS = {"contour": (41, 101), "3d": (51, 81)}
_BANDS = 20
# In 3D, as shares of the axis: how far the pin at the current point rises above the surface, and the room
# below the lowest number, which would otherwise overlap the number at a corner.
_PIN = 0.14
_ROOM = 0.3
_HOVER = "%{x:.2f}, %{y:.2f}: %{z:.3f}<extra></extra>"


def surface_figure(
    scenario: Scenario,
    other: int,
    quantity: Quantity,
    view: View,
    scale: float,
    height: int,
    seen_from: str = "",
) -> go.Figure:
    """Draw a quantity over z_j and z_other from -scale to scale, with the current point on it.

    Parameters
    ----------
    scenario : Scenario
        The situation.
    other : int
        The class of the second raw output, not `scenario.j`.
    quantity : {"derivative", "probability", "log-derivative"}
        What is drawn: dp_i/dz_j, p_i or d log p_i/dz_j.
    view : {"contour", "3d"}
        How.
    scale : float
        The end of both axes.
    height : int
        Pixels.
    seen_from : str
        In 3D, two angles as in the link (`ui/figures/camera.py`); empty for the initial viewpoint.
    """
    i, j, temperature = scenario.i, scenario.j, scenario.temperature
    grid = theme.even_grid(scale, _points(scale / temperature, view))
    # Plotly draws no 3D surface from packed numbers.
    along = theme.packed(grid) if view == "contour" else grid.tolist()
    # Only the sum over the other classes matters here, and computing with ten classes would take long.
    kept = list(dict.fromkeys((i, j, other)))
    few = without_bystanders(scenario.z, kept, temperature)
    moved = kept.index(j), kept.index(other)
    largest = _LARGEST[quantity]
    if quantity == "probability":
        values = probability_surface(few, 0, *moved, grid, grid, temperature)
        here = float(softmax(scenario.z, temperature)[i])
        ends, text = (0.0, 1.0), theme.decimal(here)
        colours = theme.fading_scale(theme.class_colours(len(scenario.classes))[i], flat=view == "contour")
    else:
        surface_of = derivative_surface if quantity == "derivative" else log_derivative_surface
        values = surface_of(few, 0, moved[0], *moved, grid, grid, temperature)
        if quantity == "derivative":
            here = float(jacobian(scenario.z, temperature)[i, j])
        else:
            here = float(log_derivative(scenario.z, i, j, temperature))
        ends, text = (-largest / temperature, largest / temperature), theme.signed(here)
        colours = theme.signed_scale(flat=view == "contour")
    cell = {"i": i, "j": j, "a": j, "b": other, "quantity": quantity}
    surface = {
        "x": along,
        "y": along,
        "z": theme.packed(values) if view == "contour" else theme.rounded(values, ends[1]),
        "colorscale": colours,
        "showscale": False,
        "hovertemplate": _HOVER,
    }
    # Own derivatives are never negative and cross derivatives never positive, so half an axis is enough.
    floor, top = (0.0, largest) if i == j or quantity == "probability" else (-largest, 0.0)
    pin = _PIN * (top - floor)
    floor_and_top = (floor - _ROOM * (top - floor), top + pin)
    point: dict[str, Any] = {
        "x": [scenario.z[j]],
        "y": [scenario.z[other]],
        "text": [text],
        "mode": "markers+text",
        "textfont": theme.POINT_LABEL,
        "hoverinfo": "skip",
        "meta": {"live": "surface-point", **cell, "head": top + pin},
    }
    names = [scenario.classes[k] for k in (j, other)]
    meta = {"live": "surface", **cell}
    # In 3D the axis of derivatives follows the temperature; contours have no such axis.
    heights = theme.derivative_ticks(positive=i == j)
    if quantity != "derivative":
        heights["tickvals"] = [0, 0.5, 1] if quantity == "probability" else [floor, top]
    rescaled: dict[str, object] = {}
    if view == "3d" and quantity != "probability":
        rescaled = {"scene.zaxis.range": list(floor_and_top), "scene.zaxis.tickvals": heights["tickvals"]}
    title = f"{_TITLES[quantity]} {scenario.classes[i]}"
    # With a short class name, the full title fits even on the smallest phone.
    title = title if theme.text_width(title) <= 270 else theme.shortened(title, 240)
    layout: dict[str, Any] = {
        "height": height,
        "showlegend": False,
        "meta": theme.situation_meta(scenario.z, temperature, **rescaled),
        "annotations": [theme.CHART_TITLE | {"text": for_plotly(title), "y": 1}],
    }
    if view == "3d":
        drawn = _in_space(
            surface, meta, point, here, floor_and_top, heights, largest, ends, scale, names, height
        )
        drawn[1]["scene"]["camera"], layout["meta"]["view"] = camera(seen_from)
    else:
        titles = [theme.axis_title(name, room) for name, room in zip(names, (200, height - 64), strict=True)]
        drawn = _on_paper(surface, meta, point, largest, ends, scale, titles, height)
    return theme.figure(drawn[0], layout | drawn[1])


def _points(steepness: float, view: View) -> int:
    """Return how many points a grid needs on each axis, so that a steep ridge does not look like beads."""
    # At half its height the ridge is 3.5 T wide. A surface in 3D needs more points to look smooth than
    # contours, whose colours are interpolated.
    per_width = 1 if view == "contour" else 2
    return int(np.clip(2 * np.ceil(per_width * steepness) + 1, *_POINTS[view]))


Drawn = tuple[list[dict[str, Any]], dict[str, Any]]


def _on_paper(
    surface: dict[str, Any],
    meta: dict[str, Any],
    point: dict[str, Any],
    largest: float,
    ends: tuple[float, float],
    scale: float,
    names: list[str],
    height: int,
) -> Drawn:
    """Draw contours."""
    low, high = ends
    step = (high - low) / _BANDS
    unit = high / largest
    # What is painted during a drag, given for T = 1. The first line is half a step from the end, so that 0
    # lies between two lines.
    first = low + step / 2
    meta["look"] = {
        "low": low / unit,
        "high": high / unit,
        "start": first / unit,
        "size": step / unit,
        "lines": _BANDS,
    }
    # A single trace draws both shades and lines, so that the grid is sent only once.
    contours = {
        **surface,
        "type": "contour",
        "zmin": low,
        "zmax": high,
        "autocontour": False,
        "contours": {"start": first, "end": high, "size": step, "coloring": "heatmap"},
        "line": {"width": 0.6, "color": theme.NEUTRAL, "smoothing": 1.3},
        "meta": meta,
    }
    here, ends_of_both = (point["x"][0], point["y"][0]), (-scale, scale)
    pixels = theme.plot_height(height)
    mark = {
        "type": "scatter",
        "marker": theme.POINT_MARK,
        "textposition": theme.label_place(here, ends_of_both, ends_of_both, pixels, "top right"),
        "cliponaxis": False,
        **point,
    }
    mark["meta"] = point["meta"] | {"place": "top right"}
    axis = {**theme.PLAIN_AXIS, "range": [-scale, scale], "nticks": 5, "showgrid": False}
    x_title, y_title = (axis["title"] | {"text": for_plotly(name)} for name in names)
    layout = {
        "xaxis": {**axis, "title": x_title},
        "yaxis": {**axis, "title": y_title},
        "margin": theme.CHART_MARGIN,
        "dragmode": False,
        # Transparent, because during a drag the contours are painted behind the chart
        # (static/live/charts/paint.js).
        "paper_bgcolor": theme.CLEAR,
        "plot_bgcolor": theme.CLEAR,
    }
    return [contours, mark], layout


def _in_space(
    surface: dict[str, Any],
    meta: dict[str, Any],
    point: dict[str, Any],
    here: float,
    floor_and_top: tuple[float, float],
    heights: dict[str, Any],
    largest: float,
    ends: tuple[float, float],
    scale: float,
    names: list[str],
    height: int,
) -> Drawn:
    """Draw a surface in 3D."""
    low, high = ends
    if low < 0:
        meta["perTemperature"] = {"cmin": -largest, "cmax": largest}
    body = {"type": "surface", "cmin": low, "cmax": high, "meta": meta, **surface}
    # A pin marks the point. Its foot is on the surface; its head and number are above the whole surface,
    # where nothing can hide them.
    unit = high / largest
    head = point["meta"]["head"] * unit
    pin: dict[str, Any] = {name: [*point[name], *point[name]] for name in ("x", "y")}
    pin |= {"z": [here, head], "mode": "lines+markers+text"}
    # The number stands far above the surface, so it says that it is the height.
    pin["text"] = ["", *(f"height {text}" for text in point["text"])]
    # Text in a 3D scene has no halo.
    pin["textfont"] = {name: point["textfont"][name] for name in ("size", "weight", "color")}
    mark = {
        "type": "scatter3d",
        "marker": {"size": [3, 6], "color": theme.TEXT},
        "line": {"width": 4, "color": theme.TEXT},
        "textposition": "top center",
        **point,
        **pin,
    }
    text = {"color": theme.TEXT, "size": 12}
    # A low chart shows only the names, because longer titles would meet at the corner or be cut off.
    words = [theme.axis_title(name, math.inf) for name in names]
    if max(map(theme.text_width, words)) > min(150, 0.6 * height - 40):
        words = [theme.shortened(name, 110) for name in names]
    titles = [for_scene(text) for text in words]
    axis = {"range": [-scale, scale], "nticks": 5, "tickfont": text}
    layout = {
        "scene": {
            "xaxis": {"title": {"text": titles[0], "font": text}, **axis},
            "yaxis": {"title": {"text": titles[1], "font": text}, **axis},
            "zaxis": {
                "title": {"text": ""},
                "range": [end * unit for end in floor_and_top],
                **heights,
                "tickvals": [value * unit for value in heights["tickvals"]],
                "tickfont": text,
            },
            "aspectmode": "manual",
            "aspectratio": {"x": 1.2, "y": 1.2, "z": 0.8},
        },
        "margin": {"l": 0, "r": 0, "t": 26, "b": 0},
    }
    return [body, mark], layout
