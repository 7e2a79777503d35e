"""One validated, immutable situation, so that what is shown can be sent as a link and seen again exactly."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any, NamedTuple, TypeVar

__all__ = [
    "MAX_ABS_Z",
    "MAX_CLASSES",
    "MAX_NAME_LENGTH",
    "MAX_PARAMETER_LENGTH",
    "MAX_TEMPERATURE",
    "MIN_CLASSES",
    "MIN_TEMPERATURE",
    "Problem",
    "Scenario",
    "check_name",
    "default_classes",
    "default_z",
]

MIN_CLASSES = 2
MAX_CLASSES = 10
MAX_ABS_Z = 50.0
MIN_TEMPERATURE = 0.05
MAX_TEMPERATURE = 20.0
MAX_NAME_LENGTH = 24
MAX_PARAMETER_LENGTH = 4000

_IRISES = ("setosa", "versicolor", "virginica")
_WORKED_EXAMPLE = (1.43, -0.4, 0.23)
_TEMPERATURE = 1.0

_ACCEPTED = {
    "classes": f"{MIN_CLASSES} to {MAX_CLASSES} names with commas between them are accepted",
    "z": f"one number from {-MAX_ABS_Z:g} to {MAX_ABS_Z:g} per class is accepted",
    "T": f"a number from {MIN_TEMPERATURE:g} to {MAX_TEMPERATURE:g} is accepted",
    "of": "the name of one of the classes is accepted",
    "wrt": "the name of one of the classes is accepted",
}
_LABELS = {"z": "The raw output", "T": "The temperature"}
_RANGES = {"z": (-MAX_ABS_Z, MAX_ABS_Z), "T": (MIN_TEMPERATURE, MAX_TEMPERATURE)}
_NAME_ACCEPTED = (
    f"a name of 1 to {MAX_NAME_LENGTH} characters without commas or control characters is accepted"
)

# float() also takes "nan", "inf", "1_0" and the digits of every script; a link takes none of them.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MINUS_SIGN = "\u2212"

_QUOTE_LENGTH = 40
_FORBIDDEN_CATEGORIES = {
    "Cc": "a control character",
    "Cs": "half of a character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
}
# Bidirectional embeddings, overrides and isolates: they reach beyond the name and reorder its surroundings.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# Blank, although their category says letter, symbol or unassigned: Hangul fillers, the empty Braille cell and
# unassigned code points that Unicode reserves as ignorable.
_BLANK = re.compile("[\u115f\u1160\u3164\uffa0\u2800\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")
_INVISIBLE_ALONE = frozenset({"Cf", "Mn", "Me", "Zs"})

_Value = TypeVar("_Value")


class Problem(NamedTuple):
    """What was wrong with one parameter of a link, told to the person who opened it.

    Parameters
    ----------
    parameter : str
        The query parameter that was not used.
    message : str
        One plain sentence: what was wrong and what is accepted. Plain text, to be escaped where it is shown.

    Examples
    --------
    >>> Scenario.from_query({"T": "hot"})[1][0].parameter
    'T'
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
        2 to 10 different names, each one accepted by `check_name`.
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
        If a field holds something of another kind, such as text for a number.
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
            classes = _checked_classes(_items(self.classes, "names"))
        with _naming("z"):
            z = _checked_z(_items(self.z, "numbers"), len(classes))
        with _naming("temperature"):
            temperature = _checked_temperature(self.temperature)
        with _naming("i"):
            i = _checked_index(self.i, len(classes))
        with _naming("j"):
            j = _checked_index(self.j, len(classes))
        # A frozen dataclass has no other way to normalise its own fields.
        for field, value in zip(self.__slots__, (classes, z, temperature, i, j), strict=True):
            object.__setattr__(self, field, value)

    def with_z(self, z: Iterable[float]) -> Scenario:
        """Return this scenario with other raw outputs, one per class.

        Examples
        --------
        >>> Scenario().with_z([0, 0, 0]).z
        (0.0, 0.0, 0.0)
        """
        with _naming("z"):
            values = _items(z, "numbers")
        return replace(self, z=values)

    def with_value(self, k: int, value: float) -> Scenario:
        """Return this scenario with one other raw output.

        Parameters
        ----------
        k : int
            The class whose raw output is set.
        value : float
            The raw output.

        Returns
        -------
        Scenario

        Examples
        --------
        >>> Scenario().with_value(1, 2.5).z
        (1.43, 2.5, 0.23)
        """
        with _naming("k"):
            k = _checked_index(k, len(self.classes))
        return replace(self, z=(*self.z[:k], value, *self.z[k + 1 :]))

    def with_temperature(self, t: float) -> Scenario:
        """Return this scenario at another temperature.

        Examples
        --------
        >>> Scenario().with_temperature(2).temperature
        2.0
        """
        return replace(self, temperature=t)

    def with_cell(self, i: int, j: int) -> Scenario:
        """Return this scenario looking at another cell of the Jacobian.

        Examples
        --------
        >>> Scenario().with_cell(0, 2).to_query()
        {'wrt': 'virginica'}
        """
        return replace(self, i=i, j=j)

    def with_classes(self, names: Iterable[str]) -> Scenario:
        """Return this scenario with its classes renamed.

        Parameters
        ----------
        names : iterable of str
            As many names as there are classes; `resized` changes how many there are.

        Returns
        -------
        Scenario

        Examples
        --------
        >>> Scenario().with_classes(["cat", "dog", "owl"]).to_query()
        {'classes': 'cat,dog,owl'}
        """
        with _naming("classes"):
            classes = _checked_classes(_items(names, "names"))
            if len(classes) != len(self.classes):
                found = f"There are {len(classes)} names for {len(self.classes)} classes"
                raise ValueError(f"{found}; one per class is accepted.")
        return replace(self, classes=classes)

    def resized(self, n: int) -> Scenario:
        """Return this scenario with `n` classes, keeping what there is.

        The first `n` names and raw outputs stay. New classes get an unused name such as "class 4" and the raw
        output 0. `i` and `j` stay where they still point at a class, else they become 0.

        Parameters
        ----------
        n : int
            The number of classes, 2 to 10.

        Returns
        -------
        Scenario

        Examples
        --------
        >>> Scenario().resized(4).classes
        ('setosa', 'versicolor', 'virginica', 'class 4')
        >>> Scenario().resized(2).z
        (1.43, -0.4)
        """
        with _naming("n"):
            n = _checked_integer(n)
            _check_count(n)
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
        """Write this scenario as query parameters; what is at its default is left out.

        Returns
        -------
        dict of str to str
            Some of "classes", "z", "T", "of", "wrt". `from_query` makes an equal scenario of it.

        Examples
        --------
        >>> Scenario().to_query()
        {}
        >>> Scenario(z=(3, 0.1, 0), i=1).to_query()
        {'z': '3,0.1,0', 'of': 'versicolor'}
        """
        n = len(self.classes)
        query: dict[str, str] = {}
        if self.classes != default_classes(n):
            query["classes"] = ",".join(self.classes)
        # Without names in the link, the raw outputs are what tells how many classes there are.
        if n != len(_IRISES) or self.z != default_z(n):
            query["z"] = ",".join(map(_number_text, self.z))
        if self.temperature != _TEMPERATURE:
            query["T"] = _number_text(self.temperature)
        if self.i:
            query["of"] = self.classes[self.i]
        if self.j:
            query["wrt"] = self.classes[self.j]
        return query

    @classmethod
    def from_query(cls, params: Mapping[str, str | Sequence[str]]) -> tuple[Scenario, list[Problem]]:
        """Read a scenario from query parameters; a bad parameter costs that parameter alone.

        Parameters
        ----------
        params : mapping of str to str, or to a sequence of str of which the last counts
            The query of a link. Parameters with other names are ignored.

        Returns
        -------
        scenario : Scenario
            What the link says, with defaults for what it does not say or says badly.
        problems : list of Problem
            One for each parameter that was not used.

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
            text = _last(params.get(parameter))
            if text is None:
                return None
            try:
                return parse(_bounded(parameter, text))
            except ValueError as error:
                problems.append(Problem(parameter, str(error)))
                return None

        names = read("classes", lambda text: _checked_classes(text.split(",")))
        z = read("z", lambda text: _parsed_z(text, len(names) if names else None))
        n = len(names or z or _IRISES)
        classes = names or default_classes(n)
        scenario = cls(
            classes=classes,
            z=z or default_z(n),
            temperature=read("T", _parsed_temperature) or _TEMPERATURE,
            i=read("of", lambda text: _parsed_class(text, classes)) or 0,
            j=read("wrt", lambda text: _parsed_class(text, classes)) or 0,
        )
        return scenario, problems


def check_name(name: str, others: Iterable[str] = ()) -> str:
    """Return a class name trimmed and in Unicode form NFC, or say why it cannot be one.

    Names are shown to other people inside other text, so they may not break a line, hide, or reorder what
    stands around them. Every script is welcome, and so are emoji joined with U+200D.

    Parameters
    ----------
    name : str
        The name to check.
    others : iterable of str
        The names that are taken. Two names are the same if they are equal in form NFC.

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If `name` is not a str.
    ValueError
        If the name is not accepted, with a sentence for the person who typed it.

    Examples
    --------
    >>> check_name("  iris ")
    'iris'
    >>> check_name("iris", others=["iris"])
    Traceback (most recent call last):
    ValueError: The name “iris” is already taken; every class needs a name of its own.
    """
    if not isinstance(name, str):
        raise TypeError(f"The name {_quoted(repr(name))} is not text; {_NAME_ACCEPTED}.")
    text = _normalised(name)
    fault = _name_fault(text)
    if fault is not None:
        raise ValueError(f"The name {_quoted(text)} {fault}; {_NAME_ACCEPTED}.")
    if text in map(_normalised, others):
        raise ValueError(f"The name {_quoted(text)} is already taken; every class needs a name of its own.")
    return text


def default_classes(n: int) -> tuple[str, ...]:
    """Return the names that `n` classes have when nobody named them.

    Parameters
    ----------
    n : int
        The number of classes.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> default_classes(3)
    ('setosa', 'versicolor', 'virginica')
    >>> default_classes(2)
    ('class 1', 'class 2')
    """
    return _IRISES if n == len(_IRISES) else tuple(f"class {k}" for k in range(1, n + 1))


def default_z(n: int) -> tuple[float, ...]:
    """Return the raw outputs that `n` classes have when nobody set them.

    Parameters
    ----------
    n : int
        The number of classes.

    Returns
    -------
    tuple of float
        The worked example for three classes, else zeros.

    Examples
    --------
    >>> default_z(3)
    (1.43, -0.4, 0.23)
    >>> default_z(2)
    (0.0, 0.0)
    """
    return _WORKED_EXAMPLE if n == len(_WORKED_EXAMPLE) else (0.0,) * n


@contextmanager
def _naming(field: str) -> Iterator[None]:
    """Put the field's name in front of what is said about its value."""
    try:
        yield
    except TypeError as error:
        raise TypeError(f"{field}: {error}") from None
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from None


def _items(values: object, kind: str) -> tuple[Any, ...]:
    """Return the items of a sequence; text is one value and a set has no order, so neither is a sequence."""
    if isinstance(values, Iterable) and not isinstance(values, (str, bytes, set, frozenset, Mapping)):
        return tuple(values)
    raise TypeError(f"{_quoted(repr(values))} is not a sequence; a tuple or list of {kind} is accepted.")


def _check_count(n: int) -> None:
    if not MIN_CLASSES <= n <= MAX_CLASSES:
        classes = "1 class" if n == 1 else f"{_quantity(n)} classes"
        raise ValueError(f"{classes} cannot be shown; {MIN_CLASSES} to {MAX_CLASSES} classes are accepted.")


def _checked_classes(names: Sequence[str]) -> tuple[str, ...]:
    _check_count(len(names))
    checked: list[str] = []
    for name in names:
        checked.append(check_name(name, checked))
    return tuple(checked)


def _checked_z(values: Sequence[object], n: int) -> tuple[float, ...]:
    _check_one_per_class(len(values), n)
    return tuple(_in_range(_plain_float(value, "z"), "z") for value in values)


def _check_one_per_class(count: int, n: int) -> None:
    if count != n:
        found = "is 1 raw output" if count == 1 else f"are {count} raw outputs"
        raise ValueError(f"There {found} for {n} classes; one per class is accepted.")


def _checked_temperature(value: object) -> float:
    return _in_range(_plain_float(value, "T"), "T")


def _checked_index(value: object, n: int) -> int:
    index = _checked_integer(value)
    if not 0 <= index < n:
        raise ValueError(f"{_quantity(index)} is not the number of a class; 0 to {n - 1} are accepted.")
    return index


def _checked_integer(value: object) -> int:
    # bool is a subclass of int, but "class True" is a mistake.
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{_quoted(repr(value))} is not a whole number; an int is accepted.")
    return int(value)


def _plain_float(value: object, parameter: str) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(
            f"{_LABELS[parameter]} {_quoted(repr(value))} is not a number; {_ACCEPTED[parameter]}."
        )
    try:
        return float(value)
    except OverflowError:
        return math.inf  # Whatever its sign, it is out of range.


def _in_range(number: float, parameter: str, shown: str | None = None) -> float:
    """Return the number with -0.0 made 0.0; NaN is in no range."""
    low, high = _RANGES[parameter]
    if not low <= number <= high:
        shown = shown or _number_text(number)
        raise ValueError(f"{_LABELS[parameter]} {shown} is out of range; {_ACCEPTED[parameter]}.")
    return number + 0.0


def _last(value: str | Sequence[str] | None) -> str | None:
    """Return the value that counts: the last one, as in `st.query_params`."""
    if value is None or isinstance(value, str):
        return value
    return value[-1] if value else None


def _bounded(parameter: str, text: str) -> str:
    """Return the text of a parameter unless it is empty or too long to be worth reading."""
    if not text.strip():
        raise ValueError(f"The value is empty; {_ACCEPTED[parameter]}.")
    if len(text) > MAX_PARAMETER_LENGTH:
        raise ValueError(
            f"The value {_quoted(text)} has {_quantity(len(text))} characters; "
            f"at most {MAX_PARAMETER_LENGTH} are accepted."
        )
    return text


def _parsed_z(text: str, n: int | None) -> tuple[float, ...]:
    """Read raw outputs, as many as `n` if the number of classes is known."""
    parts = text.split(",")
    if n is None:
        _check_count(len(parts))
    else:
        _check_one_per_class(len(parts), n)
    return tuple(_parsed_number(part, "z") for part in parts)


def _parsed_temperature(text: str) -> float:
    return _parsed_number(text, "T")


def _parsed_number(text: str, parameter: str) -> float:
    plain = text.strip().replace(_MINUS_SIGN, "-")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(
            f"{_LABELS[parameter]} {_quoted(text.strip())} is not a number; {_ACCEPTED[parameter]}."
        )
    return _in_range(float(plain), parameter, shown=_shortened(plain))


def _parsed_class(text: str, classes: Sequence[str]) -> int:
    name = _normalised(text)
    if name not in classes:
        accepted = ", ".join(map(_quoted, classes))
        raise ValueError(f"{_quoted(name)} is not one of the classes; accepted are {accepted}.")
    return classes.index(name)


def _normalised(name: str) -> str:
    # NFC makes one character of a few at most: what is cut here stays too long to be a name.
    return unicodedata.normalize("NFC", name.strip()[:MAX_PARAMETER_LENGTH])


def _name_fault(text: str) -> str | None:
    """Say what is wrong with a normalised name, as the end of a sentence; None if nothing is."""
    if not text:
        return "is empty"
    if len(text) > MAX_NAME_LENGTH:
        return f"is longer than {MAX_NAME_LENGTH} characters"
    for character in text:
        kind = _forbidden(character)
        if kind is not None:
            return f"holds {kind}"
    if not any(map(_visible, text)):
        return "has no visible character"
    return None


def _forbidden(character: str) -> str | None:
    """Say what a character is that no name may hold; None if it may."""
    if character == ",":
        return "a comma"
    if character in _REORDERING:
        kind = "a character that reorders text"
    elif unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
        kind = _FORBIDDEN_CATEGORIES[unicodedata.category(character)]
    else:
        return None
    return f"{kind} (U+{ord(character):04X})"


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE_ALONE and not _BLANK.match(character)


def _quoted(text: str) -> str:
    """Quote a stranger's text inside a sentence: short, on one line, encodable, and in its own direction."""
    safe = "".join("\ufffd" if c != "," and _forbidden(c) else c for c in _shortened(text))
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in safe):
        safe = f"{_ISOLATE}{safe}{_END_ISOLATE}"
    return f"“{safe}”"


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTE_LENGTH else f"{text[: _QUOTE_LENGTH - 1]}…"


def _number_text(number: float) -> str:
    """Write a float so that reading it gives the same float, without a trailing ".0"."""
    return repr(number).removesuffix(".0")


def _quantity(n: int) -> str:
    """Write an int; Python refuses to write one of thousands of digits."""
    return str(n) if abs(n) < 10**12 else "A number of more than 12 digits"
