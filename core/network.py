"""A network with one hidden layer before softmax: what it predicts, its gradient, and how it learns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arguments import finite_array, grid_of_values, index_of_class, integer, positive_number
from core.derivatives import jacobian
from core.descent import MAX_STEPS
from core.layers import TARGETS, layer_sums, of_row, scores, slopes_of
from core.loss import cross_entropy_gradient
from core.softmax import softmax

__all__ = ["HIDDEN", "MAX_HIDDEN", "MAX_SEED", "MAX_STEPS", "RATE", "STEPS"]
__all__ += ["Chain", "Forward", "Network", "Regions", "Training", "accuracy", "chain", "forward", "gradient"]
__all__ += ["initial", "loss", "parameters", "regions", "train"]

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

HIDDEN = 4
# With these, every seed from 0 to 30 gets 143 of the 150 irises right, and every step lowers the loss.
RATE = 0.5
STEPS = 600
MAX_HIDDEN = 64
MAX_SEED = 999_999
# Products of two numbers up to this size, summed over all flowers, stay inside float64.
_LARGEST = 1e100
# How many steps of a training are scored at once.
_BATCH = 100


@dataclass(frozen=True, eq=False)
class Network:
    """Weights and biases, or one number for each of them, such as a gradient; read-only copies.

    Parameters
    ----------
    hidden_weights : array_like, shape (H, 2)
        From each of the two inputs to each of H hidden nodes.
    hidden_bias : array_like, shape (H,)
        Added in each hidden node.
    output_weights : array_like, shape (3, H)
        From each hidden node to each raw output.
    output_bias : array_like, shape (3,)
        Added to each raw output.

    Raises
    ------
    TypeError, ValueError
        If one holds anything but finite real numbers or has another shape, or H is not 1 to 64.
    """

    hidden_weights: Array
    hidden_bias: Array
    output_weights: Array
    output_bias: Array

    def __post_init__(self) -> None:
        """Check the shapes against the number of hidden biases, and lock the arrays."""
        arrays = {name: finite_array(value, name) for name, value in vars(self).items()}
        bias = arrays["hidden_bias"]
        if bias.ndim != 1 or not 1 <= bias.size <= MAX_HIDDEN:
            raise ValueError(f"hidden_bias has shape {bias.shape}; 1 to {MAX_HIDDEN} numbers are accepted.")
        h = bias.size
        shapes = {"hidden_weights": (h, 2), "output_weights": (3, h), "output_bias": (3,)}
        for name, array in arrays.items():
            wanted = shapes.get(name, (h,))
            if array.shape != wanted:
                raise ValueError(f"{name} has shape {array.shape}; with {h} hidden, {wanted} is accepted.")
            locked = array.copy()
            locked.setflags(write=False)
            object.__setattr__(self, name, locked)


def parameters(network: Network) -> list[float]:
    """Return all weights and biases in one list, in the order of `Network`'s fields, each row by row."""
    return [float(value) for array in vars(network).values() for value in np.ravel(array)]


class Forward(NamedTuple):
    """The result of each layer: the sums and their tanh (..., H), z and p (..., 3)."""

    sums: Array
    hidden: Array
    z: Array
    p: Array


class Training(NamedTuple):
    """The trained network, loss and accuracy (0 to 1) after 0, 1, ... steps, and the kept networks."""

    network: Network
    loss: Array
    accuracy: Array
    stages: tuple[Network, ...] = ()


class Chain(NamedTuple):
    """The factors of dL/dw for the weight w from hidden node h to raw output i, and their products.

    With t the true species, the fields are: dL/dp_t = -1/p_t, dp_t/dz_i, their product dL/dz_i = p_i - y_i,
    dz_i/dw = hidden_h, and dL/dw.
    """

    loss_by_probability: float
    probability_by_output: float
    loss_by_output: float
    output_by_weight: float
    loss_by_weight: float


class Regions(NamedTuple):
    """The winning species (m_y, m_x) and the probabilities (m_y, m_x, 3) over a grid."""

    species: Whole
    p: Array


def initial(seed: int, hidden: int = HIDDEN) -> Network:
    """Return the network that training starts from: uniform from -1 to 1, the output biases 0.

    Parameters
    ----------
    seed : int
        From 0 to 999999. The same seed gives the same bits on every platform.
    hidden : int
        The number of hidden nodes, 1 to 64.

    Raises
    ------
    TypeError, ValueError
        If `seed` or `hidden` is not an integer within its limits.
    """
    nodes = integer(hidden, "hidden", 1, MAX_HIDDEN)
    source = np.random.Generator(np.random.PCG64(integer(seed, "seed", 0, MAX_SEED)))
    # Doubling is exact, so the result is rounded once, whether or not a processor fuses the two operations.
    drawn = 2 * source.random(6 * nodes) - 1
    inner, bias, outer = drawn[: 2 * nodes], drawn[2 * nodes : 3 * nodes], drawn[3 * nodes :]
    return Network(inner.reshape(nodes, 2), bias, outer.reshape(3, nodes), np.zeros(3))


def forward(network: Network, x: ArrayLike) -> Forward:
    r"""Return the result of each layer.

    .. math:: s = W x + b, \quad h = \tanh s, \quad z = V h + c, \quad p = \operatorname{softmax}(z)

    Parameters
    ----------
    network : Network
        Weights and biases up to 1e100.
    x : array_like, shape (..., 2)
        Inputs up to 1e100, as `core.irises.scaled` returns them. Leading axes are a batch.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or shape, is not finite or is too large.
    """
    return _layers(_usable(network), _inputs(x))


def loss(network: Network, x: ArrayLike, species: ArrayLike) -> float:
    r"""Return the mean cross-entropy over m flowers, in nats.

    .. math:: L = -\frac1m \sum_f \log p_{f, t_f}

    Parameters
    ----------
    network : Network
        See `forward`.
    x : array_like, shape (m, 2)
        Inputs.
    species : array_like of int, shape (m,)
        The true species t of each flower, 0 to 2.

    Raises
    ------
    TypeError, ValueError
        See `forward`; also if `species` holds anything but 0, 1 and 2, or not one for each flower.
    """
    return float(_scored(network, x, species)[0])


def accuracy(network: Network, x: ArrayLike, species: ArrayLike) -> float:
    """Return the share of flowers whose true species has the largest raw output (the first wins a tie).

    Parameters and errors are those of `loss`.
    """
    return float(_scored(network, x, species)[1])


def gradient(network: Network, x: ArrayLike, species: ArrayLike) -> Network:
    r"""Return the gradient of `loss` in every weight and bias, by the chain rule.

    .. math:: \frac{\partial L}{\partial z} = \frac{p - y}{m}, \quad
       \frac{\partial L}{\partial s} = \Bigl(V^T \frac{\partial L}{\partial z}\Bigr) (1 - \tanh^2 s)

    Parameters and errors are those of `loss`.
    """
    inputs, targets = _flowers(x, species)
    parameters = list(vars(_usable(network)).values())
    with np.errstate(over="ignore", under="ignore"):
        return Network(*slopes_of(parameters, inputs, targets, *layer_sums(parameters, inputs)))


def train(
    network: Network, x: ArrayLike, species: ArrayLike, rate: float = RATE, steps: int = STEPS, keep: int = 0
) -> Training:
    """Walk down `loss`: each step subtracts rate times the gradient over all flowers.

    Parameters
    ----------
    network, x, species
        See `loss`. Training can go on from any network, so many short trainings equal one long one.
    rate : float
        Above 0.
    steps : int
        From 0 to 100000.
    keep : int
        From 0 to 100000: the network is kept as a stage after 0, `keep`, 2 `keep`, ... steps; 0 keeps none.

    Raises
    ------
    TypeError, ValueError
        See `loss`; also if `rate`, `steps` or `keep` is outside its limits, or a weight or bias grows
        beyond 1e100.

    Examples
    --------
    >>> from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
    >>> train(initial(0), scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES).accuracy[[0, -1]].round(3)
    array([0.333, 0.953])
    """
    inputs, targets = _flowers(x, species)
    eta, count = positive_number(rate, "rate"), integer(steps, "steps", 0, MAX_STEPS)
    keep = integer(keep, "keep", 0, MAX_STEPS)
    parameters = list(vars(_usable(network)).values())
    shapes, row = [array.shape for array in parameters], np.concatenate([a.ravel() for a in parameters])
    losses, right = np.empty(count + 1), np.empty(count + 1)
    outputs: list[Array] = []
    stages: list[Network] = []
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        for k in range(count + 1):
            sums, hidden, z = layer_sums(parameters, inputs)
            outputs.append(z)
            # Scoring a batch at a time is much faster than step by step, and needs only bounded memory.
            if len(outputs) == _BATCH or k == count:
                done = slice(k + 1 - len(outputs), k + 1)
                losses[done], right[done] = scores(np.stack(outputs, axis=1), targets)
                outputs.clear()
            if keep and k % keep == 0:
                stages.append(Network(*parameters))
            if k == count:
                break
            slopes = slopes_of(parameters, inputs, targets, sums, hidden, z)
            # One row holds all parameters, because updating four arrays would take four times as long.
            row = row - eta * np.concatenate([slope.ravel() for slope in slopes])
            parameters = of_row(row, shapes)
            if np.abs(row).max() > _LARGEST:
                raise ValueError(
                    f"rate is {eta}; with it step {k + 1} leads beyond {_LARGEST}, a smaller one does not."
                )
    return Training(Network(*parameters), losses, right, tuple(stages))


def chain(network: Network, x: ArrayLike, true: int, i: int, h: int) -> Chain:
    r"""Return the chain rule for one output weight and the loss of one flower, factor by factor.

    .. math:: \frac{\partial L}{\partial V_{ih}} = \frac{\partial L}{\partial p_t}
       \frac{\partial p_t}{\partial z_i} \frac{\partial z_i}{\partial V_{ih}} = (p_i - y_i) h_h

    Parameters
    ----------
    network : Network
        See `forward`.
    x : array_like, shape (2,)
        The inputs of one flower.
    true, i, h : int
        The true species, the raw output (both 0 to 2) and the hidden node (0 to H - 1).

    Raises
    ------
    TypeError, ValueError
        See `forward`; also for more than one flower or an index outside its limits.

    Notes
    -----
    dL/dz_i is computed as p_i - y_i, not as a product, so it is right even where p_t is 0 in float64 and
    dL/dp_t is -inf.
    """
    inputs = _inputs(x)
    if inputs.ndim != 1:
        raise ValueError(f"x has shape {inputs.shape}; one flower, shape (2,), is accepted.")
    layers = _layers(_usable(network), inputs)
    t, i, h = (
        index_of_class(true, "true", 3),
        index_of_class(i, "i", 3),
        integer(h, "h", 0, layers.hidden.size - 1),
    )
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        error = cross_entropy_gradient(layers.z, TARGETS[t])[i]
        by_p, hidden = -1 / layers.p[t], layers.hidden[h]
        return Chain(by_p, jacobian(layers.z)[t, i], error, hidden, error * hidden)


def regions(network: Network, grid_x: ArrayLike, grid_y: ArrayLike) -> Regions:
    """Return the winning species at every pair of two grids of inputs, and the probabilities there.

    Parameters
    ----------
    network : Network
        See `forward`.
    grid_x, grid_y : array_like, shapes (m_x,) and (m_y,)
        Values of the first and the second input; at least one of each.

    Raises
    ------
    TypeError, ValueError
        See `forward`.
    """
    grids = np.meshgrid(grid_of_values(grid_x, "grid_x"), grid_of_values(grid_y, "grid_y"))
    _, _, z, p = forward(network, np.stack(grids, axis=-1))
    return Regions(z.argmax(axis=-1), p)


def _layers(network: Network, inputs: Array) -> Forward:
    columns = inputs.reshape(-1, 2).T
    with np.errstate(under="ignore"):
        rows = layer_sums(list(vars(network).values()), columns)
    sums, hidden, z = (row.T.reshape(*inputs.shape[:-1], len(row)) for row in rows)
    return Forward(sums, hidden, z, softmax(z))


def _scored(network: object, x: ArrayLike, species: ArrayLike) -> tuple[Array, Array]:
    inputs, targets = _flowers(x, species)
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        return scores(layer_sums(list(vars(_usable(network)).values()), inputs)[2], targets)


def _usable(network: object) -> Network:
    if not isinstance(network, Network):
        raise TypeError(f"network is of type {type(network).__name__}; a Network is accepted.")
    for array in vars(network).values():
        _bounded(array, "network")
    return network


def _inputs(x: ArrayLike) -> Array:
    inputs = _bounded(finite_array(x, "x"), "x")
    if inputs.ndim == 0 or inputs.shape[-1] != 2:
        raise ValueError(f"x has shape {inputs.shape}; two inputs per flower, shape (..., 2), are accepted.")
    return inputs


def _bounded(array: Array, name: str) -> Array:
    if (largest := np.abs(array).max(initial=0.0)) > _LARGEST:
        raise ValueError(f"{name} holds a number of size {largest}; sizes up to {_LARGEST} are accepted.")
    return array


def _flowers(x: ArrayLike, species: ArrayLike) -> tuple[Array, Array]:
    """Return inputs and one-hot targets, one column per flower."""
    inputs, true = _inputs(x), finite_array(species, "species")
    if inputs.ndim != 2 or not len(inputs):
        raise ValueError(f"x has shape {inputs.shape}; shape (m, 2) with at least one flower is accepted.")
    if true.shape != inputs.shape[:1]:
        raise ValueError(f"species has shape {true.shape}; one per flower, {inputs.shape[:1]}, is accepted.")
    if not np.isin(true, (0, 1, 2)).all():
        raise ValueError(f"species holds {true[~np.isin(true, (0, 1, 2))][0]:g}; 0, 1 and 2 are accepted.")
    return inputs.T.copy(), TARGETS[true.astype(np.int64)].T.copy()
