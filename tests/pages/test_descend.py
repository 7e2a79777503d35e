"""The Loss and descent page as Python draws it: every choice, every step, hostile links."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.descent import LOSSES, Loss, descend
from core.loss import one_hot, smoothed
from core.situation.presets import PRESETS, Preset
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.pages.follow import follow, turn_to
from tests.pages.sent import sent_to
from ui import theme

APP = str(Path(__file__).parents[2] / "app.py")


def opened(**query: str) -> AppTest:
    """The page as a user sees it after opening a link to it."""
    test = AppTest.from_file(APP, default_timeout=20)
    test.run()
    follow(turn_to(test, "descend"), query)
    assert not test.exception
    return test


sent = partial(sent_to, name="loss")


def traces(test: AppTest, key: str) -> dict[str, dict[str, Any]]:
    for element in test.get("plotly_chart"):
        if key in element.proto.id:
            data = json.loads(element.proto.spec)["data"]
            return {trace["meta"]["live"]: trace for trace in data if "meta" in trace}
    raise KeyError(key)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_preset_has_a_loss_and_a_way_down(preset: Preset) -> None:
    test = opened(**preset.scenario.to_query())
    assert not test.warning
    assert sent(test)["z"] == list(preset.scenario.z)
    assert sent(test)["target"] == one_hot(1, len(preset.scenario.z)).tolist()


@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("true", Scenario().classes)
def test_the_way_ahead_is_that_of_core(true: str, loss: Loss) -> None:
    test = opened(true=true, loss=loss, rate="2", label="0.9", T="1.5")
    k = Scenario().classes.index(true)
    path = descend(Scenario().z, smoothed(k, 3, 0.9), 2, 40, 1.5, loss)
    assert sent(test)["path"] == path.z.tolist()
    key = "cross_entropy" if loss == "cross-entropy" else "squared_error"
    shown = traces(test, key)["loss-path"]
    assert shown["x"] == path.z[:, k].tolist()
    assert shown["y"] == path.loss.tolist()
    assert traces(test, key)["loss-point"]["y"] == [path.loss[0]]


def test_a_link_in_the_middle_of_a_descent_shows_the_way_taken() -> None:
    past = descend(Scenario().z, one_hot(1, 3), 1, 7)
    z = ",".join(map(repr, past.z[-1].tolist()))
    test = opened(z=z, steps="7", start="1.43,-0.4,0.23")
    assert sent(test)["taken"] == 7
    assert traces(test, "cross_entropy")["past-path"]["y"] == past.loss.tolist()
    assert "past-path" not in traces(test, "squared_error")


def test_steps_that_do_not_lead_to_the_raw_outputs_of_the_link_do_not_count() -> None:
    test = opened(z="1,2,3", steps="7", start="1.43,-0.4,0.23")
    assert sent(test)["taken"] == 0
    assert sent(test)["z"] == [1, 2, 3]


def test_a_step_that_would_leave_the_board_is_not_offered() -> None:
    data = sent(opened(z="-49.5,-50,49", rate="100"))
    assert len(data["path"]) == 1
    assert np.abs(data["path"]).max() <= 50


def test_every_choice_changes_the_link_and_starts_anew() -> None:
    test = opened(steps="7", start="1.43,-0.4,0.23")
    test.selectbox(key="true_class").set_value(2).run()
    test.selectbox(key="rate").set_value(10.0).run()
    test.selectbox(key="certainty").set_value(0.8).run()
    assert not test.exception
    found = {name: test.query_params[name] for name in ("true", "rate", "label")}
    assert found == {"true": "virginica", "rate": "10", "label": "0.8"}
    assert "steps" not in test.query_params
    assert sent(test)["target"] == smoothed(2, 3, 0.8).tolist()


def test_the_other_loss_begins_where_the_descent_began_so_that_both_can_be_compared() -> None:
    past = descend(Scenario().z, one_hot(1, 3), 1, 7)
    test = opened(z=",".join(map(repr, past.z[-1].tolist())), steps="7", start="1.43,-0.4,0.23")
    test.segmented_control(key="loss_kind").set_value("squared error").run()
    assert not test.exception
    assert sent(test)["z"] == [1.43, -0.4, 0.23]
    assert sent(test)["taken"] == 0
    assert sent(test)["loss"] == "squared error"


def start_wrong(test: AppTest) -> AppTest:
    next(button for button in test.button if button.label == "Start confidently wrong").click().run()
    assert not test.exception
    return test


def what_is_to_be_seen(test: AppTest) -> list[str]:
    return [text.value for text in test.markdown if text.value.startswith("**Confidently wrong.**")]


def test_a_sure_and_wrong_start_is_one_click_away_and_says_what_is_to_be_seen() -> None:
    test = opened()
    assert not what_is_to_be_seen(test)
    start_wrong(test)
    assert sent(test)["z"] == [0, -4, 4]
    quick, slow = (
        theme.signed(gradient(sent(test)["z"], one_hot(1, 3), 1)[1]) for _, gradient in LOSSES.values()
    )
    assert what_is_to_be_seen(test) == [
        f"**Confidently wrong.** With cross-entropy, versicolor has the gradient {quick} and leads after 5 "
        f"steps. With squared error, it has {slow} and is stuck: it does not lead after 40 steps. "
        "Press **Play** with each loss to compare."
    ]
    path = descend([0, -4, 4], one_hot(1, 3), 1, 5).z
    assert [int(z.argmax()) for z in path[[4, 5]]] == [2, 1]
    # Once the descent has left the region, nothing is said of it.
    z = ",".join(map(repr, path[5].tolist()))
    assert not what_is_to_be_seen(follow(test, {"z": z, "steps": "5", "start": "0,-4,4"}))


@pytest.mark.parametrize("temperature", ["0.05", "0.5", "12.5"])
def test_the_wrong_start_is_as_sure_at_any_temperature(temperature: str) -> None:
    test = start_wrong(opened(T=temperature))
    t = float(temperature)
    assert softmax(sent(test)["z"], t) == pytest.approx(softmax([0, -4, 4]))
    assert what_is_to_be_seen(test)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"rate": "0.01"}, ["and does not lead after 40 steps", "is stuck"]),
        ({"rate": "60"}, ["would leave the board with the next step", "steps. Press"]),
        (
            {"loss": "squared error", "lock": "z"},
            ["leads after 5 steps", "is stuck: it does not lead after 40 steps."],
        ),
    ],
)
def test_what_is_to_be_seen_depends_on_the_learning_rate_and_not_on_the_chosen_loss(
    query: dict[str, str], says: list[str]
) -> None:
    (told,) = what_is_to_be_seen(opened(z="0,-4,4", **query))
    assert all(words in told for words in says), told
    assert ("Play" in told) is ("lock" not in query)


@pytest.mark.parametrize("hide", ["gradient", "gradient-numbers", "curve"])
def test_what_is_to_be_found_out_is_not_said(hide: str) -> None:
    assert not what_is_to_be_seen(opened(z="0,-4,4", hide=hide))
    assert what_is_to_be_seen(opened(z="0,-4,4", hide=hide, shown="all"))


def test_it_is_said_why_the_dots_leave_the_curve_and_a_name_is_text() -> None:
    test = opened(classes="setosa,**b**,virginica")
    (told,) = [text.value for text in test.caption if "The dots" in text.value]
    assert told.endswith(r"only that of \*\*b\*\*.")
    assert not [text for text in opened(hide="curve").caption if "The dots" in text.value]
    # A step moves every raw output; along the curve the others stay.
    path = descend(Scenario().z, one_hot(1, 3), 1, 1).z
    assert (path[0] != path[1]).all()


def test_a_link_shows_the_cancellation() -> None:
    assert sent(opened())["why"] is False
    test = opened(why="on")
    assert sent(test)["why"] is True
    assert test.query_params["why"] == "on"


@pytest.mark.parametrize("control", ["reset", "classes", "preset", "temperature on another page"])
def test_a_link_tells_of_a_way_only_while_the_raw_outputs_are_those_it_led_to(control: str) -> None:
    past = descend(Scenario().z, one_hot(1, 3), 1, 7)
    z = ",".join(map(repr, past.z[-1].tolist()))
    test = opened(z="1,2,3")
    follow(test, {"z": z, "steps": "7", "start": "1.43,-0.4,0.23"})
    assert sent(test)["taken"] == 7
    if control == "reset":
        test.button(key="reset").click().run()
    elif control == "classes":
        test.number_input(key="number_of_classes").set_value(4).run()
    elif control == "preset":
        test.selectbox(key="preset").set_value(PRESETS[1].key).run()
    else:
        turn_to(test, "").run()
        follow(test, {"z": z, "T": "2"})
        turn_to(test, "descend").run()
    assert not test.exception
    assert sent(test)["taken"] == 0
    assert "steps" not in test.query_params
    assert "start" not in test.query_params


def test_a_new_name_keeps_the_way_taken() -> None:
    past = descend(Scenario().z, one_hot(1, 3), 1, 7)
    z = ",".join(map(repr, past.z[-1].tolist()))
    test = opened(z=z, steps="7", start="1.43,-0.4,0.23")
    test.text_input(key="class_name_0").set_value("rose").run()
    assert sent(test)["names"][0] == "rose"
    assert sent(test)["taken"] == 7


@pytest.mark.parametrize(
    ("loss", "label", "says"),
    [
        ("cross-entropy", "1", "every step brings it closer to 0, at any learning rate"),
        ("cross-entropy", "0.8", "Above a learning rate of 8.33"),
        ("squared error", "1", "a learning rate of 3.2 every step lowers it. A larger one can raise it"),
        ("squared error", "0.8", "Above a learning rate of 34.7"),
    ],
)
def test_what_is_said_of_learning_rates_is_said_of_the_chosen_loss(loss: str, label: str, says: str) -> None:
    told = [caption.value for caption in opened(loss=loss, label=label).caption]
    assert any(says in text and text.lower().find(loss) >= 0 for text in told)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("true", "rose"),
        ("label", "7"),
        ("label", "nan"),
        ("why", "yes"),
        ("rate", "-1"),
        ("rate", "1e9"),
        ("loss", "hinge"),
        ("steps", "1e9"),
        ("steps", "1000000000"),
        ("steps", "9" * 5000),
        ("start", "1,2"),
        ("start", "x,y,z"),
        ("start", "1e9,0,0"),
    ],
)
def test_a_hostile_value_costs_one_notice(name: str, value: str) -> None:
    test = opened(**{name: value})
    assert len(test.warning) == 1
    assert sent(test)["z"] == list(Scenario().z)
