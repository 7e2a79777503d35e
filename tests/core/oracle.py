"""The exact values with as many digits as needed, and the error bound that core/ documents."""

import json
from pathlib import Path
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
from hypothesis import strategies as st

EPS = float(np.finfo(np.float64).eps)
SMALLEST_NORMAL = float(np.finfo(np.float64).tiny)
LARGEST = float(np.finfo(np.float64).max)
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "softmax.json").read_text())["cases"]
CASE_NAMES = [case["name"] for case in CASES]

# 1 - p of a class ahead by 1e308 would need 1e308 digits; adding the other probabilities needs only 60.
mpmath.mp.dps = 60


def exact(z: Any, temperature: float) -> tuple[list[Any], list[Any]]:
    """Return p and log p as numbers of 60 digits."""
    scaled = [mpmath.mpf(float(value)) / mpmath.mpf(temperature) for value in z]
    top = max(scaled)
    powers = [mpmath.exp(value - top) for value in scaled]
    rest = mpmath.fsum(powers[: (front := scaled.index(top))] + powers[front + 1 :])
    return [power / (1 + rest) for power in powers], [v - top - mpmath.log1p(rest) for v in scaled]


def exact_jacobian(z: Any, temperature: float) -> list[list[Any]]:
    """Return every dp_i/dz_j as a number of 60 digits."""
    p, _ = exact(z, temperature)
    t = mpmath.mpf(temperature)
    return [
        [pi * mpmath.fsum(p[:i] + p[i + 1 :]) / t if i == j else -pi * pj / t for j, pj in enumerate(p)]
        for i, pi in enumerate(p)
    ]


def bound(z: Any, temperature: float, *, eps: float = 8 * EPS) -> Any:
    """Return 8 eps (1 + max_k |z_k - z_max| / T)."""
    values = [mpmath.mpf(float(value)) for value in z]
    return eps * (1 + (max(values) - min(values)) / mpmath.mpf(temperature))


def assert_within(found: Any, expected: Any, tolerance: Any) -> None:
    """Compare entry by entry, wherever the exact value is a normal float64 (or exactly 0)."""
    flat_found = np.asarray(found, dtype=np.float64).ravel().tolist()
    flat_expected = [value for row in expected for value in (row if isinstance(row, list) else [row])]
    assert len(flat_found) == len(flat_expected)
    assert not any(np.isnan(flat_found))
    for value, truth in zip(flat_found, flat_expected, strict=True):
        if truth == 0:
            assert value == 0
        elif SMALLEST_NORMAL <= abs(truth) <= LARGEST:
            error = abs(mpmath.mpf(value) - truth) / abs(truth)
            assert error <= tolerance, f"{value!r} is off {mpmath.nstr(truth, 20)} by {float(error):.3g}"


def numbers(limit: float = LARGEST) -> st.SearchStrategy[float]:
    """Return finite floats up to a size, zeros and subnormals included."""
    return st.floats(-limit, limit, allow_nan=False, allow_infinity=False)


def outputs(limit: float = 50.0, classes: tuple[int, int] = (1, 10)) -> st.SearchStrategy[list[float]]:
    """Return raw outputs like those on a page."""
    return st.lists(numbers(limit), min_size=classes[0], max_size=classes[1])


def adversarial() -> st.SearchStrategy[list[float]]:
    """Return difficult raw outputs: huge, equal, nearly equal, subnormal, far apart."""
    above_one, below_huge = float(np.nextafter(1.0, 2)), float(np.nextafter(1e300, 0))
    hurtful = st.sampled_from(
        [0.0, -0.0, 5e-324, -5e-324, 1e-300, 1.0, above_one, 700.0, -708.0, 745.0, -746.0, 1e16, 1e16 + 2]
    )
    huge = st.sampled_from([1e300, below_huge, -1e300, 1e308, -1e308, LARGEST, -LARGEST])
    near = st.builds(
        lambda base, steps: [base + k * abs(base) * EPS for k in steps],
        numbers(1e300),
        st.lists(st.integers(-40, 40), min_size=1, max_size=8),
    )
    return st.one_of(
        st.lists(st.one_of(hurtful, huge, numbers()), min_size=1, max_size=10),
        st.lists(numbers(800.0), min_size=1, max_size=10),
        near,
    )


def temperatures() -> st.SearchStrategy[float]:
    """Return temperatures from the smallest float to the largest."""
    return st.one_of(
        st.floats(0.05, 20.0),
        st.sampled_from([1.0, 0.5, 5e-324, 1e-310, 1e-300, 1e-20, 0.999, 1e20, 1e300, 1e308, LARGEST]),
        st.floats(1e-12, 1e12),
    )
