"""The ranges of our packages have two ends, and what the commands in .ci/ find is judged as they say."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from supply.advisories import EXPLAINED, verdict
from supply.changes import differences, gone
from supply.insides import Record, missing, record
from supply.sbom import mistakes

ROOT = Path(__file__).resolve().parents[2]

# As pip-audit 2.10.1 writes it.
VULNERABLE = {
    "name": "segno",
    "version": "1.6.6",
    "vulns": [{"id": "CVE-2099-1", "fix_versions": ["1.7"], "aliases": ["GHSA-xxxx-yyyy-zzzz"]}],
}
CLEAN: dict[str, Any] = {"name": "idna", "version": "3.20", "vulns": []}
UNKNOWN = {
    "name": "click",
    "skip_reason": "Dependency not found on PyPI and could not be audited: click (8.5.1)",
}


def asked(name: str) -> list[Requirement]:
    """What a file of requirements asks for."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_range_has_a_lowest_and_a_newest_version(name: str) -> None:
    assert [each for each in asked(name) if {part.operator for part in each.specifier} != {">=", "<"}] == []


def test_every_tool_of_the_commands_is_pinned() -> None:
    assert [
        each for each in asked(".ci/tools.txt") if {part.operator for part in each.specifier} != {"=="}
    ] == []


def test_the_commands_say_how_they_are_used_before_they_do_anything() -> None:
    for command, wrong in (("try", []), ("try", ["--"]), ("next", ["streamlit"])):
        said = subprocess.run(["bash", f".ci/{command}", *wrong], cwd=ROOT, capture_output=True, text=True)
        assert (said.returncode, said.stderr.split()[:1]) == (2, ["usage:"]), said


@pytest.fixture(scope="module")
def before() -> Record:
    """What the installed packages are like."""
    return record()


def test_all_that_we_rely_on_is_in_the_installed_packages(before: Record) -> None:
    assert missing(before) == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("files", "PlotlyChart.*.js"),
        ("names on Streamlit's page", "stMain"),
        ("names on Streamlit's page", "data-test-connection-state"),
        ("names in plotly.js", "_fullLayout"),
        ("names in plotly.js", "heatmaplayer"),
        ("names in Python", "streamlit.components.v2.component"),
        ("names in Python", "streamlit.runtime.scriptrunner.get_script_run_ctx"),
        ("names in Python", "plotly.graph_objects.Figure"),
        ("options that we set", "server.enableStaticServing"),
        ("options that we set", "theme.dark.sidebar.backgroundColor"),
    ],
)
def test_what_we_rely_on_is_recorded_and_told_if_it_is_gone(before: Record, kind: str, name: str) -> None:
    after = before | {kind: {other: what for other, what in before[kind].items() if other != name}}
    assert missing(after) == [f"{kind}: {name}"]
    assert gone(before, after) == [f"{kind}: {name}"]
    assert differences(before, after) == [f"{kind}:", f"  gone: {name} ({before[kind][name]})"]


def test_nothing_is_told_of_two_equal_records(before: Record) -> None:
    assert gone(before, before) == differences(before, before) == []


def test_a_new_option_another_version_and_a_new_parameter_are_told_and_need_nothing(before: Record) -> None:
    parameters = ", ".join(f"parameter_{n}" for n in range(20))
    old = before | {"names in Python": {"streamlit.title": parameters.replace(", parameter_7", "")}}
    new = old | {
        "names in Python": {"streamlit.title": parameters},
        "other options": before["other options"] | {"server.newOption": "True"},
        "versions": before["versions"] | {"streamlit": "9.9.9"},
    }
    assert gone(old, new) == []
    assert differences(old, new) == [
        "versions:",
        f"  streamlit: {before['versions']['streamlit']} -> 9.9.9",
        "names in Python:",
        "  streamlit.title: + parameter_7",
        "other options:",
        "  new: server.newOption (True)",
    ]


@pytest.mark.parametrize(
    ("packages", "explained", "code", "said"),
    [
        ([CLEAN], {}, 0, ["1 packages checked"]),
        (
            [CLEAN, VULNERABLE],
            {},
            1,
            ["VULNERABLE: segno 1.6.6: CVE-2099-1, fixed in 1.7", "2 packages checked"],
        ),
        (
            [VULNERABLE],
            {"GHSA-xxxx-yyyy-zzzz": "not used"},
            0,
            ["explained: segno 1.6.6: CVE-2099-1: not used", "1 packages checked"],
        ),
        (
            [CLEAN],
            {"CVE-2099-1": "not used"},
            0,
            ["explained, but not reported any more: CVE-2099-1", "1 packages checked"],
        ),
        (
            [CLEAN, UNKNOWN],
            {"CVE-2099-1": "not used"},
            3,
            [f"1 packages not checked, the first because: {UNKNOWN['skip_reason']}", "1 packages checked"],
        ),
    ],
)
def test_a_package_that_could_not_be_checked_never_counts_as_clean(
    packages: list[dict[str, Any]], explained: dict[str, str], code: int, said: list[str]
) -> None:
    assert verdict({"dependencies": packages}, explained) == (code, said)


def test_a_known_vulnerability_outweighs_a_package_that_could_not_be_checked() -> None:
    assert verdict({"dependencies": [UNKNOWN, VULNERABLE]}, {})[0] == 1


def test_every_explanation_gives_a_reason() -> None:
    assert [name for name, reason in EXPLAINED.items() if len(reason.split()) < 5] == []


def test_a_list_of_packages_is_complete_and_has_nothing_else() -> None:
    parts = {"components": [{"name": "Jinja2", "version": "3.1.6"}, {"name": "pytest", "version": "9.2.0"}]}
    assert mistakes(parts, {"jinja2": "3.1.6", "pytest": "9.2.0"}) == []
    assert mistakes(parts, {"jinja2": "3.1.5", "numpy": "2.4.6"}) == [
        "jinja2: 3.1.6 in the SBOM, 3.1.5 installed",
        "numpy: missing in the SBOM, 2.4.6 installed",
        "pytest: 9.2.0 in the SBOM, not installed",
    ]
