"""The worksheet page as Python draws it: the sheets, the situations added to them, hostile links."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.handout.worksheet import worksheet
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from tests.browser.hostile import HOSTILE
from tests.pages.corners import corners
from tests.pages.follow import follow, turn_to
from tests.pages.sent import sent_to

APP = str(Path(__file__).parents[2] / "app.py")


def opened(**query: str) -> AppTest:
    """The page as a user sees it after opening a link to it."""
    test = AppTest.from_file(APP, default_timeout=30)
    test.run()
    follow(turn_to(test, "worksheet"), query)
    assert not test.exception
    return test


sent = partial(sent_to, name="worksheet")


def texts(told: object) -> Iterator[str]:
    """All texts of a message."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list | dict):
        for part in told.values() if isinstance(told, dict) else told:
            yield from texts(part)


def test_the_situation_shown_is_the_first_sheet_with_its_solutions() -> None:
    data = sent(opened(wrt="versicolor"))
    (sheet,) = data["sheets"]
    made = worksheet(Scenario(j=1))
    assert data["solutions"] is True
    assert (sheet["title"], sheet["situation"]) == (made.title, made.situation)
    assert sheet["jacobian"] == [list(row) for row in made.jacobian]
    assert [row["p"] for row in sheet["rows"]] == ["0.684", "0.110", "0.206"]
    assert [asked["question"] for asked in sheet["questions"]] == [asked.question for asked in made.questions]
    assert [line["blanks"] for line in sheet["lines"]] == [list(line.blanks) for line in made.lines]
    assert all(line["words"] for line in sheet["lines"])


def test_a_link_restores_the_sheets_and_the_switch() -> None:
    test = opened(**{"with": "ten-classes,two-classes", "solutions": "off", "T": "2"})
    data = sent(test)
    assert [len(sheet["rows"]) for sheet in data["sheets"]] == [3, 10, 2]
    assert [sheet["temperature"] for sheet in data["sheets"]] == [2, 1, 1]
    assert data["solutions"] is False
    assert test.multiselect(key="with_situations").value == ["ten-classes", "two-classes"]
    assert test.query_params["with"] == "ten-classes,two-classes"
    assert not test.warning


def test_a_choice_is_written_into_the_link_and_taken_back() -> None:
    test = opened()
    test.multiselect(key="with_situations").set_value(["saturated", "all-equal"]).run()
    test.toggle(key="with_solutions").set_value(False).run()
    assert not test.exception
    assert (test.query_params["with"], test.query_params["solutions"]) == ("saturated,all-equal", "off")
    assert len(sent(test)["sheets"]) == 3
    test.multiselect(key="with_situations").set_value([]).run()
    test.toggle(key="with_solutions").set_value(True).run()
    assert not {"with", "solutions"} & set(test.query_params)
    assert len(sent(test)["sheets"]) == 1


def test_a_situation_that_is_shown_and_added_is_handed_out_once() -> None:
    every = ",".join(preset.key for preset in PRESETS)
    assert len(sent(opened(**{"with": every}))["sheets"]) == len(PRESETS)


@pytest.mark.parametrize(
    "query",
    [
        {"with": "nobody"},
        {"with": "saturated,"},
        {"with": "saturated,saturated"},
        {"with": "<b>,$x$"},
        {"with": "saturated," * 1000},
        {"solutions": "maybe"},
    ],
    ids=["unknown", "empty at the end", "twice", "markup", "very long", "neither on nor off"],
)
def test_a_refused_value_costs_one_sentence(query: dict[str, str]) -> None:
    test = opened(**query)
    (warning,) = test.warning
    assert warning.value.endswith(".")
    assert "must be" in warning.value
    assert len(sent(test)["sheets"]) == 1
    assert sent(test)["solutions"] is True


def test_strangers_names_reach_the_sheets_as_they_are() -> None:
    names = list(HOSTILE.values())
    test = opened(classes=",".join(names), of=names[0], wrt=names[3])
    (sheet,) = sent(test)["sheets"]
    assert [row["name"] for row in sheet["rows"]] == names
    assert f"“{names[3]}”" in sheet["questions"][0]["question"]
    assert not test.warning


def test_no_corner_of_the_limits_raises_anything() -> None:
    test = opened()
    for query in corners("worksheet"):
        follow(test, query)
        assert not test.exception
        assert not any(
            word in text for text in texts(sent(test)) for word in ("nan", "inf", "None", "Decimal")
        )
