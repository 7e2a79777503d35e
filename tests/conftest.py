"""Settings that every test shares."""

import os

import pytest
from hypothesis import settings

# Visitors see no details of an error, but a failing AppTest should show them. Streamlit reads this setting
# when it is imported. The server of the browser tests starts without it.
os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"

# Hypothesis uses the same examples every time, so a run fails or passes alike on every machine. There is no
# deadline, because a busy CI machine is slow, not wrong.
settings.register_profile("explorer", derandomize=True, deadline=None)
settings.load_profile("explorer")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show why a repeated test failed at its first try."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"first try of {report.nodeid}")
        terminalreporter.line(report.longreprtext)
