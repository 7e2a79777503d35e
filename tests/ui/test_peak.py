"""The curve marks its peak where core/ finds it, on both halves, and never at a wrong place."""

import pytest

from core.peak import derivative_peak
from core.situation.limits import MAX_TEMPERATURE, MIN_TEMPERATURE
from core.situation.presets import PRESETS
from core.situation.scenario import Scenario
from tests.ui.drawn import drawn
from ui import theme
from ui.board import scale_for
from ui.figures.curve import curve_figure
from ui.figures.peak import peak_aloud

SITUATIONS = [preset.scenario for preset in PRESETS] + [
    Scenario(j=1, temperature=MIN_TEMPERATURE),
    Scenario(i=2, j=1, temperature=MAX_TEMPERATURE),
    Scenario(("a", "b"), (50, -50), 1.0, 0, 1),
]
each_situation = pytest.mark.parametrize("now", SITUATIONS, ids=lambda now: str(now.to_query()) or "default")


def words(now: Scenario, *, brief: bool = False) -> str:
    figure = drawn(curve_figure(now, scale_for(now.z), 212, brief=brief))
    (trace,) = [trace for trace in figure.data if trace.meta["live"] == "curve-peak-words"]
    text: str = trace.text[0]
    return text


@each_situation
@pytest.mark.parametrize("height", [130, 212, 400])
def test_the_peak_of_core_is_marked_on_both_halves(now: Scenario, height: int) -> None:
    scale = scale_for(now.z)
    peak = derivative_peak(now.z, now.i, now.j, now.temperature)
    figure = drawn(curve_figure(now, scale, height))
    marks = {trace.meta["quantity"]: trace for trace in figure.data if trace.meta["live"] == "curve-peak"}
    assert marks.keys() == {"probability", "derivative"}
    for quantity, mark in marks.items():
        y = peak.probability if quantity == "probability" else peak.derivative
        assert (mark.x[1], mark.y[1]) == (peak.at, y)
        # One line leads to the vertical axis, the other to the half of the same chart beside it.
        axis = figure.layout["yaxis" + mark.yaxis[1:]]
        assert mark.y[0] == mark.y[1]
        assert mark.x[1] == mark.x[2]
        end = axis.range[0 if quantity == "probability" else 1]
        assert mark.y[2] == pytest.approx(end, rel=1e-12)
        if peak.at <= scale:
            assert mark.x[0] == -scale
        else:
            # Nothing of it can be seen.
            assert set(mark.x) == {peak.at}
        assert list(mark.marker.opacity) == [0, 1, 0]


def test_the_words_say_how_high_the_peak_is_and_where() -> None:
    assert words(Scenario()) == "highest: 1/4 at p = 1/2"
    assert words(Scenario(), brief=True) == "highest: 1/4"
    assert words(Scenario(temperature=2)) == "highest: 1/(4T) = 0.125 at p = 1/2"
    assert words(Scenario(temperature=2), brief=True) == "1/(4T) = 0.125"
    assert words(Scenario(j=1)) == words(Scenario(j=1), brief=True) == "lowest: −0.192"
    assert words(Scenario(z=(-40.0, 0.0, 0.0), j=1)) == "lowest: −1e−18"


def test_a_very_low_chart_has_the_mark_without_the_words() -> None:
    live = [trace.meta["live"] for trace in drawn(curve_figure(Scenario(), 5.0, 130)).data]
    assert live.count("curve-peak") == 2
    assert "curve-peak-words" not in live


@pytest.mark.parametrize(("j", "name"), [(0, "highest"), (1, "lowest")])
def test_a_peak_beyond_the_axis_is_said_to_be_there(j: int, name: str) -> None:
    z = (4.7, 4.7, 4.7)
    assert words(Scenario(z=z, j=j)) == f"{name} at 5.393 →"
    z = (-4.0, -4.0, -4.0)
    # T log 2 is -4 raised by 13.863.
    assert words(Scenario(z=z, j=j, temperature=20)) == f"{name} at 9.863 →"


def test_at_temperature_1_the_tick_of_the_largest_derivative_is_a_quarter() -> None:
    for j, tick in ((0, "1/4"), (1, "−1/4")):
        axis = drawn(curve_figure(Scenario(j=j), 5.0, 212)).layout.yaxis2
        largest = max(axis.tickvals, key=abs)
        assert axis.labelalias[f"{largest:g}".replace("-", theme.MINUS)] == tick


def test_the_peak_is_told_to_those_who_do_not_see_it() -> None:
    assert peak_aloud(Scenario()) == "highest where the probability of setosa is 1/2: +0.250"
    assert peak_aloud(Scenario(j=1)) == "lowest where the probability of versicolor is 1/2: −0.192"
