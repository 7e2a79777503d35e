"""Measures how fast core/ is compared with the usual ways to write the same: `python -m bench.core`."""

import timeit
from collections.abc import Callable

import numpy as np
from scipy.special import softmax as scipy_softmax

from core.derivatives import derivative_surface, jacobian
from core.softmax import softmax

ROUNDS = 9
# Name, name of the baseline, bar for the ratio of their times, calls in a round, and both functions.
Row = tuple[str, str, float | None, int, Callable[[], np.ndarray], Callable[[], np.ndarray]]


def usual_jacobian(z: np.ndarray) -> np.ndarray:
    """Return the Jacobian, computed in the usual way."""
    p = scipy_softmax(z)
    return np.diag(p) - np.outer(p, p)


def looped_surface(z: np.ndarray, i: int, j: int, a: int, b: int, grid: np.ndarray) -> np.ndarray:
    """Fill the surface point by point with the usual Jacobian."""
    at = z.copy()
    rows = []
    for value_b in grid:
        at[b] = value_b
        row = []
        for value_a in grid:
            at[a] = value_a
            row.append(usual_jacobian(at)[i, j])
        rows.append(row)
    return np.array(rows)


def best(function: Callable[[], object], number: int) -> float:
    """Return the seconds of one call in the best of several rounds."""
    return min(timeit.repeat(function, number=number, repeat=ROUNDS)) / number


def main() -> int:
    """Print each time, its baseline's in the same run, and their ratio; return 1 if a bar is missed."""
    random = np.random.default_rng(0)
    batch = random.normal(size=(10_000, 10)) * 3
    z = random.normal(size=10)
    grid = np.linspace(-5, 5, 101)
    rows: list[Row] = [
        (
            "softmax of (10000, 10)",
            "scipy.special.softmax",
            1.2,
            20,
            lambda: softmax(batch),
            lambda: scipy_softmax(batch, axis=-1),
        ),
        (
            "Jacobian of 10 classes",
            "np.diag(p) - np.outer(p, p)",
            None,
            500,
            lambda: jacobian(z),
            lambda: usual_jacobian(z),
        ),
        (
            "101 x 101 surface, i = j, 10 classes",
            "a loop over its points",
            0.2,
            1,
            lambda: derivative_surface(z, 0, 0, 1, 2, grid, grid),
            lambda: looped_surface(z, 0, 0, 1, 2, grid),
        ),
        (
            "101 x 101 surface, i ≠ j, 10 classes",
            "a loop over its points",
            0.2,
            1,
            lambda: derivative_surface(z, 0, 3, 1, 2, grid, grid),
            lambda: looped_surface(z, 0, 3, 1, 2, grid),
        ),
    ]
    missed = 0
    print(f"{'what':38} {'ours':>10} {'baseline':>10} {'ratio':>7} {'bar':>5}  baseline")
    for what, against, bar, number, ours, theirs in rows:
        np.testing.assert_allclose(ours(), theirs(), rtol=1e-9)
        mine, other = best(ours, number), best(theirs, number)
        ratio = mine / other
        missed += bar is not None and ratio > bar
        shown = "" if bar is None else f"{bar:g}"
        print(f"{what:38} {mine * 1e6:7.0f} µs {other * 1e6:7.0f} µs {ratio:7.3f} {shown:>5}  {against}")
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
