"""The notebook of Step by step: every step of the derivation in words, as a formula and as a number."""

import re
from dataclasses import replace

from core.derivation.expression import SECANT_STEP
from core.derivation.latex import latex
from core.derivation.steps import Step, derive
from core.derivatives import jacobian
from core.situation.scenario import Scenario
from core.softmax import softmax
from ui import theme
from ui.handout.notebook import (
    SOFTMAX,
    Cell,
    array,
    assigned,
    code,
    code_span,
    comparison,
    notebook,
    text,
)

__all__ = ["derive_notebook"]

# These stand for the classes in the words of a step, where their names would have to be found again.
_PLACES = [chr(0xE000 + k) for k in range(10)]


def derive_notebook(scenario: Scenario, scale: float) -> str:
    """Return the notebook that derives dp_i/dz_j of a situation.

    Parameters
    ----------
    scenario : Scenario
        The situation; `i` and `j` say which derivative.
    scale : float
        The end of the axis of raw outputs.
    """
    values = assigned({
        "names": (list(scenario.classes), "the classes"),
        "z": (array(scenario.z), "one raw output for each class"),
        "T": (scenario.temperature, "the temperature"),
        "i": (scenario.i, "the class whose probability we look at, counted from 0"),
        "j": (scenario.j, "the class whose raw output moves"),
        "end": (scale, "the axis of raw outputs runs from -end to end"),
        "colour": (theme.class_colours(len(scenario.classes))[scenario.i], "the colour of class i"),
    })  # fmt: skip
    cells = [text(_INTRO), code(SOFTMAX), code(values)]
    anyone = replace(scenario, classes=tuple(_PLACES[: len(scenario.classes)]))
    for number, step in enumerate(derive(anyone), 1):
        cells += _cells(number, step, scenario)
    p, entries = (f(scenario.z, scenario.temperature) for f in (softmax, jacobian))
    app = {"probabilities": p, "derivative": entries[scenario.i, scenario.j], "all derivatives": entries}
    here = {"probabilities": "p", "derivative": "derivative", "all derivatives": "J"}
    return notebook([*cells, text(_PLOT), code(_CURVE), text(_ALL), code(_JACOBIAN), *comparison(app, here)])


def _cells(number: int, step: Step, scenario: Scenario) -> list[Cell]:
    """Return a step's words and formulas, and its numbers if it has any."""
    reason = re.sub(
        f"“([{_PLACES[0]}-{_PLACES[-1]}])”",
        lambda found: code_span(scenario.classes[_PLACES.index(found[1])]),
        step.reason,
    )
    lines = [f"## {number}. {step.title}", "", reason]
    for equation in step.equations:
        # Formulas in letters contain no names.
        right = [latex(node, scenario, "symbols", step.key) for node in equation.right if not node.valued]
        formula = (" = " if equation.exact else r" \approx ").join(
            [latex(equation.left, scenario, "symbols", step.key), *right]
        )
        lines += ["", f"$${formula}$$"]
    found = [text("\n".join(lines))]
    return [*found, code(_NUMBERS[step.key])] if step.key in _NUMBERS else found


_INTRO = """
# The softmax derivative, step by step

This notebook goes through the steps of the page *Step by step* and computes each of them with the numbers
below. It needs NumPy and Plotly (`pip install numpy plotly`) and no internet. Run it from top to bottom.
"""

_NUMBERS = {
    "softmax": """
# Subtracting the largest raw output from all of them changes neither a probability nor its derivative,
# and then no exponential overflows.
e = np.exp((z - z.max()) / T)
p = e / e.sum()
p[i]
""",
    "parts": """
f = e[i]
g = e.sum()
f, g, f / g
""",
    "numerator": """
df = f / T if i == j else 0.0
df
""",
    "denominator": """
dg = e[j] / T
dg
""",
    "substitute": """
by_rule = (df * g - f * dg) / g**2
by_rule
""",
    "factor": """
first = f / g
# If i = j, the second numerator is g - f: all the other exponentials. Adding these keeps the digits that
# the subtraction loses when f is almost all of g.
second = (np.delete(e, i).sum() if i == j else e[j]) / g
first * second / T * (1 if i == j else -1)
""",
    "recognise": """
# The first fraction is p_i. The second is 1 - p_i if i = j, otherwise p_j.
first, p[i], second, (1 - p[i] if i == j else p[j])
""",
    "result": """
derivative = p[i] * second / T if i == j else -p[i] * p[j] / T
""",
    "number": """
print(f"Probability of {names[i]}, with respect to the raw output of {names[j]}: {derivative:+.3f}")
derivative
""",
    "check": f"""
h = {SECANT_STEP} * T
above, below = z.copy(), z.copy()
above[j] += h
below[j] -= h
secant = (softmax(above, T)[i] - softmax(below, T)[i]) / (2 * h)
secant
""",
}

_PLOT = """
## The slope of the curve

The derivative is the slope of the dashed tangent.
"""

_CURVE = """
moving = np.linspace(-end, end, 401)
points = np.tile(z, (len(moving), 1))
points[:, j] = moving
curve_p = softmax(points, T)[:, i]
reach = 0.3 * end
tangent = [p[i] - reach * derivative, p[i] + reach * derivative]
curve = go.Figure([
    go.Scatter(x=moving, y=curve_p, name="probability", line_color=colour),
    go.Scatter(x=[z[j] - reach, z[j] + reach], y=tangent, name="tangent",
               line=dict(color="grey", dash="dash")),
    go.Scatter(x=[z[j]], y=[p[i]], name="now", mode="markers", marker=dict(color="grey", size=10)),
])
curve.update_layout(
    title=f"Probability of {label(names[i])}", xaxis_title=f"raw output of {label(names[j])}",
    yaxis_range=[-0.05, 1.1], template="plotly_white",
)
curve
"""

_ALL = """
## All derivatives

The same two formulas give every derivative: row i is a probability, column j the raw output that moves.
"""

_JACOBIAN = """
J = jacobian(z, T)
J
"""
