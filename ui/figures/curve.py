"""The curve: p_i and dp_i/dz_j as one raw output varies, and the tangent whose slope is the derivative."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from core.derivatives import derivative_curve
from core.scenario import Scenario
from ui import theme
from ui.text import for_plotly

__all__ = ["curve_figure"]


def curve_figure(scenario: Scenario, scale: float, height: int) -> go.Figure:
    """Draw p_i above and dp_i/dz_j below over z_j from -scale to scale, the other raw outputs fixed."""
    i, j, temperature = scenario.i, scenario.j, scenario.temperature
    name_i, name_j = (for_plotly(scenario.classes[k]) for k in (i, j))
    colour = theme.class_colours(len(scenario.classes))[i]
    # A cold softmax turns within a few T: enough points to draw the turn round.
    points = int(np.clip(16 * scale / temperature, 121, 401))
    grid = np.linspace(-scale, scale, points)
    curve = derivative_curve(scenario.z, i, j, grid, temperature)
    here = derivative_curve(scenario.z, i, j, [scenario.z[j]], temperature)
    x, p, d = scenario.z[j], float(here.probability[0]), float(here.derivative[0])
    reach = 0.32 * scale

    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.58, 0.42], vertical_spacing=0.1)
    line = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}
    cell = {"i": i, "j": j}
    figure.add_scatter(
        x=grid.tolist(),
        y=curve.probability.tolist(),
        line={"color": colour, "width": 2.5},
        meta={"live": "curve-probability", **cell},
        **line | {"hoverinfo": "x+y"},
        row=1,
        col=1,
    )
    figure.add_scatter(
        x=[x - reach, x + reach],
        y=[p - reach * d, p + reach * d],
        line={"color": theme.INK, "width": 2, "dash": "dash"},
        meta={"live": "curve-tangent", **cell, "reach": reach},
        **line,
        row=1,
        col=1,
    )
    figure.add_scatter(
        x=grid.tolist(),
        y=curve.derivative.tolist(),
        line={"color": theme.POSITIVE if i == j else theme.NEGATIVE, "width": 2.5},
        meta={"live": "curve-derivative", **cell},
        **line | {"hoverinfo": "x+y"},
        row=2,
        col=1,
    )
    for row, quantity, value in ((1, "probability", p), (2, "derivative", d)):
        figure.add_scatter(
            x=[x],
            y=[value],
            text=[theme.decimal(value) if quantity == "probability" else theme.signed(value)],
            mode="markers+text",
            textposition="top left" if (i == j) == (row == 1) else "top right",
            textfont=theme.POINT_LABEL,
            marker={"size": 10, "color": theme.INK, "line": {"color": "white", "width": 1.5}},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=True,
            meta={"live": "curve-point", **cell, "quantity": quantity},
            row=row,
            col=1,
        )
    largest = 0.25 / temperature
    low, high = (-0.12, 1.45) if i == j else (-1.2, 0.55)
    axis = {"fixedrange": True, "zeroline": False, "automargin": False, "nticks": 4}
    figure.update_xaxes(range=[-scale, scale], **axis)
    figure.update_xaxes(title={"text": f"raw output of {name_j}", "standoff": 4}, row=2, col=1)
    figure.update_yaxes(range=[-0.06, 1.12], tickvals=[0, 0.5, 1], row=1, col=1, **axis)
    figure.update_yaxes(range=[low * largest, high * largest], row=2, col=1, **axis | {"zeroline": True, "nticks": 3})
    figure.update_layout(
        height=height,
        margin={"l": 48, "r": 8, "t": 26, "b": 38, "pad": 0},
        showlegend=False,
        dragmode=False,
        meta={"perTemperature": {"yaxis2.range": [low * 0.25, high * 0.25]}},
    )
    for title, y in ((f"probability of {name_i}", 1.0), ("its derivative: the slope", 0.378)):
        figure.add_annotation(
            text=title, x=0, y=y, xref="paper", yref="paper", xanchor="left", yanchor="bottom", showarrow=False,
            font={"size": 13},
        )
    return figure
