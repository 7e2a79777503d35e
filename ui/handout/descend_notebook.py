"""The notebook of Loss and descent: the loss, its gradient, and the path of gradient descent."""

from collections.abc import Sequence

from core.descent import LOSSES, Descent, Loss
from core.situation.scenario import Scenario
from core.softmax import softmax
from ui import theme
from ui.handout.notebook import SOFTMAX, array, assigned, code, comparison, notebook, text

__all__ = ["descend_notebook"]


def descend_notebook(
    scenario: Scenario,
    target: Sequence[float],
    true: int,
    rate: float,
    loss: Loss,
    past: Descent,
    ahead: Descent,
) -> str:
    """Return the notebook of a descent.

    Parameters
    ----------
    scenario : Scenario
        The situation.
    target : sequence of float
        The target probabilities.
    true : int
        The true class.
    rate : float
        The learning rate.
    loss : {"cross-entropy", "squared error"}
        The loss that is minimised.
    past, ahead : Descent
        The path to the raw outputs that are shown, and the path from there on.
    """
    values = assigned({
        "names": (list(scenario.classes), "the classes"),
        "z": (array(scenario.z), "one raw output for each class, as shown in the app"),
        "T": (scenario.temperature, "the temperature"),
        "y": (array(target), "the target: the probabilities that we want"),
        "true": (true, "the true class, counted from 0"),
        "rate": (rate, "the learning rate"),
        "loss": (loss, "cross-entropy or squared error"),
        "start": (array(past.z[0]), "where the descent began"),
        "steps_taken": (len(past.z) - 1, "from there to z"),
        "steps_ahead": (len(ahead.z) - 1, "from z on"),
        "colours": (list(theme.class_colours(len(scenario.classes))), "one for each class"),
    })  # fmt: skip
    measure, slope = LOSSES[loss]
    now = scenario.z, target, scenario.temperature
    app = {
        "probabilities": softmax(scenario.z, scenario.temperature),
        "loss": measure(*now), "gradient": slope(*now),
        "raw outputs on the way here": past.z, "raw outputs ahead": ahead.z, "loss ahead": ahead.loss,
    }  # fmt: skip
    here = {
        "probabilities": "p", "loss": "loss_of(z)", "gradient": "gradient_of(z)",
        "raw outputs on the way here": "past", "raw outputs ahead": "ahead",
        "loss ahead": "[loss_of(point) for point in ahead]",
    }  # fmt: skip
    return notebook([
        text(_INTRO), code(SOFTMAX), code(values), text(_LOSS), code(_LOSSES), text(_GRADIENT),
        code(_GRADIENTS), text(_DESCENT), code(_DESCENTS), code(_CHART), code(_PROBABILITIES),
        *comparison(app, here),
    ])  # fmt: skip


_INTRO = """
# Loss and gradient descent

This notebook computes the numbers of the page *Loss and descent* and plots them. It needs NumPy and Plotly
(`pip install numpy plotly`) and no internet. Run it from top to bottom, then change a value and run it again.
"""

_LOSS = r"""
## How wrong is the prediction?

Cross-entropy is $L = -\sum_k y_k \log p_k$, squared error $S = \frac12 \sum_k (p_k - y_k)^2$.
"""

_LOSSES = """
def log_softmax(z, T=1.0):
    \"\"\"Return the logarithm of each probability.\"\"\"
    d = (z - z.max()) / T
    powers = np.exp(d)
    # The largest power is exactly 1. log1p adds it, which keeps the digits if the others are tiny.
    powers[z.argmax()] = 0
    return d - np.log1p(powers.sum())


def sums_of_others(values):
    \"\"\"Return for each entry the sum of all others.\"\"\"
    return np.array([np.delete(values, k).sum() for k in range(len(values))])


def error(z):
    \"\"\"Return p - y as p (1 - y) - y (1 - p): nothing cancels even if p is almost y.\"\"\"
    p = softmax(z, T)
    return p * sums_of_others(y) - y * sums_of_others(p)


def loss_of(z):
    \"\"\"Return the chosen loss.\"\"\"
    if loss == "cross-entropy":
        wanted = y > 0  # a class whose target is 0 adds nothing
        return -(y[wanted] * log_softmax(z, T)[wanted]).sum()
    return (error(z) ** 2).sum() / 2


p = softmax(z, T)
loss_of(z)
"""

_GRADIENT = r"""
## Which way is down?

The gradient of cross-entropy is short, because the derivative of softmax cancels against that of the
logarithm: $\partial L/\partial z_i = (p_i - y_i)/T$. In the gradient of squared error the Jacobian stays:
$\partial S/\partial z_j = \sum_i (p_i - y_i)\, \partial p_i/\partial z_j$.
"""

_GRADIENTS = """
import math


def gradient_of(z):
    \"\"\"Return the gradient of the chosen loss in the raw outputs.\"\"\"
    # Python's own exponential and exact sums, as in the app: if the learning rate is too large, a different
    # last digit would soon lead the descent elsewhere.
    front = z.argmax()
    powers = np.array([math.exp(value) for value in (z - z.max()) / T])
    total = math.fsum(powers)
    others = total - powers
    others[front] = math.fsum(np.delete(powers, front))
    p = powers / total
    not_y = np.array([math.fsum(np.delete(y, k)) for k in range(len(y))])
    wrong = p * not_y - y * (others / total)  # this is p - y
    if loss == "cross-entropy":
        return wrong / T
    relative = wrong - wrong[front]
    return p * (relative - math.fsum(p * relative)) / T  # this is the Jacobian times p - y


gradient_of(z)
"""

_DESCENT = r"""
## Gradient descent

Each step subtracts the learning rate times the gradient: $z \leftarrow z - \eta\, \partial L/\partial z$.
"""

_DESCENTS = """
def descend(z, steps):
    \"\"\"Return the raw outputs after 0, 1, ... steps.\"\"\"
    path = [z]
    for _ in range(steps):
        path.append(path[-1] - rate * gradient_of(path[-1]))
    return np.array(path)


past = descend(start, steps_taken)
ahead = descend(z, steps_ahead)
"""

_CHART = """
path = np.concatenate([past[:-1], ahead])
steps = np.arange(len(path)) - steps_taken  # 0 is now
losses = go.Figure(go.Scatter(x=steps, y=[loss_of(point) for point in path], mode="lines+markers"))
losses.update_layout(title=loss.capitalize(), xaxis_title="step (0 is now)", template="plotly_white")
losses
"""

_PROBABILITIES = """
probabilities = go.Figure([
    go.Scatter(x=steps, y=softmax(path, T)[:, k], name=label(name), line_color=colours[k])
    for k, name in enumerate(names)
])
probabilities.update_layout(
    title=f"Predicted probabilities; the true class is {label(names[true])}",
    xaxis_title="step (0 is now)", yaxis_range=[-0.05, 1.1], template="plotly_white",
)
probabilities
"""
