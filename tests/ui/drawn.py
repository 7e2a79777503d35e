"""Reads a figure as Plotly does and checks every attribute, because the app writes them unchecked."""

import base64
from typing import Any

import numpy as np
import plotly.graph_objects as go


def unpacked(value: Any) -> Any:
    """The same value with every packed array ({dtype, bdata}) as a NumPy array."""
    if isinstance(value, dict) and "bdata" in value:
        row = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
        return row.reshape([int(n) for n in value["shape"].split(",")]) if "shape" in value else row
    if isinstance(value, dict):
        return {name: unpacked(part) for name, part in value.items()}
    return [unpacked(part) for part in value] if isinstance(value, list | tuple) else value


def drawn(figure: go.Figure) -> go.Figure:
    """The figure that Streamlit would send; raise ValueError for attributes that Plotly does not know."""
    return go.Figure(unpacked(figure.to_dict()))


def assert_drawn(found: np.ndarray, expected: np.ndarray) -> None:
    """A figure holds what was computed, in single precision (24 binary digits)."""
    np.testing.assert_allclose(found, expected, rtol=2.0**-24, atol=1e-44)
