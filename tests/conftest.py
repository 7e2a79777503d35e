"""Settings that every test shares."""

import os

import pytest
from hypothesis import settings

# Visitors see no details of an error, but a failing AppTest should tell them. Streamlit reads this when it
# is imported; the server of the browser tests is started without it.
os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"

# The same examples every time: a red run is red again on the next machine, and a green one stays green.
# No deadline: a busy CI machine is slow, not wrong.
settings.register_profile("explorer", derandomize=True, deadline=None)
settings.load_profile("explorer")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a test that passed at its second try has failed at its first."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"first try of {report.nodeid}")
        terminalreporter.line(report.longreprtext)
