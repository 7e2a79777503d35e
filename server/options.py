"""The environment variables that configure the server; a wrong value costs a sentence at the start."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from os import environ
from typing import Literal, cast

__all__ = ["FRAME_ANCESTORS", "LOG", "LOG_ALL", "Options", "options"]

FRAME_ANCESTORS = "EXPLORER_FRAME_ANCESTORS"
LOG = "EXPLORER_LOG"
LOG_ALL = "EXPLORER_LOG_ALL"

_LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_SITE = re.compile(rf"https?://(\*\.)?{_LABEL}(\.{_LABEL})*(:(\d{{1,5}}|\*))?", re.IGNORECASE)

Log = Literal["plain", "json", "off"]


@dataclass(frozen=True, slots=True)
class Options:
    """The checked values.

    Attributes
    ----------
    frame_ancestors : str
        Which sites may show the app in a frame, as sources of a Content-Security-Policy; empty for all sites.
    log : {"plain", "json", "off"}
        How the request log is written.
    log_all : bool
        Whether it has a line for every file and health check too.
    """

    frame_ancestors: str = ""
    log: Log = "plain"
    log_all: bool = False

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Options":
        """Read and check the values; raise a ValueError that says what is accepted."""
        log = variables.get(LOG, "plain")
        if log not in ("plain", "json", "off"):
            raise ValueError(f"{LOG} is {log!r}, but must be plain, json or off.")
        log_all = variables.get(LOG_ALL, "no")
        if log_all not in ("yes", "no"):
            raise ValueError(f"{LOG_ALL} is {log_all!r}, but must be yes or no.")
        return cls(_sources(variables.get(FRAME_ANCESTORS, "*")), cast("Log", log), log_all == "yes")


def _sources(value: str) -> str:
    """Return the sources of a `frame-ancestors` directive; empty if every site is one."""
    words = value.split()
    if words == ["*"]:
        return ""
    if words == ["none"]:
        return "'none'"
    wrong = [word for word in words if word != "self" and not _SITE.fullmatch(word)]
    if wrong or not words:
        raise ValueError(
            f"{FRAME_ANCESTORS} is {value!r}, but must be * (every site), none, or a list, separated by "
            "spaces, of self and sites such as https://moodle.example.edu or https://*.example.edu"
            + (f"; {wrong[0]!r} is none of these." if wrong else ".")
        )
    return " ".join("'self'" if word == "self" else word for word in words)


def options() -> Options:
    """Return the values of this process's environment; if one is wrong, end the process with a sentence."""
    try:
        return Options.read(environ)
    except ValueError as error:
        sys.exit(f"The explorer does not start: {error}")
