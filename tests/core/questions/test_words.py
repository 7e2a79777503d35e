"""The questions are short, stand where they arise, and each has a picture."""

import re

import pytest

from core.derivation.steps import STEP_KEYS
from core.questions.pictures import PICTURES
from core.questions.words import QUESTIONS, Question, asked
from ui.lesson import GROUPS, TITLES

PLACES = {"explore": {"board"}, "derive": {*STEP_KEYS, "table"}, "descend": {"loss"}}
every_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())


def test_the_questions_are_those_that_learners_ask_most_and_each_has_a_picture() -> None:
    assert len(QUESTIONS) == 14
    assert QUESTIONS.keys() == PICTURES.keys()


@every_question
def test_a_question_is_short_and_its_answer_has_at_most_three_sentences(question: Question) -> None:
    assert question.asks.endswith("?")
    assert len(question.asks) <= 40
    answer = f"{question.answer} {question.tempered}".strip()
    assert answer.endswith(".")
    assert len(re.findall(r"[.?:](?= [A-Z]|$)", question.answer)) <= 3 + answer.startswith(
        ("Yes.", "No.", "Once.")
    )
    assert len(question.answer) <= 320


@every_question
def test_a_question_arises_where_a_page_has_a_place_for_it(question: Question) -> None:
    assert question.places
    for page, places in question.places.items():
        assert places
        assert PLACES[page].issuperset(places)


@every_question
def test_words_with_the_formulas_are_told_apart(question: Question) -> None:
    assert {*GROUPS, *TITLES}.issuperset(question.gives)
    words = question.asks + question.answer
    if re.search(r"p[ᵢ]? \(1 − p|−pᵢ|p pᵀ|δ|f′", words):
        assert "formula" in question.gives
    if "p − y" in words:
        assert "gradient" in question.gives


def test_the_temperature_is_asked_about_only_where_it_is_written() -> None:
    keys = [question.key for question in asked("derive", ["factor"], tempered=False)]
    assert keys == []
    keys = [question.key for question in asked("derive", ["factor"], tempered=True)]
    assert keys == ["temperature"]


def test_no_place_asks_more_than_seven_questions_and_none_twice() -> None:
    for page, places in PLACES.items():
        for place in places:
            keys = [question.key for question in asked(page, [place], tempered=True)]
            assert len(keys) == len(set(keys)) <= 7
    everything = [question.key for question in asked("derive", STEP_KEYS, tempered=True)]
    assert len(everything) == len(set(everything))
    # Its row is drawn together with that of the steps.
    assert not {question.key for question in asked("derive", ["table"], tempered=True)} & set(everything)
