"""What an address of the app stands for, without the words that a stranger may have put into it."""

from collections.abc import Collection
from typing import NamedTuple

from streamlit import config

__all__ = ["ALIVE", "READY", "STREAMLITS_HEALTH", "Address", "below_base", "folder_of"]

# The server answers these itself: is the process alive, and does it take new visitors?
ALIVE, READY = "healthz", "readyz"
# A page that has lost its connection asks for these until both are answered, then connects.
STREAMLITS_HEALTH = ("_stcore/health", "_stcore/host-config")

# What Streamlit answers below these is one of many files, named by a hash or by a session.
_FOLDERS = ("static", "app/static", "media", "component", "_stcore")
_STREAM = "_stcore/stream"


def below_base(path: str) -> str:
    """Return what is left of a path below `server.baseUrlPath`, without slashes at its ends."""
    base = "/" + config.get_option("server.baseUrlPath").strip("/")
    if base == "/":
        return path.strip("/")
    return path.removeprefix(base).strip("/") if f"{path}/".startswith(f"{base}/") else path.strip("/")


def folder_of(path: str) -> str:
    """Return the folder of files that a path lies in; empty if it is the path of a page, or may be one."""
    name = below_base(path)
    return next((folder for folder in _FOLDERS if name.startswith(f"{folder}/")), "")


class Address(NamedTuple):
    """The class of an address, as the request log may show it.

    Attributes
    ----------
    shown : str
        Its path if that is one of a few that are known, otherwise the folder, otherwise "(unknown)".
    routine : bool
        Whether every visit or health check asks for it, besides the page itself.
    """

    shown: str
    routine: bool

    @classmethod
    def of(cls, path: str, pages: Collection[str]) -> "Address":
        """Return the class of a path; `pages` are the paths of the app's pages."""
        name = below_base(path)
        if name in (ALIVE, READY, *STREAMLITS_HEALTH):
            return cls(f"/{name}", routine=True)
        if name in pages or name == _STREAM:
            return cls(f"/{name}", routine=False)
        # Below a page Streamlit's own page first looks for its server there, and gets a 404.
        if name.endswith(STREAMLITS_HEALTH):
            return cls("/*/_stcore/*", routine=True)
        folder = folder_of(path)
        return cls(f"/{folder}/*" if folder else "(unknown)", routine=folder in ("static", "app/static"))
