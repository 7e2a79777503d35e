"""Constants and names that exist both in Python and in static/live/ are the same on both sides."""

import json
import re
from decimal import Decimal
from itertools import chain
from math import log10
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from core import powers
from core.derivation import digits, expression, typeset
from core.descent import LOSSES, Loss, descend
from core.situation.limits import MAX_ABS_Z
from core.situation.scenario import Scenario
from pages import derive
from ui import iris_part, theme
from ui.figures.curve import curve_figure
from ui.figures.losses import loss_figure, simplex_figure
from ui.figures.surface import Quantity, View, surface_figure
from ui.figures.training import training_figure

ROOT = Path(__file__).parents[2]
LIVE = ROOT / "static" / "live"


def source(file: str) -> str:
    return (LIVE / file).read_text(encoding="utf-8")


def sources(*kinds: str, under: tuple[str, ...] = ("static/live",)) -> str:
    """All files of these kinds, one after the other."""
    files = chain.from_iterable((ROOT / folder).rglob(f"*.{kind}") for folder in under for kind in kinds)
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def constant(file: str, name: str) -> Any:
    """The value of a literal constant in JavaScript: a number, a text, a list or an object."""
    (text,) = re.findall(rf"^(?:export )?const {name} = (.+?);", source(file), re.MULTILINE | re.DOTALL)
    text = re.sub(r"/\*.*?\*/", "", text).strip().removeprefix("(").removesuffix(")")
    return json.loads(re.sub(r"(\w+):", r'"\1":', text))


def test_a_constant_of_javascript_is_read_as_it_is_written() -> None:
    assert constant("charts/direct.js", "OPPOSITE")["top"] == "bottom"
    with pytest.raises(ValueError, match="not enough values"):
        constant("charts/direct.js", "NO_SUCH_NAME")


def test_a_raw_output_ends_at_the_same_number() -> None:
    assert constant("views/bars.js", "LIMIT") == MAX_ABS_Z


def test_the_logarithm_of_ten_has_the_same_two_parts() -> None:
    assert constant("math/powers.js", "LN10_HIGH") == powers._LN10_HIGH
    assert constant("math/powers.js", "LN10_LOW") == powers._LN10_LOW


def test_the_plane_of_the_irises_has_the_same_ends() -> None:
    assert constant("views/plane.js", "PETAL") == list(iris_part.PETAL)
    assert constant("views/plane.js", "SEPAL") == list(iris_part.SEPAL)


def test_a_number_beside_a_point_needs_the_same_room() -> None:
    assert constant("charts/direct.js", "NEEDS") == theme.LABEL_NEEDS
    assert constant("charts/direct.js", "HEIGHT") == theme.LABEL_HEIGHT


def test_lines_painted_in_a_drag_have_the_grey_of_those_that_plotly_draws() -> None:
    *grey, _ = map(float, re.findall(r"[\d.]+", theme.NEUTRAL))
    assert constant("charts/paint.js", "LINE")[:3] == grey


def test_a_sum_is_written_with_dots_from_the_same_number_of_terms_on() -> None:
    assert constant("views/formula.js", "MOST_TERMS") == typeset.MOST_TERMS


def test_the_page_accepts_every_reading_that_the_browser_offers() -> None:
    offered = constant("parts/steps.js", "READINGS")
    assert tuple(offered) == typeset.READINGS
    assert all(derive.READ.accepts(reading, Scenario()) for reading in offered)


def test_numbers_in_formulas_have_the_same_digits() -> None:
    assert constant("text/digits.js", "MOST") == digits._MOST
    assert constant("text/digits.js", "MORE") == digits._MORE


def test_numbers_are_written_with_a_power_of_ten_from_the_same_sizes_on() -> None:
    least, large = constant("text/format.js", "LEAST"), constant("text/format.js", "LARGE")
    assert log10(least) == digits._SMALL
    smaller, largest = 0.999 * least, 0.999 * 10**large
    for size, has_power in ((smaller, True), (least, False), (largest, False), (10**large, True)):
        assert (typeset.number(Decimal(size))[1] != 0) == has_power
    assert "e" in theme.decimal(smaller)
    assert "e" not in theme.decimal(least)
    assert digits.last_digit(large - 0.001) == -3
    assert digits.last_digit(large) == large - 2


def test_a_minus_sign_is_the_same_letter() -> None:
    assert constant("text/format.js", "MINUS") == theme.MINUS


def test_every_kind_of_formula_is_built_by_the_browser_and_no_other() -> None:
    built = re.findall(r'case "(\w+)":', source("views/formula.js"))
    (letters,) = re.findall(r"@typedef {(.+)} Letter", source("views/numbers.js"))
    assert sorted(built + re.findall(r"\w+", letters)) == sorted(get_args(expression.Kind))


def test_losses_have_the_same_names() -> None:
    assert set(re.findall(r'loss === "([^"]+)"', sources("js"))) == set(LOSSES)


def live_names(now: Scenario, loss: Loss) -> set[str]:
    """The quantities that the traces of all figures ask the browser to recompute."""
    target = [0.0, 1.0, 0.0]
    past = descend(now.z, target, 1, 3, now.temperature, loss)
    quantities: tuple[Quantity, ...] = get_args(Quantity)
    views: tuple[View, ...] = get_args(View)
    figures = [
        curve_figure(now, 5, 400),
        *(surface_figure(now, 2, quantity, view, 5, 400) for quantity in quantities for view in views),
        loss_figure(now, target, 1, loss, 1, 40, 5, past),
        simplex_figure(now, target, 1, 1, 40, past),
        training_figure(np.ones(3), np.ones(3), 2),
    ]
    traces = chain.from_iterable(figure.to_dict()["data"] for figure in figures)
    return {trace["meta"]["live"] for trace in traces if "meta" in trace}


def test_the_browser_recomputes_every_quantity_that_a_figure_asks_for_and_no_other() -> None:
    asked = live_names(Scenario(), "cross-entropy")
    files = "\n".join(source(f"charts/quantities{which}.js") for which in ("", "_loss", "_peak"))
    assert set(re.findall(r'^  "?([\w-]+)"?: (?:\(|unlessPlayed\()', files, re.MULTILINE)) == asked


def test_style_sheets_and_scripts_name_only_containers_that_there_are() -> None:
    # A choice and the small parts of the sidebar take their key as an argument of its own.
    written = r'\bkey="(\w+)"|\bChoice\(\s*\w+,\s*"(\w+)"|\b(?:preset_note|temperature_slider)\("(\w+)"'
    keys = {"".join(found) for found in re.findall(written, sources("py", under=("pages", "ui")))}
    named = set(re.findall(r"\.st-key-(\w+)", sources("css")))
    assert len(named) > 3
    assert named <= keys
    (start,) = set(re.findall(r'keyedLike\("(\w+)"\)', sources("js")))
    assert any(key.startswith(start) for key in keys)
