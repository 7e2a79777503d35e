"""A loss over the raw output of the true class, and the triangle of probabilities, each with its descent."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.descent import LOSSES, Descent, Loss, descend
from core.situation.scenario import Scenario
from ui import theme
from ui.text import for_plotly

__all__ = ["HEIGHT", "corners", "in_triangle", "loss_figure", "simplex_figure"]

HEIGHT = 272
_TOP = float(np.sqrt(3) / 2)
# Each loss has the same line wherever it appears; the lines differ in their dashes, too.
_LINES = {
    "cross-entropy": {"color": theme.POSITIVE, "width": 1.5},
    "squared error": {"color": theme.NEGATIVE, "width": 1.5, "dash": "dot"},
}


def _path(xs: list[float], ys: list[float], loss: Loss, meta: dict[str, Any]) -> dict[str, Any]:
    line = _LINES[loss]
    return {
        "type": "scatter", "x": xs, "y": ys, "mode": "lines+markers", "line": line, "hoverinfo": "skip",
        "marker": {"size": 5, "color": line["color"], "line": {"width": 0}}, "meta": meta,
    }  # fmt: skip


def loss_figure(
    scenario: Scenario, target: list[float], true: int, loss: Loss, rate: float, steps: int, scale: float,
    past: Descent | None, height: int = HEIGHT, *, brief: bool = False,
) -> go.Figure:  # fmt: skip
    """Draw a loss over the raw output of the true class, its tangent, and the descent to come and so far.

    Parameters
    ----------
    scenario : Scenario
        The situation.
    target : list of float
        The target probabilities.
    true : int
        The true class.
    loss : {"cross-entropy", "squared error"}
        Which loss.
    rate : float
        The learning rate.
    steps : int
        How many steps ahead are drawn.
    scale : float
        The end of the raw-output axis.
    past : Descent or None
        The path taken so far, if it was taken on this loss.
    height : int
        Pixels.
    brief : bool
        Whether the title has little room.
    """
    z, temperature = np.asarray(scenario.z), scenario.temperature
    measure, gradient = LOSSES[loss]
    grid = theme.even_grid(scale, 121)
    along = np.tile(z, (len(grid), 1))
    along[:, true] = grid
    here, slope = float(measure(z, target, temperature)), float(gradient(z, target, temperature)[true])
    ahead = descend(z, target, rate, steps, temperature, loss)
    curve = measure(along, target, temperature)
    reach, x = 0.3 * scale, float(z[true])
    meta = {"target": target, "true": true, "loss": loss, "rate": rate, "steps": steps, "reach": reach}
    traces: list[dict[str, Any]] = []
    traces.append({
        "type": "scatter", "x": theme.packed(grid), "y": theme.packed(curve), "mode": "lines",
        "line": {"color": theme.class_colours(len(z))[true], "width": 2.5, "simplify": False},
        "hoverinfo": "x+y", "meta": meta | {"live": "loss-curve"},
    })  # fmt: skip
    traces.append({
        "type": "scatter", "x": [x - reach, x + reach], "y": [here - reach * slope, here + reach * slope],
        "mode": "lines", "hoverinfo": "skip", "line": {"color": theme.INK, "width": 2, "dash": "dash"},
        "meta": meta | {"live": "loss-tangent"},
    })  # fmt: skip
    if past is not None and len(past.z) > 1:
        traces.append(_path(past.z[:, true].tolist(), past.loss.tolist(), loss,
                            {"live": "past-path", "at": z.tolist()}) | {"opacity": 0.45})  # fmt: skip
    traces.append(_path(ahead.z[:, true].tolist(), ahead.loss.tolist(), loss, meta | {"live": "loss-path"}))
    # Squared error never exceeds 1; cross-entropy grows with the lead of a wrong class.
    highest = max(here, scale / temperature)
    top = 1.15 if loss == "squared error" else max(1.5, 1.25 * float(np.ceil(highest)))
    usual, ends = "top right", (-0.06 * top, top)
    place = theme.label_place((x, here), (-scale, scale), ends, theme.plot_height(height), usual)
    traces.append({
        "type": "scatter", "x": [x], "y": [here], "text": [theme.decimal(here)], "mode": "markers+text",
        "textposition": place, "cliponaxis": False,
        "textfont": theme.POINT_LABEL, "marker": theme.POINT_MARK,
        "hoverinfo": "skip", "meta": meta | {"live": "loss-point", "place": usual},
    })  # fmt: skip
    axis = theme.PLAIN_AXIS
    title = loss if brief or not steps else f"{loss} · next {steps} steps"
    along_title = theme.axis_title(scenario.classes[true], 110 if brief else 200)
    layout = {
        "xaxis": {**axis, "range": [-scale, scale], "nticks": 5,
                  "title": axis["title"] | {"text": for_plotly(along_title)}},
        "yaxis": {**axis, "range": list(ends), "nticks": 5},
        "annotations": [
            theme.CHART_TITLE | {"text": title, "y": 1}
        ],
        "height": height, "margin": theme.CHART_MARGIN, "showlegend": False, "dragmode": False,
        "meta": theme.situation_meta(scenario.z, temperature),
    }  # fmt: skip
    return theme.figure(traces, layout)


def corners(n: int, true: int, p: np.ndarray[Any, Any]) -> list[list[int]]:
    """Return which classes each corner of the triangle stands for: left, right, top.

    Examples
    --------
    >>> corners(3, 1, np.array([0.7, 0.1, 0.2])), corners(4, 1, np.array([0.1, 0.2, 0.3, 0.4]))
    ([[0], [1], [2]], [[3], [1], [0, 2]])
    """
    if n <= 3:
        return [[k] if k < n else [] for k in range(3)]
    rival = max((k for k in range(n) if k != true), key=lambda k: float(p[k]))
    return [[rival], [true], [k for k in range(n) if k not in (rival, true)]]


def in_triangle(p: np.ndarray[Any, Any], groups: list[list[int]]) -> tuple[list[float], list[float]]:
    """Return where rows of probabilities lie in the triangle.

    Examples
    --------
    >>> in_triangle(np.array([[0.0, 1.0, 0.0]]), [[0], [1], [2]])
    ([1.0], [0.0])
    """
    top = p[:, groups[2]].sum(axis=1)
    return (p[:, groups[1]].sum(axis=1) + top / 2).tolist(), (top * _TOP).tolist()


def simplex_figure(
    scenario: Scenario,
    target: list[float],
    true: int,
    rate: float,
    steps: int,
    past: Descent,
    height: int = HEIGHT,
) -> go.Figure:
    """Draw the probabilities in a triangle, with the descents of both losses and the path taken so far.

    Parameters
    ----------
    scenario : Scenario
        The situation.
    target : list of float
        The target probabilities, marked by a ring.
    true : int
        The true class.
    rate : float
        The learning rate.
    steps : int
        How many steps ahead are drawn.
    past : Descent
        The path taken so far.
    height : int
        Pixels.
    """
    z, temperature = scenario.z, scenario.temperature
    n = len(z)
    now = past.p[-1]
    groups = corners(n, true, now)
    meta = {"corners": groups, "target": target, "true": true, "rate": rate, "steps": steps}
    traces: list[dict[str, Any]] = [{
        "type": "scatter", "x": [0, 1, 0.5, 0], "y": [0, 0, _TOP, 0], "mode": "lines", "hoverinfo": "skip",
        "line": {"color": theme.INK, "width": 1.5},
    }]  # fmt: skip
    x, y = in_triangle(np.array([target]), groups)
    traces.append({
        "type": "scatter", "x": x, "y": y, "mode": "markers", "hoverinfo": "skip",
        "marker": {"size": 16, "symbol": "circle-open", "color": theme.INK, "line": {"width": 2}},
    })  # fmt: skip
    if len(past.z) > 1:
        x, y = in_triangle(past.p, groups)
        traces.append(_path(x, y, "cross-entropy", {"live": "past-path", "at": list(z)})
                      | {"line": {"color": theme.INK, "width": 1.5}, "opacity": 0.6,
                         "marker": {"size": 5, "color": theme.INK}})  # fmt: skip
    for loss in LOSSES:
        kind: Loss = "squared error" if loss == "squared error" else "cross-entropy"
        x, y = in_triangle(descend(z, target, rate, steps, temperature, kind).p, groups)
        traces.append(_path(x, y, kind, meta | {"live": "simplex-path", "loss": kind}))
    x, y = in_triangle(np.array([now]), groups)
    traces.append({
        "type": "scatter", "x": x, "y": y, "text": [""], "mode": "markers+text", "hoverinfo": "skip",
        "marker": theme.POINT_MARK, "meta": meta | {"live": "simplex-point"},
    })  # fmt: skip
    names = [" + ".join(for_plotly(scenario.classes[k]) for k in group) if len(group) < 3 else "all others"
             for group in groups]  # fmt: skip
    places = ((0, -0.09, "left"), (1, -0.09, "right"), (0.5, _TOP + 0.08, "center"))
    hidden = theme.PLAIN_AXIS | {"showgrid": False, "showticklabels": False}
    # Otherwise Plotly makes a range longer and keeps it, so the triangle becomes smaller whenever the window
    # changes its size.
    hidden |= {"constrain": "domain"}
    layout = {
        "xaxis": {**hidden, "range": [-0.08, 1.08], "scaleanchor": "y"},
        "yaxis": {**hidden, "range": [-0.2, _TOP + 0.24]},
        "annotations": [theme.CHART_TITLE | {"text": "all probabilities · ring: target", "y": 1}]
        + [{"x": x, "y": y, "text": text, "xanchor": anchor, "yanchor": "middle", "showarrow": False,
            "font": {"size": 13, "color": theme.TEXT}}
           for text, (x, y, anchor) in zip(names, places, strict=True)],
        "height": height, "margin": theme.CHART_MARGIN | {"l": 8}, "showlegend": False, "dragmode": False,
        "meta": theme.situation_meta(scenario.z, temperature),
    }  # fmt: skip
    return theme.figure(traces, layout)
