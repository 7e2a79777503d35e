"""The Explore page as Python draws it: every preset, every kind of link, no exception."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.derivatives import jacobian
from core.situation.presets import PRESETS, Preset
from core.situation.scenario import MAX_CLASSES, MIN_CLASSES, Scenario
from core.softmax import softmax
from pages import explore
from tests.pages.follow import follow, turn_to
from tests.pages.sent import sent_to
from ui import session
from ui.browser import Browser

APP = str(Path(__file__).parents[2] / "app.py")


def opened(**query: str) -> AppTest:
    """The app as a user sees it after opening a link."""
    test = AppTest.from_file(APP, default_timeout=20)
    for name, value in query.items():
        test.query_params[name] = value
    # The first run draws only the board. In a browser, the board then asks for the rest.
    test.run()
    assert not test.exception
    test.run()
    assert not test.exception
    return test


def shown(test: AppTest) -> Scenario:
    found: Scenario = test.session_state[session.KEY].situation
    return found


def traces(test: AppTest, key: str) -> dict[str, list[dict[str, Any]]]:
    """The live traces of a chart, by the name of their quantity."""
    found: dict[str, list[dict[str, Any]]] = {}
    for element in test.get("plotly_chart"):
        if key in element.proto.id:
            for trace in json.loads(element.proto.spec)["data"]:
                found.setdefault(trace["meta"]["live"], []).append(trace)
    return found


@pytest.mark.parametrize("runs_before", [1, 2, 3])
def test_a_run_that_was_asked_for_before_a_drag_ended_does_not_undo_it(runs_before: int) -> None:
    test = AppTest.from_file(APP, default_timeout=20)
    test.query_params["z"] = "1,2,3"
    for _ in range(runs_before):
        test.run()
    # Do what a commit does. The browser requested the next run before it received the new link.
    now = test.session_state[session.KEY]
    now.situation, now.url = Scenario(z=(2.5, 2, 3)), {"z": "2.5,2,3"}
    test.run()
    assert not test.exception
    assert shown(test).z == (2.5, 2, 3)
    assert test.query_params["z"] == "2.5,2,3"


def test_contours_say_why_they_are_shown_but_not_below_a_hidden_surface() -> None:
    def reasons() -> list[str]:
        return [text.value for text in test.caption if "Shown as contours" in text.value]

    test = opened(hide="surface")
    test.session_state["softmax_browser"] = Browser("software", 1400, 900)
    test.run()
    assert not reasons()
    test.button(key="reveal_surface").click().run()
    assert not test.exception
    assert traces(test, "surface")
    assert len(reasons()) == 1
    assert "without a graphics card" in reasons()[0]


def test_a_new_visitor_sees_the_worked_example_and_what_to_do_first() -> None:
    test = opened()
    assert shown(test) == Scenario()
    assert "**Drag a bar**, or [take the tour](tour)" in test.markdown[0].value
    assert not test.warning
    point = traces(test, "curve")["curve-point"]
    assert [trace["text"][0] for trace in point] == ["0.684", "+0.216"]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_each_preset_is_shown_and_becomes_the_link(preset: Preset) -> None:
    test = opened()
    test.selectbox(key="preset").select(preset.key).run()
    assert not test.exception
    assert shown(test) == preset.scenario
    link = {name: test.query_params[name] for name in test.query_params}
    assert Scenario.from_query(link) == (preset.scenario, [])
    surface = traces(test, "surface")["surface-point"][0]
    i, j = preset.scenario.i, preset.scenario.j
    entry = jacobian(preset.scenario.z, preset.scenario.temperature)[i, j]
    said = surface["text"][0].replace("−", "-")
    assert said == (f"{entry:+.3f}" if abs(entry) >= 0.0005 else f"{entry:+.0e}")


@pytest.mark.parametrize("n", [2, 3, 5, 10])
def test_the_number_of_classes_can_be_changed_and_what_is_set_up_stays(n: int) -> None:
    test = opened(z="2.5,-1,0.5")
    test.number_input(key="number_of_classes").set_value(n).run()
    assert not test.exception
    assert len(shown(test).classes) == n
    assert shown(test).z[: min(n, 3)] == (2.5, -1.0, 0.5)[: min(n, 3)]


def test_a_class_can_be_renamed_and_a_bad_name_costs_only_a_sentence() -> None:
    test = opened(z="2.5,-1,0.5", over="versicolor")
    test.text_input(key="class_name_1").set_value("tulip").run()
    assert not test.exception
    assert shown(test).classes == ("setosa", "tulip", "virginica")
    assert test.query_params["over"] == "tulip"
    test.text_input(key="class_name_1").set_value("setosa").run()
    assert not test.exception
    assert "already taken" in test.warning[0].value
    # The warning stands right below the name it is about.
    (names,) = test.expander
    kinds = [element.type for element in names.children.values()]
    assert kinds == ["text_input", "text_input", "warning", "text_input"]
    assert shown(test).classes == ("setosa", "tulip", "virginica")
    assert shown(test).z == (2.5, -1.0, 0.5)


def test_reset_returns_to_the_preset() -> None:
    test = opened()
    test.selectbox(key="preset").select("saturated").run()
    test.selectbox(key="class_j").select(1).run()
    # AppTest knows only what the last run drew, and a choice runs only its fragments. So the page runs again.
    test.run()
    test.button(key="reset").click().run()
    assert not test.exception
    preset = next(preset for preset in PRESETS if preset.key == "saturated")
    assert shown(test) == preset.scenario


def test_a_new_name_for_a_class_that_is_taken_away_in_the_same_moment_costs_nothing() -> None:
    test = opened(classes="a,b,c,d", z="1,2,3,4")
    test.number_input(key="number_of_classes").set_value(3)
    test.text_input(key="class_name_3").set_value("rose")
    test.run()
    assert not test.exception
    assert shown(test).classes == ("a", "b", "c")


def test_choosing_classes_redraws_curve_and_surface_for_them() -> None:
    test = opened()
    test.selectbox(key="class_i").select(1).run()
    test.selectbox(key="class_j").select(2).run()
    assert not test.exception
    assert (shown(test).i, shown(test).j) == (1, 2)
    assert traces(test, "curve")["curve-probability"][0]["meta"]["i"] == 1
    surface = traces(test, "surface")["surface"][0]["meta"]
    assert (surface["i"], surface["j"], surface["b"]) == (1, 2, 1)
    assert (test.query_params["of"], test.query_params["wrt"]) == ("versicolor", "virginica")


def test_the_second_raw_output_is_never_the_first() -> None:
    test = opened(wrt="versicolor", over="versicolor")
    meta = traces(test, "surface")["surface"][0]["meta"]
    assert meta["a"] == 1
    assert meta["b"] != 1


def test_the_probability_can_be_drawn_instead_in_3d() -> None:
    test = opened(surface="probability", view="3d")
    surface = traces(test, "surface")["surface"][0]
    assert surface["type"] == "surface"
    assert np.isclose(surface["z"][0][-1], softmax([5.0, -5.0, 0.23])[0], rtol=0, atol=5e-6)


def test_the_derivative_of_log_p_is_a_third_choice() -> None:
    test = opened(wrt="versicolor")
    choice = test.selectbox(key="quantity")
    assert choice.options == ["Derivative", "Probability", "Derivative of log p"]
    choice.select("log-derivative").run()
    assert not test.exception
    assert test.query_params["surface"] == "log-derivative"
    point = traces(test, "surface")["surface-point"][0]
    assert point["text"] == ["−0.110"]
    # One scale for both signs, up to 1/T.
    again = opened(surface="log-derivative", T="2", view="contour")
    assert not again.warning
    (surface,) = traces(again, "surface")["surface"]
    assert (surface["zmin"], surface["zmax"]) == (-0.5, 0.5)
    chart = next(element for element in again.get("plotly_chart") if "surface" in element.proto.id)
    assert "derivative of log p for setosa" in chart.proto.spec


HOSTILE_LINKS = [
    {"T": "-1"},
    {"T": "hot"},
    {"z": "1,2,nan"},
    {"z": "1e999,0,0"},
    {"z": "51,0,0"},
    {"z": ""},
    {"classes": "a"},
    {"classes": "a,a,b"},
    {"classes": "a\u202eb,c"},
    {"of": "rose"},
    {"wrt": "<script>"},
    {"surface": "beauty"},
    {"view": "4d"},
    {"stage": "maybe"},
    {"over": "rose"},
    {"z": "9" * 5000},
]


@pytest.mark.parametrize("query", HOSTILE_LINKS, ids=lambda query: str(query)[:40])
def test_a_bad_parameter_costs_one_notice_and_nothing_else(query: dict[str, str]) -> None:
    others = {"z": "2,1,0", "T": "2", "wrt": "virginica"}
    test = opened(**(others | query))
    bad = next(iter(query))
    assert len(test.warning) == 1
    kept = {name: value for name, value in others.items() if name != bad}
    if bad == "classes":
        kept.pop("classes", None)
    expected, _ = Scenario.from_query(kept)
    assert shown(test) == expected


def test_hostile_names_reach_the_charts_as_text() -> None:
    test = opened(classes="<img src=x>,$\\href{a}$,</script>,%{x},:red[r]")
    assert not test.warning
    spec = "".join(element.proto.spec for element in test.get("plotly_chart"))
    assert "<img" not in spec
    assert "</script" not in spec
    assert "&lt;img src=x&gt;" in spec
    assert "$\\\\href" not in spec
    assert "%{x}" not in spec.replace("%{x:.2f}", "")


def test_a_class_taken_away_comes_back_as_it_was() -> None:
    test = opened(z="2.5,-1,0.5")
    test.text_input(key="class_name_2").set_value("tulip").run()
    for n in (2, 3, 5, 2, 4):
        test.number_input(key="number_of_classes").set_value(n).run()
        assert not test.exception
    assert shown(test).classes == ("setosa", "versicolor", "tulip", "class 4")
    assert shown(test).z == (2.5, -1.0, 0.5, 0.0)


def test_a_widget_value_from_outside_its_range_breaks_nothing() -> None:
    test = opened(z="2.5,-1,0.5")
    test.number_input(key="number_of_classes").set_value(11).run()
    assert not test.exception
    assert shown(test).z == (2.5, -1.0, 0.5)[: len(shown(test).z)]
    assert MIN_CLASSES <= len(shown(test).classes) <= MAX_CLASSES


def test_after_back_what_the_widgets_showed_before_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(classes="cat,dog", z="1,2")
    # With Back, the browser sends the values of its widgets. They may still be those of the page before.
    monkeypatch.setattr("ui.session._went_through_history", lambda: True)
    test.text_input[0].set_value("setosa")
    test.number_input[0].set_value(5)
    test.run()
    assert not test.exception
    assert shown(test) == Scenario(classes=("cat", "dog"), z=(1, 2))
    monkeypatch.undo()
    test.text_input[0].set_value("bird").run()
    assert shown(test).classes == ("bird", "dog")


def test_the_link_says_whether_the_board_shows_the_stage_between() -> None:
    off, on = sent_to(opened(), "board"), sent_to(opened(stage="on"), "board")
    assert (off["stage"], off["stage_button"]) == (False, True)
    assert (on["stage"], on["stage_button"]) == (True, True)
    alone = sent_to(opened(stage="on", only="board"), "board")
    assert (alone["stage"], alone["stage_button"]) == (True, False)
    beside_a_chart = sent_to(opened(stage="on", only="curve"), "board")
    assert (beside_a_chart["stage"], beside_a_chart["stage_button"]) == (False, False)


def test_other_pages_never_show_the_stage_between() -> None:
    for path in ("derive", "descend"):
        board = sent_to(follow(turn_to(opened(), path), {}), "board")
        assert (board["stage"], board["stage_button"]) == (False, False)


@pytest.mark.parametrize(
    ("sent", "kept"), [(True, {"stage": "on"}), (False, {"stage": ""}), ("on", {}), (1, {}), (None, {})]
)
def test_the_board_changes_the_stage_only_by_a_yes_or_no(
    monkeypatch: pytest.MonkeyPatch, sent: object, kept: dict[str, str]
) -> None:
    monkeypatch.setattr("ui.session.setting", lambda spec: spec.default)
    assert explore._take_view({"stage": sent}) == kept
    # A part alone has no button for it.
    monkeypatch.setattr("ui.session.setting", lambda spec: "board" if spec.name == "only" else spec.default)
    assert explore._take_view({"stage": sent}) == {}


def test_in_presenter_mode_the_charts_get_the_room_that_the_stage_leaves() -> None:
    few = opened(present="on", stage="on")
    assert traces(few, "curve")
    many = opened(present="on", stage="on", z="0,1,2,3,4,5,-1,-2,-3,-4")
    assert not many.get("plotly_chart")
    assert opened(present="on", z="0,1,2,3,4,5,-1,-2,-3,-4").get("plotly_chart")


def test_charts_that_the_last_whole_run_did_not_reach_are_drawn_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    test = opened()
    # This run writes nothing to the charts' places, like a run that was cut short.
    with monkeypatch.context() as cut:
        cut.setattr("pages.explore._inside", nullcontext)
        test.run()
    test.selectbox(key="class_i").select(2).run()
    assert not test.exception
    assert shown(test).i == 2
    expected = softmax(Scenario().z)[2]
    assert traces(test, "curve")["curve-point"][0]["y"] == pytest.approx([expected], abs=1e-6)
    assert traces(test, "surface")["surface-point"]
