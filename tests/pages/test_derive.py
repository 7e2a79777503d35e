"""The Step by step page as Python draws it: every derivative, one step or all, predicted or not."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.derivation.latex import latex_document
from core.derivation.steps import FIRST_WITH_RESULT, STEP_KEYS, derive
from core.situation.presets import PRESETS, Preset
from core.situation.scenario import Scenario
from tests.pages.follow import follow, turn_to
from tests.pages.sent import sent_to

APP = str(Path(__file__).parents[2] / "app.py")


def opened(**query: str) -> AppTest:
    """The page as a user sees it after opening a link to it."""
    test = AppTest.from_file(APP, default_timeout=20)
    test.run()
    follow(turn_to(test, "derive"), query)
    assert not test.exception
    return test


@pytest.mark.parametrize("show", ["one", "all"])
@pytest.mark.parametrize(("i", "j"), list(product(range(3), repeat=2)))
def test_every_derivative_is_derived_in_both_modes(i: int, j: int, show: str) -> None:
    now = Scenario(i=i, j=j)
    test = opened(predict="off", show=show, **now.to_query())
    data = sent_to(test, "steps")
    assert [step["key"] for step in data["steps"]] == list(STEP_KEYS)
    assert [step["reason"] for step in data["steps"]] == [step.reason for step in derive(now)]
    assert (data["about"]["i"], data["about"]["j"]) == (i, j)
    assert data["all"] == (show == "all")
    assert data["last_open"] is None
    assert all(equation["words"] for step in data["steps"] for equation in step["equations"])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_preset_can_be_derived(preset: Preset) -> None:
    assert sent_to(opened(**preset.scenario.to_query()), "steps")["z"] == list(preset.scenario.z)


@pytest.mark.parametrize("step", STEP_KEYS)
def test_a_link_opens_its_step_and_reading(step: str) -> None:
    data = sent_to(opened(step=step, read="numbers", predict="off"), "steps")
    assert (data["step"], data["reading"]) == (step, "numbers")


def test_the_result_is_kept_back_until_it_was_predicted_or_asked_for() -> None:
    test = opened(step="number")
    gate = STEP_KEYS.index(FIRST_WITH_RESULT) - 1
    assert sent_to(test, "steps")["last_open"] == gate
    assert sent_to(test, "board")["hide_values"]
    test.button(key="show_result").click().run()
    assert not test.exception
    assert sent_to(test, "steps")["last_open"] is None
    assert sent_to(test, "steps")["step"] == FIRST_WITH_RESULT
    assert not sent_to(test, "board")["hide_values"]


def test_right_and_wrong_answers_each_get_a_word() -> None:
    test = opened(step="factor", wrt="versicolor")
    test.text_input(key="value_0_1").set_value("0.075").run()
    assert not test.exception
    assert "sign" in test.info[0].value
    assert not test.success
    test.text_input(key="value_0_1").set_value("-0.075").run()
    assert not test.exception
    assert not test.info
    assert test.success


def test_a_prediction_may_be_typed_with_a_comma() -> None:
    test = opened(step="factor", wrt="versicolor")
    test.text_input(key="value_0_1").set_value("-0,075").run()
    assert test.success
    test.text_input(key="value_0_1").set_value("little").run()
    assert not test.success
    assert "“little” is not a number" in test.warning[0].value


def test_with_all_answers_right_the_way_on_is_open() -> None:
    test = opened(step="factor", wrt="versicolor")
    gate = STEP_KEYS.index(FIRST_WITH_RESULT) - 1
    test.segmented_control(key="sign_0_1").set_value("negative").run()
    test.segmented_control(key="formula_0_1").set_value("cross").run()
    assert sent_to(test, "steps")["last_open"] == gate
    test.text_input(key="value_0_1").set_value("0.075").run()
    assert sent_to(test, "steps")["last_open"] == gate
    test.text_input(key="value_0_1").set_value("-0.075").run()
    assert not test.exception
    assert sent_to(test, "steps")["last_open"] is None
    # The answers and the comments on them stay until the reader goes on.
    assert len(test.success) == 3
    assert sent_to(test, "board")["hide_values"]


def test_the_latex_ends_where_the_page_ends() -> None:
    test = opened(step="factor", wrt="versicolor")
    test.session_state["latex"] = True
    test.run()
    assert "Recognise the probabilities" not in test.code[0].value
    assert "Split the fraction" in test.code[0].value
    test.button(key="show_result").click().run()
    assert not test.exception
    assert "Recognise the probabilities" in test.code[0].value


def test_answers_are_still_there_after_a_look_at_another_page_or_step() -> None:
    test = opened(step="factor", wrt="versicolor")
    test.text_input(key="value_0_1").set_value("-0.075").run()
    assert test.success
    turn_to(test, "").run()
    assert not test.exception
    turn_to(test, "derive").run()
    assert not test.exception
    assert test.text_input(key="value_0_1").value == "−0.075"
    assert test.success
    # An answer that was cleared stays cleared.
    test.text_input(key="value_0_1").set_value("").run()
    assert not test.exception
    test.run()
    assert test.text_input(key="value_0_1").value == ""


def test_predictions_can_be_switched_off_for_a_lecture() -> None:
    test = opened(step="number")
    test.toggle(key="predict_first").set_value(False).run()
    assert not test.exception
    assert sent_to(test, "steps")["last_open"] is None
    assert test.query_params["predict"] == "off"


def test_all_of_them_stand_at_the_end() -> None:
    test = opened(step="check", predict="off")
    assert sent_to(test, "table")["about"]["names"] == list(Scenario().classes)
    assert "All 9" in test.subheader[0].value
    with pytest.raises(KeyError):
        sent_to(opened(step="rule", predict="off"), "table")


def test_the_latex_is_written_once_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def watched(*arguments: Any) -> str:
        written.append(latex_document(*arguments))
        return written[-1]

    monkeypatch.setattr("pages.derive.latex_document", watched)
    test = opened()
    assert not written
    assert not test.code
    test.session_state["latex"] = True
    test.run()
    assert not test.exception
    assert test.code[0].value == written[-1].strip()
    assert written[-1].startswith("\\documentclass")


@pytest.mark.parametrize(
    "query", [{"step": "42"}, {"read": "aloud"}, {"show": "some"}, {"predict": "maybe"}], ids=str
)
def test_a_bad_parameter_costs_one_notice(query: dict[str, str]) -> None:
    test = opened(T="2", **query)
    assert len(test.warning) == 1
    assert sent_to(test, "steps")["temperature"] == 2


def test_a_page_switch_keeps_the_situation() -> None:
    test = AppTest.from_file(APP, default_timeout=20)
    test.query_params["z"] = "2.5,-1,0.5"
    test.query_params["surface"] = "probability"
    test.run()
    turn_to(test, "derive").run()
    assert not test.exception
    assert sent_to(test, "steps")["z"] == [2.5, -1.0, 0.5]
    assert "surface" not in test.query_params
    turn_to(test, "").run()
    assert not test.exception
    assert sent_to(test, "board")["z"] == [2.5, -1.0, 0.5]
    assert test.query_params["surface"] == "probability"
