"""Every scenario's link brings it back, and every link opens, whatever it says."""

import math

import pytest
from hypothesis import example, given, strategies as st

from core.situation import query as module
from core.situation.scenario import (
    Problem,
    Scenario,
    default_classes,
    default_z,
)
from core.text import LONGEST_TEXT
from tests.core.situation.links import (
    HEBREW,
    IRISES,
    RIGHT_TO_LEFT_OVERRIDE,
    assert_is_a_sentence,
    deterministic,
    only_problem,
    opened,
    scenarios,
)

# The link


@deterministic
@given(scenarios())
@example(Scenario(classes=("class 1", "class 2", "class 3")))
@example(Scenario(classes=IRISES[::-1]))
@example(Scenario(classes=("a", "b"), z=(0, 0)))
def test_every_scenario_comes_back_from_its_own_link(scenario: Scenario) -> None:
    query = scenario.to_query()
    assert Scenario.from_query(query) == (scenario, [])
    assert Scenario.from_query({name: ["ignored", value] for name, value in query.items()}) == (scenario, [])


@deterministic
@given(scenarios())
def test_a_link_can_be_sent_and_stays_short(scenario: Scenario) -> None:
    for name, value in scenario.to_query().items():
        assert name in {"classes", "z", "T", "of", "wrt"}
        value.encode()
        assert len(value) <= LONGEST_TEXT


@deterministic
@given(scenarios())
def test_no_parameter_of_a_link_could_be_left_out(scenario: Scenario) -> None:
    query = scenario.to_query()
    for name in query:
        if name == "z" and scenario.z == default_z(len(scenario.z)):
            continue  # Written beside the names too, for whoever reads the link.
        rest = {other: value for other, value in query.items() if other != name}
        assert Scenario.from_query(rest) != (scenario, [])


def wide(text: str) -> str:
    """The text in full-width characters, as a Chinese or Japanese keyboard writes them."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def test_the_worked_example_is_the_empty_link() -> None:
    assert Scenario().to_query() == {}
    assert opened() == Scenario()


def test_an_empty_list_of_values_is_an_absent_parameter() -> None:
    assert opened(z=[], T=[]) == Scenario()


def test_numbers_are_written_short() -> None:
    query = Scenario(z=(2.0, -0.0, 1e-05), temperature=3).to_query()
    assert query == {"z": "2,0,1e-05", "T": "3"}


def test_raw_outputs_are_written_whenever_they_tell_the_number_of_classes() -> None:
    assert Scenario(classes=default_classes(4), z=default_z(4)).to_query() == {"z": "0,0,0,0"}
    assert Scenario(classes=("a", "b"), z=(0, 0)).to_query() == {"classes": "a,b", "z": "0,0"}


def test_the_number_of_classes_is_that_of_the_names_then_that_of_the_raw_outputs() -> None:
    assert opened(classes="a,b").z == (0.0, 0.0)
    assert opened(z="1,2").classes == ("class 1", "class 2")
    assert opened(classes="a,b,c").z == Scenario().z
    assert opened(z="1,2,3").classes == IRISES


def test_unknown_parameters_are_ignored() -> None:
    assert opened(camera="left", t="2") == Scenario()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2.0),
        (" 2.5 ", 2.5),
        ("\u22121.5", -1.5),
        ("+.5", 0.5),
        ("5.", 5.0),
        ("1E1", 10.0),
        ("2e\u22121", 0.2),
        ("-0", 0.0),
        (wide("-12.5e-1"), -1.25),
        ("1e-999", 0.0),
        ("0" * 30 + "7", 7.0),
    ],
)
def test_plain_decimal_and_scientific_numbers_are_read(text: str, value: float) -> None:
    z = opened(z=f"{text},0,0").z
    assert z == (value, 0.0, 0.0)
    assert math.copysign(1, z[0]) == math.copysign(1, value)


def test_full_width_digits_are_digits_wherever_a_number_is_read() -> None:
    assert opened(z=wide("1,2,3"), T=wide("0.5")) == opened(z="1,2,3", T="0.5")
    assert module.parsed_number(wide("2.5"), 0, 5) == 2.5
    assert module.parsed_integer(wide("12"), 0, 50) == 12
    # Other forms of digits do not count as digits: 5\N{SUPERSCRIPT TWO} is not 52.
    others = ("5\N{SUPERSCRIPT TWO}", "\N{CIRCLED DIGIT ONE}", "\N{ARABIC-INDIC DIGIT THREE}")
    assert [module.parsed_number(text, 0, 99) for text in others] == [None, None, None]


def test_blanks_around_names_do_not_count() -> None:
    assert opened(classes=" a , b ", wrt=" b ").to_query() == {"classes": "a,b", "z": "0,0", "wrt": "b"}


def test_a_name_in_another_normal_form_is_the_same_name() -> None:
    assert opened(classes="e\u0301,b", of="e\u0301").classes == ("\u00e9", "b")
    assert opened(classes="b,\u00e9", of="e\u0301").i == 1


# Bad links


@deterministic
@given(
    st.dictionaries(
        st.sampled_from(["classes", "z", "T", "of", "wrt"]) | st.text(),
        st.text(alphabet=st.characters(codec=None), max_size=60)
        | st.text(alphabet="0123456789.,-+eE_ \u2212naif", max_size=40)
        | st.lists(st.text(max_size=10), max_size=3),
    )
)
def test_no_link_whatever_it_says_raises(params: dict[str, str | list[str]]) -> None:
    scenario, problems = Scenario.from_query(params)
    named = [problem.parameter for problem in problems]
    assert len(named) == len(set(named))
    assert set(named) <= set(params)
    assert Scenario.from_query(scenario.to_query()) == (scenario, [])
    for problem in problems:
        assert_is_a_sentence(problem.message)


@pytest.mark.parametrize(
    "bad", ["", "  ", "hot", "0", "-1", "0.049", "20.1", "1,2", "nan", "1_0", "0x1", "1e999"]
)
def test_a_bad_temperature_costs_only_the_temperature(bad: str) -> None:
    scenario, problem = only_problem(T=bad, z="1,2,3", of="versicolor", wrt="virginica")
    assert scenario == Scenario(z=(1, 2, 3), i=1, j=2)
    assert problem.parameter == "T"
    assert "0.05 to 20" in problem.message


@pytest.mark.parametrize(
    "bad",
    [
        "",
        ",",
        "1",
        "1,2,",
        "1,,3",
        "1,2,x",
        "1,2,nan",
        "1,2,inf",
        "1,2,-Infinity",
        "1,2,1_0",
        "1,2,0x1",
        "1;2;3",
        "1,2,50.001",
        "1,2,-51",
        "1,2,1e999",
        "1,2,\u0663",
        "1,2,1e",
        "1,2,.",
        "1,2,--1",
        "1,2,1 0",
        "0,0,0,0,0,0,0,0,0,0,0",
    ],
)
def test_bad_raw_outputs_cost_only_the_raw_outputs(bad: str) -> None:
    scenario, problem = only_problem(z=bad, T="2", of="versicolor")
    assert scenario == Scenario(temperature=2, i=1)
    assert problem.parameter == "z"
    assert_is_a_sentence(problem.message)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a",
        "a,",
        "a,a",
        "a,b, a",
        "a,b\u0000c",
        f"a,b{RIGHT_TO_LEFT_OVERRIDE}c",
        "a,\ud800",
        "a," + "b" * 25,
        "\u00e9,e\u0301",
        "a,\u200b",
        "a,b,c,d,e,f,g,h,i,j,k",
    ],
)
def test_bad_classes_cost_only_the_classes(bad: str) -> None:
    scenario, problem = only_problem(classes=bad, z="1,2,3,4,5", wrt="class 5")
    assert scenario == Scenario(classes=default_classes(5), z=(1, 2, 3, 4, 5), j=4)
    assert problem.parameter == "classes"
    assert_is_a_sentence(problem.message)


def test_raw_outputs_that_do_not_match_the_classes_are_not_used() -> None:
    scenario, problem = only_problem(classes="a,b", z="1,2,3")
    assert scenario == Scenario(classes=("a", "b"), z=(0, 0))
    assert problem == Problem("z", "There are 3 raw outputs for 2 classes; one per class is accepted.")


@pytest.mark.parametrize("parameter", ["of", "wrt"])
def test_an_unknown_class_is_reported_with_those_there_are(parameter: str) -> None:
    scenario, problem = only_problem(**{parameter: "rose"})
    assert scenario == Scenario()
    assert problem.parameter == parameter
    assert problem.message == (
        f"{parameter} in the link is “rose”, which is not one of the classes; "
        "accepted are “setosa”, “versicolor”, “virginica”."
    )


def test_a_class_is_not_found_by_its_number_or_in_capitals() -> None:
    assert only_problem(of="1")[1].parameter == "of"
    assert only_problem(of="Setosa")[1].parameter == "of"


def test_every_bad_parameter_has_its_own_problem() -> None:
    scenario, problems = Scenario.from_query(dict.fromkeys(["classes", "z", "T", "of", "wrt"], "?"))
    assert scenario == Scenario()
    assert [problem.parameter for problem in problems] == ["classes", "z", "T", "of", "wrt"]


@pytest.mark.parametrize("parameter", ["classes", "z", "T", "of", "wrt"])
def test_a_huge_parameter_is_not_read_and_hardly_quoted(parameter: str) -> None:
    for text in ("9" * 1_000_000, "," * 1_000_000, "a" * (LONGEST_TEXT + 1)):
        scenario, problem = only_problem(**{parameter: text})
        assert scenario == Scenario()
        assert str(LONGEST_TEXT) in problem.message
        assert len(problem.message) < 250


def test_the_longest_parameter_is_still_read() -> None:
    text = "2" + " " * (LONGEST_TEXT - 1)
    assert opened(T=text).temperature == 2.0
    assert only_problem(T=text + " ")[1].parameter == "T"


def test_a_quote_cannot_change_the_sentence_around_it() -> None:
    message = only_problem(T=f"a\nb\u0007{RIGHT_TO_LEFT_OVERRIDE}\ud800\u2066")[1].message
    assert "“a\ufffdb\ufffd\ufffd\ufffd\ufffd”" in message
    assert f"“\u2068{HEBREW}\u2069”" in only_problem(T=HEBREW)[1].message
