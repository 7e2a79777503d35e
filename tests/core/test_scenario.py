"""Whatever a scenario is, its link brings it back; whatever a link says, it opens."""

import dataclasses
import doctest
import math
import pickle
import string
import unicodedata
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from core import scenario as module
from core.scenario import (
    MAX_ABS_Z,
    MAX_CLASSES,
    MAX_NAME_LENGTH,
    MAX_PARAMETER_LENGTH,
    MAX_TEMPERATURE,
    MIN_CLASSES,
    MIN_TEMPERATURE,
    Problem,
    Scenario,
    check_name,
    default_classes,
    default_z,
)

IRISES = ("setosa", "versicolor", "virginica")
RIGHT_TO_LEFT_OVERRIDE = "\u202e"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEBREW = "\u05d0\u05d9\u05e8\u05d5\u05e1"
ARABIC = "\u0633\u0648\u0633\u0646"

deterministic = settings(
    deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)


def is_name(text):
    """Whether check_name takes the text as it stands."""
    try:
        return check_name(text) == text
    except ValueError:
        return False


NAMES = st.one_of(
    st.text(alphabet=string.printable, min_size=1, max_size=MAX_NAME_LENGTH),
    st.text(min_size=1, max_size=MAX_NAME_LENGTH),
    st.sampled_from([HEBREW, ARABIC, FAMILY, "class 4", "e\u0301", "0", "nan", "a=b&c#d%2C+"]),
).map(lambda text: unicodedata.normalize("NFC", text.strip()))
RAW_OUTPUTS = st.one_of(
    st.floats(min_value=-MAX_ABS_Z, max_value=MAX_ABS_Z),
    st.sampled_from([-0.0, 5e-324, -5e-324, 1e-5, 0.1 + 0.2, math.nextafter(50, 0), 50.0, -50.0, 1.43]),
)


@st.composite
def scenarios(draw):
    """Draw any valid scenario."""
    n = draw(st.integers(MIN_CLASSES, MAX_CLASSES))
    named = st.lists(NAMES.filter(is_name), min_size=n, max_size=n, unique=True).map(tuple)
    return Scenario(
        classes=draw(st.just(default_classes(n)) | named),
        z=draw(st.just(default_z(n)) | st.tuples(*[RAW_OUTPUTS] * n)),
        temperature=draw(st.just(1.0) | st.floats(MIN_TEMPERATURE, MAX_TEMPERATURE)),
        i=draw(st.integers(0, n - 1)),
        j=draw(st.integers(0, n - 1)),
    )


def opened(**params):
    """Open a link that must have no problem."""
    scenario, problems = Scenario.from_query(params)
    assert problems == []
    return scenario


def only_problem(**params):
    """Open a link that must have exactly one problem."""
    scenario, problems = Scenario.from_query(params)
    assert len(problems) == 1, problems
    return scenario, problems[0]


# The link


@deterministic
@given(scenarios())
@example(Scenario(classes=("class 1", "class 2", "class 3")))
@example(Scenario(classes=IRISES[::-1]))
@example(Scenario(classes=("a", "b"), z=(0, 0)))
def test_every_scenario_comes_back_from_its_own_link(scenario):
    query = scenario.to_query()
    assert Scenario.from_query(query) == (scenario, [])
    assert Scenario.from_query({name: ["ignored", value] for name, value in query.items()}) == (scenario, [])


@deterministic
@given(scenarios())
def test_a_link_can_be_sent_and_stays_short(scenario):
    for name, value in scenario.to_query().items():
        assert name in {"classes", "z", "T", "of", "wrt"}
        value.encode()
        assert len(value) <= MAX_PARAMETER_LENGTH


@deterministic
@given(scenarios())
def test_no_parameter_of_a_link_could_be_left_out(scenario):
    query = scenario.to_query()
    for name in query:
        if name == "z" and scenario.z == default_z(len(scenario.z)):
            continue  # Written beside the names too, for whoever reads the link.
        rest = {other: value for other, value in query.items() if other != name}
        assert Scenario.from_query(rest) != (scenario, [])


def test_the_worked_example_is_the_empty_link():
    assert Scenario().to_query() == {}
    assert opened() == Scenario()


def test_an_empty_list_of_values_is_an_absent_parameter():
    assert opened(z=[], T=[]) == Scenario()


def test_numbers_are_written_short():
    query = Scenario(z=(2.0, -0.0, 1e-05), temperature=3).to_query()
    assert query == {"z": "2,0,1e-05", "T": "3"}


def test_raw_outputs_are_written_whenever_they_tell_the_number_of_classes():
    assert Scenario(classes=default_classes(4), z=default_z(4)).to_query() == {"z": "0,0,0,0"}
    assert Scenario(classes=("a", "b"), z=(0, 0)).to_query() == {"classes": "a,b", "z": "0,0"}


def test_the_number_of_classes_is_that_of_the_names_then_that_of_the_raw_outputs():
    assert opened(classes="a,b").z == (0.0, 0.0)
    assert opened(z="1,2").classes == ("class 1", "class 2")
    assert opened(classes="a,b,c").z == Scenario().z
    assert opened(z="1,2,3").classes == IRISES


def test_unknown_parameters_are_ignored():
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
        ("1e-999", 0.0),
        ("0" * 30 + "7", 7.0),
    ],
)
def test_plain_decimal_and_scientific_numbers_are_read(text, value):
    z = opened(z=f"{text},0,0").z
    assert z == (value, 0.0, 0.0)
    assert math.copysign(1, z[0]) == math.copysign(1, value)


def test_blanks_around_names_do_not_count():
    assert opened(classes=" a , b ", wrt=" b ").to_query() == {"classes": "a,b", "z": "0,0", "wrt": "b"}


def test_a_name_in_another_normal_form_is_the_same_name():
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
def test_no_link_whatever_it_says_raises(params):
    scenario, problems = Scenario.from_query(params)
    named = [problem.parameter for problem in problems]
    assert len(named) == len(set(named))
    assert set(named) <= set(params)
    assert Scenario.from_query(scenario.to_query()) == (scenario, [])
    for problem in problems:
        assert_is_a_sentence(problem.message)


def assert_is_a_sentence(message):
    """Check that a message can be shown, sent and read."""
    message.encode()
    assert message.endswith(".")
    assert "accepted" in message or "a name of its own" in message
    assert all(unicodedata.category(c) not in {"Cc", "Zl", "Zp"} for c in message)
    assert not set(message) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")


@pytest.mark.parametrize(
    "bad", ["", "  ", "hot", "0", "-1", "0.049", "20.1", "1,2", "nan", "1_0", "0x1", "1e999"]
)
def test_a_bad_temperature_costs_only_the_temperature(bad):
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
def test_bad_raw_outputs_cost_only_the_raw_outputs(bad):
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
def test_bad_classes_cost_only_the_classes(bad):
    scenario, problem = only_problem(classes=bad, z="1,2,3,4,5", wrt="class 5")
    assert scenario == Scenario(classes=default_classes(5), z=(1, 2, 3, 4, 5), j=4)
    assert problem.parameter == "classes"
    assert_is_a_sentence(problem.message)


def test_raw_outputs_that_do_not_match_the_classes_are_not_used():
    scenario, problem = only_problem(classes="a,b", z="1,2,3")
    assert scenario == Scenario(classes=("a", "b"), z=(0, 0))
    assert problem == Problem("z", "There are 3 raw outputs for 2 classes; one per class is accepted.")


@pytest.mark.parametrize("parameter", ["of", "wrt"])
def test_an_unknown_class_is_reported_with_those_there_are(parameter):
    scenario, problem = only_problem(**{parameter: "rose"})
    assert scenario == Scenario()
    assert problem.parameter == parameter
    assert problem.message == (
        "“rose” is not one of the classes; accepted are “setosa”, “versicolor”, “virginica”."
    )


def test_a_class_is_not_found_by_its_number_or_in_capitals():
    assert only_problem(of="1")[1].parameter == "of"
    assert only_problem(of="Setosa")[1].parameter == "of"


def test_every_bad_parameter_has_its_own_problem():
    scenario, problems = Scenario.from_query(dict.fromkeys(["classes", "z", "T", "of", "wrt"], "?"))
    assert scenario == Scenario()
    assert [problem.parameter for problem in problems] == ["classes", "z", "T", "of", "wrt"]


@pytest.mark.parametrize("parameter", ["classes", "z", "T", "of", "wrt"])
def test_a_huge_parameter_is_not_read_and_hardly_quoted(parameter):
    for text in ("9" * 1_000_000, "," * 1_000_000, "a" * (MAX_PARAMETER_LENGTH + 1)):
        scenario, problem = only_problem(**{parameter: text})
        assert scenario == Scenario()
        assert str(MAX_PARAMETER_LENGTH) in problem.message
        assert len(problem.message) < 250


def test_the_longest_parameter_is_still_read():
    text = "2" + " " * (MAX_PARAMETER_LENGTH - 1)
    assert opened(T=text).temperature == 2.0
    assert only_problem(T=text + " ")[1].parameter == "T"


def test_a_quote_cannot_change_the_sentence_around_it():
    message = only_problem(T=f"a\nb\u0007{RIGHT_TO_LEFT_OVERRIDE}\ud800\u2066")[1].message
    assert "“a\ufffdb\ufffd\ufffd\ufffd\ufffd”" in message
    assert f"“\u2068{HEBREW}\u2069”" in only_problem(T=HEBREW)[1].message


# Names


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "b" * MAX_NAME_LENGTH,
        "class 1",
        HEBREW,
        ARABIC,
        FAMILY,
        "日本語",
        "\u200fאב",
        "1\ufe0f\u20e3",
        "<b>&$_",
    ],
)
def test_names_of_every_script_are_accepted_as_they_are(name):
    assert check_name(name) == name
    assert opened(classes=f"other,{name}", of=name).to_query()["of"] == name


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "is empty"),
        (" \t\n\u2003", "is empty"),
        ("b" * 25, "longer than 24"),
        (" " * 10_000 + "b" * 10_000, "longer than 24"),
        # 25 characters in form NFC, although 24 as typed: U+0958 has no composed form.
        ("\u0958" + "b" * 23, "longer than 24"),
        ("a,b", "a comma"),
        ("a\tb", "a control character (U+0009)"),
        ("a\x85b", "a control character (U+0085)"),
        ("a\u2028b", "a line separator (U+2028)"),
        ("a\u2029b", "a paragraph separator (U+2029)"),
        ("a\udfff", "half of a character (U+DFFF)"),
        *[(f"a{chr(c)}b", "reorders text") for c in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]],
        *[
            (c, "no visible character")
            for c in "\u200b\u200d\u200f\u2060\ufeff\ufe0f\u3164\u2800\u00ad\U000e0100"
        ],
        ("\u200b \u3164", "no visible character"),
    ],
)
def test_a_name_that_would_break_the_text_around_it_is_rejected(name, fault):
    with pytest.raises(ValueError, match="accepted") as caught:
        check_name(name)
    assert fault in str(caught.value)
    assert_is_a_sentence(str(caught.value))


def test_a_name_is_trimmed_composed_and_a_plain_str():
    name = check_name(np.str_("  e\u0301\u2003"))
    assert name == "\u00e9"
    assert type(name) is str


def test_a_name_that_is_taken_is_rejected_in_every_spelling():
    for spelling in ("\u00e9", "e\u0301", " \u00e9 "):
        with pytest.raises(ValueError, match="already taken"):
            check_name(spelling, others=["a", "e\u0301"])
    assert check_name("A", others=["a"]) == "A"


def test_a_name_must_be_text():
    with pytest.raises(TypeError, match="is not text"):
        check_name(3)


@deterministic
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_checking_a_name_twice_changes_nothing(text):
    try:
        name = check_name(text)
    except ValueError as error:
        assert_is_a_sentence(str(error))
    else:
        assert check_name(name) == name
        assert name == unicodedata.normalize("NFC", name).strip()
        assert 1 <= len(name) <= MAX_NAME_LENGTH


# Creation


def test_fields_are_normalised_to_plain_immutable_values():
    scenario = Scenario(
        classes=["a", np.str_(" b")],
        z=np.array([1, -0.0], dtype=np.float32),
        temperature=np.int64(2),
        i=np.int8(1),
        j=np.uint8(0),
    )
    assert scenario == Scenario(("a", "b"), (1.0, 0.0), 2.0, 1, 0)
    assert [type(v) for v in scenario.classes] == [str, str]
    assert [type(v) for v in (*scenario.z, scenario.temperature)] == [float] * 3
    assert [type(v) for v in (scenario.i, scenario.j)] == [int, int]
    assert str(scenario.z[1]) == "0.0"
    assert Scenario(z=(Fraction(1, 2), 0, 0)).z == (0.5, 0.0, 0.0)


def test_a_scenario_is_immutable_hashable_and_survives_pickling():
    scenario = Scenario(z=[1, 2, 3])
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.temperature = 2.0
    assert len({scenario, Scenario(z=(1.0, 2.0, 3.0))}) == 1
    assert pickle.loads(pickle.dumps(scenario)) == scenario  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"classes": "abc"}, TypeError),
        ({"classes": {"a", "b", "c"}}, TypeError),
        ({"classes": None}, TypeError),
        ({"classes": (1, 2, 3)}, TypeError),
        ({"classes": ()}, ValueError),
        ({"classes": ("a",), "z": (0,)}, ValueError),
        ({"classes": list("abcdefghijk"), "z": [0] * 11}, ValueError),
        ({"classes": ("a", "b", "a ")}, ValueError),
        ({"z": "123"}, TypeError),
        ({"z": 3}, TypeError),
        ({"z": (0, 0)}, ValueError),
        ({"z": (0, 0, True)}, TypeError),
        ({"z": (0, 0, np.True_)}, TypeError),
        ({"z": (0, 0, "1")}, TypeError),
        ({"z": (0, 0, 1j)}, TypeError),
        ({"z": np.zeros((3, 1))}, TypeError),
        ({"z": (0, 0, math.nan)}, ValueError),
        ({"z": (0, 0, -math.inf)}, ValueError),
        ({"z": (0, 0, math.nextafter(50, 51))}, ValueError),
        ({"z": (0, 0, 10**5000)}, ValueError),
        ({"temperature": "1"}, TypeError),
        ({"temperature": None}, TypeError),
        ({"temperature": True}, TypeError),
        ({"temperature": 0}, ValueError),
        ({"temperature": math.nextafter(20, 21)}, ValueError),
        ({"temperature": math.nan}, ValueError),
        ({"i": 3}, ValueError),
        ({"i": -1}, ValueError),
        ({"i": 10**5000}, ValueError),
        ({"i": 1.0}, TypeError),
        ({"j": True}, TypeError),
        ({"j": "0"}, TypeError),
        ({"j": 3}, ValueError),
    ],
)
def test_a_bad_field_is_named_with_what_is_accepted(fields, error):
    with pytest.raises(error) as caught:
        Scenario(**fields)
    assert str(caught.value).startswith(f"{next(iter(fields))}: ")
    assert_is_a_sentence(str(caught.value))


def test_the_limits_themselves_are_accepted():
    Scenario(z=(MAX_ABS_Z, -MAX_ABS_Z, 0), temperature=MIN_TEMPERATURE)
    Scenario(default_classes(MAX_CLASSES), default_z(MAX_CLASSES), temperature=MAX_TEMPERATURE, i=9, j=9)


# Changes


def test_each_change_makes_a_new_scenario_and_touches_nothing_else():
    start = Scenario(IRISES, (1, 2, 3), 2, 1, 2)
    assert start.with_z([4, 5, 6]) == Scenario(IRISES, (4, 5, 6), 2, 1, 2)
    assert start.with_value(2, 9) == Scenario(IRISES, (1, 2, 9), 2, 1, 2)
    assert start.with_temperature(5) == Scenario(IRISES, (1, 2, 3), 5, 1, 2)
    assert start.with_cell(0, 0) == Scenario(IRISES, (1, 2, 3), 2, 0, 0)
    assert start.with_classes("abc"[k] for k in range(3)) == Scenario(("a", "b", "c"), (1, 2, 3), 2, 1, 2)
    assert start == Scenario(IRISES, (1, 2, 3), 2, 1, 2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda s: s.with_z((1, 2)), "z"),
        (lambda s: s.with_value(3, 1), "k"),
        (lambda s: s.with_value(-1, 1), "k"),
        (lambda s: s.with_value(0, 51), "z"),
        (lambda s: s.with_temperature(0), "temperature"),
        (lambda s: s.with_cell(0, 3), "j"),
        (lambda s: s.with_classes(("a", "b")), "classes"),
        (lambda s: s.with_classes(("a", "b", "b")), "classes"),
        (lambda s: s.resized(1), "n"),
        (lambda s: s.resized(11), "n"),
    ],
)
def test_a_bad_change_names_what_was_wrong(change, field):
    with pytest.raises(ValueError, match=rf"^{field}: .*\.$"):
        change(Scenario())


def test_resizing_wants_a_whole_number():
    for n in (True, 4.0, "4"):
        with pytest.raises(TypeError, match=r"^n: "):
            Scenario().resized(n)


@deterministic
@given(scenarios(), st.integers(MIN_CLASSES, MAX_CLASSES))
def test_resizing_keeps_what_there_is(scenario, n):
    resized = scenario.resized(n)
    kept = min(n, len(scenario.classes))
    assert len(resized.classes) == len(set(resized.classes)) == n
    assert resized.classes[:kept] == scenario.classes[:kept]
    assert resized.z == scenario.z[:kept] + (0.0,) * (n - kept)
    assert resized.temperature == scenario.temperature
    assert resized.i == (scenario.i if scenario.i < n else 0)
    assert resized.j == (scenario.j if scenario.j < n else 0)


def test_new_classes_get_names_that_are_not_taken():
    scenario = Scenario(("class 4", "b", "class 6"), (1, 2, 3))
    assert scenario.resized(6).classes == ("class 4", "b", "class 6", "class 5", "class 7", "class 8")


# The module


def test_the_examples_in_the_docstrings_run():
    results = doctest.testmod(module)
    assert results.failed == 0
    assert results.attempted >= 20


def test_everything_public_has_an_example():
    for name in module.__all__:
        member = getattr(module, name)
        assert not callable(member) or ">>>" in member.__doc__
