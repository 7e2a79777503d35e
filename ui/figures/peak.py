"""The peak of the derivative on its curve: a mark on both halves, and words beside the lower title."""

from functools import lru_cache
from typing import Any

from core.peak import Peak, derivative_peak
from core.situation.scenario import Scenario
from ui import theme

__all__ = ["peak_aloud", "peak_traces", "peak_words"]


def peak_traces(
    scenario: Scenario, scale: float, bottom: float, top: float, *, brief: bool
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return the traces that mark the peak: on the upper half, on the lower half, and its words.

    Parameters
    ----------
    scenario : Scenario
        The situation; `i` and `j` say which derivative.
    scale : float
        The end of the raw-output axis. A peak beyond it has no mark; the words say where it is.
    bottom : float
        The lower end of the axis of probabilities.
    top : float
        The upper end of the axis of derivatives at T = 1.
    brief : bool
        Whether there is little room beside the title of the lower half.
    """
    i, j, temperature = scenario.i, scenario.j, scenario.temperature
    peak = _peak_of(scenario)
    at = float(peak.at)
    # Beyond the axis no line is seen. It can only be on the right, because no raw output is beyond the axis.
    start = at if at > scale else -scale

    def mark(quantity: str, y: float, edge: float, end: float) -> dict[str, Any]:
        return {
            "type": "scatter",
            "x": [start, at, at],
            "y": [y, y, end],
            "mode": "lines+markers",
            "line": {"color": theme.INK, "width": 1.25, "dash": "dot", "simplify": False},
            # Only the corner, which is the peak, is marked.
            "marker": {
                "size": 8,
                "symbol": "circle-open",
                "color": theme.INK,
                "line": {"width": 1.75},
                "opacity": [0, 1, 0],
            },
            "hoverinfo": "skip",
            "meta": {"live": "curve-peak", "i": i, "j": j, "quantity": quantity, "end": scale, "edge": edge},
        }

    words = {
        "type": "scatter",
        "x": [scale],
        "y": [top / temperature],
        "text": [peak_words(peak, scenario, scale, brief=brief)],
        "mode": "markers+text",
        "textposition": "top left",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": theme.TEXT},
        # Only the text is seen. It stands at the end of the title's line.
        "marker": {"size": 1, "opacity": 0},
        "hoverinfo": "skip",
        "meta": {"live": "curve-peak-words", "i": i, "j": j, "end": scale, "edge": top, "brief": brief},
    }
    return (
        mark("probability", float(peak.probability), bottom, bottom),
        mark("derivative", float(peak.derivative), top, top / temperature),
        words,
    )


def peak_words(peak: Peak, scenario: Scenario, scale: float, *, brief: bool) -> str:
    """Say how high the peak is, or where it is if that is beyond the axis.

    Parameters
    ----------
    peak : Peak
        The peak of the scenario.
    scenario : Scenario
        The situation.
    scale : float
        The end of the raw-output axis.
    brief : bool
        Whether to leave out what the mark shows.

    Examples
    --------
    >>> now = Scenario(temperature=2)
    >>> peak_words(derivative_peak(now.z, 0, 0, 2), now, 5, brief=False)
    'highest: 1/(4T) = 0.125 at p = 1/2'
    """
    # static/live/charts/quantities_peak.js says the same.
    at, own = float(peak.at), scenario.i == scenario.j
    name = "highest" if own else "lowest"
    if at > scale:
        return f"{name} at {theme.raw(at)} →"
    height = theme.decimal(float(peak.derivative))
    if not own:
        return f"{name}: {height}"
    where = "" if brief else " at p = 1/2"
    if scenario.temperature == 1:
        return f"{name}: 1/4{where}"
    return f"{'' if brief else f'{name}: '}1/(4T) = {height}{where}"


def peak_aloud(scenario: Scenario) -> str:
    """Say in plain text where the derivative has its peak, for those who do not see the mark.

    Examples
    --------
    >>> peak_aloud(Scenario(i=0, j=1))
    'lowest where the probability of versicolor is 1/2: −0.192'
    """
    peak = _peak_of(scenario)
    name = "highest" if scenario.i == scenario.j else "lowest"
    height = theme.signed(float(peak.derivative))
    return f"{name} where the probability of {scenario.classes[scenario.j]} is 1/2: {height}"


# The mark and the words for those who do not see it are of the same peak.
@lru_cache(maxsize=64)
def _peak_of(scenario: Scenario) -> Peak:
    return derivative_peak(scenario.z, scenario.i, scenario.j, scenario.temperature)
