"""Judges what pip-audit reports about the packages that run the app.

`python -m supply.advisories report.json` ends with 1 if a package has a known vulnerability that is not
explained below, else with 3 if pip-audit could not find out about a package, else with 0. pip-audit itself
would end with 0 even if it could not find out about any.
"""

import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["EXPLAINED", "verdict"]

# Known vulnerabilities that harm neither a visitor nor the server, each with the reason, by one of its names
# (PYSEC-…, CVE-… or GHSA-…).
EXPLAINED: dict[str, str] = {}


def verdict(report: dict[str, Any], explained: dict[str, str]) -> tuple[int, list[str]]:
    """Return the exit code for a report of pip-audit, and what to say.

    A vulnerability is explained under any of its names. An explanation that explains nothing any more is
    told, so that it can be removed.
    """
    skipped = [package["skip_reason"] for package in report["dependencies"] if "skip_reason" in package]
    code, lines, used = 3 if skipped else 0, [], set()
    for package in report["dependencies"]:
        for each in package.get("vulns", []):
            reasons = {name: explained[name] for name in (each["id"], *each["aliases"]) if name in explained}
            used |= set(reasons)
            what = f"{package['name']} {package['version']}: {each['id']}"
            if reasons:
                lines.append(f"explained: {what}: {next(iter(reasons.values()))}")
            else:
                code = 1
                lines.append(
                    f"VULNERABLE: {what}, fixed in {', '.join(each['fix_versions']) or 'no release'}"
                )
    if skipped:
        lines.append(f"{len(skipped)} packages not checked, the first because: {skipped[0]}")
    else:
        lines += [f"explained, but not reported any more: {name}" for name in sorted(set(explained) - used)]
    return code, [*lines, f"{len(report['dependencies']) - len(skipped)} packages checked"]


if __name__ == "__main__":
    code, said = verdict(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), EXPLAINED)
    print(*said, sep="\n")
    sys.exit(code)
