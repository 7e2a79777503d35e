"""The CSV of a situation gives back every bit, and no name in it is ever a formula."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, strategies as st

from core.derivatives import jacobian
from core.handout.table import cell_text, situation_csv
from core.situation.names import check_name
from core.situation.scenario import Scenario
from core.softmax import softmax


def accepted(name: str) -> bool:
    try:
        check_name(name)
    except ValueError:
        return False
    return True


names = st.one_of(
    st.text(min_size=1, max_size=24),
    st.builds(
        str.__add__, st.sampled_from(list("=+-@\uff1d\uff0b\uff0d\uff20\"';\u200b")), st.text(max_size=23)
    ),
).filter(accepted)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    classes = draw(st.lists(names, min_size=2, max_size=10, unique_by=check_name))
    z = draw(st.lists(st.floats(-50, 50), min_size=len(classes), max_size=len(classes)))
    return Scenario(tuple(classes), tuple(z), draw(st.floats(0.05, 20)))


def read(text: str) -> list[list[str]]:
    """The cells, as a reader of CSV that skips the byte order mark finds them."""
    decoded = text.encode("utf-8").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(decoded, newline=""), strict=True))


@given(scenarios())
def test_reading_the_table_back_gives_the_same_bits(now: Scenario) -> None:
    head, *rows = read(situation_csv(now))
    assert {len(row) for row in (head, *rows)} == {4 + len(now.classes)}
    numbers = np.array([[float(cell) for cell in row[1:]] for row in rows])
    p, derivatives = softmax(now.z, now.temperature), jacobian(now.z, now.temperature)
    temperatures = [now.temperature] * len(now.classes)
    assert numbers.tobytes() == np.column_stack([now.z, temperatures, p, derivatives]).tobytes()
    assert [row[0].removeprefix("'") for row in rows] == [name.removeprefix("'") for name in now.classes]
    assert head[4:] == [f"derivative with respect to the raw output of {name}" for name in now.classes]


@given(scenarios())
def test_no_cell_is_a_formula_unless_it_is_a_number(now: Scenario) -> None:
    for row in read(situation_csv(now)):
        for cell in row:
            if cell.lstrip(" \u200b\ufeff")[0] in "=+-@\uff1d\uff0b\uff0d\uff20":
                assert cell == repr(float(cell))


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "  =1", "\u200b=1", "\t=1", "\rx", "-"]
)
def test_what_would_be_a_formula_gets_an_apostrophe(name: str) -> None:
    assert cell_text(name) == f"'{name}"


@pytest.mark.parametrize("name", ["setosa", "a=b", "x+y", "1-2", "", "'=1", "שלום"])
def test_any_other_name_stays_as_it_is(name: str) -> None:
    assert cell_text(name) == name


def test_lines_end_as_the_standard_says_and_quotes_are_doubled() -> None:
    text = situation_csv(Scenario(('a "b"', "c;d"), (1, -1), 2))
    assert text.startswith("\ufeffclass,raw output,temperature,predicted probability,")
    assert text.count("\r\n") == text.count("\n") == 3
    assert '\r\n"a ""b""",1.0,2.0,0.731' in text
