"""A scenario accepts values within its limits, reports others, and never changes: a change is a new one."""

import dataclasses
import math
import pickle
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from core.situation.scenario import (
    MAX_ABS_Z,
    MAX_CLASSES,
    MAX_TEMPERATURE,
    MIN_CLASSES,
    MIN_TEMPERATURE,
    Scenario,
    default_classes,
    default_z,
)
from tests.core.situation.links import IRISES, assert_is_a_sentence, deterministic, scenarios

# Creation


def test_fields_are_normalised_to_plain_immutable_values() -> None:
    scenario = Scenario(
        classes=["a", np.str_(" b")],  # type: ignore[arg-type]
        z=np.array([1, -0.0], dtype=np.float32),  # type: ignore[arg-type]
        temperature=np.int64(2),  # type: ignore[arg-type]
        i=np.int8(1),  # type: ignore[arg-type]
        j=np.uint8(0),  # type: ignore[arg-type]
    )
    assert scenario == Scenario(("a", "b"), (1.0, 0.0), 2.0, 1, 0)
    assert [type(v) for v in scenario.classes] == [str, str]
    assert [type(v) for v in (*scenario.z, scenario.temperature)] == [float] * 3
    assert [type(v) for v in (scenario.i, scenario.j)] == [int, int]
    assert str(scenario.z[1]) == "0.0"
    assert Scenario(z=(Fraction(1, 2), 0, 0)).z == (0.5, 0.0, 0.0)  # type: ignore[arg-type]


def test_a_scenario_is_immutable_hashable_and_survives_pickling() -> None:
    scenario = Scenario(z=[1, 2, 3])  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.temperature = 2.0  # type: ignore[misc]
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
def test_a_bad_field_is_named_with_what_is_accepted(fields: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        Scenario(**fields)
    assert re.match(rf"{next(iter(fields))}(: | is )", str(caught.value))
    assert_is_a_sentence(str(caught.value))


def test_the_limits_themselves_are_accepted() -> None:
    Scenario(z=(MAX_ABS_Z, -MAX_ABS_Z, 0), temperature=MIN_TEMPERATURE)
    Scenario(default_classes(MAX_CLASSES), default_z(MAX_CLASSES), temperature=MAX_TEMPERATURE, i=9, j=9)


# Changes


def test_each_change_makes_a_new_scenario_and_touches_nothing_else() -> None:
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
def test_a_bad_change_names_what_was_wrong(change: Callable[[Scenario], Scenario], field: str) -> None:
    with pytest.raises(ValueError, match=rf"^{field}(: | is ).*\.$"):
        change(Scenario())


def test_resizing_wants_a_whole_number() -> None:
    for n in (True, 4.0, "4"):
        with pytest.raises(TypeError, match=r"^n is .*; an integer from 2 to 10 is accepted\.$"):
            Scenario().resized(n)  # type: ignore[arg-type]


@deterministic
@given(scenarios(), st.integers(MIN_CLASSES, MAX_CLASSES))
def test_resizing_keeps_what_there_is(scenario: Scenario, n: int) -> None:
    resized = scenario.resized(n)
    kept = min(n, len(scenario.classes))
    assert len(resized.classes) == len(set(resized.classes)) == n
    assert resized.classes[:kept] == scenario.classes[:kept]
    assert resized.z == scenario.z[:kept] + (0.0,) * (n - kept)
    assert resized.temperature == scenario.temperature
    assert resized.i == (scenario.i if scenario.i < n else 0)
    assert resized.j == (scenario.j if scenario.j < n else 0)


def test_new_classes_get_names_that_are_not_taken() -> None:
    scenario = Scenario(("class 4", "b", "class 6"), (1, 2, 3))
    assert scenario.resized(6).classes == ("class 4", "b", "class 6", "class 5", "class 7", "class 8")
