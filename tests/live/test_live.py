"""Runs the tests of the browser side's logic in Node's own runner, which is fast and needs no browser."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def test_the_browser_sides_logic_passes_its_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        reason = "no Node to run tests/live with (install Debian's nodejs)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    files = sorted(HERE.glob("*.test.js"))
    assert files
    ran = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
