"""The browser side's logic, tested by Node's own runner, which needs no browser and no time."""

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
