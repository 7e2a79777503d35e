"""Compares the numbers of the browser's modules with those that Python computes."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Page

TOLERANCE = 1e-12
# Smaller numbers are subnormal and have fewer digits, in either language.
SMALLEST_NORMAL = 2.3e-308


def run(page: Page, module: str, call: str, argument: object) -> Any:
    """Call a function of one of the board's modules in the browser."""
    return page.evaluate(
        f"""async (argument) => {{
          const module = await import(new URL("app/static/live/{module}", document.baseURI));
          return ({call})(module, argument);
        }}""",
        argument,
    )


def assert_same(found: object, expected: object) -> None:
    found_array, expected_array = np.asarray(found, float), np.asarray(expected, float)
    assert found_array.shape == expected_array.shape
    np.testing.assert_allclose(found_array, expected_array, rtol=TOLERANCE, atol=SMALLEST_NORMAL)
