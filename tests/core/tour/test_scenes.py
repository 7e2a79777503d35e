"""The scenes of the tour: what they are made of, and that each task is done, answered and judged."""

import re
from typing import get_args

import pytest

from core.derivation.steps import STEP_KEYS
from core.irises import SPECIES_NAMES
from core.situation.scenario import Scenario
from core.tour.facts import TRUE, Facts, Seen
from core.tour.scenes import KEYS, SCENES, Scene, View, find
from core.tour.tasks import Choose, Do, WorkOut
from core.tour.words import WORDS

each_scene = pytest.mark.parametrize("scene", SCENES, ids=KEYS)
CHOICES = [scene for scene in SCENES if isinstance(scene.words.task, Choose)]
DONE = {
    "outputs": Seen(Scenario(), Scenario(z=(1.43, -0.4, 1.44))),
    "push": Seen(Scenario(), Scenario(z=(1.43, -0.4, 1.23))),
    "peak": Seen(Scenario(), Scenario(z=(0.66, -0.4, 0.23))),
    "flower": Seen(Scenario(), Scenario(), 0, (0.9, 0.05, 0.05), (0.1, 0.8, 0.1)),
    "loss": Seen(Scenario(), Scenario(z=(1.43, 1.2, 0.23))),
    "step": Seen(Scenario(), Scenario(z=(0.75, 0.49, 0.02)), 1),
}
NOT_YET = {
    "outputs": Seen(Scenario(), Scenario(z=(1.43, -0.4, 1.43))),
    "push": Seen(Scenario(), Scenario(z=(2.43, -0.4, 1.22))),
    "peak": Seen(Scenario(), Scenario(z=(1.1, -0.4, 0.23))),
    "flower": Seen(Scenario(), Scenario(), 0, (0.1, 0.5, 0.4), (0.1, 0.8, 0.1)),
    "loss": Seen(Scenario(), Scenario(z=(1.43, 0.9, 0.23))),
    "step": Seen(Scenario(), Scenario(z=(0.75, 0.49, 0.02)), 0),
}


def at_start(scene: Scene) -> Seen:
    return Seen(scene.situation, scene.situation)


def test_there_are_twelve_to_sixteen_scenes_each_with_words_of_its_own() -> None:
    assert 12 <= len(SCENES) <= 16
    assert tuple(WORDS) == KEYS
    assert len({words.title for words in WORDS.values()}) == len(SCENES)
    assert find("nowhere") is SCENES[0]


@each_scene
def test_a_scene_is_about_the_irises_and_says_two_to_four_sentences(scene: Scene) -> None:
    now = scene.situation
    assert now.classes == SPECIES_NAMES
    assert now.temperature == 1
    said = scene.words.says.format_map(Facts(at_start(scene)))
    assert 2 <= len(re.findall(r"[.?](?: |$)", said)) <= 4
    assert "{" not in said
    assert not scene.shows & scene.then
    assert scene.shows | scene.then <= set(get_args(View))
    assert set(scene.steps + scene.then_steps) <= set(STEP_KEYS)
    assert bool(scene.steps) == ("steps" in scene.shows)


@each_scene
def test_nothing_is_done_before_it_was_done(scene: Scene) -> None:
    task = scene.words.task
    if isinstance(task, Do):
        assert not task.done(at_start(scene))
        assert not task.done(NOT_YET[scene.key])
        assert task.done(DONE[scene.key])
        assert "{" not in task.reply.format_map(Facts(DONE[scene.key]))
        assert "{" not in task.so_far.format_map(Facts(NOT_YET[scene.key]))
        assert task.so_far or scene.key == "step"
        assert NOT_YET[scene.key].moved
        assert not at_start(scene).moved


@pytest.mark.parametrize("scene", CHOICES, ids=lambda scene: scene.key)
def test_one_answer_is_right_and_every_other_gets_a_reply_of_its_own(scene: Scene) -> None:
    task, seen = scene.words.task, at_start(scene)
    assert isinstance(task, Choose)
    found = {option.key: task.judge(option.key, seen) for option in task.options}
    assert [verdict.right for verdict in found.values()].count(True) == 1
    assert len({verdict.words for verdict in found.values()}) == len(task.options) == len(found)
    for key, verdict in found.items():
        assert verdict.slip == (None if verdict.right else key)
        assert verdict.words.startswith("Yes: ") == verdict.right
    assert task.shown(seen).right
    assert not task.shown(seen).words.startswith("Yes")


def test_an_answer_that_is_not_offered_is_refused() -> None:
    task = WORDS["slope"].task
    assert isinstance(task, Choose)
    with pytest.raises(ValueError, match="'upwards' is no answer; positive, negative are accepted"):
        task.judge("upwards", at_start(find("slope")))


@pytest.mark.parametrize(
    ("key", "right", "wrong", "slip"),
    [("formulas", -0.075, 0.075, "lost-minus"), ("chain", 0.684, -0.316, "target-of-true")],
)
def test_a_number_is_judged_and_its_slip_named(key: str, right: float, wrong: float, slip: str) -> None:
    task, seen = WORDS[key].task, at_start(find(key))
    assert isinstance(task, WorkOut)
    assert task.within(seen.now) == 0.005
    assert task.judge(right, seen).right
    assert task.judge(right, seen).words.endswith(task.more)
    assert task.judge(wrong, seen)[:2] == (False, slip)
    shown = task.shown(seen)
    assert shown.right
    assert shown.words.startswith(f"{'−' if right < 0 else ''}{abs(right):.3f}: ")


def test_a_number_that_nobody_wrote_a_fact_for_is_an_error() -> None:
    facts = Facts(at_start(SCENES[0]))
    assert facts["p0"] == "0.684"
    assert len(list(facts)) == len(facts)
    for name in ("q0", "p10", "", "P0"):
        with pytest.raises(KeyError):
            facts[name]


def test_the_flower_of_the_tour_is_a_versicolor() -> None:
    assert SPECIES_NAMES[TRUE] == "versicolor"
