"""The solutions of a worksheet agree with the core, in every situation that a link can hold."""

import math
import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given

from core.derivation.expression import symbol
from core.derivation.readings import Readings
from core.derivatives import jacobian
from core.handout.numbers import MINUS, decimal, off_by, printed
from core.handout.worksheet import Worksheet, worksheet
from core.situation.presets import PRESETS, Preset
from core.situation.scenario import Scenario
from core.softmax import softmax
from tests.core.situation.links import deterministic, scenarios


def value(text: str) -> Decimal:
    """The number that a worksheet writes."""
    return Decimal(text.replace(MINUS, "-"))


def agrees(text: str, exact: float) -> bool:
    """Whether a text is a number of the core, to as many digits as are written."""
    written = value(text)
    if abs(written) >= Decimal("0.0005") and "e" not in text:
        return math.isclose(float(written), exact, rel_tol=1e-12, abs_tol=0.000501)
    # What is below the range of floats is 0 in the core.
    return math.isclose(float(written), exact, rel_tol=0.51, abs_tol=5e-324)


@deterministic
@given(scenarios())
def test_probabilities_and_derivatives_are_those_of_the_core(scenario: Scenario) -> None:
    sheet = worksheet(scenario)
    now = sheet.now
    assert [row.name for row in sheet.rows] == list(now.classes)
    p, exact = softmax(now.z, now.temperature), jacobian(now.z, now.temperature)
    assert all(agrees(row.p, p[k]) for k, row in enumerate(sheet.rows))
    for row, entries in zip(sheet.jacobian, exact, strict=True):
        assert all(agrees(text, entry) for text, entry in zip(row, entries, strict=True))


@deterministic
@given(scenarios())
def test_what_is_printed_is_what_is_solved(scenario: Scenario) -> None:
    sheet = worksheet(scenario)
    now = sheet.now
    assert now == printed(scenario) == printed(now)
    assert np.abs(np.subtract(now.z, scenario.z)).max() <= 0.000501
    assert now.temperature == pytest.approx(scenario.temperature, rel=0.0006)
    assert [float(value(row.z)) for row in sheet.rows] == list(now.z)
    if now.temperature != 1:
        assert f"T = {now.temperature:g}" in sheet.situation
    assert f"“{now.classes[now.i]}”" in sheet.situation


@deterministic
@given(scenarios())
def test_every_blank_of_the_derivation_has_an_answer_and_the_last_is_the_derivative(
    scenario: Scenario,
) -> None:
    sheet = worksheet(scenario)
    readings, dp = Readings(sheet.now), symbol("dp").in_numbers()
    for line in sheet.lines:
        assert line.blanks
        # The line from the probabilities also shows the product in numbers.
        assert len(line.answer) == len(line.blanks) + (line.step == "number")
    assert [line.answer[-1] for line in sheet.lines[-2:]] == [dp, dp]
    entry = sheet.jacobian[sheet.now.i][sheet.now.j]
    assert entry == decimal(readings.value(symbol("dp")))


@deterministic
@given(scenarios())
def test_the_answers_say_what_the_core_says(scenario: Scenario) -> None:
    sheet = worksheet(scenario)
    now = sheet.now
    sign, columns, third = sheet.questions
    rises = now.i == now.j
    assert sign.answer.startswith("It rises" if rises else "It falls")
    # Each number is written where it belongs, so a wrong class or sign would show.
    entry = sheet.jacobian[now.i][now.j]
    assert f"is {'positive' if rises else 'negative'}, {entry}." in sign.answer
    assert entry.startswith(MINUS) != rises
    own = sheet.jacobian[now.j][now.j]
    assert f": {own} for “{now.classes[now.j]}” itself, {MINUS}{own} for " in columns.answer
    if len(now.classes) == 2:
        assert f": {own}." in third.answer
        assert third.answer.endswith(f"{MINUS}{own}.")
        return
    assert_gains_most(sheet)


def assert_gains_most(sheet: Worksheet) -> None:
    """Check that the third answer names exactly those that gain most when z_j is lowered."""
    now, answer = sheet.now, sheet.questions[2].answer
    others = [k for k in range(len(now.classes)) if k != now.j]
    gains = {k: -Readings(now).derivative(k, now.j) for k in others}
    best = [k for k in others if gains[k] == max(gains.values())]
    assert all(gain > 0 for gain in gains.values())
    assert decimal(-max(gains.values())) in answer
    before = answer.removeprefix("“")
    if len(best) == len(others):
        assert answer.startswith("They all gain the same.")
    elif len(best) > 3:
        assert answer.startswith(f"{len(best)} of the {len(others)} others gain the same")
    else:
        assert before.startswith(now.classes[best[0]])
        named = answer.partition(". In the column")[0]
        assert [k for k in others if f"“{now.classes[k]}”" in named] == best
        assert ("gain the same" in named) == (len(best) > 1)
    written = decimal(-max(gains.values()))
    alike = any(k not in best and decimal(-gains[k]) == written for k in others)
    assert answer.endswith("shown here.") == alike


@deterministic
@given(scenarios())
def test_notes_explain_powers_of_ten_and_sums_that_seem_wrong(scenario: Scenario) -> None:
    sheet = worksheet(scenario)
    notes = " ".join(sheet.notes)
    texts = [sheet.total, *(text for row in sheet.rows for text in (row.power, row.p))]
    texts += [text for row in sheet.jacobian for text in row]
    assert ("times 10 to the power" in notes) == any("e" in text for text in texts)
    rounded = [[round(value(text), 3) for text in row] for row in sheet.jacobian]
    if any(sum(row) for row in rounded):
        assert "miss the exact sum" in notes


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_worksheet_of_every_preset_asks_three_questions(preset: Preset) -> None:
    sheet = worksheet(preset.scenario)
    assert len(sheet.questions) == 3
    assert all(asked.question.endswith("?") and asked.answer.endswith(".") for asked in sheet.questions)
    assert not any(re.search(r"[{}]", asked.answer) for asked in sheet.questions)


def test_of_several_that_gain_most_each_is_named() -> None:
    answer = worksheet(Scenario(tuple("abcd"), (1, 1, 0, 3), j=3)).questions[2].answer
    assert answer.startswith("“a” and “b” gain the same, and most.")
    answer = worksheet(Scenario(tuple("abcdef"), (1, 1, 0, 3, 1, 1), j=3)).questions[2].answer
    assert answer.startswith("4 of the 5 others gain the same, and most.")


def test_a_rival_with_the_same_rounded_number_is_mentioned() -> None:
    answer = worksheet(Scenario(tuple("abc"), (0.001, 0, 0.5), j=2)).questions[2].answer
    assert answer.startswith("“a”.")
    assert answer.endswith("Others have the same number to as many digits as are shown here.")


def test_numbers_beyond_three_decimals_are_short() -> None:
    assert [decimal(Decimal(text)) for text in ("0", "-0.0004", "123456", "0.0004996", "5e-324")] == [
        "0", f"{MINUS}4e{MINUS}4", "1.23e5", f"5e{MINUS}4", f"5e{MINUS}324",
    ]  # fmt: skip
    assert off_by([Decimal("0.25"), Decimal("0.75")]) == 0
