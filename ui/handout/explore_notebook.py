"""The notebook of Explore: probabilities, Jacobian, the curve of a derivative and its surface."""

from core.derivatives import jacobian
from core.situation.scenario import Scenario
from core.softmax import softmax
from ui import theme
from ui.figures.surface import Quantity
from ui.handout.notebook import SOFTMAX, array, assigned, code, comparison, notebook, text

__all__ = ["explore_notebook"]


def explore_notebook(scenario: Scenario, other: int, quantity: Quantity, scale: float) -> str:
    """Return the notebook of a situation.

    Parameters
    ----------
    scenario : Scenario
        The situation; `i` and `j` say which derivative.
    other : int
        The class of the surface's second raw output.
    quantity : {"derivative", "probability", "log-derivative"}
        What the surface shows.
    scale : float
        The end of the axes of raw outputs.
    """
    values = assigned({
        "names": (list(scenario.classes), "the classes"),
        "z": (array(scenario.z), "one raw output for each class"),
        "T": (scenario.temperature, "the temperature"),
        "i": (scenario.i, "the class whose probability we look at, counted from 0"),
        "j": (scenario.j, "the class whose raw output moves"),
        "k": (other, "the class of the surface's second raw output"),
        "surface_shows": (quantity, "derivative, probability or log-derivative"),
        "end": (scale, "the axes of raw outputs run from -end to end"),
        "colours": (list(theme.class_colours(len(scenario.classes))), "one for each class"),
        "negative, positive": (_SIGNS, "the colours of the signs"),
    })  # fmt: skip
    return notebook([
        text(_INTRO), code(SOFTMAX), code(values), text(_PROBABILITIES), code(_BARS), text(_JACOBIAN),
        code(_GRID), text(_CURVE), code(_CURVES), text(_SURFACE), code(_SURFACES),
        *comparison(
            {"probabilities": softmax(scenario.z, scenario.temperature),
             "Jacobian": jacobian(scenario.z, scenario.temperature)},
            {"probabilities": "p", "Jacobian": "J"},
        ),
    ])  # fmt: skip


_SIGNS = (theme.NEGATIVE, theme.POSITIVE)

_INTRO = """
# The softmax derivative: explore

This notebook computes the numbers of the page *Explore* and plots them. It needs NumPy and Plotly
(`pip install numpy plotly`) and no internet. Run it from top to bottom, then change a value and run it again.
"""

_PROBABILITIES = r"""
## Predicted probabilities

$$p_i = \frac{e^{z_i/T}}{\sum_k e^{z_k/T}}$$
"""

_BARS = """
p = softmax(z, T)

bars = go.Figure(go.Bar(x=[label(name) for name in names], y=p, marker_color=colours, text=np.round(p, 3)))
bars.update_layout(title="Predicted probabilities", yaxis_range=[0, 1.1], template="plotly_white")
bars
"""

_JACOBIAN = r"""
## All derivatives

$$\frac{\partial p_i}{\partial z_j} = \frac{1}{T}\, p_i (1 - p_i) \text{ if } i = j, \qquad
\frac{\partial p_i}{\partial z_j} = -\frac{1}{T}\, p_i p_j \text{ otherwise}$$
"""

_GRID = """
J = jacobian(z, T)

shown = [label(name) for name in names]
largest = 1 / (4 * T)  # no derivative is larger
grid = go.Figure(go.Heatmap(
    x=shown, y=shown, z=J, zmin=-largest, zmax=largest,
    colorscale=[[0, negative], [0.5, "white"], [1, positive]],
    text=np.round(J, 3), texttemplate="%{text}",
))
grid.update_layout(title="Jacobian: probability of (row), with respect to raw output of (column)")
grid.update_yaxes(autorange="reversed")
grid
"""

_CURVE = r"""
## The curve of the derivative

One raw output runs along the axis and the others stay. The derivative is the slope of the probability.
"""

_CURVES = """
moving = np.linspace(-end, end, 401)
points = np.tile(z, (len(moving), 1))
points[:, j] = moving
probability_curve = softmax(points, T)[:, i]
derivative_curve = jacobian(points, T)[:, i, j]

reach = 0.3 * end
tangent = [p[i] - reach * J[i, j], p[i] + reach * J[i, j]]
curve = go.Figure([
    go.Scatter(x=moving, y=probability_curve, name="probability", line_color=colours[i]),
    go.Scatter(x=[z[j] - reach, z[j] + reach], y=tangent, name="tangent",
               line=dict(color="grey", dash="dash")),
    go.Scatter(x=moving, y=derivative_curve, name="derivative", line_color=positive if i == j else negative),
    go.Scatter(x=[z[j]] * 2, y=[p[i], J[i, j]], name="now", mode="markers",
               marker=dict(color="grey", size=10)),
])
curve.update_layout(
    title=f"Probability of {label(names[i])} and its derivative",
    xaxis_title=f"raw output of {label(names[j])}", template="plotly_white",
)
curve
"""

_SURFACE = r"""
## The surface

Now two raw outputs run along the axes. Choose in the cell of values whether the surface shows the
derivative, the probability, or the derivative of log p: $(1 - p_i)/T$ if $i = j$, otherwise $-p_j/T$.
"""

_SURFACES = """
side = np.linspace(-end, end, 61)
across, along = np.meshgrid(side, side)  # raw outputs of class j and class k
points = np.tile(z, (*across.shape, 1))
points[..., j] = across
points[..., k] = along


def shown_at(points):
    if surface_shows == "derivative":
        return jacobian(points, T)[..., i, j]
    q = softmax(points, T)
    if surface_shows == "probability":
        return q[..., i]
    # 1 - p_i as the sum of the others keeps its digits where p_i is near 1.
    return (np.delete(q, i, axis=-1).sum(axis=-1) if i == j else -q[..., j]) / T


heights = shown_at(points)
here = shown_at(z)

largest = {"derivative": 1 / (4 * T), "probability": 1, "log-derivative": 1 / T}[surface_shows]
surface = go.Figure([
    go.Surface(x=side, y=side, z=heights, cmin=-largest, cmax=largest, showscale=False,
               colorscale=[[0, negative], [0.5, "lightgrey"], [1, positive]]),
    go.Scatter3d(x=[z[j]], y=[z[k]], z=[here], mode="markers", marker=dict(color="black", size=5)),
])
surface.update_layout(
    title=f"{surface_shows.capitalize()} of {label(names[i])} over the raw outputs of"
          f" {label(names[j])} (x) and {label(names[k])} (y)",
    scene=dict(xaxis_title="x", yaxis_title="y", zaxis_title=surface_shows), showlegend=False,
)
surface
"""
