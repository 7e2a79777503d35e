"""The presets are what their titles and notes say they are."""

import math

import pytest

from core.situation.presets import PRESETS, Preset, find
from core.situation.scenario import Scenario

BY_KEY = {preset.key: preset for preset in PRESETS}


def jacobian(scenario: Scenario) -> tuple[list[float], list[list[float]]]:
    """Return probabilities and derivatives, by an oracle that shares nothing with core/softmax.py."""
    powers = [math.exp(value / scenario.temperature) for value in scenario.z]
    p = [power / sum(powers) for power in powers]
    rows = [
        [p_i * ((i == j) - p_j) / scenario.temperature for j, p_j in enumerate(p)] for i, p_i in enumerate(p)
    ]
    return p, rows


def shown(key: str) -> tuple[list[float], list[list[float]]]:
    """Return the probabilities and derivatives of a preset."""
    return jacobian(BY_KEY[key].scenario)


def test_keys_and_titles_are_unique() -> None:
    assert len({preset.key for preset in PRESETS}) == len(PRESETS)
    assert len({preset.title for preset in PRESETS}) == len(PRESETS)


def test_the_presets_are_found_by_their_keys() -> None:
    keys = "worked-example all-equal two-way-tie one-confident saturated two-classes ten-classes"
    assert [preset.key for preset in PRESETS] == keys.split()
    assert all(find(preset.key) is preset for preset in PRESETS)
    assert find("no such preset") is None


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_preset_comes_back_from_its_link(preset: Preset) -> None:
    assert Scenario.from_query(preset.scenario.to_query()) == (preset.scenario, [])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_note_is_one_sentence(preset: Preset) -> None:
    assert preset.note.endswith(".")
    assert ". " not in preset.note
    assert preset.title[0].isupper()


def test_in_the_worked_example_setosa_gains_what_the_others_lose() -> None:
    preset = BY_KEY["worked-example"]
    assert preset.title == "Worked example"
    assert preset.scenario == Scenario()
    p, rows = shown("worked-example")
    assert [round(value, 3) for value in p] == [0.684, 0.110, 0.206]
    assert [round(value, 3) for value in rows[0]] == [0.216, -0.075, -0.141]
    assert rows[0][0] == pytest.approx(-rows[1][0] - rows[2][0], rel=1e-14)


def test_with_all_equal_each_class_takes_the_same_from_the_others() -> None:
    p, rows = shown("all-equal")
    assert p == [1 / 3] * 3
    assert len({rows[i][j] for i in range(3) for j in range(3) if i != j}) == 1


def test_in_the_tie_the_two_leaders_take_almost_all_from_each_other() -> None:
    p, rows = shown("two-way-tie")
    assert p[0] == p[1] > p[2]
    assert -rows[1][0] / rows[0][0] > 0.95
    assert -rows[0][1] / rows[1][1] > 0.95


def test_the_confident_class_has_more_than_98_percent_and_gains_little() -> None:
    p, rows = shown("one-confident")
    assert 0.98 < p[0] < 0.99
    assert 0.01 < rows[0][0] < 0.02


def test_every_derivative_of_the_saturated_preset_is_almost_zero() -> None:
    rows = shown("saturated")[1]
    assert max(abs(value) for row in rows for value in row) < 1e-15


def test_with_two_classes_only_the_difference_counts() -> None:
    scenario = BY_KEY["two-classes"].scenario
    p, rows = jacobian(scenario)
    assert p[0] == pytest.approx(1 / (1 + math.exp(scenario.z[1] - scenario.z[0])), rel=1e-14)
    shifted = jacobian(scenario.with_z(value + 3 for value in scenario.z))
    assert shifted[0] == pytest.approx(p, rel=1e-14)
    assert [abs(value) for row in rows for value in row] == pytest.approx([p[0] * p[1]] * 4, rel=1e-14)


def test_of_ten_classes_seven_takes_most_from_three_and_nine() -> None:
    scenario = BY_KEY["ten-classes"].scenario
    rows = shown("ten-classes")[1]
    seven, three, nine = map(scenario.classes.index, ("seven", "three", "nine"))
    losses = sorted((-rows[k][seven], k) for k in range(10) if k != seven)
    assert {k for _, k in losses[-2:]} == {three, nine}
    assert sum(loss for loss, _ in losses[-2:]) > 0.7 * rows[seven][seven]
    assert (scenario.i, scenario.j) == (seven, seven)
