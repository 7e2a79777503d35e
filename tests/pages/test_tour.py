"""The tour: every scene done right and done wrong, turned to by button, key and link, and kept."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.derivation.predictions import judge_value
from core.descent import descend
from core.loss import one_hot
from core.situation.scenario import Scenario
from core.tour.facts import Facts, Seen
from core.tour.scenes import KEYS, SCENES, Scene, find
from core.tour.tasks import Choose, Do, WorkOut
from tests.core.tour.test_scenes import DONE, NOT_YET
from tests.pages.follow import follow, opened_at, turn_to
from tests.pages.sent import sent_to
from ui import session, tour_answers, tour_resume

APP = str(Path(__file__).parents[2] / "app.py")
each_scene = pytest.mark.parametrize("scene", SCENES, ids=KEYS)


def opened(**query: str) -> AppTest:
    """The tour as a reader sees it after opening a link to it."""
    return opened_at("tour", query)


def query(test: AppTest) -> dict[str, str]:
    return {name: "".join(value) for name, value in test.query_params.items()}


def shown(test: AppTest) -> str:
    """The title of the scene that is shown."""
    (title,) = test.title
    return str(title.value)


def reply(test: AppTest) -> tuple[bool, str] | None:
    """Whether the task is done, and what is said about it."""
    said = [text.value.replace("\\", "") for text in [*test.success, *test.info]]
    assert len(said) <= 1
    return (bool(test.success), said[0]) if said else None


def happen(test: AppTest, scene: Scene, seen: Seen) -> AppTest:
    """Let happen in a scene what a hand would do."""
    if scene.key == "flower":
        # The network gives the first flower to setosa, and another versicolor to versicolor.
        now = test.session_state[session.KEY]
        now.settings["flower"] = "1" if seen == DONE["flower"] else "61"
    elif scene.key == "step" and seen == DONE["step"]:
        now = test.session_state[session.KEY]
        now.settings |= {"steps": "1", "start": ",".join(map(repr, scene.situation.z))}
        now.situation = now.situation.with_z(descend(scene.situation.z, one_hot(1, 3), 1.0, 1).z[-1].tolist())
    else:
        test.session_state[session.KEY].situation = scene.situation.with_z(seen.now.z)
    test.run()
    assert not test.exception
    return test


@each_scene
def test_a_scene_says_its_words_and_blocks_nothing(scene: Scene) -> None:
    test = opened(scene=scene.key)
    assert shown(test) == scene.words.title
    said = [text.value.replace("\\", "") for text in test.markdown]
    start = Seen(scene.situation, scene.situation)
    assert scene.words.says.format_map(Facts(start)) in said
    assert any(scene.words.task.ask in text for text in said)
    assert test.button(key="tour_next").disabled == (scene is SCENES[-1])
    assert test.button(key="tour_back").disabled == (scene is SCENES[0])
    assert reply(test) is None
    assert query(test.run()) == ({"scene": scene.key} if scene is not SCENES[0] else {})
    if "irises" not in scene.shows:
        assert sent_to(test, "board")["z"] == list(scene.situation.z)
        assert sent_to(test, "board")["grid"] == ("grid" in scene.shows)


@pytest.mark.parametrize("key", DONE)
def test_what_was_done_is_noticed_and_stays_done(key: str) -> None:
    scene = find(key)
    test = happen(opened(scene=key), scene, NOT_YET[key])
    assert reply(test) is None
    happen(test, scene, DONE[key])
    found = reply(test)
    assert found is not None
    assert found[0]
    assert "{" not in found[1]
    happen(test, scene, NOT_YET[key])
    assert reply(test) == found
    # Whoever comes back to the scene finds its task open again.
    test.button(key="tour_next").click().run()
    test.button(key="tour_back").click().run()
    assert shown(test) == scene.words.title
    assert reply(test) is None


@pytest.mark.parametrize("key", [key for key in DONE if key not in ("step", "flower")])
def test_while_it_is_not_done_the_scene_says_how_far_one_is(key: str) -> None:
    scene = find(key)
    test = opened(scene=key)
    assert not test.caption[1:]
    happen(test, scene, NOT_YET[key])
    said = [text.value.replace("\\", "") for text in test.caption]
    task = scene.words.task
    assert isinstance(task, Do)
    assert task.so_far.format_map(Facts(NOT_YET[key])) in said


PREDICTED = [scene for scene in SCENES if not isinstance(scene.words.task, Do)]
CHOICES = [
    (scene, option)
    for scene in PREDICTED
    if isinstance(scene.words.task, Choose)
    for option in scene.words.task.options
]


@pytest.mark.parametrize(("scene", "option"), CHOICES, ids=lambda value: value.key)
def test_every_answer_gets_its_reply(scene: Scene, option: Any) -> None:
    test = opened(scene=scene.key)
    test.radio(key=f"tour_{scene.key}").set_value(option.key).run()
    assert not test.exception
    start = Seen(scene.situation, scene.situation)
    assert reply(test) == (option.right, option.reply.format_map(Facts(start)))
    # Another answer can follow, and what was answered is kept over a change of scene.
    test.button(key="tour_next" if scene is not SCENES[-1] else "tour_back").click().run()
    assert reply(test) is None
    test.button(key="tour_back" if scene is not SCENES[-1] else "tour_next").click().run()
    assert reply(test) == (option.right, option.reply.format_map(Facts(start)))


@pytest.mark.parametrize(
    ("key", "right", "wrong"), [("formulas", "-0,075", "0.075"), ("chain", "0.684", "-0.684")]
)
def test_a_number_is_answered_with_its_likely_slip(key: str, right: str, wrong: str) -> None:
    test = opened(scene=key)
    for typed, good in ((wrong, False), (right, True)):
        test.text_input(key=f"tour_{key}").set_value(typed).run()
        assert not test.exception
        found = reply(test)
        assert found is not None
        assert found[0] == good
    if key == "formulas":
        assert sent_to(test, "board")["line"]
        assert judge_value(find(key).situation, 0.075).words not in (found or (0, ""))[1]


@pytest.mark.parametrize("scene", PREDICTED, ids=lambda scene: scene.key)
def test_whoever_asks_is_shown_the_answer_and_what_belongs_to_it(scene: Scene) -> None:
    test = opened(scene=scene.key)
    test.button(key="tour_shown").click().run()
    assert not test.exception
    found = reply(test)
    assert found is not None
    # It is not praised as if it had been answered.
    assert not found[0]
    assert not [button for button in test.button if button.key == "tour_shown"]
    board = sent_to(test, "board")
    for view in ("grid", "line"):
        assert board[view] == (view in scene.shows | scene.then)
    if "loss" in scene.shows:
        assert set(sent_to(test, "loss")["shows"]) <= scene.shows | scene.then
    # Whoever opens the link sees the same.
    link = query(test)
    assert link.pop("answered") == "on"
    other = opened(answered="on", **link)
    assert reply(other) == found
    other.button(key="tour_back" if scene is SCENES[-1] else "tour_next").click().run()
    assert "answered" not in query(other)
    assert reply(other) is None


def test_next_leads_from_the_first_scene_to_the_last_and_back_to_the_first() -> None:
    test = opened()
    for scene in SCENES[1:]:
        test.button(key="tour_next").click().run()
        assert not test.exception
        assert shown(test) == scene.words.title
        assert query(test) == {"scene": scene.key}
    for scene in SCENES[-2::-1]:
        test.button(key="tour_back").click().run()
        assert shown(test) == scene.words.title
    assert query(test) == {}


def test_the_tour_has_a_situation_of_its_own_and_gives_the_other_back() -> None:
    mine = Scenario(("yes", "no"), (2.0, -1.0), 0.5, 1, 0)
    test = AppTest.from_file(APP, default_timeout=30).run()
    follow(test, mine.to_query())
    turn_to(test, "tour").run()
    assert not test.exception
    assert test.session_state[session.KEY].situation == Scenario()
    test.button(key="tour_next").click().run()
    links = sent_to(test, "board")["link"]["queries"]
    assert links["tour"] == "scene=exponentials"
    assert links["descend"] == links[""]
    assert "classes=yes%2Cno" in links[""]
    turn_to(test, "").run()
    assert test.session_state[session.KEY].situation == mine
    # Whoever comes back finds the scene as it was left.
    turn_to(test, "tour").run()
    assert shown(test) == SCENES[1].words.title


def test_a_descent_on_another_page_survives_the_tour() -> None:
    test = AppTest.from_file(APP, default_timeout=30).run()
    turn_to(test, "descend")
    follow(test, {"z": "1,0,0", "steps": "0", "rate": "2"})
    test.session_state[session.KEY].settings |= {"steps": "3", "start": "0,0,0"}
    turn_to(test, "tour").run()
    test.button(key="tour_next").click().run()
    assert "steps" not in query(test)
    turn_to(test, "descend").run()
    assert test.session_state[session.KEY].settings["steps"] == "3"


def test_a_link_shows_a_scene_with_the_bars_as_they_were_left() -> None:
    test = opened(scene="peak", z="0.66,-0.4,0.23")
    assert sent_to(test, "board")["z"] == [0.66, -0.4, 0.23]
    # A double-click still returns to where the scene began.
    assert sent_to(test, "board")["start"] == list(find("peak").situation.z)
    assert reply(test) is not None
    assert query(test) == {"scene": "peak", "z": "0.66,-0.4,0.23"}


@pytest.mark.parametrize(("name", "value"), [("scene", "17"), ("classes", "a,b,c"), ("T", "3"), ("z", "1,2")])
def test_what_a_link_cannot_ask_costs_one_sentence(name: str, value: str) -> None:
    test = opened(**{name: value})
    (warning,) = test.warning
    assert name in warning.value or name == "z"
    assert shown(test) == SCENES[0].words.title
    assert query(test.run()) == {}


def test_a_scene_can_be_chosen_from_the_list() -> None:
    test = opened()
    assert not [button for button in test.button if str(button.key).startswith("tour_to_")]
    assert sent_to(test, "lesson")["scenes"]
    assert sent_to(test, "lesson")["leads"]


HOSTILE: list[object] = [
    None,
    7,
    [],
    ["x"],
    {"outputs": [1, 2]},
    {"outputs": [1, 2, 1e9]},
    {"outputs": [float("nan")] * 3},
    {"slope": 3, "formulas": "x", "nowhere": "up"},
    {"slope": ["negative"], "push": "shown"},
]


@pytest.mark.parametrize("sent", HOSTILE, ids=repr)
def test_nothing_impossible_is_restored(sent: object, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(session, "kept", lambda: kept)
    monkeypatch.setattr(session, "keep", lambda **values: kept.update(values))
    tour_answers.restore({"tour": sent})
    assert kept.get("tour", {}) == {}


def test_what_was_answered_in_this_tab_is_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, Any] = {"tour": {"slope": "positive"}}
    monkeypatch.setattr(session, "kept", lambda: kept)
    monkeypatch.setattr(session, "keep", lambda **values: kept.update(values))
    answers = {"outputs": [1.0, 0.0, 2.0], "slope": "negative", "formulas": -0.1, "chain": "shown"}
    tour_answers.restore({"tour": answers})
    assert kept["tour"] == answers | {"slope": "positive"}


@pytest.mark.parametrize("sent", ["peak", "nowhere", None, 7, ["peak"]], ids=repr)
def test_the_part_that_resumes_opens_a_scene_that_there_is(
    sent: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    monkeypatch.setattr(session, "take_commit", lambda _: {"scene": sent})
    tour_resume._take(gone.append)
    assert gone == (["peak"] if sent == "peak" else [])


def test_every_task_is_one_of_three_kinds() -> None:
    assert {type(scene.words.task) for scene in SCENES} == {Do, Choose, WorkOut}


def test_a_chart_that_the_teacher_hides_is_shown_by_a_press() -> None:
    test = opened(scene="peak", hide="curve")
    assert not test.get("plotly_chart")
    next(button for button in test.button if button.label == "? Show the curve").click().run()
    assert not test.exception
    assert len(test.get("plotly_chart")) == 1
    test = opened(scene="stuck", hide="curve")
    test.button(key="tour_shown").click().run()
    assert not test.get("plotly_chart")
    assert {button.label for button in test.button} >= {
        "? Show the cross-entropy",
        "? Show the squared error",
    }


def test_after_the_last_scene_it_is_said_where_to_go_on() -> None:
    test = opened(scene=SCENES[-1].key)
    assert not any("That was the tour" in text.value for text in test.markdown)
    test.radio(key=f"tour_{SCENES[-1].key}").set_value("up").run()
    assert any("That was the tour" in text.value for text in test.markdown)
