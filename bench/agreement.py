"""How far what a page shows is from what core/ computes for the raw outputs that it shows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.derivatives import derivative_curve, derivative_surface, jacobian
from core.situation.scenario import Scenario
from core.softmax import softmax


def disagreement(scenario: Scenario, shown: dict[str, Any], what: str) -> float:
    """Return the largest relative error of the board, or of the charts, in a snapshot of drag_probe.js."""
    return max(_board(shown) if what == "board" else _charts(scenario, shown))


def _board(shown: dict[str, Any]) -> list[float]:
    z = shown["z"]
    return [_error(shown["p"], softmax(z)), _error(shown["jacobian"], jacobian(z).ravel())]


def _charts(scenario: Scenario, shown: dict[str, Any]) -> list[float]:
    z, i, j = shown["z"], scenario.i, scenario.j
    traces = {key: {_name(trace): trace for trace in found} for key, found in shown["charts"].items()}
    other = i if i != j else next(k for k in range(len(z)) if k != j)
    point = (z[j], float(softmax(z)[i]), float(jacobian(z)[i, j]))
    errors = []
    if "curve" in traces:
        curve = traces["curve"]
        expected = derivative_curve(z, i, j, curve["curve-probability"]["x"])
        errors += [
            _error(curve["curve-probability"]["y"], expected.probability),
            _error(curve["curve-derivative"]["y"], expected.derivative),
            _error(_place(curve["curve-point probability"]), point[:2]),
            _error(_place(curve["curve-point derivative"]), (point[0], point[2])),
        ]
    surface = traces["surface"]
    grid = next(trace for trace in surface.values() if trace["type"] in ("contour", "surface"))
    dot = next(trace for trace in surface.values() if trace is not grid)
    errors.append(_error(grid["z"], derivative_surface(z, i, j, j, other, grid["x"], grid["y"])))
    errors.append(_error(_place(dot), (z[j], z[other])))
    return errors


def _name(trace: dict[str, Any]) -> str:
    meta = trace.get("meta") or {}
    quantity = meta.get("quantity", "") if meta.get("live") == "curve-point" else ""
    return f"{meta.get('live', trace['type'])} {quantity}".strip()


def _place(trace: dict[str, Any]) -> tuple[float, float]:
    return trace["x"][0], trace["y"][0]


def _error(found: ArrayLike, expected: ArrayLike) -> float:
    a, b = np.asarray(found, float), np.asarray(expected, float)
    scale = np.where(b == 0, 1.0, np.abs(b))
    return float(np.max(np.abs(a - b) / scale)) if a.shape == b.shape else float("inf")
