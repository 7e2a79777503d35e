"""Reads a figure as Plotly does, every attribute checked: the app writes them without these checks."""

import base64
from typing import Any

import numpy as np
import plotly.graph_objects as go


def unpacked(value: Any) -> Any:
    """The same with every packed array ({dtype, bdata}) as an array of NumPy."""
    if isinstance(value, dict) and "bdata" in value:
        return np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
    if isinstance(value, dict):
        return {name: unpacked(part) for name, part in value.items()}
    return [unpacked(part) for part in value] if isinstance(value, list | tuple) else value


def drawn(figure: go.Figure) -> go.Figure:
    """The figure that Streamlit would send; a ValueError for what Plotly does not know."""
    return go.Figure(unpacked(figure.to_dict()))


def assert_drawn(found: np.ndarray, expected: np.ndarray) -> None:
    """What a figure holds is what was computed: it is sent in single precision, of 24 binary digits."""
    np.testing.assert_allclose(found, expected, rtol=2.0**-24, atol=1e-44)
