"""The notebook of Irises: the data, the training from a seed, and its result for one flower."""

import numpy as np
from numpy.typing import ArrayLike

from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, SPECIES_NAMES, scaled
from core.network import HIDDEN, RATE, Network, Training, chain, forward, parameters
from ui import theme
from ui.handout.notebook import SOFTMAX, assigned, code, comparison, notebook, text

__all__ = ["iris_notebook"]


def iris_notebook(
    training: Training, network: Network, seed: int, trained: int, flower: int | None,
    widths: tuple[float, float], weight: tuple[int, int],
) -> str:  # fmt: skip
    """Return the notebook of a training.

    Parameters
    ----------
    training : Training
        The whole training from the seed.
    network : Network
        The network after `trained` of its steps.
    seed : int
        The random seed of the initial weights.
    trained : int
        How many steps have been taken.
    flower : int or None
        The chosen flower; None for a free point.
    widths : tuple of two float
        The petal and the sepal width of the flower or the point, in cm.
    weight : tuple of two int
        The output weight that is followed: its raw output, and its hidden value.
    """
    (petal, sepal), (output, hidden) = widths, weight
    species = None if flower is None else int(SPECIES[flower])
    tenths = {"petal": PETAL_WIDTH, "sepal": SEPAL_WIDTH}
    data = assigned({
        f"{name}_tenths": (np.rint(values * 10).astype(int).tolist(), f"{name} widths in tenths of a cm")
        for name, values in tenths.items()
    })  # fmt: skip
    values = assigned({
        "seed": (seed, "of the initial weights"),
        "hidden_nodes": (HIDDEN, "between the two inputs and the three raw outputs"),
        "rate": (RATE, "the learning rate"),
        "steps": (len(training.loss) - 1, "of the whole training"),
        "trained": (trained, "steps taken so far"),
        "petal, sepal": (widths, "of the chosen flower, in cm"),
        "true": (species, "its species; None for a point of your own"),
        "output, hidden": (weight, "the weight to follow: from this hidden node to this raw output"),
        "colours": (list(theme.class_colours(3)), "one for each species"),
    })  # fmt: skip
    layers = forward(network, scaled(petal, sepal))
    app: dict[str, ArrayLike] = {
        "loss": training.loss, "share of right answers": training.accuracy,
        "weights and biases": parameters(network),
        "raw outputs": layers.z, "probabilities": layers.p,
    }  # fmt: skip
    here = {
        "loss": "losses", "share of right answers": "right",
        "weights and biases": "np.concatenate([part.ravel() for part in network])",
        "raw outputs": "z", "probabilities": "p",
    }  # fmt: skip
    if species is not None:
        app["derivative of the loss"] = chain(
            network, scaled(petal, sepal), species, output, hidden
        ).loss_by_weight
        here["derivative of the loss"] = "loss_by_weight"
    return notebook([
        text(_INTRO), code(SOFTMAX), text(_DATA), code(f"{data}\n{_PREPARED}"), code(values), code(_FLOWERS),
        text(_NETWORK), code(_LAYERS), text(_TRAINING), code(_STEPS), code(_CHART),
        text(_RESULT), code(_OUTPUTS), *([text(_CHAIN), code(_FACTORS)] if species is not None else []),
        *comparison(app, here),
    ])  # fmt: skip


_INTRO = """
# Irises: a small network and its training

This notebook trains the network of the page *Irises* from the same initial weights and plots the result. It
needs NumPy and Plotly (`pip install numpy plotly`) and no internet. Run it from top to bottom, then change a
value and run it again.
"""

_DATA = """
## The flowers

R. A. Fisher, “The use of multiple measurements in taxonomic problems”, Annals of Eugenics 7 (1936): 150
flowers, in the copy that ships with plotly.
"""

_PREPARED = f"""
names = {list(SPECIES_NAMES)!r}
species = np.repeat([0, 1, 2], 50)
widths = np.array([petal_tenths, sepal_tenths]) / 10  # in cm

def scaled(widths):
    \"\"\"Turn petal and sepal width into inputs: 0 is the smallest width in the data, 1 the largest.\"\"\"
    return (widths - np.array([[0.1], [2.0]])) / 2.4


inputs = scaled(widths)  # one column for each flower
targets = np.eye(3)[species].T.copy()  # one-hot
""".replace("\n\ndef", "\n\n\ndef")

_FLOWERS = """
flowers = go.Figure([
    go.Scatter(x=widths[0, species == k], y=widths[1, species == k], mode="markers", name=names[k],
               marker_color=colours[k])
    for k in range(3)
] + [go.Scatter(x=[petal], y=[sepal], mode="markers", name="chosen",
                marker=dict(size=16, color="black", symbol="circle-open"))])
flowers.update_layout(xaxis_title="petal width, cm", yaxis_title="sepal width, cm", template="plotly_white")
flowers
"""

_NETWORK = r"""
## The network

Two inputs, one hidden layer and three raw outputs: $h = \tanh(W x + b)$, $z = V h + c$,
$p = \mathrm{softmax}(z)$.
"""

_LAYERS = """
def initial(seed):
    \"\"\"Return the initial network: uniform from -1 to 1, the output biases 0.\"\"\"
    n = hidden_nodes
    drawn = 2 * np.random.Generator(np.random.PCG64(seed)).random(6 * n) - 1
    return drawn[: 2 * n].reshape(n, 2), drawn[2 * n : 3 * n], drawn[3 * n :].reshape(3, n), np.zeros(3)


def forward(network, inputs):
    \"\"\"Return the sums in the hidden nodes, their tanh, and the raw outputs; flowers are columns.\"\"\"
    W, b, V, c = network
    sums = W @ inputs + b[:, None]
    hidden = np.tanh(sums)
    return sums, hidden, V @ hidden + c[:, None]


def scores(z):
    \"\"\"Return the mean cross-entropy and the share of right answers.\"\"\"
    powers = np.exp(z - z.max(axis=0))
    of_true = (powers * targets).sum(axis=0)
    of_others = (powers * (1 - targets)).sum(axis=0)
    # -log p is log(1 + others / true).
    return np.log1p(of_others / of_true).mean(), (z.argmax(axis=0) == species).mean()
"""

_TRAINING = r"""
## The training

The gradient of the mean cross-entropy, by the chain rule: it begins with $\partial L/\partial z = (p - y)/m$,
where m is the number of flowers. Each step subtracts the learning rate times the gradient.
"""

_STEPS = """
def gradient(network, sums, hidden, z):
    \"\"\"Return the gradient of the mean cross-entropy in every weight and bias.\"\"\"
    powers = np.exp(z - z.max(axis=0))
    wrong = powers * (1 - targets)
    # For the true species p - y is minus the sum of the other probabilities: nothing cancels.
    by_z = (wrong - targets * wrong.sum(axis=0)) / (powers.sum(axis=0) * targets.shape[1])
    by_sum = (network[2].T @ by_z) / np.cosh(sums) ** 2  # 1 - tanh^2 is 1 / cosh^2
    return by_sum @ inputs.T, by_sum.sum(axis=1), by_z @ hidden.T, by_z.sum(axis=1)


now = initial(seed)
losses, right = [], []
for step in range(steps + 1):
    sums, hidden_values, z = forward(now, inputs)
    loss, share = scores(z)
    losses.append(loss)
    right.append(share)
    if step == trained:
        network = now
    now = [part - rate * slope for part, slope in zip(now, gradient(now, sums, hidden_values, z))]
losses, right = np.array(losses), np.array(right)
losses[trained], right[trained]
"""

_CHART = """
course = go.Figure([
    go.Scatter(y=losses, name="loss"),
    go.Scatter(y=right, name="share of right answers"),
    go.Scatter(x=[trained] * 2, y=[losses[trained], right[trained]], name="now", mode="markers",
               marker=dict(color="grey", size=10)),
])
course.update_layout(xaxis_title="training step", template="plotly_white")
course
"""

_RESULT = """
## The chosen flower

Its two widths become three raw outputs, and these become probabilities.
"""

_OUTPUTS = """
x = scaled(np.array([[petal], [sepal]]))
sums, hidden_values, z = (layer[:, 0] for layer in forward(network, x))
p = softmax(z)
result = go.Figure(go.Bar(x=names, y=p, marker_color=colours, text=np.round(p, 3)))
result.update_layout(title="Predicted probabilities", yaxis_range=[0, 1.1], template="plotly_white")
result
"""

_CHAIN = r"""
## From the loss back to one weight

$$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial p_t} \cdot \frac{\partial p_t}{\partial z_i}
\cdot \frac{\partial z_i}{\partial w} = (p_i - y_i)\, h$$

Here t is the true species, i the raw output that the weight w leads to, and h the hidden value that
it comes from.
"""

_FACTORS = """
loss_by_p = -1 / p[true]
p_by_z = jacobian(z)[true, output]
z_by_weight = hidden_values[hidden]
# The first two factors make p - y. For the true species that is minus the sum of the other probabilities.
loss_by_z = -np.delete(p, true).sum() if output == true else p[output]
loss_by_weight = loss_by_z * z_by_weight
loss_by_p, p_by_z, z_by_weight, loss_by_weight
"""
