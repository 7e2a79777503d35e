"""Builds Jupyter notebooks: the cells that they share, and values and names written as Python literals."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from nbformat import v4, writes
from numpy.typing import ArrayLike

__all__ = [
    "COMPARE",
    "SOFTMAX",
    "Cell",
    "array",
    "assigned",
    "code",
    "code_span",
    "comparison",
    "notebook",
    "text",
]

_LINE = 100


class Cell(NamedTuple):
    """A cell: what kind it is, and its source."""

    kind: Literal["markdown", "code"]
    source: str


class _Literal(str):
    """A value that is already written as Python."""

    __slots__ = ()


def text(source: str) -> Cell:
    """Return a cell of Markdown; names must be escaped, as `code_span` does."""
    return Cell("markdown", source.strip())


def code(source: str) -> Cell:
    """Return a cell of Python."""
    return Cell("code", source.strip())


def code_span(name: str) -> str:
    """Return a name for Markdown in which neither Markdown nor MathJax finds anything to do.

    Examples
    --------
    >>> print(code_span("$x$ **y**"), code_span("a`b"))
    `$x$ **y**` ``a`b``
    """
    runs = {len(run) for run in "".join(c if c == "`" else " " for c in name).split()}
    fence = "`" * next(k for k in range(1, len(name) + 2) if k not in runs)
    # One space at each end is not shown. It keeps the name's own backticks away from the fence.
    room = " " if name.startswith("`") or name.endswith("`") else ""
    return f"{fence}{room}{name}{room}{fence}"


def array(values: ArrayLike) -> _Literal:
    """Return an array written as Python, each number so that reading it gives the same float64.

    Examples
    --------
    >>> print(array([0.1, 2]))
    np.array([0.1, 2.0])
    """
    return _Literal(f"np.array({_written(np.asarray(values, np.float64).tolist(), 0)})")


def assigned(values: Mapping[str, tuple[object, str]]) -> str:
    """Return lines of Python that give names to values, each with a comment.

    Examples
    --------
    >>> print(assigned({"T": (2.0, "temperature")}))
    T = 2.0  # temperature
    """
    lines = []
    for name, (value, comment) in values.items():
        line = f"{name} = {_written(value, 0)}"
        lines.append(f"{line}  # {comment}" if "\n" not in line else f"# {comment}\n{line}")
    return "\n".join(lines)


def _written(value: object, indent: int) -> str:
    """Write a value as Python; lists that are too long for a line take one for each item."""
    if isinstance(value, _Literal):
        return str(value)
    if not isinstance(value, list) or len(repr(value)) <= _LINE - indent:
        return repr(value)
    inner = " " * (indent + 4)
    if all(isinstance(item, int) for item in value):
        return f"[\n{_filled([f'{item},' for item in value], inner)}\n{' ' * indent}]"
    items = "".join(f"{inner}{_written(item, indent + 4)},\n" for item in value)
    return f"[\n{items}{' ' * indent}]"


def _filled(words: Sequence[str], indent: str) -> str:
    lines = [indent.rstrip()]
    for word in words:
        if len(lines[-1]) + len(word) + 1 > _LINE:
            lines.append(indent.rstrip())
        lines[-1] += f" {word}" if lines[-1].strip() else f"{indent}{word}"
    return "\n".join(lines)


def comparison(app: Mapping[str, ArrayLike], here: Mapping[str, str]) -> list[Cell]:
    """Return the last cells: the app's numbers, compared with those that the notebook has computed.

    Parameters
    ----------
    app : mapping of str to array_like
        The app's numbers, by what they are.
    here : mapping of str to str
        For each of them, the expression for it in the notebook.
    """
    pairs = "\n".join(f'    "{what}": ({here[what]}, {array(values)}),' for what, values in app.items())
    return [
        text("""
## Compare with the app

The numbers that the app showed, with all their digits, beside those computed above. They are the same
until you change a value; on another computer the last of 16 digits may differ.
"""),
        code(f"pairs = {{\n{pairs}\n}}\n{COMPARE}"),
    ]


COMPARE = """
for what, (here, app) in pairs.items():
    here = np.asarray(here)
    if here.shape != app.shape:
        print(f"{what}: other values than in the app")
    elif np.array_equal(here, app):
        print(f"{what}: identical")
    else:
        difference = np.abs(here - app).max() / np.abs(app).max()
        verdict = "the same digits" if difference < 1e-14 else "other digits"
        print(f"{what}: {verdict} (the largest difference is {difference:.1e} of the largest number)")
""".lstrip()

SOFTMAX = """
import html

import numpy as np
import plotly.graph_objects as go


def softmax(z, T=1.0):
    \"\"\"Turn raw outputs into probabilities; the last axis holds the classes.\"\"\"
    # Subtracting the largest raw output changes no probability, and then nothing overflows.
    powers = np.exp((z - z.max(axis=-1, keepdims=True)) / T)
    return powers / powers.sum(axis=-1, keepdims=True)


def jacobian(z, T=1.0):
    \"\"\"Return every derivative: entry [i, j] is dp_i/dz_j.\"\"\"
    p = softmax(z, T)
    J = -p[..., :, None] * p[..., None, :] / T  # i and j differ: -p_i p_j / T
    own = np.arange(p.shape[-1])
    # i = j: p_i (1 - p_i) / T. Each row sums to 0, so this is minus the sum of the others in the row,
    # which keeps its digits even if p_i is almost 1.
    J[..., own, own] = 0
    J[..., own, own] = -J.sum(axis=-1)
    return J


def label(name):
    \"\"\"Write a name so that Plotly shows it as it is and takes no part of it for markup.\"\"\"
    return html.escape(name, quote=False).replace("$", "&#36;").replace("%", "&#37;")
"""


def notebook(cells: Sequence[Cell]) -> str:
    """Return a notebook (nbformat 4) as JSON; the same cells always give the same text."""
    new: dict[str, Callable[..., Any]] = {"markdown": v4.new_markdown_cell, "code": v4.new_code_cell}
    # The library would draw a random id for each cell.
    made = [new[cell.kind](cell.source, id=f"cell-{place}") for place, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return str(writes(v4.new_notebook(cells=made, metadata=metadata)))
