"""Holds what the browser computes to what Python does: calls its modules, compares the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Page

TOLERANCE = 1e-12
# Below this, numbers lose digits to the format, in either language.
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
