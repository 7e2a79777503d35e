"""The surface: the derivative (or the probability) over two raw outputs, as contours or in 3D."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.derivatives import derivative_surface, jacobian, probability_surface
from core.scenario import Scenario
from core.softmax import softmax
from ui import theme
from ui.text import for_plotly

__all__ = ["surface_figure"]


def surface_figure(
    scenario: Scenario, other: int, quantity: str, view: str, scale: float, height: int
) -> go.Figure:
    """Draw dp_i/dz_j (or p_i) over z_j and z_other from -scale to scale, with the current point on it.

    Parameters
    ----------
    scenario : Scenario
        The situation.
    other : int
        The class of the second raw output, not `scenario.j`.
    quantity : {"derivative", "probability"}
        What is drawn.
    view : {"contour", "3d"}
        How.
    scale : float
        The end of both axes.
    height : int
        Pixels.
    """
    i, j, temperature = scenario.i, scenario.j, scenario.temperature
    grid = np.linspace(-scale, scale, 41)
    if quantity == "probability":
        values = probability_surface(scenario.z, i, j, other, grid, grid, temperature)
        height_here = float(softmax(scenario.z, temperature)[i])
        low, high = 0.0, 1.0
        colours = theme.fading_scale(theme.class_colours(len(scenario.classes))[i], flat=view == "contour")
        text = theme.decimal(height_here)
    else:
        values = derivative_surface(scenario.z, i, j, j, other, grid, grid, temperature)
        height_here = float(jacobian(scenario.z, temperature)[i, j])
        high = 0.25 / temperature
        low = -high
        colours = theme.signed_scale(flat=view == "contour")
        text = theme.signed(height_here)
    meta = {"i": i, "j": j, "a": j, "b": other, "quantity": quantity}
    names = [for_plotly(scenario.classes[k]) for k in (i, j, other)]
    common: dict[str, Any] = {
        "x": grid.tolist(),
        "y": grid.tolist(),
        "z": values.tolist(),
        "colorscale": colours,
        "showscale": False,
        "meta": {"live": "surface", **meta},
    }
    point = {
        "x": [scenario.z[j]],
        "y": [scenario.z[other]],
        "text": [text],
        "mode": "markers+text",
        "textfont": theme.POINT_LABEL,
        "hoverinfo": "skip",
        "meta": {"live": "surface-point", **meta},
    }
    ends = [-scale, scale]
    if view == "3d":
        figure = go.Figure(go.Surface(cmin=low, cmax=high, hovertemplate="%{x:.2f}, %{y:.2f}: %{z:.3f}<extra></extra>",
                                      **common))  # fmt: skip
        figure.add_scatter3d(marker={"size": 5, "color": theme.INK}, textposition="top center", z=[height_here], **point)
        axis = {"nticks": 5}
        figure.update_layout(
            scene={
                "xaxis": {"title": {"text": names[1]}, "range": ends, **axis},
                "yaxis": {"title": {"text": names[2]}, "range": ends, **axis},
                "zaxis": {"title": {"text": ""}, "range": [low, high], **axis},
                "aspectmode": "manual",
                "aspectratio": {"x": 1.2, "y": 1.2, "z": 0.8},
                "camera": {"eye": {"x": 1.3, "y": -1.5, "z": 0.9}},
            },
            margin={"l": 0, "r": 0, "t": 26, "b": 0},
            meta={"perTemperature": {} if quantity == "probability" else {"scene.zaxis.range": [-0.25, 0.25]}},
        )
    else:
        step = (high - low) / (10 if quantity == "probability" else 20)
        figure = go.Figure(
            go.Contour(
                zmin=low, zmax=high, line={"width": 0.6, "color": theme.NEUTRAL},
                contours={"start": low + step / 2, "end": high, "size": step, "coloring": "heatmap"},
                autocontour=False, hovertemplate="%{x:.2f}, %{y:.2f}: %{z:.3f}<extra></extra>", **common,
            )
        )  # fmt: skip
        figure.add_scatter(
            marker={"size": 11, "color": theme.INK, "line": {"color": "white", "width": 1.5}},
            textposition="top right", cliponaxis=True, **point,
        )  # fmt: skip
        axis = {"range": ends, "fixedrange": True, "zeroline": False, "automargin": False, "nticks": 5}
        figure.update_xaxes(title={"text": f"raw output of {names[1]}", "standoff": 4}, **axis)
        figure.update_yaxes(title={"text": f"raw output of {names[2]}", "standoff": 4}, **axis)
        figure.update_layout(margin={"l": 48, "r": 8, "t": 26, "b": 38, "pad": 0}, dragmode=False)
    title = f"probability of {names[0]}" if quantity == "probability" else f"derivative of the probability of {names[0]}"
    figure.add_annotation(
        text=title, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", showarrow=False,
        font={"size": 13},
    )  # fmt: skip
    figure.update_layout(height=height, showlegend=False)
    return figure
