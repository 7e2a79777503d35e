"""Compares what a page shows with what core/ computes for the raw outputs on that page."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.derivatives import derivative_curve, derivative_surface, jacobian
from core.situation.scenario import Scenario
from core.softmax import softmax


def disagreement(scenario: Scenario, shown: dict[str, Any], what: str) -> float:
    """Return the largest error of a snapshot of drag_probe.js.

    "board" and "points" (the marks in the charts) are numbers, so their error is relative. "pictures" are
    curve and surface. Python sends only as many of their digits as a screen can show, so their error is
    divided by the largest value.
    """
    if what == "board":
        return max(_board(shown))
    points, pictures = _charts(scenario, shown)
    return max(points if what == "points" else pictures)


def _board(shown: dict[str, Any]) -> list[float]:
    z = shown["z"]
    return [_error(shown["p"], softmax(z)), _error(shown["jacobian"], jacobian(z).ravel())]


def _charts(scenario: Scenario, shown: dict[str, Any]) -> tuple[list[float], list[float]]:
    z, i, j = shown["z"], scenario.i, scenario.j
    traces = {key: {_name(trace): trace for trace in found} for key, found in shown["charts"].items()}
    other = i if i != j else next(k for k in range(len(z)) if k != j)
    point = (z[j], float(softmax(z)[i]), float(jacobian(z)[i, j]))
    points, pictures = [], []
    if "curve" in traces:
        curve = traces["curve"]
        expected = derivative_curve(z, i, j, curve["curve-probability"]["x"])
        pictures += [
            _part_of_height(curve["curve-probability"]["y"], expected.probability),
            _part_of_height(curve["curve-derivative"]["y"], expected.derivative),
        ]
        points += [
            _error(_place(curve["curve-point probability"]), point[:2]),
            _error(_place(curve["curve-point derivative"]), (point[0], point[2])),
        ]
    surface = traces["surface"]
    grid = next(trace for trace in surface.values() if trace["type"] in ("contour", "surface"))
    dot = next(trace for trace in surface.values() if trace is not grid)
    pictures.append(_part_of_height(grid["z"], derivative_surface(z, i, j, j, other, grid["x"], grid["y"])))
    points.append(_error(_place(dot), (z[j], z[other])))
    return points, pictures


def _name(trace: dict[str, Any]) -> str:
    meta = trace.get("meta") or {}
    quantity = meta.get("quantity", "") if meta.get("live") == "curve-point" else ""
    return f"{meta.get('live', trace['type'])} {quantity}".strip()


def _place(trace: dict[str, Any]) -> tuple[float, float]:
    return trace["x"][0], trace["y"][0]


def _part_of_height(found: ArrayLike, expected: ArrayLike) -> float:
    a, b = np.asarray(found, float), np.asarray(expected, float)
    return float(np.max(np.abs(a - b)) / np.max(np.abs(b))) if a.shape == b.shape else float("inf")


def _error(found: ArrayLike, expected: ArrayLike) -> float:
    a, b = np.asarray(found, float), np.asarray(expected, float)
    scale = np.where(b == 0, 1.0, np.abs(b))
    return float(np.max(np.abs(a - b) / scale)) if a.shape == b.shape else float("inf")
