"""Every page offers its pictures, numbers and notebook, and makes them only when they are asked for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from streamlit.testing.v1 import AppTest

from core.handout.table import situation_csv
from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, SPECIES_NAMES, scaled
from core.network import RATE, forward, initial, train
from core.situation.scenario import Scenario
from tests.pages.follow import follow, turn_to
from tests.pages.sent import told
from ui.figures.surface import Quantity
from ui.handout.board_picture import board_svg
from ui.handout.derive_notebook import derive_notebook
from ui.handout.explore_notebook import explore_notebook

APP = str(Path(__file__).parents[2] / "app.py")
NOW = Scenario(("=1+1", "b"), (1.25, -3), 2.0, 0, 1)


def opened(page: str, query: Mapping[str, str] | None = None, *, popover: bool = True) -> AppTest:
    """A page as a reader sees it after opening a link to it, and then "Take away"."""
    test = AppTest.from_file(APP, default_timeout=30)
    test.run()
    follow(turn_to(test, page) if page else test, query or {})
    if popover:
        test.session_state["takeaway"] = True
        test.run()
    assert not test.exception
    return test


def pictures(test: AppTest) -> list[dict[str, Any]]:
    """The pictures that the browser is told to offer."""
    for element in test.get("bidi_component"):
        if element.proto.component_name.endswith("softmax_takeaway"):
            found: list[dict[str, Any]] = told(element.proto)["pictures"]
            return found
    raise KeyError


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The files that a page has offered for download, by their names."""
    import streamlit as st

    offered: dict[str, str] = {}
    draw: Callable[..., bool] = st.download_button

    def noted(label: str, data: str, file_name: str, *rest: object, **options: object) -> bool:
        offered[file_name] = data
        return draw(label, data, file_name, *rest, **options)

    monkeypatch.setattr(st, "download_button", noted)
    return offered


def test_explore_gives_its_situation(files: dict[str, str]) -> None:
    test = opened("", NOW.to_query())
    assert files["softmax-situation.csv"] == situation_csv(NOW)
    assert files["softmax-explore.ipynb"] == explore_notebook(NOW, 0, "derivative", 5.0)
    *charts, board = pictures(test)
    assert [chart["key"] for chart in charts] == ["curve", "surface"]
    assert {chart["svg"] for chart in charts} == {None}
    assert board["svg"] == board_svg(NOW)


@pytest.mark.parametrize("quantity", ["probability", "log-derivative"])
def test_explore_gives_the_surface_that_is_shown(files: dict[str, str], quantity: Quantity) -> None:
    opened("", {"surface": quantity, "over": "virginica"})
    assert files["softmax-explore.ipynb"] == explore_notebook(Scenario(), 2, quantity, 5.0)


def test_step_by_step_warns_of_the_result_until_it_was_predicted(files: dict[str, str]) -> None:
    test = opened("derive", NOW.to_query())
    assert files["softmax-derive.ipynb"] == derive_notebook(NOW, 5.0)
    assert files["softmax-situation.csv"] == situation_csv(NOW)
    assert pictures(test)[-1]["svg"] == board_svg(NOW, hide_values=True)
    warning = "Numbers and notebook hold the result that you have not predicted yet."
    assert warning in [caption.value for caption in test.caption]
    test = opened("derive", {"predict": "off", **NOW.to_query()})
    assert pictures(test)[-1]["svg"] == board_svg(NOW)
    assert warning not in [caption.value for caption in test.caption]


def test_descent_gives_what_was_chosen(files: dict[str, str]) -> None:
    test = opened("descend", {"true": "virginica", "label": "0.9", "rate": "5", "loss": "squared error"})
    assert files["softmax-situation.csv"] == situation_csv(Scenario())
    values = nbformat.reads(files["softmax-descend.ipynb"], as_version=4).cells[2].source
    assert "true = 2  #" in values
    assert "rate = 5.0  #" in values
    assert "loss = 'squared error'  #" in values
    assert "np.array([0.04999999999999999, 0.04999999999999999, 0.9])" in values
    assert [chart["key"] for chart in pictures(test)[:-1]] == ["cross_entropy", "squared_error", "simplex"]


def test_irises_give_the_chosen_flower(files: dict[str, str]) -> None:
    test = opened("iris", {"seed": "3", "trained": "40", "flower": "120", "weight": "3-2"})
    network = train(initial(3), scaled(PETAL_WIDTH, SEPAL_WIDTH), SPECIES, RATE, 40).network
    z = forward(network, scaled(PETAL_WIDTH[119], SEPAL_WIDTH[119])).z.tolist()
    assert files["softmax-situation.csv"] == situation_csv(Scenario(SPECIES_NAMES, z, 1.0, 2, 2))
    values = nbformat.reads(files["softmax-iris.ipynb"], as_version=4).cells[4].source
    for line in ("seed = 3 ", "trained = 40 ", "petal, sepal = (1.5, 2.2) ", "output, hidden = (2, 1) "):
        assert f"{line} #" in values
    assert pictures(test)[0]["key"] == "training"


@pytest.mark.parametrize("page", ["", "derive", "descend", "iris"])
def test_nothing_is_made_before_it_is_asked_for(page: str, files: dict[str, str]) -> None:
    test = opened(page, popover=False)
    assert files == {}
    assert "Take away" in [element.proto.popover.label for element in test.get("popover")]


def test_the_first_run_has_nothing_to_take_away() -> None:
    test = AppTest.from_file(APP, default_timeout=30)
    test.run()
    assert not test.exception
    assert len(test.get("popover")) == 0
