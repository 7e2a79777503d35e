"""Checks an SBOM: `python -m supply.sbom sbom.json` ends with 1 unless it names just what runs the app."""

import json
import sys
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from supply.runtime import distributions

__all__ = ["mistakes"]


def mistakes(sbom: dict[str, Any], versions: dict[str, str]) -> list[str]:
    """Return how the packages in a CycloneDX SBOM differ from those that are installed."""
    named: dict[str, str] = {canonicalize_name(part["name"]): part["version"] for part in sbom["components"]}
    names = sorted(set(named) | set(versions))
    return [
        f"{name}: {named.get(name, 'missing')} in the SBOM, {versions.get(name, 'not')} installed"
        for name in names
        if named.get(name) != versions.get(name)
    ]


if __name__ == "__main__":
    installed = {name: package.version for name, package in distributions().items()}
    found = mistakes(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), installed)
    print(f"{len(installed)} packages", *found, sep="\n")
    sys.exit(int(bool(found)))
