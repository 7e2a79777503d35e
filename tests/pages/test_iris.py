"""The iris page as Python draws it: flowers, points, seeds and stages of training, hostile links."""

import json
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.irises import PETAL_WIDTH, SEPAL_WIDTH, SPECIES, scaled
from core.network import RATE, STEPS, Network, accuracy, forward, initial, loss, train
from core.situation.scenario import Scenario
from tests.pages.follow import follow, turn_to
from tests.pages.sent import sent_to, told
from tests.ui.drawn import unpacked

APP = str(Path(__file__).parents[2] / "app.py")
INPUTS = scaled(PETAL_WIDTH, SEPAL_WIDTH)


def opened(**query: str) -> AppTest:
    """The page as a user sees it after opening a link to it."""
    test = AppTest.from_file(APP, default_timeout=30)
    test.run()
    follow(turn_to(test, "iris"), query)
    assert not test.exception
    return test


sent = partial(sent_to, name="iris")


def links(test: AppTest) -> list[dict[str, Any]]:
    """The links that Python told the page's components."""
    protos = [element.proto for element in test.get("bidi_component")]
    return [message["link"] for message in map(told, protos) if "link" in message]


def weights(network: Network) -> list[float]:
    parts = (network.hidden_weights, network.hidden_bias, network.output_weights, network.output_bias)
    all_of_them: list[float] = np.concatenate([np.ravel(part) for part in parts]).tolist()
    return all_of_them


def stages(data: dict[str, Any]) -> list[tuple[int, list[float]]]:
    """The steps of the training ahead, each with its weights in one row."""
    told = data["stages"]
    rows = unpacked({"bdata": told["weights"], "dtype": "f4"}).reshape(-1, len(data["weights"]))
    return [(told["first"] + k * told["every"], row.tolist()) for k, row in enumerate(rows)]


def test_a_new_visitor_sees_a_trained_network_and_what_to_do_first() -> None:
    test = opened()
    assert "Click a flower" in test.markdown[0].value
    assert sent(test)["trained"] == STEPS
    assert sent(test)["weights"] == weights(train(initial(1), INPUTS, SPECIES, RATE, STEPS).network)
    assert not test.warning


@pytest.mark.parametrize("trained", [0, 1, 4, 5, 12, 599])
def test_every_stage_of_training_is_a_link(trained: int) -> None:
    data = sent(opened(seed="7", trained=str(trained)))
    assert data["weights"] == weights(train(initial(7), INPUTS, SPECIES, RATE, trained).network)
    assert [step for step, _ in stages(data)] == list(range(trained // 5 * 5 + 5, 601, 5))


def test_what_is_played_is_what_training_does() -> None:
    for step, row in stages(sent(opened(seed="3", trained="0")))[::40]:
        network = train(initial(3), INPUTS, SPECIES, RATE, step).network
        assert row == pytest.approx(weights(network), rel=1e-6)


def test_the_course_is_drawn_with_its_point() -> None:
    test = opened(trained="100")
    chart = next(element for element in test.get("plotly_chart") if "training" in element.proto.id)
    traces = json.loads(chart.proto.spec)["data"]
    network = train(initial(1), INPUTS, SPECIES, RATE, 100).network
    assert traces[1]["y"] == pytest.approx([100 * accuracy(network, INPUTS, SPECIES)], rel=1e-5)
    assert traces[3]["y"] == pytest.approx([loss(network, INPUTS, SPECIES)], rel=1e-5)
    assert len(unpacked(traces[2]["y"])) == STEPS + 1


def test_a_flower_from_the_list_replaces_a_point_of_ones_own() -> None:
    test = opened(at="1.2,3.3")
    assert (sent(test)["flower"], sent(test)["petal"], sent(test)["sepal"]) == (None, 1.2, 3.3)
    test.selectbox(key="flower_list").set_value(149).run()
    assert not test.exception
    assert (sent(test)["flower"], sent(test)["petal"]) == (149, 1.8)
    assert test.query_params["flower"] == "150"
    assert "at" not in test.query_params


def test_a_weight_is_chosen_from_the_list_too() -> None:
    test = opened()
    test.selectbox(key="weight_list").set_value("3-4").run()
    assert not test.exception
    assert sent(test)["weight"] == [2, 3]
    assert test.query_params["weight"] == "3-4"


@pytest.mark.parametrize("stage", [1, 8])
def test_a_stage_of_the_flowers_way_is_a_link(stage: int) -> None:
    assert sent(opened())["way"] == 0
    test = opened(way=str(stage))
    assert sent(test)["way"] == stage
    assert not test.warning
    # Another flower goes the same way, and the stage stays.
    test.selectbox(key="flower_list").set_value(9).run()
    assert (sent(test)["flower"], sent(test)["way"]) == (9, stage)
    assert test.query_params["way"] == str(stage)


def test_another_seed_starts_from_other_weights() -> None:
    test = opened()
    test.number_input(key="seed_number").set_value(42).run()
    assert not test.exception
    assert sent(test)["weights"] == weights(initial(42))
    assert (test.query_params["seed"], test.query_params["trained"]) == ("42", "0")


@pytest.mark.parametrize("page", ["", "derive"])
def test_a_flower_is_carried_over_to_the_other_pages(page: str) -> None:
    test = opened()
    next(button for button in test.button if button.key == f"open_{page}").click().run()
    assert not test.exception
    network = train(initial(1), INPUTS, SPECIES, RATE, STEPS).network
    # Python sends a link, which the browser opens.
    asked = next(link["open"] for link in links(test) if "open" in link)
    assert asked["page"] == page
    now, problems = Scenario.from_query(dict(parse_qsl(asked["query"])))
    assert not problems
    # Python sends the link in every run until the browser is there, because a run's messages may be dropped.
    test.run()
    assert next(link["open"] for link in links(test) if "open" in link) == asked
    follow(turn_to(test, page), dict(parse_qsl(asked["query"])))
    assert not any("open" in link for link in links(test))
    assert now.z == tuple(forward(network, INPUTS[59]).z.tolist())
    assert (now.classes[now.i], now.temperature) == ("versicolor", 1)


def test_source_and_slips_of_the_data_are_named() -> None:
    said = next(caption.value for caption in opened().caption if "Fisher" in caption.value)
    assert "flower 35 has petal width 0.1 instead of 0.2" in said
    assert "flower 38 has sepal width 3.1 instead of 3.6" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flower", "151"),
        ("flower", "0"),
        ("flower", "<img>"),
        ("seed", "x"),
        ("seed", "-1"),
        ("seed", "1" * 5000),
        ("trained", "1000000000"),
        ("trained", "1e9"),
        ("at", "1"),
        ("at", "99,3"),
        ("at", "nan,3"),
        ("weight", "4-1"),
        ("weight", "1-9"),
        ("way", "9"),
        ("way", "0"),
        ("way", "<b>"),
    ],
)
def test_a_hostile_value_costs_one_notice(name: str, value: str) -> None:
    test = opened(**{name: value})
    assert len(test.warning) == 1
    assert sent(test)["flower"] == 59
