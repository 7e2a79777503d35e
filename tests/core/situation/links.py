"""Shared by the tests of names, links and scenarios: valid scenarios, links to open, sentences to check."""

import math
import string
import unicodedata
from collections.abc import Sequence

from hypothesis import HealthCheck, settings, strategies as st

from core.situation.names import MAX_NAME_LENGTH, check_name
from core.situation.scenario import (
    MAX_ABS_Z,
    MAX_CLASSES,
    MAX_TEMPERATURE,
    MIN_CLASSES,
    MIN_TEMPERATURE,
    Problem,
    Scenario,
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


def is_name(text: str) -> bool:
    """Whether check_name accepts the text unchanged."""
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
def scenarios(draw: st.DrawFn) -> Scenario:
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


def opened(**params: str | Sequence[str]) -> Scenario:
    """Open a link that must have no problem."""
    scenario, problems = Scenario.from_query(params)
    assert problems == []
    return scenario


def only_problem(**params: str | Sequence[str]) -> tuple[Scenario, Problem]:
    """Open a link that must have exactly one problem."""
    scenario, problems = Scenario.from_query(params)
    assert len(problems) == 1, problems
    return scenario, problems[0]


def assert_is_a_sentence(message: str) -> None:
    """Check that a message can be shown, sent and read."""
    message.encode()
    assert message.endswith(".")
    assert "accepted" in message or "a name of its own" in message
    assert all(unicodedata.category(c) not in {"Cc", "Zl", "Zp"} for c in message)
    assert not set(message) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
