"""The viewpoint of a surface in 3D: two angles, as text in the link and as Plotly's camera."""

from math import asin, atan2, cos, degrees, dist, radians, sin
from typing import Any

from core.situation.query import parsed_number
from core.text import number_text

__all__ = ["EXPECTED", "START", "Angles", "camera", "parsed", "told"]

# Degrees around the vertical axis, and above the horizon.
Angles = tuple[float, float]

EXPECTED = "two angles in degrees, from −180 to 180 and from −89 to 89, separated by a comma"
# Seen from directly above, the vertical axis has no direction.
_STEEPEST = 89.0

# Far enough away that the numbers of all three axes are visible, even if a chart is taller than wide.
_EYE = (1.625, -1.875, 1.1875)
_CENTRE = (0.0, 0.0, -0.25)
_AWAY = dist(_EYE, _CENTRE)
START: Angles = (
    round(degrees(atan2(_EYE[1], _EYE[0])), 1),
    round(degrees(asin((_EYE[2] - _CENTRE[2]) / _AWAY)), 1),
)


def parsed(text: str) -> Angles | None:
    """Return the angles in a text, to a tenth of a degree; None if they are missing or impossible.

    Examples
    --------
    >>> parsed("30,-12.34"), parsed("30,90"), parsed("30")
    ((30.0, -12.3), None, None)
    """
    parts = text.split(",")
    if len(parts) != 2:
        return None
    around, above = parsed_number(parts[0], -180, 180), parsed_number(parts[1], -_STEEPEST, _STEEPEST)
    return None if around is None or above is None else (round(around, 1), round(above, 1))


def told(text: object) -> str | None:
    """Return a browser's viewpoint as the link writes it: empty for the initial one, None if it is invalid.

    Examples
    --------
    >>> told("30.04,12"), told(""), told("-49.1,30.1"), told("30"), told(7)
    ('30,12', '', '', None, None)
    """
    if not isinstance(text, str):
        return None
    angles = parsed(text) if text else START
    if angles is None:
        return None
    return "" if angles == START else ",".join(map(number_text, angles))


def camera(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return Plotly's camera for a viewpoint, and what the browser needs to read and set viewpoints.

    Parameters
    ----------
    text : str
        Two angles; empty for the initial viewpoint.
    """
    around, above = map(radians, (parsed(text) if text else None) or START)
    level = _AWAY * cos(above)
    offset = (level * cos(around), level * sin(around), _AWAY * sin(above))
    eye = {name: at + by for name, at, by in zip("xyz", _CENTRE, offset, strict=True)}
    view = {"distance": _AWAY, "centre": list(_CENTRE), "start": list(START), "steepest": _STEEPEST}
    return {"eye": eye, "center": dict(zip("xyz", _CENTRE, strict=True))}, view
