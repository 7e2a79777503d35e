"""An enlarged figure is the same picture in larger type, with larger marks and lines."""

from typing import Any

import numpy as np
import pytest

from core.descent import descend
from core.loss import one_hot
from core.situation.scenario import Scenario
from ui import theme
from ui.figures.curve import curve_figure
from ui.figures.enlarged import enlarged
from ui.figures.losses import loss_figure, simplex_figure
from ui.figures.surface import surface_figure
from ui.figures.training import training_figure

NOW = Scenario()
TARGET = one_hot(1, 3)
PAST = descend(NOW.z, TARGET, 1.0, 3)
FIGURES = {
    "curve": curve_figure(NOW, 5, 200),
    "contours": surface_figure(NOW, 1, "derivative", "contour", 5, 200),
    "3d": surface_figure(NOW, 1, "derivative", "3d", 5, 200),
    "loss": loss_figure(NOW, TARGET.tolist(), 1, "cross-entropy", 1.0, 5, 5, PAST, 200),
    "triangle": simplex_figure(NOW, TARGET.tolist(), 1, 1.0, 5, PAST, 200),
    "training": training_figure(np.linspace(1, 0, 9), np.linspace(0, 1, 9), 4),
}
PIXELS = {"size", "width", "height", "l", "r", "t", "b", "standoff"}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every single value of a figure, by its path."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: leaf for name, part in items for key, leaf in leaves(part, (*path, name)).items()}
    return {path: value}


def is_pixels(path: tuple[Any, ...], value: Any) -> bool:
    named = [name for name in path if isinstance(name, str)]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and named[-1] in PIXELS and not {"meta", "contours"} & set(named)


@pytest.mark.parametrize("name", FIGURES)
def test_only_sizes_change_and_all_of_them_by_the_same_factor(name: str) -> None:
    before, after = leaves(FIGURES[name].to_dict()), leaves(enlarged(FIGURES[name], 2.5).to_dict())
    assert before.keys() == after.keys()
    sizes = 0
    for path, value in before.items():
        if is_pixels(path, value):
            sizes += 1
            assert after[path] == pytest.approx(2.5 * value, abs=0.01), path
        else:
            assert after[path] == value, path
    assert sizes > 8


@pytest.mark.parametrize("name", FIGURES)
def test_all_type_of_a_chart_has_a_size_of_its_own_of_at_least_12_pixels(name: str) -> None:
    layout = FIGURES[name].to_dict()["layout"]
    axes = [axis for part in (layout, layout.get("scene", {})) for key, axis in part.items() if "axis" in key]
    assert len(axes) >= 2
    for axis in axes:
        assert axis["tickfont"]["size"] >= 12
        assert axis["title"].get("font", {"size": 12})["size"] >= 12
    for trace in FIGURES[name].to_dict()["data"]:
        assert trace.get("textfont", {"size": 12})["size"] >= 12
    assert all(note["font"]["size"] >= 12 for note in layout["annotations"])


def test_the_figure_itself_stays_as_it_is() -> None:
    before = leaves(FIGURES["curve"].to_dict())
    enlarged(FIGURES["curve"], 3)
    assert leaves(FIGURES["curve"].to_dict()) == before
    assert enlarged(FIGURES["curve"], 1) is FIGURES["curve"]
    assert before[("layout", "margin", "l")] == theme.CHART_MARGIN["l"]


def test_in_a_very_low_chart_the_numbers_of_an_axis_do_not_lie_upon_each_other() -> None:
    for height, ticks in ((200, [0, 0.25]), (130, [0.25])):
        assert curve_figure(NOW, 5, height).to_dict()["layout"]["yaxis2"]["tickvals"] == ticks
