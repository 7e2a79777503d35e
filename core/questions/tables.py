"""Pictures of numbers as data: tables, signs between them, and what each number would give away."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Cell",
    "Head",
    "Picture",
    "Places",
    "Table",
    "bars",
    "grid",
    "of_class",
    "of_entry",
    "of_gradient",
    "of_product",
]

Array = NDArray[np.float64]
Places = tuple[str, ...]

# Sums of n entries that cancel are below this share of the largest entry, and stand for exactly 0.
_ROUNDING = 1e-13


class Cell(NamedTuple):
    """A number of a picture.

    Parameters
    ----------
    value : float or Decimal or None
        The number; a Decimal may be too large for a float. None if there is none, as when dividing by 0.
    share : float
        Its size as a share of the largest in its scale, from -1 to 1, for a bar or a colour.
    places : tuple of str
        Where a teacher may hide what this number gives away, as links name it: "p1", "j1-2", "g3".
    exact : bool
        Whether it is an integer that is written without decimals; without a value, the place stays empty.
    """

    value: float | Decimal | None
    share: float = 0.0
    places: Places = ()
    exact: bool = False


class Head(NamedTuple):
    """What heads a row or a column: a text, or a class by its index if that is not negative."""

    text: str
    of: int = -1


class Table(NamedTuple):
    """A table of numbers.

    Parameters
    ----------
    caption : str
        What it shows, in a few words.
    columns, rows : tuple of Head
        Their heads.
    cells : tuple of tuple of Cell
        The numbers, row by row.
    row_sums, column_sums : tuple of Cell
        The sums of rows and columns; empty if they are not shown.
    signed : bool
        Whether numbers above 0 are written with their sign.
    has_bars : bool
        Whether sizes are shown as bars in the colours of the rows' classes, instead of as coloured cells.
    of : int
        The class whose name ends the caption, by its index; -1 for none.
    """

    caption: str
    columns: tuple[Head, ...]
    rows: tuple[Head, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_sums: tuple[Cell, ...] = ()
    column_sums: tuple[Cell, ...] = ()
    signed: bool = False
    has_bars: bool = False
    of: int = -1


# Tables, and texts between them: signs or a few words.
Picture = tuple[Table | str, ...]


def of_class(i: int, j: int) -> Places:
    """Return the place of the probability of class j, whatever the row."""
    return (f"p{j + 1}",)


def of_entry(i: int, j: int) -> Places:
    """Return the place of an entry of the Jacobian."""
    return (f"j{i + 1}-{j + 1}",)


def of_gradient(k: int) -> Places:
    """Return the places of an entry of the gradient, which is that probability minus its target."""
    return (f"g{k + 1}", f"p{k + 1}")


def of_product(i: int, j: int) -> Places:
    """Return the places of p_i p_j, whose negative is an entry of the Jacobian."""
    return tuple({f"p{i + 1}": None, f"p{j + 1}": None, f"j{i + 1}-{j + 1}": None})


def grid(
    caption: str,
    values: Array,
    places: Callable[[int, int], Places],
    *,
    largest: float = 1.0,
    sums: str = "",
    signed: bool = True,
    integers: bool = False,
    zeros: NDArray[np.bool_] | None = None,
) -> Table:
    """Return a square table with a row and a column for each class.

    Parameters
    ----------
    caption : str
        What it shows.
    values : ndarray of float64, shape (n, n)
        Its numbers.
    places : callable
        Given row and column, returns what the number gives away.
    largest : float
        The size with the strongest colour; the same in all grids that are compared.
    sums : {"", "rows", "columns", "both"}
        Which sums are shown.
    signed : bool
        Whether numbers above 0 are written with their sign.
    integers : bool
        Whether all numbers are integers.
    zeros : ndarray of bool, shape (n, n), optional
        Where 0 stands by definition, so that it gives nothing away.

    Examples
    --------
    >>> grid("p pᵀ", np.full((2, 2), 0.25), of_product, sums="rows").row_sums[0].value
    0.5
    """
    n = len(values)
    heads = tuple(Head("", k) for k in range(n))
    cells = tuple(
        tuple(
            Cell(0.0, exact=True)
            if zeros is not None and zeros[i, j]
            else Cell(float(values[i, j]), _shade(float(values[i, j]), largest), places(i, j), integers)
            for j in range(n)
        )
        for i in range(n)
    )
    return Table(
        caption,
        heads,
        heads,
        cells,
        tuple(map(_sum, cells)) if sums in ("rows", "both") else (),
        tuple(_sum(column) for column in zip(*cells, strict=True)) if sums in ("columns", "both") else (),
        signed,
    )


def bars(
    caption: str,
    rows: Sequence[Head],
    columns: Mapping[str, Sequence[Cell]],
    *,
    sums: Sequence[Cell] = (),
    signed: bool = False,
) -> Table:
    """Return a table of bars: each column is a list of numbers with a scale of its own.

    Parameters
    ----------
    caption : str
        What it shows.
    rows : sequence of Head
        What heads its rows.
    columns : mapping of str to sequence of Cell
        The heads of its columns and their numbers; their shares are worked out here.
    sums : sequence of Cell
        The last row, if any.
    signed : bool
        Whether numbers above 0 are written with their sign.
    """
    scaled = [_scaled(cells) for cells in columns.values()]
    return Table(
        caption,
        tuple(map(Head, columns)),
        tuple(rows),
        tuple(zip(*scaled, strict=True)),
        (),
        tuple(sums),
        signed,
        has_bars=True,
    )


def _scaled(cells: Sequence[Cell]) -> list[Cell]:
    """Give the largest number of a column a whole bar."""
    top = max((abs(Decimal(cell.value)) for cell in cells if cell.value is not None), default=Decimal(0))
    return [
        cell._replace(share=float(Decimal(cell.value) / top)) if cell.value is not None and top else cell
        for cell in cells
    ]


def _shade(value: float, largest: float) -> float:
    """Return how strong a colour is; it rises steeply from 0, so that small numbers are visible."""
    return math.copysign(min(1.0, abs(value) / largest) ** 0.7, value) if largest else 0.0


def _sum(cells: Sequence[Cell]) -> Cell:
    """Return the sum of a line of a grid; it gives away what its numbers do."""
    values = [float(cell.value or 0) for cell in cells]
    total = math.fsum(values)
    if abs(total) <= _ROUNDING * max(map(abs, values)):
        total = 0.0
    places = dict.fromkeys(place for cell in cells for place in cell.places)
    return Cell(total, places=tuple(places))
