"""The question of a link: which texts are one, and what is said about the answers."""

import re

import pytest
from hypothesis import given, strategies as st

from core.derivation.loss_predictions import Aim, judge_gradient
from core.derivation.predictions import judge_formula, judge_sign, judge_value, tolerance
from core.situation.scenario import Scenario
from core.tasks import Kind, Question, accepted_error, judge, judge_gains, parse
from tests.core.derivation.predicted import SCOLD, probabilities, scenarios

KINDS: tuple[Kind, ...] = ("sign", "formula", "value", "gradient", "gains")
NOW = Scenario()


@given(kind=st.sampled_from(KINDS), i=st.integers(0, 9), j=st.integers(0, 9), n=st.integers(2, 10))
def test_every_question_comes_back_from_its_link_if_its_classes_are_there(
    kind: Kind, i: int, j: int, n: int
) -> None:
    question = Question(kind, j if kind in ("gradient", "gains") else i, j)
    assert parse(question.in_link(), n) == (question if max(question.i, question.j) < n else None)


@pytest.mark.parametrize(
    "text",
    ["", "sign", "sign-1", "sign-1-2-3", "sign-0-1", "sign-01-2", "sign-1-4", "sign-1-2 ", "Sign-1-2", "-1-2",
     "gains-1-2", "gradient", "gradient-4", "value-1-1e0", "value--1-2", "value-\uff11-2",
     "sign-1-2\n", "x" * 4000],
)  # fmt: skip
def test_other_texts_are_no_question(text: str) -> None:
    assert parse(text, 3) is None


@given(text=st.text(max_size=20) | st.from_regex(r"(sign|gains)(-\d+){1,2}"), n=st.integers(2, 10))
def test_any_text_is_one_question_or_none(text: str, n: int) -> None:
    found = parse(text, n)
    assert found is None or (found.in_link() == text and max(found.i, found.j) < n)


def test_a_question_has_its_own_cell_and_the_verdict_of_its_judge() -> None:
    now, cell = Scenario(i=2, j=2), NOW.with_cell(0, 1)
    assert judge(Question("sign", 0, 1), now, "negative") == judge_sign(cell, "negative")
    assert judge(Question("formula", 0, 1), now, "own") == judge_formula(cell, "own")
    assert judge(Question("value", 0, 1), now, 0.075) == judge_value(cell, 0.075)
    assert judge(Question("gradient", 1, 1), now, 0.1, Aim(0)) == judge_gradient(now, Aim(0), 1, 0.1)
    assert judge(Question("gains", 1, 1), now, 0) == judge_gains(now, 1, 0)
    assert accepted_error(Question("value", 0, 1), now) == tolerance(cell)
    assert accepted_error(Question("gradient", 1, 1), now, Aim(0)) == 0.005
    assert accepted_error(Question("sign", 0, 1), now) is None
    with pytest.raises(ValueError, match="aim is missing"):
        judge(Question("gradient", 1, 1), now, 0.1)


@given(scenario=scenarios, data=st.data())
def test_the_class_that_gains_most_is_right_and_the_words_are_true(
    scenario: Scenario, data: st.DataObject
) -> None:
    n, z, p = len(scenario.classes), scenario.z, probabilities(scenario)
    k = data.draw(st.integers(0, n - 1))
    others = [m for m in range(n) if m != k]
    gains = {m: p[m] * p[k] / scenario.temperature for m in others}
    best = max(z[m] for m in others)
    for m in range(n):
        verdict = judge_gains(scenario, k, m)
        said = re.sub("“.*?”", "“”", verdict.words)
        assert not SCOLD.search(said)
        assert said.count(". ") <= 1
        assert said[-1] == "."
        assert verdict.right == said.startswith("Yes: ")
        if m == k:
            assert verdict.slip == "class-itself"
            continue
        if z[m] == best:
            assert verdict.right
        if verdict.right:
            assert gains[m] >= 0.999 * max(gains.values())
        if "is the largest" in said or "gains all" in said:
            assert z[m] == best
        if verdict.slip == "smallest":
            assert gains[m] == min(gains.values())
            assert z[m] == min(z[other] for other in others)
        if "is not the largest" in said:
            assert z[m] < best


def test_of_classes_that_gain_the_same_each_is_right() -> None:
    tied = Scenario(tuple("abcd"), (1, 0.5, 0.5, -1))
    assert [judge_gains(tied, 0, m)[:2] for m in range(4)] == [
        (False, "class-itself"), (True, None), (True, None), (False, "smallest"),
    ]  # fmt: skip
    assert judge_gains(Scenario(z=(0, 0, 0)), 2, 0).right
    # As far apart as the last digit of a long descent, which no screen shows.
    assert judge_gains(Scenario(z=(1, 0.5, 0.5 + 1e-9)), 0, 1).right


def test_the_words_name_the_classes() -> None:
    assert judge_gains(NOW, 0, 2).words == (
        "Yes: the others share what “setosa” loses in proportion to their probabilities, "
        "and that of “virginica” is the largest."
    )
    assert judge_gains(NOW, 0, 1).words == (
        "The others share what “setosa” loses in proportion to their probabilities. "
        "That of “versicolor” is the smallest."
    )
    two = Scenario(classes=("a", "b"), z=(1, 0))
    assert judge_gains(two, 0, 1).words == "Yes: with two classes, “b” gains all that “a” loses."


@pytest.mark.parametrize(("k", "answer"), [(3, 0), (-1, 0), (0, 3), (0, "a"), (0, None), (0, True), (0, 1.0)])
def test_bad_answers_about_gains_are_refused(k: int, answer: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        judge_gains(NOW, k, answer)
