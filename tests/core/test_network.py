"""The network's gradient is right, its training is the same every time, and it learns the irises."""

from collections.abc import Callable
from dataclasses import fields, replace

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from numpy.typing import ArrayLike

from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
from core.loss import probability_error
from core.network import (
    MAX_STEPS,
    RATE,
    STEPS,
    Network,
    accuracy,
    chain,
    forward,
    gradient,
    initial,
    loss,
    regions,
    train,
)

X = scaled(PETAL_WIDTH, SEPAL_WIDTH)
NAMES = [field.name for field in fields(Network)]
NAN = float("nan")


def network_of(*parameters: ArrayLike) -> Network:
    return Network(*(np.array(values, dtype=np.float64) for values in parameters))


SMALL = network_of([[1, 0]], [0], [[1], [0], [-1]], [0, 0, 0])


def same(one: Network, other: Network) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in NAMES)


def central_difference(network: Network, name: str, place: tuple[int, ...], step: float = 1e-3) -> float:
    """The derivative of the loss in one parameter, from four losses near it; the error grows with step^4."""

    def moved(by: float) -> float:
        values = getattr(network, name).copy()
        values[place] += by
        return loss(replace(network, **{name: values}), X, SPECIES)

    near, far = moved(step) - moved(-step), moved(2 * step) - moved(-2 * step)
    return (8 * near - far) / (12 * step)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("seed", "hidden", "steps"), [(0, 4, 0), (1, 1, 0), (2, 3, 100), (3, 4, STEPS)])
def test_every_parameters_gradient_agrees_with_central_differences(
    name: str, seed: int, hidden: int, steps: int
) -> None:
    network = train(initial(seed, hidden), X, SPECIES, RATE, steps).network
    found = getattr(gradient(network, X, SPECIES), name)
    for place in np.ndindex(found.shape):
        assert found[place] == pytest.approx(central_difference(network, name, place), rel=1e-8, abs=1e-10)


def test_the_gradient_of_a_batch_is_the_mean_over_its_flowers() -> None:
    network = initial(5)
    alone = [gradient(network, X[k : k + 1], SPECIES[k : k + 1]) for k in range(150)]
    for name in NAMES:
        mean = np.mean([getattr(one, name) for one in alone], axis=0)
        assert getattr(gradient(network, X, SPECIES), name) == pytest.approx(mean, abs=1e-15)


def test_the_error_in_raw_outputs_is_that_of_the_loss() -> None:
    layers = forward(initial(7), X)
    expected = probability_error(layers.z, np.eye(3)[SPECIES]).mean(axis=0)
    assert gradient(initial(7), X, SPECIES).output_bias == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("ahead", [40.0, 100.0, 600.0])
def test_a_saturated_true_class_keeps_its_gradient_digits(ahead: float) -> None:
    sure = network_of([[0, 0]], [0], [[0], [0], [0]], [ahead, 0, 1])
    found = gradient(sure, [[0.5, 0.5]], [0]).output_bias
    with mpmath.workdps(400):
        powers = [mpmath.exp(0), mpmath.exp(-ahead), mpmath.exp(1 - mpmath.mpf(ahead))]
        exact = [float(power / sum(powers)) for power in powers]
        rest = float(-(powers[1] + powers[2]) / sum(powers))
    # The tolerance is the 8 eps (1 + spread) that softmax promises.
    assert found == pytest.approx([rest, *exact[1:]], rel=1.8e-15 * (1 + ahead), abs=0)
    links = chain(sure, [0.5, 0.5], 0, 0, 0)
    assert links.loss_by_output == pytest.approx(rest, rel=1.8e-15 * (1 + ahead), abs=0)


def test_a_saturated_hidden_node_keeps_its_gradient_digits() -> None:
    network = network_of([[0, 0]], [30], [[1], [0], [0]], [0, 0, 0])
    layers = forward(network, [[0, 0]])
    with mpmath.workdps(60):
        slope = float(mpmath.sech(30) ** 2)
    expected = (layers.p[0, 0] - 1) * slope
    assert gradient(network, [[0, 0]], [0]).hidden_bias[0] == pytest.approx(expected, rel=1e-13, abs=0)


@pytest.mark.parametrize("true", [0, 1, 2])
@pytest.mark.parametrize("flower", [0, 70, 149])
def test_the_chain_multiplies_out_to_the_gradient(true: int, flower: int) -> None:
    network = initial(11)
    slopes = gradient(network, X[flower : flower + 1], [true])
    for i, h in np.ndindex(3, 4):
        links = chain(network, X[flower], true, i, h)
        by_factors = links.loss_by_probability * links.probability_by_output
        assert by_factors == pytest.approx(links.loss_by_output, rel=1e-13)
        assert links.loss_by_output * links.output_by_weight == links.loss_by_weight
        assert links.loss_by_weight == pytest.approx(slopes.output_weights[i, h], rel=1e-13)


def test_a_hopeless_flower_has_an_infinite_factor_and_a_finite_gradient() -> None:
    links = chain(network_of([[1, 0]], [0], [[1], [0], [0]], [0, 0, 800]), [1, 0], 0, 0, 0)
    assert (links.loss_by_probability, links.loss_by_output) == (-np.inf, -1.0)
    assert np.isfinite(links.loss_by_weight)


def test_the_same_seed_starts_the_same_network_on_every_machine() -> None:
    assert same(initial(3), initial(3))
    assert not same(initial(3), initial(4))
    # PCG64 gives the same bits everywhere. These are the first two numbers that it draws from seed 0.
    assert initial(0).hidden_weights[0].tolist() == [0.2739233746429086, -0.4604265724722594]


def test_starting_weights_lie_between_minus_1_and_1() -> None:
    for seed in (0, 1, 999_999):
        network = initial(seed, 64)
        for name in NAMES[:3]:
            assert np.abs(getattr(network, name)).max() <= 1
        assert network.output_bias.tolist() == [0, 0, 0]


def test_training_twice_gives_the_same_bits() -> None:
    one, other = (train(initial(8), X, SPECIES) for _ in range(2))
    assert same(one.network, other.network)
    assert np.array_equal(one.loss, other.loss)
    assert np.array_equal(one.accuracy, other.accuracy)


def test_training_goes_on_where_it_stopped() -> None:
    whole = train(initial(8), X, SPECIES, RATE, 50)
    first = train(initial(8), X, SPECIES, RATE, 20)
    second = train(first.network, X, SPECIES, RATE, 30)
    assert same(whole.network, second.network)
    assert np.array_equal(whole.loss, np.concatenate([first.loss, second.loss[1:]]))


def test_the_stages_of_a_training_are_the_networks_on_its_way() -> None:
    kept = train(initial(8), X, SPECIES, RATE, 25, keep=10).stages
    assert len(kept) == 3
    for k, stage in enumerate(kept):
        assert same(stage, train(initial(8), X, SPECIES, RATE, 10 * k).network)
    assert train(initial(8), X, SPECIES, RATE, 25).stages == ()


def test_the_history_starts_before_the_first_step_and_ends_after_the_last() -> None:
    start = initial(8)
    history = train(start, X, SPECIES, RATE, 5)
    assert history.loss.shape == history.accuracy.shape == (6,)
    assert (history.loss[0], history.accuracy[0]) == (loss(start, X, SPECIES), accuracy(start, X, SPECIES))
    assert history.loss[-1] == loss(history.network, X, SPECIES)
    assert history.accuracy[-1] == accuracy(history.network, X, SPECIES)
    assert same(train(start, X, SPECIES, RATE, 0).network, start)


def test_one_step_subtracts_rate_times_the_gradient() -> None:
    start, slopes = initial(2), gradient(initial(2), X, SPECIES)
    moved = train(start, X, SPECIES, 0.25, 1).network
    for name in NAMES:
        assert np.array_equal(getattr(moved, name), getattr(start, name) - 0.25 * getattr(slopes, name))


@pytest.mark.parametrize("seed", range(31))
def test_training_gets_at_least_140_of_150_irises_right_and_never_climbs(seed: int) -> None:
    history = train(initial(seed), X, SPECIES)
    assert round(150 * history.accuracy[-1]) >= 140
    assert (np.diff(history.loss) < 0).all()


def test_the_layers_are_those_of_the_formula() -> None:
    network = initial(1, 3)
    layers = forward(network, X[0])
    sums = network.hidden_weights @ X[0] + network.hidden_bias
    z = network.output_weights @ np.tanh(sums) + network.output_bias
    assert layers.sums == pytest.approx(sums, rel=1e-14)
    assert layers.z == pytest.approx(z, rel=1e-14)
    assert layers.p == pytest.approx(np.exp(z) / np.exp(z).sum(), rel=1e-14)
    assert forward(network, X.reshape(10, 15, 2)).p.shape == (10, 15, 3)


def test_regions_have_a_row_for_each_second_input_and_agree_with_forward() -> None:
    network = train(initial(0), X, SPECIES).network
    grid_x, grid_y = [0.0, 0.5, 1.0], [0.2, 0.8]
    found = regions(network, grid_x, grid_y)
    assert found.species.shape == (2, 3)
    for row, column in np.ndindex(2, 3):
        p = forward(network, [grid_x[column], grid_y[row]]).p
        assert found.p[row, column] == pytest.approx(p, rel=1e-13)
        assert found.species[row, column] == p.argmax()
    assert found.species[0, [0, 2]].tolist() == [0, 2]


def test_the_largest_network_and_input_accepted_give_finite_numbers() -> None:
    huge = network_of(
        np.full((64, 2), 1e100), np.full(64, 1e100), np.full((3, 64), -1e100), [1e100, 0, -1e100]
    )
    x = [[1e100, -1e100], [1e100, 1e100]]
    for array in (*forward(huge, x), *vars(gradient(huge, x, [0, 2])).values()):
        assert np.isfinite(array).all()
    assert np.isfinite(loss(huge, x, [0, 2]))


def test_a_network_copies_its_arrays_and_locks_them() -> None:
    bias = np.zeros(3)
    network = Network(np.array([[1.0, 0]]), np.zeros(1), np.array([[1.0], [0], [-1]]), bias)
    bias[0] = 5
    assert network.output_bias[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        network.output_bias[0] = 1


LARGE = replace(SMALL, output_bias=np.array([1e101, 0, 0]))
HOSTILE = {
    "negative seed": (lambda: initial(-1), ValueError, "seed is -1; an integer from 0 to 999999 is accepted"),
    "seed beyond": (lambda: initial(10**6), ValueError, "seed is 1000000; an integer from 0 to 999999"),
    "endless seed": (
        lambda: initial(10**5000),
        ValueError,
        "seed is a number of more than 12 digits; an integer",
    ),
    "seed of text": (
        lambda: initial("1"),  # type: ignore[arg-type]
        TypeError,
        "seed is '1'; an integer from 0 to 999999 is accepted",
    ),
    "seed true": (lambda: initial(True), TypeError, "seed is True; an integer"),
    "seed a float": (lambda: initial(1.0), TypeError, "seed is 1.0; an integer"),  # type: ignore[arg-type]
    "no hidden": (lambda: initial(0, 0), ValueError, "hidden is 0; an integer from 1 to 64 is accepted"),
    "many hidden": (lambda: initial(0, 65), ValueError, "hidden is 65; an integer from 1 to 64 is accepted"),
    "nan weight": (
        lambda: replace(SMALL, hidden_weights=np.array([[NAN, 0]])),
        ValueError,
        "hidden_weights holds nan",
    ),
    "wide weights": (
        lambda: replace(SMALL, hidden_weights=np.array([[1.0, 2, 3]])),
        ValueError,
        r"hidden_weights has shape \(1, 3\); with 1 hidden, \(1, 2\) is accepted",
    ),
    "few outputs": (
        lambda: replace(SMALL, output_weights=np.ones((1, 1))),
        ValueError,
        "output_weights has shape",
    ),
    "deep bias": (
        lambda: replace(SMALL, hidden_bias=np.zeros((1, 1))),
        ValueError,
        "hidden_bias has shape",
    ),
    "text bias": (
        lambda: replace(SMALL, output_bias="abc"),  # type: ignore[arg-type]
        TypeError,
        "output_bias holds values of type",
    ),
    "no network": (
        lambda: forward(None, [0, 0]),  # type: ignore[arg-type]
        TypeError,
        "network is of type NoneType; a Network is acc",
    ),
    "large network": (lambda: forward(LARGE, [0, 0]), ValueError, "network holds a number of size 1e"),
    "large x": (lambda: forward(SMALL, [1e200, 0]), ValueError, r"x holds a number of size 1e\+200"),
    "nan x": (lambda: forward(SMALL, [NAN, 0]), ValueError, "x holds nan at index 0"),
    "x a number": (lambda: forward(SMALL, 1), ValueError, r"x has shape \(\); two inputs per flower"),
    "x of three": (lambda: forward(SMALL, [1, 2, 3]), ValueError, r"x has shape \(3,\); two inputs"),
    "x one flower": (lambda: loss(SMALL, [0, 0], [0]), ValueError, r"x has shape \(2,\); shape \(m, 2\)"),
    "x none": (lambda: accuracy(SMALL, np.empty((0, 2)), []), ValueError, "at least one flower is accepted"),
    "few species": (lambda: gradient(SMALL, X, [0, 1]), ValueError, r"species has shape \(2,\); one per"),
    "fourth species": (lambda: loss(SMALL, [[0, 0]], [3]), ValueError, "species holds 3; 0, 1 and 2 are"),
    "half species": (lambda: loss(SMALL, [[0, 0]], [0.5]), ValueError, "species holds 0.5; 0, 1 and 2 are"),
    "species true": (lambda: loss(SMALL, [[0, 0]], [True]), TypeError, "species holds values of type bool"),
    "rate 0": (lambda: train(SMALL, X, SPECIES, 0), ValueError, "rate is 0.0; a finite number above 0"),
    "rate nan": (lambda: train(SMALL, X, SPECIES, NAN), ValueError, "rate is nan; a finite number above 0"),
    "rate text": (
        lambda: train(SMALL, X, SPECIES, "1"),  # type: ignore[arg-type]
        TypeError,
        "rate is '1'; a finite number above 0",
    ),
    "rate huge": (lambda: train(SMALL, X, SPECIES, 1e308), ValueError, r"rate is 1e\+308; with it step 1"),
    "steps below": (lambda: train(SMALL, X, SPECIES, 1, -1), ValueError, "steps is -1; an integer from 0 to"),
    "steps beyond": (
        lambda: train(SMALL, X, SPECIES, 1, MAX_STEPS + 1),
        ValueError,
        "steps is 100001; an integer from 0 to 100000 is accepted",
    ),
    "steps a float": (
        lambda: train(SMALL, X, SPECIES, 1, 2.0),  # type: ignore[arg-type]
        TypeError,
        "steps is 2.0; an integer",
    ),
    "chain of many": (lambda: chain(SMALL, X, 0, 0, 0), ValueError, r"x has shape \(150, 2\); one flower"),
    "chain true": (lambda: chain(SMALL, [0, 0], 3, 0, 0), ValueError, "true is 3; an integer from 0 to 2"),
    "chain i": (lambda: chain(SMALL, [0, 0], 0, -1, 0), ValueError, "i is -1; an integer from 0 to 2"),
    "chain h": (lambda: chain(SMALL, [0, 0], 0, 0, 1), ValueError, "h is 1; an integer from 0 to 0 is acc"),
    "empty grid": (lambda: regions(SMALL, [], [0]), ValueError, r"grid_x has shape \(0,\); one dimension"),
    "deep grid": (lambda: regions(SMALL, [0], [[0]]), ValueError, r"grid_y has shape \(1, 1\)"),
}


@pytest.mark.parametrize(("call", "error", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_refused_in_a_sentence(
    call: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        call()
