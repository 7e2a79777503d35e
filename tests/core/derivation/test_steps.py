"""Every step of the derivation is true in every situation and leads to the next step."""

import itertools
from decimal import Decimal

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from core.derivation.expression import SECANT_STEP, Node, symbol
from core.derivation.readings import Readings
from core.derivation.steps import FIRST_WITH_RESULT, STEP_KEYS, derive
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from tests.core.derivation.exact import evaluate
from tests.core.oracle import exact_jacobian

# A central difference with a step of 1e-40 is right to 80 digits, but cancellation may cost some of them.
CLOSE = Decimal("1e-30")

SITUATIONS = [
    *(
        Scenario(i=i, j=j, temperature=t)
        for i, j in itertools.product(range(3), repeat=2)
        for t in (1, 0.5, 7)
    ),
    *(preset.scenario for preset in PRESETS),
    Scenario(z=(40, 0, 0), i=0, j=0),
    Scenario(z=(40, 0, 0), i=1, j=2, temperature=0.3),
    Scenario(z=(50, -50, 0), i=0, j=0, temperature=0.05),
    Scenario(z=(50, -50, 0), i=1, j=2, temperature=0.05),
    *(Scenario().resized(n).with_cell(n - 1, j) for n in (2, 4, 5, 10) for j in (0, n - 1)),
]
each_situation = pytest.mark.parametrize("now", SITUATIONS, ids=lambda now: str(now.to_query()) or "default")


def value(node: Node, now: Scenario) -> Decimal:
    return evaluate(node, now.z, now.temperature, now.i, now.j)


def kinds(node: Node) -> set[str]:
    return {node.kind}.union(*map(kinds, node.parts))


def same(left: Decimal, right: Decimal, close: Decimal = CLOSE) -> bool:
    return abs(left - right) <= close * max(abs(left), abs(right))


@each_situation
def test_both_sides_of_every_equation_are_equal(now: Scenario) -> None:
    for step in derive(now):
        for equation in step.equations:
            # The error of a central difference of size h is a multiple of (h/T)^2 times the third derivative.
            close = CLOSE if equation.exact else Decimal(5 * SECANT_STEP**2)
            for right in equation.right:
                assert same(value(equation.left, now), value(right, now), close), (step.key, right)


@each_situation
def test_each_step_comes_to_the_value_of_its_last_line(now: Scenario) -> None:
    for step in derive(now):
        if step.comes_to is None:
            assert step.key in ("question", "rule")
        elif step.key not in ("recognise", "check"):
            # "recognise" is about the two fractions, and "check" is about a value that is only close.
            assert same(value(step.comes_to, now), value(step.equations[-1].right[-1], now))


@each_situation
def test_every_number_in_a_formula_is_right_to_18_digits(now: Scenario) -> None:
    numbers = Readings(now)
    letters = [symbol(kind) for kind in ("T", "f", "g", "df", "dg", "dp")]
    letters += [symbol(kind, k) for kind in ("z", "p") for k in range(len(now.z))]
    for letter in letters:
        assert same(numbers.value(letter), value(letter, now), Decimal("1e-17")), letter
    for side, way in zip(numbers.beside(now.i, now.j), (1, -1), strict=True):
        moved = [Decimal(z) for z in now.z]
        moved[now.j] += way * Decimal(str(SECANT_STEP)) * Decimal(now.temperature)
        there = evaluate(symbol("p", now.i), moved, now.temperature, now.i, now.j)
        assert same(side, there, Decimal("1e-17"))


@each_situation
def test_neighbouring_steps_that_speak_of_the_derivative_are_equal(now: Scenario) -> None:
    steps = [step for step in derive(now) if step.equations[0].left == symbol("dp")]
    assert len(steps) == 6
    ends = [value(step.equations[0].right[-1], now) for step in steps[:-1]]
    for before, after in itertools.pairwise(ends):
        assert same(before, after)
    truth = exact_jacobian(now.z, now.temperature)[now.i][now.j]
    assert abs(mpmath.mpf(str(ends[-1])) - truth) <= abs(truth) * mpmath.mpf("1e-30")


@settings(max_examples=25)
@given(
    z=st.lists(st.floats(-50, 50), min_size=2, max_size=10),
    t=st.floats(0.05, 20),
    cell=st.tuples(st.integers(0, 9), st.integers(0, 9)),
)
def test_the_equations_hold_anywhere(z: list[float], t: float, cell: tuple[int, int]) -> None:
    n = len(z)
    names = tuple(f"class {k}" for k in range(n))
    now = Scenario(classes=names, z=tuple(z), temperature=t, i=cell[0] % n, j=cell[1] % n)
    for step in derive(now):
        for equation in step.equations:
            if equation.exact:
                assert all(same(value(equation.left, now), value(right, now)) for right in equation.right)


@each_situation
def test_every_step_is_there_in_order_with_title_and_reason(now: Scenario) -> None:
    steps = derive(now)
    assert tuple(step.key for step in steps) == STEP_KEYS
    assert FIRST_WITH_RESULT in STEP_KEYS
    for step in steps:
        assert step.title
        assert step.reason.endswith(".")
        assert "{" not in step.reason
        assert step.equations


@each_situation
def test_temperature_is_mentioned_only_where_there_is_one(now: Scenario) -> None:
    found = {
        kind
        for step in derive(now)
        for equation in step.equations
        for node in (equation.left, *equation.right)
        for kind in kinds(node)
    }
    assert ("T" in found) == (now.temperature != 1)
    chain = any("chain rule" in step.reason for step in derive(now))
    assert chain == (now.temperature != 1)


@each_situation
def test_each_step_but_the_first_lines_marks_what_changed(now: Scenario) -> None:
    def marked(node: Node) -> bool:
        return node.new or any(map(marked, node.parts))

    for step in derive(now):
        nodes = [node for equation in step.equations for node in (equation.left, *equation.right)]
        assert any(map(marked, nodes)), step.key


def test_the_two_kinds_of_derivative_have_words_of_their_own() -> None:
    own, cross = derive(Scenario()), derive(Scenario(j=1))
    different = [
        a.key for a, b in zip(own, cross, strict=True) if a.reason != b.reason.replace("versicolor", "setosa")
    ]
    assert {"question", "numerator", "denominator", "factor", "recognise", "result"} <= set(different)
    assert "number" in different


def reasons(now: Scenario) -> dict[str, str]:
    return {step.key: step.reason for step in derive(now)}


def test_the_question_claims_nothing_and_names_class_i_and_class_j() -> None:
    for now, told in (
        (Scenario(), "“setosa” is class i, and class j as well"),
        (Scenario(j=1), "“setosa” is class i, “versicolor” is class j"),
    ):
        assert told in reasons(now)["question"]
        assert [equation.right for equation in derive(now)[0].equations] == [()]


def test_the_rule_says_what_a_prime_means_and_stays_in_letters() -> None:
    for now in (Scenario(), Scenario(j=1)):
        step = next(step for step in derive(now) if step.key == "rule")
        name = now.classes[now.j]
        assert f"The prime ′ means the derivative with respect to the raw output of “{name}”" in step.reason
        assert all(equation.lettered for equation in step.equations)
        assert step.comes_to is None
        # The step "numerator" derives df and dg. Before it, only equations in letters may use them.
        before = itertools.takewhile(lambda step: step.key != "numerator", derive(now))
        for equation in (equation for step in before for equation in step.equations):
            assert equation.lettered or not {"df", "dg"} & set().union(*map(kinds, equation.right))


def test_each_exponential_that_is_differentiated_is_said_to_be_its_own_derivative() -> None:
    own, cross = reasons(Scenario()), reasons(Scenario(j=1))
    assert "exponential function is its own derivative" in own["numerator"]
    assert "exponential function is its own derivative" in cross["denominator"]


def test_a_factor_is_spoken_of_only_where_it_stands() -> None:
    cross = reasons(Scenario(j=1, temperature=0.5))
    assert "1/T" not in cross["numerator"]
    assert "1/T" in cross["denominator"]
    assert "1/T" in reasons(Scenario(temperature=0.5))["numerator"]
    assert "h = 0.001 T" in cross["check"]
    assert "h = 0.001 to" in reasons(Scenario())["check"]


def test_nothing_falls_by_a_negative_number() -> None:
    for now in SITUATIONS:
        assert "falls" not in reasons(now)["number"]
    assert "rises by this number times" in reasons(Scenario())["number"]


def test_class_names_that_look_like_places_stay_as_they_are() -> None:
    reasons = [step.reason for step in derive(Scenario(classes=("{j}", "{i}"), z=(1, 0), j=1))]
    assert (
        "Raise the raw output of “{i}” a little: how fast does the probability of “{j}” change?" in reasons[0]
    )


def test_the_worked_example_comes_to_its_known_numbers() -> None:
    numbers = Readings(Scenario())
    values = {step.key: numbers.value(step.comes_to) for step in derive(Scenario()) if step.comes_to}
    np.testing.assert_allclose(float(values["softmax"]), 0.6841780769762263, rtol=1e-15)
    np.testing.assert_allclose(float(values["number"]), 0.21607843596133924, rtol=1e-15)
