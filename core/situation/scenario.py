"""One validated, immutable situation. A link can carry it, and whoever opens the link sees the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

from core.arguments import index_of_class, integer
from core.situation.limits import (
    MAX_ABS_Z,
    MAX_CLASSES,
    MAX_TEMPERATURE,
    MIN_CLASSES,
    MIN_TEMPERATURE,
    checked_classes,
    checked_temperature,
    checked_z,
)
from core.situation.names import quoted
from core.situation.query import bounded, last, parsed_class, parsed_temperature, parsed_z
from core.text import number_text

__all__ = [
    "MAX_ABS_Z",
    "MAX_CLASSES",
    "MAX_TEMPERATURE",
    "MIN_CLASSES",
    "MIN_TEMPERATURE",
    "Problem",
    "Scenario",
    "default_classes",
    "default_z",
]

_IRISES = ("setosa", "versicolor", "virginica")
_WORKED_EXAMPLE = (1.43, -0.4, 0.23)
_TEMPERATURE = 1.0

_Value = TypeVar("_Value")


class Problem(NamedTuple):
    """One parameter of a link that could not be used, explained to the person who opened the link.

    Parameters
    ----------
    parameter : str
        The query parameter that was not used.
    message : str
        One sentence: what was wrong and what is accepted. Plain text, to be escaped where it is shown.
    """

    parameter: str
    message: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation to look at: classes, their raw outputs, a temperature and one cell of the Jacobian.

    Every field is checked and normalised on creation: sequences become tuples, numbers plain floats and ints,
    -0.0 becomes 0.0, names are trimmed and brought to Unicode form NFC.

    Parameters
    ----------
    classes : sequence of str
        2 to 10 different names, each one accepted by `core.situation.names.check_name`.
    z : sequence of float
        One raw output value per class, each from -50 to 50.
    temperature : float
        From 0.05 to 20.
    i : int
        The class whose probability is looked at (row of the Jacobian).
    j : int
        The class whose raw output moves (column of the Jacobian).

    Raises
    ------
    TypeError
        If a field has the wrong type, such as text for a number.
    ValueError
        If a field is outside its limits. The message names the field and what is accepted.

    Examples
    --------
    >>> scenario = Scenario(classes=["yes", "no"], z=[2, -1])
    >>> scenario.z
    (2.0, -1.0)
    >>> scenario.with_temperature(0.5).to_query()
    {'classes': 'yes,no', 'z': '2,-1', 'T': '0.5'}
    """

    classes: tuple[str, ...] = _IRISES
    z: tuple[float, ...] = _WORKED_EXAMPLE
    temperature: float = _TEMPERATURE
    i: int = 0
    j: int = 0

    def __post_init__(self) -> None:
        """Check and normalise every field."""
        with _naming("classes"):
            classes = checked_classes(_items(self.classes, "names"))
        with _naming("z"):
            z = checked_z(_items(self.z, "numbers"), len(classes))
        with _naming("temperature"):
            temperature = checked_temperature(self.temperature)
        i, j = index_of_class(self.i, "i", len(classes)), index_of_class(self.j, "j", len(classes))
        # A frozen dataclass has no other way to normalise its own fields.
        for field, value in zip(self.__slots__, (classes, z, temperature, i, j), strict=True):
            object.__setattr__(self, field, value)

    def with_z(self, z: Iterable[float]) -> Scenario:
        """Return this scenario with other raw outputs, one per class."""
        with _naming("z"):
            values = _items(z, "numbers")
        return replace(self, z=values)

    def with_value(self, k: int, value: float) -> Scenario:
        """Return this scenario with another raw output of class k."""
        k = index_of_class(k, "k", len(self.classes))
        return replace(self, z=(*self.z[:k], value, *self.z[k + 1 :]))

    def with_temperature(self, t: float) -> Scenario:
        """Return this scenario at another temperature."""
        return replace(self, temperature=t)

    def with_cell(self, i: int, j: int) -> Scenario:
        """Return this scenario looking at another cell of the Jacobian."""
        return replace(self, i=i, j=j)

    def with_classes(self, names: Iterable[str]) -> Scenario:
        """Return this scenario with its classes renamed.

        Raises ValueError unless there are as many names as classes; `resized` changes how many there are.
        """
        with _naming("classes"):
            classes = checked_classes(_items(names, "names"))
            if len(classes) != len(self.classes):
                found = f"There are {len(classes)} names for {len(self.classes)} classes"
                raise ValueError(f"{found}; one per class is accepted.")
        return replace(self, classes=classes)

    def resized(self, n: int) -> Scenario:
        """Return this scenario with `n` classes, from 2 to 10.

        The first `n` names and raw outputs stay. New classes get an unused name such as "class 4" and the raw
        output 0. If `i` or `j` pointed at a class that is gone, it becomes 0.
        """
        n = integer(n, "n", MIN_CLASSES, MAX_CLASSES)
        classes = list(self.classes[:n])
        number = len(classes)
        while len(classes) < n:
            number += 1
            if f"class {number}" not in classes:
                classes.append(f"class {number}")
        return replace(
            self,
            classes=tuple(classes),
            z=(*self.z[:n], *(0.0,) * (n - len(self.z))),
            i=self.i if self.i < n else 0,
            j=self.j if self.j < n else 0,
        )

    def to_query(self) -> dict[str, str]:
        """Write this scenario as query parameters, without those that have their default value.

        Returns
        -------
        dict of str to str
            Some of "classes", "z", "T", "of", "wrt". `from_query` turns them back into an equal scenario.

        Examples
        --------
        >>> Scenario(z=(3, 0.1, 0), i=1).to_query()
        {'z': '3,0.1,0', 'of': 'versicolor'}
        """
        n = len(self.classes)
        written = {
            "classes": self.classes != default_classes(n),
            # If the link has no names, the number of raw outputs tells how many classes there are.
            "z": n != len(_IRISES) or self.z != default_z(n),
            "T": self.temperature != _TEMPERATURE,
            "of": self.i != 0,
            "wrt": self.j != 0,
        }
        return {name: value for name, value in self.parameters().items() if written[name]}

    def parameters(self) -> dict[str, str]:
        """Write this scenario as query parameters, with those that have their default value.

        Returns
        -------
        dict of str to str
            "classes", "z", "T", "of" and "wrt".
        """
        return {
            "classes": ",".join(self.classes),
            "z": ",".join(map(number_text, self.z)),
            "T": number_text(self.temperature),
            "of": self.classes[self.i],
            "wrt": self.classes[self.j],
        }

    @classmethod
    def from_query(cls, params: Mapping[str, str | Sequence[str]]) -> tuple[Scenario, list[Problem]]:
        """Read a scenario from query parameters. A bad parameter gets its default, the others still count.

        Parameters
        ----------
        params : mapping of str to str, or to a sequence of str of which the last counts
            The query of a link. Parameters with other names are ignored.

        Returns
        -------
        scenario : Scenario
            What the link says, with defaults for parameters that are missing or bad.
        problems : list of Problem
            One for each bad parameter.

        Examples
        --------
        >>> scenario, problems = Scenario.from_query({"z": "1,2,3,4", "T": "-1", "of": "class 2"})
        >>> scenario.classes
        ('class 1', 'class 2', 'class 3', 'class 4')
        >>> scenario.i, scenario.temperature
        (1, 1.0)
        >>> problems[0].message
        'The temperature -1 is out of range; a number from 0.05 to 20 is accepted.'
        """
        problems: list[Problem] = []

        def read(parameter: str, parse: Callable[[str], _Value]) -> _Value | None:
            """Parse one parameter; None if it is absent or bad."""
            text = last(params.get(parameter))
            if text is None:
                return None
            try:
                return parse(bounded(parameter, text))
            except ValueError as error:
                problems.append(Problem(parameter, str(error)))
                return None

        names = read("classes", lambda text: checked_classes(text.split(",")))
        z = read("z", lambda text: parsed_z(text, len(names) if names else None))
        n = len(names or z or _IRISES)
        classes = names or default_classes(n)
        scenario = cls(
            classes=classes,
            z=z or default_z(n),
            temperature=read("T", parsed_temperature) or _TEMPERATURE,
            i=read("of", lambda text: parsed_class("of", text, classes)) or 0,
            j=read("wrt", lambda text: parsed_class("wrt", text, classes)) or 0,
        )
        return scenario, problems


def default_classes(n: int) -> tuple[str, ...]:
    """Return the names that `n` classes have when nobody named them.

    Examples
    --------
    >>> default_classes(3)
    ('setosa', 'versicolor', 'virginica')
    >>> default_classes(2)
    ('class 1', 'class 2')
    """
    return _IRISES if n == len(_IRISES) else tuple(f"class {k}" for k in range(1, n + 1))


def default_z(n: int) -> tuple[float, ...]:
    """Return the raw outputs that `n` classes have when nobody set them; three have the worked example."""
    return _WORKED_EXAMPLE if n == len(_WORKED_EXAMPLE) else (0.0,) * n


@contextmanager
def _naming(field: str) -> Iterator[None]:
    """Put the field's name in front of the message of an error about its value."""
    try:
        yield
    except TypeError as error:
        raise TypeError(f"{field}: {error}") from None
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from None


def _items(values: object, kind: str) -> tuple[Any, ...]:
    """Return the items of a sequence. Text is one value and a set has no order, so both are refused."""
    if isinstance(values, Iterable) and not isinstance(values, (str, bytes, set, frozenset, Mapping)):
        return tuple(values)
    raise TypeError(f"{quoted(repr(values))} is not a sequence; a tuple or list of {kind} is accepted.")
