"""Every notebook is valid, runs from top to bottom with NumPy and Plotly alone, and has the app's digits."""

import ast
import contextlib
import io
import json
import re
from dataclasses import replace
from typing import Any, get_args

import nbformat
import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.typing import NDArray

from core.derivatives import derivative_curve, derivative_surface, jacobian, probability_surface
from core.descent import LOSSES, Loss, descend, within
from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
from core.log_derivatives import log_derivative_surface
from core.loss import smoothed
from core.network import RATE, STEPS, chain, forward, initial, parameters, train
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.browser.hostile import HOSTILE
from ui.board import scale_for
from ui.figures.surface import Quantity
from ui.handout.derive_notebook import derive_notebook
from ui.handout.descend_notebook import descend_notebook
from ui.handout.explore_notebook import explore_notebook
from ui.handout.iris_notebook import iris_notebook
from ui.handout.notebook import code_span

NAMES = [name.replace(",", ";") for name in HOSTILE.values()]
QUOTES = ("''' + exit() + '''", '"""; exit() #', "\\", "{p}", "`x`", "_x_ $y$")
SITUATIONS = {
    "worked example": Scenario(j=1),
    "its own derivative": Scenario(),
    "hostile names": Scenario(tuple(NAMES), tuple(np.linspace(-2, 3, len(NAMES)).tolist()), 1.0, 1, 2),
    "quotes": Scenario(QUOTES, (0.5, 1, -1, 0, 0.25, 2), 2.0, 2, 2),
    "ten classes": next(preset.scenario for preset in PRESETS if preset.key == "ten-classes"),
    "two classes": Scenario(("yes", "no"), (2, -1), 1.0, 0, 1),
    "coldest": Scenario(temperature=0.05, i=1, j=1),
    "farthest": Scenario(z=(50, -50, 49), i=0, j=2),
    "coldest and farthest": Scenario(z=(50, -50, 49.5), temperature=0.05, i=0, j=2),
}
by_situation = pytest.mark.parametrize("now", SITUATIONS.values(), ids=SITUATIONS.keys())
# Relative. Where the exponents spread so far that products of probabilities underflow, core takes logarithms
# and both are less exact (core/derivatives.py).
CLOSE, CLOSE_ON_GRIDS, FAR = 1e-15, 4e-15, 1e-11
# Below this, float64 has fewer digits.
NORMAL = 1e-300


def run(source: str) -> tuple[dict[str, Any], str]:
    """Run all cells of a notebook in one namespace, as Jupyter does; return that and what it printed."""
    book = nbformat.reads(source, as_version=4)
    nbformat.validate(book)
    space: dict[str, Any] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        for place, cell in enumerate(book.cells):
            if cell.cell_type == "code":
                exec(compile(cell.source, f"cell {place}", "exec"), space)  # noqa: S102
    assert any(isinstance(value, go.Figure) for value in space.values())
    for value in space.values():
        if isinstance(value, go.Figure):
            json.loads(value.to_json())
    return space, said.getvalue()


def agree(here: object, there: object, spread: float, close: float = CLOSE) -> None:
    """Check that two arrays have the same digits."""
    found, wanted = np.asarray(here, float), np.asarray(there, float)
    assert found.shape == wanted.shape
    np.testing.assert_allclose(found, wanted, rtol=close if spread < 300 else FAR, atol=NORMAL)


def spread(now: Scenario) -> float:
    return (max(now.z) - min(now.z)) / now.temperature


def no_surprises(said: str, spread: float = 0) -> None:
    """Check that the notebook itself finds the app's numbers; it tells of differences in the last digits."""
    found = re.findall(
        r": (identical|.* digits \(the largest difference is (\S+) of .*|other values.*)", said
    )
    assert len(found) > 1
    for told, difference in found:
        assert told == "identical" or float(difference) < (CLOSE_ON_GRIDS if spread < 300 else FAR), said


@by_situation
def test_explore_has_the_numbers_of_the_page(now: Scenario) -> None:
    other = next(k for k in range(len(now.classes)) if k != now.j)
    end = scale_for(now.z)
    quantities: tuple[Quantity, ...] = get_args(Quantity)
    for quantity in quantities:
        space, said = run(explore_notebook(now, other, quantity, end))
        assert space["names"] == list(now.classes)
        assert tuple(space["z"]) == now.z
        agree(space["p"], softmax(now.z, now.temperature), spread(now))
        agree(space["J"], jacobian(now.z, now.temperature), spread(now))
        curve = derivative_curve(now.z, now.i, now.j, space["moving"], now.temperature)
        reach = 2 * end / now.temperature
        agree(space["probability_curve"], curve.probability, reach, CLOSE_ON_GRIDS)
        agree(space["derivative_curve"], curve.derivative, reach, CLOSE_ON_GRIDS)
        side = space["side"]
        grids = (now.j, other, side, side, now.temperature)
        surfaces: dict[Quantity, NDArray[np.float64]] = {
            "derivative": derivative_surface(now.z, now.i, now.j, *grids),
            "probability": probability_surface(now.z, now.i, *grids),
            "log-derivative": log_derivative_surface(now.z, now.i, now.j, *grids),
        }
        agree(space["heights"], surfaces[quantity], reach, CLOSE_ON_GRIDS)
        assert said.count("\n") == 2
        no_surprises(said, spread(now))


@by_situation
def test_step_by_step_has_the_numbers_of_the_page(now: Scenario) -> None:
    space, said = run(derive_notebook(now, scale_for(now.z)))
    entries = jacobian(now.z, now.temperature)
    agree(space["derivative"], entries[now.i, now.j], spread(now))
    agree(space["J"], entries, spread(now))
    agree(space["p"], softmax(now.z, now.temperature), spread(now))
    largest = 1 / (4 * now.temperature)
    assert space["by_rule"] == pytest.approx(entries[now.i, now.j], abs=1e-15 * largest)
    assert space["secant"] == pytest.approx(entries[now.i, now.j], rel=1e-6, abs=1e-12 * largest)
    no_surprises(said, spread(now))


@by_situation
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("rate", "certainty"), [(1.0, 1.0), (100.0, 0.8)])
def test_descent_has_the_numbers_of_the_page(
    now: Scenario, loss: Loss, rate: float, certainty: float
) -> None:
    target = smoothed(1, len(now.classes), certainty).tolist()
    past = descend(now.z, target, rate, 3, now.temperature, loss)
    ahead = within(descend(now.z, target, rate, 40, now.temperature, loss), 50)
    space, said = run(descend_notebook(now, target, 1, rate, loss, past, ahead))
    measure, slope = LOSSES[loss]
    agree(space["loss_of"](space["z"]), measure(now.z, target, now.temperature), 0)
    gradient = slope(now.z, target, now.temperature)
    assert space["gradient_of"](space["z"]) == pytest.approx(gradient, abs=CLOSE * np.abs(gradient).max())
    # The paths are the same to the last bit, even where a step overshoots and small differences grow.
    assert space["past"].tolist() == past.z.tolist()
    assert space["ahead"].tolist() == ahead.z.tolist()
    no_surprises(said)


@pytest.mark.parametrize(
    ("seed", "trained", "flower"), [(1, 600, 59), (77, 0, 0), (999_999, 123, 149), (5, 600, None)]
)
def test_irises_have_the_numbers_of_the_page(seed: int, trained: int, flower: int | None) -> None:
    x = scaled(PETAL_WIDTH, SEPAL_WIDTH)
    training = train(initial(seed), x, SPECIES, RATE, STEPS)
    network = train(initial(seed), x, SPECIES, RATE, trained).network
    at = (1.3, 2.5) if flower is None else (float(PETAL_WIDTH[flower]), float(SEPAL_WIDTH[flower]))
    for weight in ((1, 0), (2, 3)):
        space, said = run(iris_notebook(training, network, seed, trained, flower, at, weight))
        here = [value for part in space["network"] for value in part.ravel().tolist()]
        assert here == parameters(network)
        agree(space["losses"], training.loss, 0)
        assert space["right"].tolist() == training.accuracy.tolist()
        layers = forward(network, scaled(*at))
        agree(space["z"], layers.z, 0)
        agree(space["p"], layers.p, 0)
        if flower is not None:
            found = chain(network, scaled(*at), int(SPECIES[flower]), *weight)
            agree(space["loss_by_weight"], found.loss_by_weight, 0)
        no_surprises(said)


@by_situation
def test_names_are_literals_in_code_and_code_spans_in_text(now: Scenario) -> None:
    plain = replace(now, classes=tuple("abcdefghij"[: len(now.classes)]))

    def cells(of: Scenario) -> list[Any]:
        other = 0 if of.j else 1
        books = derive_notebook(of, 5.0), explore_notebook(of, other, "derivative", 5.0)
        return [cell for book in books for cell in nbformat.reads(book, as_version=4).cells]

    for cell, same in zip(cells(now), cells(plain), strict=True):
        if "names = [" in cell.source:
            given = ast.parse(cell.source).body[0]
            assert isinstance(given, ast.Assign)
            assert ast.literal_eval(given.value) == list(now.classes)
        elif cell.cell_type == "code":
            assert cell.source == same.source
        else:
            for name, other in zip(now.classes, plain.classes, strict=True):
                same.source = same.source.replace(f"`{other}`", code_span(name))
            assert cell.source == same.source


def test_the_same_situation_gives_the_same_file() -> None:
    assert derive_notebook(Scenario(), 5.0) == derive_notebook(Scenario(), 5.0)
