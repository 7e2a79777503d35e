"""What a link can and cannot say, also about a page's own settings beside the situation."""

import pytest

from core.situation.scenario import Scenario
from core.text import LONGEST_TEXT
from ui import links
from ui.settings import Setting

STEP = Setting("step", "first", lambda value, _: value in ("first", "last", "x" * 9000), "first or last")
OF = Setting("true", "", lambda value, now: value in now.classes, "the name of a class", names_a_class=True)
SPECS = (STEP, OF)


def test_what_was_written_is_read_again() -> None:
    now = Scenario(("a&b", "c=d"), (1.5, -2.0), 0.5, 1, 0)
    settings = {"step": "last", "true": "c=d"}
    assert links.read(links.written(now, settings, SPECS), SPECS) == links.Link(now, settings, [])


def test_defaults_what_is_impossible_and_what_another_page_has_are_not_written() -> None:
    assert links.written(Scenario(), {"step": "", "true": "nobody", "other": "x"}, SPECS) == {}
    assert links.read({"step": "first"}, SPECS).settings == {}


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"step": "second"}, "step in the link is “second”; it must be first or last."),
        (
            {"classes": "cat,dog", "z": "1,2", "true": "cow"},
            "true in the link is “cow”; it must be the name of a class: “cat”, “dog”.",
        ),
        ({"page": "nowhere"}, "There is no page “nowhere” here; Explore is shown instead."),
    ],
)
def test_what_is_impossible_costs_itself_and_one_sentence(params: dict[str, str], sentence: str) -> None:
    found = links.read(params, SPECS)
    assert [problem.message for problem in found.problems] == [sentence]
    assert found.settings == {}
    assert found.situation.z == ((1.0, 2.0) if "z" in params else Scenario().z)


def test_a_text_that_is_too_long_is_not_even_looked_at() -> None:
    assert LONGEST_TEXT < 9000
    found = links.read({"step": "x" * 9000}, SPECS)
    assert found.settings == {}
    assert len(found.problems[0].message) < 200


BASE = Scenario(z=(4, -4, 0), i=1, j=1)
ALWAYS = "in the link is ignored: this page always has"
ACCEPTED = "accepted are “setosa”, “versicolor”, “virginica”."


@pytest.mark.parametrize("now", [BASE, Scenario(), BASE.with_value(0, 2.5), BASE.with_cell(0, 2)])
def test_a_page_with_a_situation_of_its_own_writes_only_what_differs_from_it(now: Scenario) -> None:
    params = links.written(now, {}, SPECS, BASE)
    assert links.read(params, SPECS, BASE) == links.Link(now, {}, [])
    assert len(params) == sum(now.parameters()[name] != value for name, value in BASE.parameters().items())


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"z": "1,2"}, "There are 2 raw outputs for 3 classes; one per class is accepted."),
        (
            {"classes": "a,b"},
            f"classes {ALWAYS} setosa,versicolor,virginica.",
        ),
        ({"T": "2"}, f"T {ALWAYS} 1."),
        (
            {"of": "nobody"},
            f"of in the link is “nobody”, which is not one of the classes; {ACCEPTED}",
        ),
    ],
)
def test_such_a_page_keeps_its_own_situation_if_a_link_asks_for_what_it_lacks(
    params: dict[str, str], sentence: str
) -> None:
    found = links.read(params | {"wrt": "virginica"}, SPECS, BASE)
    assert found.situation == BASE.with_cell(1, 2)
    assert [problem.message for problem in found.problems] == [sentence]
