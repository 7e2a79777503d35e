"""The curve: p_i and dp_i/dz_j as one raw output varies, and the tangent whose slope is the derivative."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.derivatives import derivative_curve
from core.situation.scenario import Scenario
from ui import theme
from ui.figures.peak import peak_traces
from ui.text import for_plotly

__all__ = ["curve_figure"]

# Pixels that a title needs.
_TITLE = 18
# Pixels of an axis on which two numbers do not overlap.
_TWO_TICKS = 32
# The largest share of the axis of derivatives that is left free for a number.
_MOST_ROOM = 0.5
# At T = 1 the largest derivative is written as a fraction. Plotly's minus sign is that of theme.py.
_A_QUARTER = {"0.25": "1/4", f"{theme.MINUS}0.25": f"{theme.MINUS}1/4"}
# The vertical ranges of the probability, above, and of its derivative, below.
_PLACES = {1: {"xaxis": "x", "yaxis": "y"}, 2: {"xaxis": "x2", "yaxis": "y2"}}


def curve_figure(
    scenario: Scenario, scale: float, height: int, *, brief: bool = False, peak: bool = True
) -> go.Figure:
    """Draw p_i above and dp_i/dz_j below over z_j from -scale to scale, the other raw outputs fixed.

    Parameters
    ----------
    scenario : Scenario
        The situation; `i` and `j` say which derivative.
    scale : float
        The end of the raw-output axis.
    height : int
        Pixels.
    brief : bool
        Whether there is little room beside the title of the lower half.
    peak : bool
        Whether the highest or lowest derivative is marked.
    """
    i, j, temperature = scenario.i, scenario.j, scenario.temperature
    # At a low temperature the curve bends within a few T. Enough points are taken to draw the bend smoothly.
    points = int(np.clip(16 * scale / temperature, 121, 401))
    grid = theme.even_grid(scale, points)
    x = scenario.z[j]
    # The current point is computed together with the curve: NumPy takes as long for one point as for all.
    curve = derivative_curve(scenario.z, i, j, np.append(grid, x), temperature)
    p, d = float(curve.probability[-1]), float(curve.derivative[-1])
    reach = 0.32 * scale
    pixels = theme.plot_height(height)
    # The title of the lower half stands between the halves, even in a low chart.
    between = max(0.1, _TITLE / pixels)
    upper, lower = 0.58 * (1 - between), 0.42 * (1 - between)
    # Leave room for the number above the highest derivative, but not more than for the curve itself.
    room = min(theme.LABEL_HEIGHT / (lower * pixels), _MOST_ROOM)
    low, top = (-0.03, 0.25) if i == j else (-0.3, 0.0)
    high = (top - low * room) / (1 - room)
    probabilities, derivatives = (-0.06, 1.12), (low / temperature, high / temperature)
    traces: list[dict[str, Any]] = []

    def line(row: int, live: str, xs: object, ys: object, **style: object) -> None:
        traces.append(
            {
                "type": "scatter",
                "x": xs,
                "y": ys,
                "mode": "lines",
                # Draw every point: the curve must not change its shape when the user starts to drag.
                "line": style | {"simplify": False},
                "hoverinfo": "skip" if live == "curve-tangent" else "x+y",
                "meta": {"live": live, "i": i, "j": j, "reach": reach},
                **_PLACES[row],
            }
        )

    def point(row: int, quantity: str, y: float, text: str, usual: str) -> None:
        low_high, share = (probabilities, upper) if row == 1 else (derivatives, lower)
        place = theme.label_place((x, y), (-scale, scale), low_high, share * pixels, usual)
        traces.append(
            {
                "type": "scatter",
                "x": [x],
                "y": [y],
                "text": [text],
                "mode": "markers+text",
                "textposition": place,
                "cliponaxis": False,
                "textfont": theme.POINT_LABEL,
                "marker": theme.POINT_MARK,
                "hoverinfo": "skip",
                "meta": {"live": "curve-point", "i": i, "j": j, "quantity": quantity, "place": usual},
                **_PLACES[row],
            }
        )

    colour = theme.class_colours(len(scenario.classes))[i]
    sign = theme.POSITIVE if i == j else theme.NEGATIVE
    tangent = [p - reach * d, p + reach * d]
    along = theme.packed(grid)
    line(1, "curve-probability", along, theme.packed(curve.probability[:-1]), color=colour, width=2.5)
    line(1, "curve-tangent", [x - reach, x + reach], tangent, color=theme.INK, width=2, dash="dash")
    line(2, "curve-derivative", along, theme.packed(curve.derivative[:-1]), color=sign, width=2.5)
    if peak:
        above, below, words = peak_traces(scenario, scale, probabilities[0], high, brief=brief)
        traces.extend(({**above, **_PLACES[1]}, {**below, **_PLACES[2]}))
        if room < _MOST_ROOM:
            # In a lower chart, the number at the point may stand where the words would.
            traces.append({**words, **_PLACES[2]})
    # Numbers stand clear of the curve: above a rising curve there is room on the left.
    point(1, "probability", p, theme.decimal(p), "top left" if i == j else "top right")
    point(2, "derivative", d, theme.signed(d), "top right" if i == j else "top left")

    name_i = for_plotly(theme.shortened(scenario.classes[i], 110))
    name_j = for_plotly(theme.axis_title(scenario.classes[j]))
    axis = theme.PLAIN_AXIS
    x_axis = {**axis, "range": [-scale, scale], "nticks": 5}
    ticks = theme.derivative_ticks(positive=i == j)
    if lower * pixels < _TWO_TICKS:
        # The line of 0 is there without its number.
        ticks["tickvals"] = [tick for tick in ticks["tickvals"] if tick]
    x_title = axis["title"] | {"text": name_j}
    layout = {
        "xaxis": {**x_axis, "anchor": "y", "matches": "x2", "showticklabels": False},
        "xaxis2": {**x_axis, "anchor": "y2", "title": x_title},
        "yaxis": {
            **axis,
            "anchor": "x",
            "domain": [1 - upper, 1],
            "range": list(probabilities),
            "tickvals": [0, 0.5, 1],
        },
        "yaxis2": {
            **axis,
            "anchor": "x2",
            "domain": [0, lower],
            "range": list(derivatives),
            **ticks,
            "labelalias": _A_QUARTER,
            "tickvals": [value / temperature for value in ticks["tickvals"]],
        },
        "annotations": [
            theme.CHART_TITLE | {"text": f"probability of {name_i}", "y": 1},
            theme.CHART_TITLE | {"text": "its derivative: the slope", "y": lower},
        ],
        "height": height,
        "margin": theme.CHART_MARGIN,
        "showlegend": False,
        "dragmode": False,
        "meta": theme.situation_meta(
            scenario.z, temperature, **{"yaxis2.range": [low, high], "yaxis2.tickvals": ticks["tickvals"]}
        ),
    }
    return theme.figure(traces, layout)
