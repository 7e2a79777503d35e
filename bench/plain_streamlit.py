"""The same views with native widgets and charts, the baseline of bench/drag.py.

The surface is drawn as contours, as the explorer draws it on a computer without a graphics card; in 3D this
page would only be slower. Start it alone with `.venv/bin/streamlit run bench/plain_streamlit.py`.
"""

import sys
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import streamlit as st

# Streamlit puts the script's own folder first in the path, so `core` would mean bench/core.py.
ROOT = str(Path(__file__).resolve().parents[1])
if sys.path[0] != ROOT:
    sys.path.insert(0, ROOT)

from core.derivatives import derivative_surface, jacobian  # noqa: E402
from core.situation.scenario import Scenario  # noqa: E402
from core.softmax import softmax  # noqa: E402

SCALE = 5.0
POINTS = 41

st.set_page_config(page_title="Softmax, the plain way", layout="wide")

start, _ = Scenario.from_query({name: st.query_params[name] for name in st.query_params})
names, i, j = list(start.classes), start.i, start.j
other = i if i != j else next(k for k in range(len(names)) if k != j)

controls, views = st.columns([1, 3])
with controls:
    z = [
        st.slider(f"{name} raw output", -SCALE, SCALE, value, step=0.01, key=f"z{k}")
        for k, (name, value) in enumerate(zip(names, start.z, strict=True))
    ]

with views:
    bar = go.Figure(go.Bar(x=names, y=softmax(z)))
    bar.update_layout(height=260, margin={"t": 10, "b": 10}, yaxis_range=[0, 1])
    st.plotly_chart(bar, key="probabilities")

    left, right = st.columns(2)
    heatmap = go.Figure(go.Heatmap(x=names, y=names, z=jacobian(z), zmin=-0.25, zmax=0.25, colorscale="PuOr"))
    heatmap.update_layout(height=400, margin={"t": 10, "b": 10}, yaxis_autorange="reversed")
    left.plotly_chart(heatmap, key="jacobian")

    grid = np.linspace(-SCALE, SCALE, POINTS)
    heights = derivative_surface(z, i, j, j, other, grid, grid)
    surface = go.Figure(go.Contour(x=grid, y=grid, z=heights, zmin=-0.25, zmax=0.25, colorscale="PuOr"))
    surface.add_scatter(x=[z[j]], y=[z[other]], mode="markers", showlegend=False)
    surface.update_layout(height=400, margin={"t": 10, "b": 10})
    right.plotly_chart(surface, key="surface")
