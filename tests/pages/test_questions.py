"""The questions on each page: a link opens one with its picture, and what is closed costs nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from core.derivatives import jacobian
from core.questions.pictures import PICTURES
from core.questions.words import QUESTIONS, Question
from core.situation.scenario import Scenario
from tests.pages.follow import follow, turn_to
from tests.pages.sent import sent_to
from ui import questions

APP = str(Path(__file__).parents[2] / "app.py")
TEN = Scenario(tuple(f"<b>{k}*_" for k in range(10)), (-50, 50, *range(8)), 0.05, 2, 1)


@pytest.fixture(scope="module")
def pages() -> dict[str, AppTest]:
    """Each page, opened once."""
    found = {}
    for page in ("explore", "derive", "descend"):
        test = AppTest.from_file(APP, default_timeout=30)
        test.run()
        found[page] = (test if page == "explore" else turn_to(test, page)).run()
        assert not found[page].exception
    return found


def labels(test: AppTest) -> list[str]:
    """The questions that are asked, in their order."""
    keys = [element.proto.popover.label for element in test.get("popover")]
    return [label for label in keys if label.endswith("?")]


def numbers(test: AppTest) -> Iterator[dict[str, Any]]:
    """The numbers of the picture that is open."""
    for piece in sent_to(test, "picture")["pieces"]:
        if grid := piece["grid"]:
            for row in grid["cells"]:
                yield from row
            yield from (*grid["row_sums"], *grid["column_sums"])


def where(page: str, question: Question) -> dict[str, str]:
    """The link to the place where a question arises."""
    if page != "derive":
        return {}
    place = question.places[page][0]
    return {"predict": "off", "step": "check" if place == "table" else place}


CASES = [(page, question.key) for question in QUESTIONS.values() for page in question.places]


@pytest.mark.parametrize(("page", "key"), CASES)
@pytest.mark.parametrize("now", [Scenario(temperature=2), TEN], ids=["three", "ten"])
def test_a_link_opens_a_question_with_its_answer_and_picture(
    pages: dict[str, AppTest], page: str, key: str, now: Scenario
) -> None:
    question = QUESTIONS[key]
    test = follow(pages[page], now.to_query() | where(page, question) | {"question": key})
    assert not test.exception
    assert not test.warning
    assert question.asks in labels(test)
    assert any(text.value.startswith(question.answer) for text in test.markdown)
    told = sent_to(test, "picture")
    assert told["names"] == list(now.classes)
    texts = [number["text"] for number in numbers(test)]
    assert texts
    assert not {"nan", "inf", "?"}.intersection(texts)
    assert all(-1 <= number["share"] <= 1 for number in numbers(test))
    # Names are told apart from text, so that the browser never takes them for anything else.
    assert not any(name in json.dumps(told["pieces"]) for name in now.classes if "<" in name)


@pytest.mark.parametrize("page", ["explore", "derive", "descend"])
def test_nothing_is_worked_out_while_every_question_is_closed(pages: dict[str, AppTest], page: str) -> None:
    with patch.object(questions, "PICTURES", dict.fromkeys(PICTURES)):
        for step in ("question", "check"):
            test = follow(pages[page], {"predict": "off", "step": step} if page == "derive" else {})
            assert not test.exception
            assert labels(test)
            with pytest.raises(KeyError):
                sent_to(test, "picture")


def test_the_numbers_are_those_of_the_core(pages: dict[str, AppTest]) -> None:
    test = follow(pages["descend"], {"question": "total"})
    (piece,) = sent_to(test, "picture")["pieces"]
    found = [[float(number["exact"]) for number in row] for row in piece["grid"]["cells"]]
    assert found == jacobian((1.43, -0.4, 0.23)).tolist()
    assert [number["text"] for number in piece["grid"]["cells"][0]] == ["+0.216", "−0.075", "−0.141"]
    assert {number["text"] for number in piece["grid"]["column_sums"]} == {"0.000"}


def test_numbers_that_no_float_holds_are_written(pages: dict[str, AppTest]) -> None:
    far = Scenario(("a", "b"), (50, -50), 0.05).to_query()
    test = follow(pages["explore"], far | {"question": "largest"})
    texts = [number["text"] for number in numbers(test)]
    assert "1.97e434" in texts
    assert "4e−869" in texts or any(text.endswith("e−869") for text in texts)


def test_each_step_asks_its_own_questions_and_all_steps_ask_all_of_them(pages: dict[str, AppTest]) -> None:
    def asks(**query: str) -> list[str]:
        return [next(q.key for q in QUESTIONS.values() if q.asks == label)
                for label in labels(follow(pages["derive"], query))]  # fmt: skip

    assert asks(predict="off", step="denominator") == ["sum"]
    assert asks(predict="off", step="denominator", T="2") == ["sum", "temperature"]
    assert asks(predict="off", step="rule") == []
    assert "diagonal" in asks(predict="off", step="check")
    everything = {question.key for question in QUESTIONS.values() if "derive" in question.places}
    assert set(asks(predict="off", show="all", T="2")) == everything


def test_before_a_prediction_no_question_tells_the_result(pages: dict[str, AppTest]) -> None:
    test = AppTest.from_file(APP, default_timeout=30)
    test.run()
    turn_to(test, "derive")
    follow(test, {"show": "all", "T": "2", "question": "temperature"})
    assert {number["text"] for number in numbers(test)} == {"?"}
    assert not {QUESTIONS[key].asks for key in ("delta", "diagonal", "variance", "log", "outer")} & {
        *labels(test)
    }
    follow(test, {"T": "2", "question": "matrix"})
    assert {number["text"] for number in numbers(test)} == {"?"}
    assert not any(number["exact"] or number["share"] for number in numbers(test))


@pytest.mark.parametrize(
    ("page", "hide", "gone", "left"),
    [
        ("explore", "formula", ["log", "variance", "outer"], ["matrix", "inverse"]),
        ("descend", "gradient", ["cancel", "squared"], ["total"]),
        ("explore", "jacobian,probabilities", [], ["matrix", "outer", "variance"]),
    ],
)
def test_words_that_give_away_what_is_hidden_are_left_out(
    pages: dict[str, AppTest], page: str, hide: str, gone: list[str], left: list[str]
) -> None:
    shown = labels(follow(pages[page], {"hide": hide}))
    assert not {QUESTIONS[key].asks for key in gone} & {*shown}
    assert {QUESTIONS[key].asks for key in left} <= {*shown}
    shown = labels(follow(pages[page], {"hide": hide, "shown": "all"}))
    assert {QUESTIONS[key].asks for key in (*gone, *left)} <= {*shown}


@pytest.mark.parametrize("query", [{"present": "on"}, {"only": "board"}], ids=["presented", "a part alone"])
@pytest.mark.parametrize("page", ["explore", "derive", "descend"])
def test_there_is_no_room_for_questions_beside_a_lesson_or_a_part_alone(
    pages: dict[str, AppTest], page: str, query: dict[str, str]
) -> None:
    assert labels(follow(pages[page], query)) == []


def test_a_question_that_nobody_asks_costs_one_sentence(pages: dict[str, AppTest]) -> None:
    test = follow(pages["explore"], {"question": "why"})
    assert len(test.warning) == 1
    assert "question" in test.warning[0].value
    assert "matrix" in test.warning[0].value
    test = follow(pages["explore"], {"question": "cancel"})
    assert not test.warning
    with pytest.raises(KeyError):
        sent_to(test, "picture")


def test_an_open_question_follows_the_situation(pages: dict[str, AppTest]) -> None:
    test = follow(pages["explore"], {"question": "matrix"})
    before = [number["text"] for number in numbers(test)]
    assert test.session_state["softmax_session"].followers == ("asked",)
    test.number_input(key="number_of_classes").set_value(2).run()
    after = [number["text"] for number in numbers(test)]
    assert len(after) == 2 + 4 < len(before)
