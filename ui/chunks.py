"""Finds the modules that Streamlit's page loads for each kind of element, to request them earlier.

Streamlit loads them by names that contain a hash. They are found by the part of the name before it. If
another Streamlit names one differently, it is not found, and loads as late as it would anyway.
"""

import re
from pathlib import Path

import streamlit

__all__ = ["chunks"]

_STREAMLITS = Path(streamlit.__file__).parent / "static"
_SCRIPTS = "static/js"
_IMPORT = re.compile(r'\b(?:from|import)\s*"\./([\w.-]+\.js)"')


def chunks(*kinds: str) -> list[str]:
    """Return the addresses, below the app's own, of the modules for some kinds and of what they import.

    What Streamlit's page lists itself is left out.
    """
    page = (_STREAMLITS / "index.html").read_text(encoding="utf-8")
    found = [path.name for kind in kinds for path in (_STREAMLITS / _SCRIPTS).glob(f"{kind}.*.js")]
    for name in found:
        text = (_STREAMLITS / _SCRIPTS / name).read_text(encoding="utf-8")
        found += [other for other in _IMPORT.findall(text) if other not in found and other not in page]
    return [f"{_SCRIPTS}/{name}" for name in found]
