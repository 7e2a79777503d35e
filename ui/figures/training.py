"""Loss and accuracy over the steps of training, with a point at the current step."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui import theme

__all__ = ["training_figure"]

_HEIGHT = 230
# The shares of the height that accuracy (above) and loss (below) take.
_UPPER, _LOWER = 0.4, 0.45
_PERCENT = (0.0, 109.0)
_PLACES = {1: {"xaxis": "x", "yaxis": "y"}, 2: {"xaxis": "x2", "yaxis": "y2"}}


def training_figure(loss: NDArray[np.float64], accuracy: NDArray[np.float64], trained: int) -> go.Figure:
    """Draw accuracy above and loss below, over the steps.

    Parameters
    ----------
    loss, accuracy : ndarray of float64, shape (steps + 1,)
        The values after each number of steps.
    trained : int
        How many steps have been taken.
    """
    steps = theme.packed(np.arange(len(loss)))
    traces: list[dict[str, Any]] = []
    axis_of_steps = (-0.02 * len(loss), 1.02 * len(loss))
    losses = (0.0, 1.15 * float(loss.max()))
    rows = (
        (1, 100 * accuracy, theme.POSITIVE, _PERCENT, _UPPER, "bottom left"),
        (2, loss, theme.NEGATIVE, losses, _LOWER, "top left"),
    )
    for row, values, colour, ends, share, usual in rows:
        listed = [float(f"{value:.6g}") for value in values]
        traces.append({
            "type": "scatter", "x": steps, "y": theme.packed(values), "mode": "lines", "hoverinfo": "x+y",
            "line": {"color": colour, "width": 2}, **_PLACES[row],
        })  # fmt: skip
        text = f"{listed[trained]:.0f} %" if row == 1 else theme.decimal(listed[trained])
        pixels = share * theme.plot_height(_HEIGHT)
        place = theme.label_place((trained, listed[trained]), axis_of_steps, ends, pixels, usual)
        traces.append({
            "type": "scatter", "x": [trained], "y": [listed[trained]], "text": [text],
            "mode": "markers+text", "textposition": place,
            "textfont": theme.POINT_LABEL, "marker": theme.POINT_MARK, "hoverinfo": "skip",
            "meta": {"live": "training-point", "values": listed, "percent": row == 1, "place": usual},
            "cliponaxis": False, **_PLACES[row],
        })  # fmt: skip
    axis = theme.PLAIN_AXIS
    x_axis = {**axis, "range": list(axis_of_steps), "nticks": 7}
    layout = {
        "xaxis": {**x_axis, "anchor": "y", "matches": "x2", "showticklabels": False},
        "xaxis2": {**x_axis, "anchor": "y2", "title": axis["title"] | {"text": "training steps"}},
        "yaxis": {**axis, "anchor": "x", "domain": [1 - _UPPER, 1], "range": list(_PERCENT),
                  "tickvals": [0, 50, 100]},
        "yaxis2": {**axis, "anchor": "x2", "domain": [0, _LOWER], "range": list(losses),
                   "nticks": 3},
        "annotations": [
            theme.CHART_TITLE | {"text": "accuracy, percent", "y": 1},
            theme.CHART_TITLE | {"text": "loss, mean over all flowers", "y": _LOWER},
        ],
        "height": _HEIGHT, "margin": theme.CHART_MARGIN, "showlegend": False, "dragmode": False,
        "meta": {"of": {"step": trained}},
    }  # fmt: skip
    return theme.figure(traces, layout)
